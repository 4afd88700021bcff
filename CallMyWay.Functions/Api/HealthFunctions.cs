using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Api;

/// <summary><c>ok</c> or <c>down</c>.</summary>
public sealed record Health(string Status);

/// <summary>
/// Tells whether the app can work: whether the storage accepts writes. It gives no detail, as anyone may ask.
/// </summary>
public sealed class HealthFunctions(StorageProbe storage)
{
    [Function("Health"), AllowAnyone("A load balancer asks, and learns yes or no.")]
    [Answers(StatusCodes.Status200OK, typeof(Health)), Answers(StatusCodes.Status503ServiceUnavailable, typeof(Health))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request,
        CancellationToken cancellationToken) =>
        await storage.IsWritableAsync(cancellationToken)
            ? TypedResults.Ok(new Health("ok"))
            : TypedResults.Json(new Health("down"), statusCode: StatusCodes.Status503ServiceUnavailable);
}
