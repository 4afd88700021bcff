using System.Globalization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;
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
    AgentDirectory agents,
    AgentStore agentStore,
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
                return await ChangedAsync(request, promise, cancellationToken);
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

    /// <summary>
    /// 412: who decided what meanwhile, or what is promised now; with the promise, as a list no longer has one that was
    /// decided.
    /// </summary>
    private async Task<IResult> ChangedAsync(
        HttpRequest request, PromiseToPay promise, CancellationToken cancellationToken)
    {
        var now = new Dictionary<string, object?>(StringComparer.Ordinal) { ["promise"] = Shown(promise) };
        if (promise.DecidedBy is not { } decidedBy)
        {
            var day = accounts.Home.TimeZone.DayOf(promise.DueAt);
            var sum = promise.Amount.ToString("0.##", CultureInfo.InvariantCulture);
            return request.Problem(
                StatusCodes.Status412PreconditionFailed,
                new("La promesa cambió", "The promise has changed"),
                new(
                    $"La promesa cambió desde que usted la abrió: es de {sum} {promise.Currency} para el "
                        + $"{day:dd/MM/yyyy}. Si lo que indicó vale para ella, indíquelo de nuevo.",
                    $"The promise has changed since you opened it: it is of {sum} {promise.Currency} for "
                        + $"{day:yyyy-MM-dd}. If what you said holds for it, say it again."),
                now);
        }

        var name = (await agents.ReadAsync(cancellationToken)).NameOf(decidedBy)
            ?? (await agentStore.FindDeletedAsync(decidedBy, cancellationToken))?.Name ?? decidedBy;
        var what = promise.State switch
        {
            PromiseState.Kept => new Phrase("pagó", "it was paid"),
            PromiseState.Partly => new Phrase("pagó una parte", "a part was paid"),
            _ => new Phrase("no pagó", "it was not paid"),
        };
        return request.Problem(
            StatusCodes.Status412PreconditionFailed,
            new("Ya se indicó qué pasó", "It was said already"),
            new(
                $"{name} ya indicó qué pasó con esta promesa: {what.Es}. Si no es así, indíquelo de nuevo.",
                $"{name} has already said what became of this promise: {what.En}. If that is not so, say it again."),
            now);
    }

    private PromiseToPay Shown(PromiseToPay promise) => promise.At(clock.GetUtcNow(), accounts.Home.TimeZone);
}
