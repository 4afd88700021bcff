using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.Operator;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Promises;

/// <summary>Lists promises on which nobody has decided yet, and stores what became of one.</summary>
public sealed class PromiseFunctions(
    PromiseStore promises,
    DueItemLists lists,
    NextActions nextActions,
    CallScope scope,
    CallStore calls,
    ChangedHours changed,
    Accounts accounts,
    TimeProvider clock)
{
    [Function("ListPromises"), Allow(Role.Agent)]
    [Asks("due", "contact", "take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<PromiseToPay>))]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "promises")] HttpRequest request,
        CancellationToken cancellationToken) => lists.ListAsync(promises, request, Shown, cancellationToken);

    [Function("PutPromise"), Allow(Role.Agent)]
    [TakesIfMatch]
    [NotAudited("It is in the call's history.")]
    [Takes(typeof(PromiseInput)), Answers(StatusCodes.Status200OK, typeof(PromiseToPay))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "promises/{promiseId}")] HttpRequest request,
        string promiseId,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<PromiseInput>(accounts.Home.TimeZone, cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var user = request.HttpContext.User;
        var visible = await scope.FindVisibleAsync(user, cancellationToken);
        while (await promises.GetAsync(promiseId, cancellationToken) is { } promise
            && await scope.IncludesAsync(visible, promise.AgentId, cancellationToken))
        {
            var now = clock.GetUtcNow();
            if (input.Check(promise, now) is { Any: true } errors)
            {
                return request.Invalid(errors);
            }

            if (input.IsSaidBy(promise))
            {
                // A repeated request: the first may have got no further.
                await nextActions.WriteAsync(promises, promise, CancellationToken.None);
                return TypedResults.Ok(Shown(promise));
            }

            var expected = IfMatch.Of(request);
            if (expected is not null && expected != promise.ETag)
            {
                return request.Changed();
            }

            // What was kept counts in the figures of the call's hour.
            if (await calls.GetAsync(new CallKey(promise.CallId, promise.Account), cancellationToken) is { } call)
            {
                await changed.MarkAsync(call, cancellationToken);
            }

            var decided = input.Decide(promise, user.RequiredAgentId(), now);
            if (await promises.ReplaceAsync(promise, decided, cancellationToken))
            {
                await nextActions.WriteAsync(promises, decided, CancellationToken.None);
                var saved = await promises.GetAsync(promiseId, cancellationToken);
                return saved is null ? request.Changed() : TypedResults.Ok(Shown(saved));
            }
        }

        return request.NotFound(new("No hay una promesa con ese código.", "There is no promise with that id."));
    }

    private PromiseToPay Shown(PromiseToPay promise) => promise.At(clock.GetUtcNow(), accounts.Home.TimeZone);
}
