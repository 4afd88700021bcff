using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Api;

/// <summary><c>ok</c> or <c>down</c>.</summary>
/// <param name="Reason">
/// Where it is down: <c>storageRefuses</c>, or <c>storageSilent</c> where the storage gives no answer. The log says
/// more.
/// </param>
public sealed record Health(string Status, string? Reason = null);

/// <summary>
/// Tells whether the app can work: whether the storage accepts writes. It says no more than which way it fails, as
/// anyone may ask.
/// </summary>
public sealed class HealthFunctions(StorageProbe storage)
{
    [Function("Health"), AllowAnyone("A load balancer asks, and learns yes or no.")]
    [Answers(StatusCodes.Status200OK, typeof(Health)), Answers(StatusCodes.Status503ServiceUnavailable, typeof(Health))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request,
        CancellationToken cancellationToken) =>
        await storage.FindStateAsync(cancellationToken) switch
        {
            StorageState.Writable => TypedResults.Ok(new Health("ok")),
            StorageState.Silent => Down(request, "storageSilent"),
            _ => Down(request, "storageRefuses"),
        };

    private static JsonHttpResult<Health> Down(HttpRequest request, string reason)
    {
        request.TryAgainSoon();
        return TypedResults.Json(new Health("down", reason), statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
