using System.Diagnostics;
using CallMyWay.Functions.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// A span for each HTTP function, with its name and the answer's status. Queue functions start their own, as their
/// messages carry the trace.
/// </summary>
internal sealed class TelemetryMiddleware : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (!Instrumentation.IsTracing || !context.IsHttp())
        {
            await next(context);
            return;
        }

        using var span = Instrumentation.StartFunction(context.FunctionDefinition.Name, ActivityKind.Server);
        try
        {
            await next(context);
            // The answer is written later, and an ack has no status of its own.
            span.Answered(
                (context.GetInvocationResult().Value as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK);
        }
        catch (Exception error)
        {
            span.Failed(error);
            throw;
        }
    }
}
