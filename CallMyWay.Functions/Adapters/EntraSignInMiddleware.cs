using System.Security.Claims;
using CallMyWay.Functions.EntraId;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// Sets the user of a request, before <see cref="AccessMiddleware"/> asks who it is: by the platform's header, or
/// nobody.
/// </summary>
internal sealed class EntraSignInMiddleware(EntraSignIn signIn) : IFunctionsWorkerMiddleware
{
    private static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity());

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http)
        {
            http.User = await signIn.FindUserAsync(http.Request.Headers[PlatformPrincipal.Header], http.RequestAborted)
                ?? Nobody;
        }

        await next(context);
    }
}
