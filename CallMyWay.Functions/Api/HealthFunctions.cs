using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Api;

/// <summary>Whether the app can do its work: it can where the storage answers. No detail, as anyone may ask.</summary>
public sealed partial class HealthFunctions(ITables tables, ILogger<HealthFunctions> logger)
{
    [Function("Health"), AllowAnyone("A load balancer asks, and learns yes or no.")]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await tables[StorageNames.Agents].GetAsync("health", "health", cancellationToken);
            return TypedResults.Ok(new { status = "ok" });
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever it is, it is the answer to the question.
            Log.Unhealthy(logger, exception);
            return TypedResults.Json(new { status = "down" }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The storage does not answer.")]
        public static partial void Unhealthy(ILogger logger, Exception exception);
    }
}
