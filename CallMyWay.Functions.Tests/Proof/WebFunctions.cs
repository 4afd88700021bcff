using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text;
using CallMyWay.Functions.Api;
using CallMyWay.LocalHost.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Proof;

/// <summary>The HTTP functions without a server, as both hosts bind them.</summary>
internal static class WebFunctions
{
    private static readonly Dictionary<string, HttpFunction> Functions = FunctionCatalog
        .Of(typeof(CallMyWayServices).Assembly).Http.ToDictionary(function => function.Name, StringComparer.Ordinal);

    // Preparing one takes some milliseconds, and it is the same in each run.
    private static readonly ConcurrentDictionary<string, RequestDelegate> Prepared = new(StringComparer.Ordinal);

    /// <param name="services">The process's.</param>
    /// <param name="function">The function's name.</param>
    /// <param name="user">Who asks.</param>
    /// <param name="route">The route's parameters, in their order, with commas between.</param>
    /// <param name="body">The body.</param>
    /// <param name="with">What else is in the request.</param>
    /// <param name="failed">Is told of an exception that the function ends with.</param>
    public static async Task<Answer> AnswerAsync(
        IServiceProvider services,
        string function,
        ClaimsPrincipal user,
        string route,
        string body,
        Action<HttpRequest>? with,
        Action<Exception> failed)
    {
        var known = Functions[function];
        var run = Prepared.GetOrAdd(function, _ => Prepare(services, known));
        await using var scope = services.CreateAsyncScope();
        using var answer = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, User = user };
        var bytes = Encoding.UTF8.GetBytes(body);
        context.Request.Method = known.Methods[0];
        context.Request.Body = new MemoryStream(bytes);
        context.Request.ContentLength = bytes.Length;
        context.Request.ContentType = "application/json";
        context.Response.Body = answer;
        foreach (var (parameter, value) in RoutePatternFactory.Parse(known.Route).Parameters.Zip(route.Split(',')))
        {
            context.Request.RouteValues[parameter.Name] = value;
        }

        with?.Invoke(context.Request);
        try
        {
            if (Access.Refusal(known.Method, context.Request) is { } refusal)
            {
                await refusal.ExecuteAsync(context);
            }
            else
            {
                await run(context);
            }

            await context.Response.BodyWriter.FlushAsync();
        }
        catch (Exception exception)
        {
            failed(exception);
            return new Answer(Problems.StatusOf(exception), "");
        }

        return new Answer(context.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()));
    }

    private static RequestDelegate Prepare(IServiceProvider services, HttpFunction function)
    {
        var create = ActivatorUtilities.CreateFactory(function.Method.DeclaringType!, []);
        return RequestDelegateFactory.Create(
            function.Method,
            context => create(context.RequestServices, null),
            new RequestDelegateFactoryOptions
            {
                ServiceProvider = services,
                RouteParameterNames = RoutePatternFactory.Parse(function.Route).Parameters.Select(each => each.Name),
                DisableInferBodyFromParameters = true,
            }).RequestDelegate;
    }
}
