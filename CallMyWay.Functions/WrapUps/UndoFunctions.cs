using System.Security.Claims;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Outcomes;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.WrapUps;

/// <summary>What stands after a wrap-up was undone.</summary>
/// <param name="WrapUp">The version that came back, a draft or sent; null where there was none.</param>
/// <param name="Outcome">The outcome that the call has now; null for none.</param>
public sealed record UndoneWrapUp(WrapUp? WrapUp, string? Outcome);

/// <summary>Takes back a wrap-up that was saved within the last minute.</summary>
[Tags("WrapUps")]
public sealed partial class UndoFunctions(
    CallFinder finder,
    CallScope scope,
    CallStore calls,
    CallWriter writer,
    WrapUpStore wrapUps,
    WrapUpDueItems dueItems,
    WrapUpDoNotCall doNotCall,
    CallerChoices choices,
    WrapUpRules rules,
    PopUpStore popUps,
    PopUpScreens screens,
    ChangedHours changed,
    TimeProvider clock,
    ILogger<UndoFunctions> logger)
{
    /// <summary>How long a save can be undone, from its <see cref="WrapUp.UpdatedAt"/> on.</summary>
    public static readonly TimeSpan For = TimeSpan.FromMinutes(1);

    private static readonly Phrase Title = new("Ya no se puede deshacer", "It can't be undone any more");

    [Function("UndoWrapUp"), Allow(Role.Agent)]
    [Refuses(StatusCodes.Status409Conflict, StatusCodes.Status428PreconditionRequired)]
    [TakesIfMatch]
    [NotAudited("It is in the call's history.")]
    [NeedsHeader("If-Match"), Asks("account")]
    [Answers(StatusCodes.Status200OK, typeof(UndoneWrapUp))]
    public async Task<IResult> Undo(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "calls/{callId}/wrap-up/undo")] HttpRequest request,
        string callId,
        CancellationToken cancellationToken)
    {
        if (IfMatch.Of(request) is not { } etag)
        {
            return request.Problem(
                StatusCodes.Status428PreconditionRequired,
                new("Falta la versión", "The version is missing"),
                new(
                    "Repita la solicitud con If-Match y el etag de lo que guardó.",
                    "Repeat the request with If-Match and the etag of what you saved."));
        }

        var user = request.HttpContext.User;
        var visible = await scope.FindVisibleAsync(user, cancellationToken);
        if (await finder.FindAsync(
            callId, request.Query["account"], visible.Includes, cancellationToken) is not { } call)
        {
            return request.NotFound(CallFinder.NoSuchCall);
        }

        if (await wrapUps.FindAsync(call, etag, cancellationToken) is not { } version)
        {
            return Changed(request);
        }

        var (outcomes, _) = await rules.GetAsync(cancellationToken);
        var asks = false;
        WrittenDueItems? items = null;
        // A repeated request: the answer to the first try was lost, or the steps after it were not done.
        if (version.Undone is not { } undone || undone.ETag != etag)
        {
            if (WhyNot(version, user) is { } reason)
            {
                return request.Problem(StatusCodes.Status409Conflict, Title, reason);
            }

            var saved = version.WrapUp!;
            undone = new Undone(etag, saved.AgentId, saved.UpdatedAt, saved.Outcome, saved.DoNotCall);
            await changed.MarkAsync(call, cancellationToken);
            // Before the wrap-up, as when it is saved.
            items = await dueItems.WriteAsync(
                call, version.Owner, version.Replaced!.WrapUp, saved, version.Replaced, cancellationToken);
            asks = await doNotCall.AskAsync(
                call, version.Owner, version.Replaced.WrapUp, saved, outcomes, cancellationToken);
            if (await wrapUps.UndoAsync(version, undone, cancellationToken) is not { } stands)
            {
                // Another request saved a wrap-up at the same moment.
                await dueItems.PutBackAsync(call, version.Owner, items, cancellationToken);
                if (asks)
                {
                    await doNotCall.WithdrawAsync(call, version.Owner, outcomes, cancellationToken);
                }

                return Changed(request);
            }

            version = stands;
            Log.Undone(logger, user.RequiredAgentId());
        }

        // It is undone. The remaining steps are done even if the caller has disconnected.
        if (asks)
        {
            await doNotCall.KeepAsync(call, version.Owner, version.WrapUp!, outcomes, CancellationToken.None);
        }
        else if (WrapUpDoNotCall.Asks(undone.Outcome, undone.DoNotCall, outcomes))
        {
            await doNotCall.WithdrawAsync(call, version.Owner, outcomes, CancellationToken.None);
        }

        items ??= await dueItems.WriteAsync(
            call, version.Owner, version.WrapUp, version.WrapUp, null, CancellationToken.None);
        await dueItems.DropAsync(call, version.Owner, items, CancellationToken.None);
        var outcome = await FinishAsync(call, version.Owner, undone, outcomes, CancellationToken.None);
        return TypedResults.Ok(new UndoneWrapUp(version.WrapUp, outcome));
    }

    private static IResult Changed(HttpRequest request) => request.Problem(
        StatusCodes.Status412PreconditionFailed,
        Title,
        new(
            "Lo guardado cambió después. Vuelva a abrir la llamada para ver lo que quedó.",
            "What was saved has changed since. Open the call again to see what stands."));

    /// <summary>Why this user may not undo this version; null if they may.</summary>
    private Phrase? WhyNot(WrapUpVersion version, ClaimsPrincipal user) =>
        version.WrapUp is not { Draft: false } saved || version.Replaced is null
            ? new("No hay nada guardado que deshacer.", "There is nothing saved that could be undone.")
        : saved.AgentId != user.RequiredAgentId() && !user.Has(Role.Supervisor)
            ? new("Lo guardó otra persona.", "Someone else saved it.")
        : saved.UpdatedAt + For < clock.GetUtcNow()
            ? new(
                "Pasó más de un minuto desde que se guardó. Abra la llamada y corríjala.",
                "More than a minute has passed since it was saved. Open the call and correct it.")
        : null;

    /// <summary>
    /// Gives the call the outcome that stands again, and opens the pop-up again that the save had closed.
    /// </summary>
    /// <returns>The outcome.</returns>
    private async Task<string?> FinishAsync(
        Call found, string? owner, Undone undone, OutcomeList outcomes, CancellationToken cancellationToken)
    {
        string? outcome = null;
        WrittenDueItems? items = null;
        var saved = await writer.ChangeAsync(
            async token =>
            {
                var before = await calls.GetAsync(found.Key, token);
                // Read after the call: where another agent saves one meanwhile, the call changes and this is done again.
                var sent = before is null ? [] : await wrapUps.ListAsync(before, token);
                items = await dueItems.ReadAsync(found, owner, token);
                outcome = sent.Where(each => !each.Draft).MaxBy(each => each.UpdatedAt)?.Outcome;
                return before;
            },
            before => items!.In(
                before.Facts.WithoutSave(undone.AgentId, undone.SavedAt, outcome, clock.GetUtcNow())),
            cancellationToken,
            popUps.RowsOf);
        if (saved is null)
        {
            return outcome;
        }

        if (outcomes.IsWrongNumber(undone.Outcome) && !outcomes.IsWrongNumber(outcome))
        {
            await choices.LearnAgainAsync(saved, clock.GetUtcNow(), cancellationToken);
        }

        await screens.ShowAgainAsync(saved, cancellationToken);
        return outcome;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{AgentId} undid the wrap-up of a call.")]
        public static partial void Undone(ILogger logger, string agentId);
    }
}
