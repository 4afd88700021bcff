using System.Diagnostics;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Embedding;
using CallMyWay.Functions.Telemetry;
using CallMyWay.LocalHost.SignIn;
using Microsoft.AspNetCore.Routing.Patterns;

namespace CallMyWay.LocalHost.Functions;

/// <summary>Maps the HTTP functions on Kestrel, with the same route prefix as the Functions host.</summary>
internal static class HttpFunctions
{
    public const string Prefix = "/api";

    public static void MapHttpFunctions(this WebApplication app)
    {
        foreach (var function in app.Services.GetRequiredService<FunctionCatalog>().Http)
        {
            var route = $"{Prefix}/{function.Route}";
            var run = Traced(function.Name, WithAccess(function, AtFirstRequest(
                () => ToDelegate(app.Services, function, RoutePatternFactory.Parse(route)))));
            var endpoint = function.Methods.Count == 0
                ? app.Map(route, run)
                : app.MapMethods(route, function.Methods, run);
            // They check access themselves, so no middleware after the routing is needed.
            endpoint.WithDisplayName(function.Name).ShortCircuit();
        }
    }

    // Compiling a delegate takes some milliseconds. For all functions together it would delay each start of the host.
    private static RequestDelegate AtFirstRequest(Func<RequestDelegate> prepare)
    {
        var prepared = new Lazy<RequestDelegate>(prepare);
        return context => prepared.Value(context);
    }

    // Prepares everything that does not depend on the request: for each request there remains a constructor and a call.
    private static RequestDelegate ToDelegate(IServiceProvider services, HttpFunction function, RoutePattern pattern)
    {
        var create = ActivatorUtilities.CreateFactory(function.Method.DeclaringType!, []);
        return RequestDelegateFactory.Create(
            function.Method,
            context => create(context.RequestServices, null),
            new RequestDelegateFactoryOptions
            {
                ServiceProvider = services,
                RouteParameterNames = pattern.Parameters.Select(parameter => parameter.Name),
                DisableInferBodyFromParameters = true,
            }).RequestDelegate;
    }

    /// <summary>
    /// Wraps each request in a span with the function's name and the answer's status. If nothing listens, it adds
    /// nothing.
    /// </summary>
    private static RequestDelegate Traced(string name, RequestDelegate run)
    {
        return context => Instrumentation.IsTracing ? TraceAsync(context) : run(context);

        async Task TraceAsync(HttpContext context)
        {
            using var span = Instrumentation.StartFunction(name, ActivityKind.Server);
            // The id in the answer to a failed request leads to this span.
            context.TraceIdentifier = span?.TraceId.ToString() ?? context.TraceIdentifier;
            try
            {
                await run(context);
                span.Answered(context.Response.StatusCode);
            }
            catch (Exception error)
            {
                span.Answered(Problems.StatusOf(error));
                span.Failed(error);
                throw;
            }
        }
    }

    /// <summary>
    /// Signs in by the cookie and checks the role. Functions for anyone, above all the webhook, skip both.
    /// </summary>
    private static RequestDelegate WithAccess(HttpFunction function, RequestDelegate run)
    {
        if (function.Method.IsDefined(typeof(AllowAnyoneAttribute), inherit: true))
        {
            return run;
        }

        return async context =>
        {
            if (await FindCredentialAsync(context) is { } credential)
            {
                var denial = credential.Refusal ?? Access.Refusal(function.Method, context.Request);
                await (denial is null ? run(context) : denial.ExecuteAsync(context));
                return;
            }

            var isSignedIn = await Session.AuthenticateAsync(context);
            // A browser sends the cookie whatever page made the request; the header proves that it was ours.
            var refusal = Access.Refusal(function.Method, context.Request)
                ?? (isSignedIn ? CrossSite.Refusal(context.Request) : null);
            await (refusal is null ? run(context) : refusal.ExecuteAsync(context));
        };
    }

    /// <summary>
    /// Signs in by a key or a token in the headers; null where there is none. No page can make a browser send them by
    /// itself, so they need no further proof.
    /// </summary>
    private static async ValueTask<Credential?> FindCredentialAsync(HttpContext context)
    {
        var credentials = context.RequestServices.GetRequiredService<HeaderCredentials>();
        var found = await credentials.FindAsync(context.Request, context.RequestAborted);
        if (found?.User is { } user)
        {
            context.User = user;
            if (user.EmbedTokenId() is { } tokenId)
            {
                context.Features.Set(Session.OfEmbedToken(user.RequiredAgentId(), tokenId));
            }
        }

        return found;
    }
}
