using CallMyWay.Functions.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// If an HTTP function fails, answers a ProblemDetails without details of the error; the worker would answer a bare
/// 500. If a queue or timer function fails, the platform handles it: it tries again.
/// </summary>
internal sealed partial class UnhandledErrorMiddleware(
    ILogger<UnhandledErrorMiddleware> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        var http = context.GetHttpContext();
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException error) when (http is not null)
        {
            context.GetInvocationResult().Value = http.Request.Unreadable(error);
        }
        catch (Exception error) when (http is not null && !http.RequestAborted.IsCancellationRequested)
        {
            var traceId = context.TraceId();
            Log.Failed(logger, error, context.FunctionDefinition.Name, traceId);
            context.GetInvocationResult().Value = http.Request.Failed(error, traceId);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Function} failed ({TraceId}).")]
        public static partial void Failed(ILogger logger, Exception error, string function, string traceId);
    }
}
