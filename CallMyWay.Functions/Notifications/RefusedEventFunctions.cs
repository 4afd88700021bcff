using CallMyWay.Functions.Api;
using CallMyWay.Functions.Operator;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Notifications;

/// <summary>Lists the notifications that were refused and stored, newest first.</summary>
[Tags("Calls")]
public sealed class RefusedEventFunctions(RefusedEventStore refused, Accounts accounts, TimeProvider clock)
{
    /// <summary>How far back the list goes without <c>from</c>: this month and the one before.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(63);

    [Function("ListRefusedEvents"), Allow(Role.Admin)]
    [Asks("from", "to", "take", "next")]
    [Answers(StatusCodes.Status200OK, typeof(Page<RefusedEvent>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "refused-events")] HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        var (from, to) = TimeQuery.ReadSpan(request, LookBack, accounts.Home.TimeZone, clock.GetUtcNow(), errors);
        return errors.Any ? request.Invalid(errors) : TypedResults.Ok(await refused.ListAsync(from, to, page, cancellationToken));
    }
}
