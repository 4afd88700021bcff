using System.Security.Claims;
using CallMyWay.Functions.Embedding;
using CallMyWay.Functions.EntraId;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// Sets a request's user from a key or a token, or else from the platform's header, before <see cref="AccessMiddleware"/> checks it.
/// </summary>
internal sealed class EntraSignInMiddleware(EntraSignIn signIn, HeaderCredentials credentials) : IFunctionsWorkerMiddleware
{
    private static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity());

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http)
        {
            if (await credentials.FindAsync(http.Request, http.RequestAborted) is { } credential)
            {
                http.User = credential.User ?? Nobody;
                http.Features.Set(credential);
                await next(context);
                return;
            }

            http.User = await signIn.FindUserAsync(http.Request.Headers[PlatformPrincipal.Header], http.RequestAborted)
                ?? Nobody;
        }

        await next(context);
    }
}
