using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Api;

/// <summary><c>ok</c> or <c>down</c>.</summary>
public sealed record Health(string Status);

/// <summary>Whether the app can do its work: it can where the storage answers. No detail, as anyone may ask.</summary>
public sealed partial class HealthFunctions(ITables tables, ILogger<HealthFunctions> logger)
{
    [Function("Health"), AllowAnyone("A load balancer asks, and learns yes or no.")]
    [Answers(StatusCodes.Status200OK, typeof(Health)), Answers(StatusCodes.Status503ServiceUnavailable, typeof(Health))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await tables[StorageNames.Agents].GetAsync("health", "health", cancellationToken);
            return TypedResults.Ok(new Health("ok"));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever it is, it is the answer to the question.
            Log.Unhealthy(logger, exception);
            return TypedResults.Json(new Health("down"), statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The storage does not answer.")]
        public static partial void Unhealthy(ILogger logger, Exception exception);
    }
}
