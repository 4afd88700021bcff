using CallMyWay.Functions.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Status;

/// <summary>Tells an administrator how the system is, and what to do.</summary>
[Tags("Administration")]
public sealed class StatusFunctions(StatusReader status)
{
    [Function("GetStatus"), Allow(Role.Admin), AllowKey(KeyScope.Status)]
    [Answers(StatusCodes.Status200OK, typeof(StatusView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "status")] HttpRequest request,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await status.ReadAsync(request.Language(), cancellationToken));
}
