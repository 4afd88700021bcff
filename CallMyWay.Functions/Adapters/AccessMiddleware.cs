using System.Collections.Concurrent;
using System.Reflection;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Embedding;
using CallMyWay.Functions.EntraId;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// Checks <see cref="Access"/> before an HTTP function runs. Queue and timer functions have no caller and are not
/// checked.
/// </summary>
internal sealed class AccessMiddleware : IFunctionsWorkerMiddleware
{
    private readonly ConcurrentDictionary<string, MethodInfo> _methods = new(StringComparer.Ordinal);

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            return context.IsHttp()
                ? throw new InvalidOperationException("An HTTP function came without its request.")
                : next(context);
        }

        var function = MethodOf(context.FunctionDefinition);
        var isOpen = function.IsDefined(typeof(AllowAnyoneAttribute));
        var credential = http.Features.Get<Credential>();
        var refusal = (isOpen ? null : credential?.Refusal)
            ?? Access.Refusal(function, http.Request)
            // No page can make a browser send a key or a token by itself.
            ?? (isOpen || credential is not null ? null : PlatformCookie.Refusal(http.Request));
        if (refusal is null)
        {
            return next(context);
        }

        context.GetInvocationResult().Value = refusal;
        return Task.CompletedTask;
    }

    private MethodInfo MethodOf(FunctionDefinition function) =>
        _methods.GetOrAdd(function.EntryPoint, EntryPoint.Find, typeof(AccessMiddleware).Assembly);
}
