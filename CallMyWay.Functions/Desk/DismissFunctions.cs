using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Desk;

/// <summary>
/// Takes a call off the lists of what goes on and of what was missed. It says nothing of who the caller is, so nothing
/// is learned and nothing unlearned.
/// </summary>
[Tags("Calls")]
public sealed class DismissFunctions(
    CallFinder finder,
    CallScope scope,
    ClosingRule closing,
    CallWriter writer,
    PopUpStore popUps,
    PopUpScreens screens,
    TimeProvider clock)
{
    [Function("DismissCall"), Allow(Role.Agent)]
    [Asks("account")]
    [Answers(StatusCodes.Status200OK, typeof(CallView))]
    public async Task<IResult> Dismiss(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "calls/{callId}/dismiss")] HttpRequest request,
        string callId,
        CancellationToken cancellationToken)
    {
        var user = request.HttpContext.User;
        var self = user.RequiredAgentId();
        var visible = await scope.FindVisibleAsync(user, cancellationToken);
        var kind = user.Has(Role.Supervisor) ? DecisionKind.DismissedForAll : DecisionKind.Dismissed;
        Row? popUp = null;
        var asksForOutcome = false;
        if (await writer.ChangeAsync(
            FindAsync,
            call => Dismissed(call, kind, self),
            cancellationToken) is not { } saved)
        {
            return asksForOutcome ? ClosingRule.Refusal(request) : request.NotFound(CallFinder.NoSuchCall);
        }

        // It is dismissed. The remaining steps are done even if the caller has disconnected.
        if (saved.AgentOf(self) is { } agent)
        {
            await popUps.CloseAsync(popUp is null ? [] : [popUp], CancellationToken.None);
            await screens.CloseAsync(saved, agent, CancellationToken.None);
        }

        await screens.ShowAgainAsync(saved, CancellationToken.None);
        return TypedResults.Ok(CallView.Of(saved, self, clock.GetUtcNow()));

        async ValueTask<Call?> FindAsync(CancellationToken token)
        {
            var found = await finder.FindAsync(callId, request.Query["account"], visible.Includes, token);
            asksForOutcome = found?.IsDismissedFor(self) == false
                && await closing.AsksForOutcomeAsync(found, self, token);
            popUp = found is null ? null : await popUps.FindOpenAsync(found, self, token);
            return asksForOutcome ? null : found;
        }
    }

    // With the pop-up, if the agent has one.
    private CallFacts Dismissed(Call call, DecisionKind kind, string agentId)
    {
        var now = clock.GetUtcNow();
        var facts = call.Facts.With(new AgentDecision(kind, now, agentId));
        return call.AgentOf(agentId) is null
            ? facts
            : facts.With(new AgentDecision(DecisionKind.Acknowledged, now, agentId));
    }
}
