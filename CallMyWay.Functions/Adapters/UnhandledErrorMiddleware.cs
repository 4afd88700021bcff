using CallMyWay.Functions.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// Answers a ProblemDetails without any detail of the error where an HTTP function fails; left alone, the worker
/// answers a bare 500. A failure of a queue or timer function goes on to the platform, which tries again.
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
