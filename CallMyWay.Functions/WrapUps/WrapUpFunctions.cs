using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Outcomes;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.WrapUps;

/// <summary>Saves the wrap-up of a call: as a draft while the agent types, and as sent.</summary>
public sealed class WrapUpFunctions(
    CallFinder finder,
    CallScope scope,
    CallStore calls,
    CallWriter writer,
    WrapUpStore wrapUps,
    WrapUpRules rules,
    WrapUpDueItems dueItems,
    WrapUpDoNotCall doNotCall,
    CallerChoices choices,
    PopUpStore popUps,
    PopUpScreens screens,
    TeamScreens teams,
    Accounts accounts,
    ChangedHours changed,
    IEventSink events,
    TimeProvider clock)
{
    /// <summary>Others hear of a wrap-up once it can't be undone any more.</summary>
    private static readonly TimeSpan UntilSure = UndoFunctions.For + TimeSpan.FromSeconds(1);

    [Function("PutWrapUp"), Allow(Role.Agent)]
    [Refuses(StatusCodes.Status428PreconditionRequired)]
    [TakesIfMatch(OrNone = true)]
    [NotAudited("It is in the call's history.")]
    [Takes(typeof(WrapUpInput)), Asks("draft", "account"), Answers(StatusCodes.Status200OK, typeof(WrapUp))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "calls/{callId}/wrap-up")] HttpRequest request, string callId, CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<WrapUpInput>(accounts.Home.TimeZone, cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var wrong = new FieldErrors();
        var draft = FlagQuery.Read(request, "draft", wrong);
        if (wrong.Any)
        {
            return request.Invalid(wrong);
        }

        return await LastOneWins.ChangeAsync(
            request, () => SaveAsync(request, callId, input, draft, cancellationToken));
    }

    private async Task<IResult?> SaveAsync(
        HttpRequest request, string callId, WrapUpInput input, bool draft, CancellationToken cancellationToken)
    {
        var visible = await scope.FindVisibleAsync(request.HttpContext.User, cancellationToken);
        if (await finder.FindAsync(
            callId, request.Query["account"], visible.Includes, cancellationToken) is not { } call)
        {
            return request.NotFound(CallFinder.NoSuchCall);
        }

        var agentId = request.HttpContext.User.RequiredAgentId();
        var (owner, before) = WrapUpStore.ReplacedBy(
            call, agentId, await wrapUps.ListVersionsAsync(call, cancellationToken), IfMatch.Of(request));

        var (outcomes, defined) = await rules.GetAsync(cancellationToken);
        var errors = input.Check(
            draft, outcomes, defined.Items, accounts.Currencies, accounts.Home.TimeZone, clock.GetUtcNow(), before);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var wrapUp = ToWrapUp(input, draft, agentId) with { OwnerId = WrapUpStore.WhoseIdOf(call, agentId, before) };
        if (call.AnonymizedAt is not null && wrapUp.TellsOfPerson)
        {
            return request.Anonymized();
        }

        if (before?.SaysTheSameAs(wrapUp) == true)
        {
            // A repeated request: the answer to the first try was lost, or the steps after the save were not done.
            if (!draft)
            {
                var written = await dueItems.WriteAsync(call, owner, before, before, null, cancellationToken);
                await FinishAsync(call, owner, before, written, false, CancellationToken.None);
            }

            return TypedResults.Ok(before);
        }

        if (Refusal(request, wrapUp, before) is { } refused)
        {
            return refused;
        }

        // Replaces only the version that was read. If it has changed, the save fails.
        wrapUp = wrapUp with { ETag = before?.ETag, Sent = before?.Sent };
        Replaced? replaced = null;
        WrittenDueItems? items = null;
        var asks = false;
        if (!draft)
        {
            wrapUp = wrapUp with
            {
                SentAt = before is { Draft: false } ? before.SentAt ?? before.UpdatedAt : wrapUp.UpdatedAt,
                DoNotCall = WrapUpDoNotCall.NoteOf(wrapUp, before, outcomes),
            };
            await changed.MarkAsync(call, cancellationToken);
            // Before the wrap-up, so that a wrap-up with a follow-up or a promise never lacks it.
            items = await dueItems.WriteAsync(call, owner, wrapUp, before, null, cancellationToken);
            replaced = new Replaced(before, items.FollowUp.Before, items.Promise.Before);
            asks = await doNotCall.AskAsync(call, owner, wrapUp, before, outcomes, cancellationToken);
            if (await events.IsAwaitedAsync(cancellationToken))
            {
                var happened = CallHappenings.WrappedUp(wrapUp.WhoseId, wrapUp.UpdatedAt);
                await events.TellAsync(call.Key, [happened], UntilSure, cancellationToken);
            }
        }

        if (await wrapUps.SaveAsync(call.Key, owner, wrapUp, replaced, cancellationToken) is not { } saved)
        {
            if (items is not null)
            {
                // Another request saved a wrap-up at the same moment.
                await dueItems.PutBackAsync(call, owner, items, cancellationToken);
                if (asks)
                {
                    await doNotCall.WithdrawAsync(call, owner, outcomes, cancellationToken);
                }
            }

            return null;
        }

        if (items is not null)
        {
            // The wrap-up is saved. The remaining steps are done even if the caller has disconnected.
            await FinishAsync(call, owner, saved, items, asks, CancellationToken.None);
        }

        return TypedResults.Ok(saved);
    }

    /// <summary>Why the wrap-up may not replace the one before; null if it may.</summary>
    private static IResult? Refusal(HttpRequest request, WrapUp wrapUp, WrapUp? before)
    {
        var expected = IfMatch.Of(request);
        var isFirst = IfMatch.IsNone(request);
        if (before is { Draft: false } && before.AgentId != wrapUp.AgentId && expected is null && !isFirst)
        {
            // "If-Match: *" names no version: it does not show that the caller has read what the other agent sent.
            return request.VersionRequired();
        }

        // "If-None-Match: *" asks for a call without a wrap-up (RFC 9110, 13.1.2). A draft never replaces a sent
        // wrap-up.
        if ((expected is not null && expected != before?.ETag) || (before is not null && isFirst))
        {
            return request.Changed();
        }

        return wrapUp.Draft && before is { Draft: false } ? AlreadySent(request) : null;
    }

    private static IResult AlreadySent(HttpRequest request) => request.Problem(
        StatusCodes.Status412PreconditionFailed,
        new("El resultado ya se envió", "The wrap-up has been sent"),
        new(
            "Un borrador no reemplaza lo que ya se envió. Envíelo de nuevo con su cambio.",
            "A draft does not replace what has been sent. Send it again with your change."));

    private WrapUp ToWrapUp(WrapUpInput input, bool draft, string agentId) => new()
    {
        Draft = draft,
        Outcome = string.IsNullOrEmpty(input.Outcome) ? null : input.Outcome,
        Notes = PlainText.Of(input.Notes),
        FollowUp = input.FollowUp is { } followUp
            ? new FollowUpNote(
                followUp.ReadDueAt(accounts.Home.TimeZone, new FieldErrors()), PlainText.Of(followUp.Note))
            : null,
        Charge = input.Charge is { } charge ? charge with { Concept = PlainText.Of(charge.Concept) } : null,
        Promise = input.Promise,
        Fields = input.Fields?.Where(field => !string.IsNullOrWhiteSpace(field.Value))
            .ToDictionary(field => field.Key, field => PlainText.Of(field.Value)!),
        AgentId = agentId,
        UpdatedAt = clock.GetUtcNow(),
    };

    // Stores the outcome and what is to be done in the call, for the lists. Closes the agent's pop-up, at once or, where
    // the call goes on, at its end.
    private async Task FinishAsync(
        Call found,
        string? owner,
        WrapUp wrapUp,
        WrittenDueItems items,
        bool asksNotToCall,
        CancellationToken cancellationToken)
    {
        var (outcomes, _) = await rules.GetAsync(cancellationToken);
        if (asksNotToCall)
        {
            await doNotCall.KeepAsync(found, owner, wrapUp, outcomes, cancellationToken);
        }
        else if (WrapUpDoNotCall.AskedBefore(wrapUp, outcomes))
        {
            await doNotCall.WithdrawAsync(found, owner, outcomes, cancellationToken);
        }

        await dueItems.DropAsync(found, owner, items, cancellationToken);

        var isFirst = true;
        Row? popUp = null;
        var saved = await writer.ChangeAsync(
            async token =>
            {
                var before = isFirst ? found : await calls.GetAsync(found.Key, token);
                // Another request changed the call: it may have been that one of them is done.
                items = isFirst ? items : await dueItems.ReadAsync(found, owner, token);
                isFirst = false;
                popUp = before is null ? null : await popUps.FindOpenAsync(before, wrapUp.AgentId, token);
                return before;
            },
            before => items.In(Decided(before, wrapUp)),
            cancellationToken);
        if (saved is null)
        {
            return;
        }

        if (outcomes.IsWrongNumber(wrapUp.Outcome))
        {
            await choices.UnlearnAsync(saved, wrapUp.UpdatedAt, cancellationToken);
        }

        if (saved.ContactId != found.ContactId)
        {
            // The call's contact was changed meanwhile.
            await dueItems.TieAsync(saved, cancellationToken);
        }

        if (saved.AgentOf(wrapUp.AgentId) is { AcknowledgedAt: not null } agent)
        {
            await popUps.CloseAsync(popUp is null ? [] : [popUp], cancellationToken);
            await screens.CloseAsync(saved, agent, cancellationToken);
        }

        // Also where it looks as before: this may be the second try, and the first got no further.
        teams.Tell(saved, null);
    }

    // An agent who was not on the call has no pop-up of it. The time is that of the save: by it the undoing knows what
    // the save has closed.
    private CallFacts Decided(Call call, WrapUp wrapUp)
    {
        var facts = call.Facts.With(new AgentDecision(
            DecisionKind.OutcomeRecorded, wrapUp.UpdatedAt, wrapUp.AgentId, Outcome: wrapUp.Outcome));
        if (call.AgentOf(wrapUp.AgentId) is not { } agent)
        {
            return facts;
        }

        var isOver = call.StateOf(agent) == CallState.Ended || call.StateAt(clock.GetUtcNow()) == CallState.Ended;
        return facts.With(new AgentDecision(
            isOver ? DecisionKind.Acknowledged : DecisionKind.AcknowledgedAtEnd, wrapUp.UpdatedAt, wrapUp.AgentId));
    }
}
