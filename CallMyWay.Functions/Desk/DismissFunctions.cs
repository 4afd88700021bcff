using System.Security.Claims;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Desk;

/// <summary>The calls to take off the lists, at most 100.</summary>
public sealed record DismissInput([property: Needed] IReadOnlyList<DismissedCall?>? Calls);

/// <summary>A call by its id; of several accounts with this id the newest where the account is left out.</summary>
public sealed record DismissedCall([property: Needed] string? CallId, string? Account);

/// <summary>Those that are off the lists now, each as it stands then.</summary>
public sealed record DismissedCalls(IReadOnlyList<CallView> Items);

/// <summary>
/// Takes calls off the lists of what goes on and of what was missed. It says nothing of who the caller is, so nothing
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
    private const int Most = 100;

    /// <summary>Each takes several storage requests, some of them at once.</summary>
    private const int AtATime = 4;

    [Function("DismissCall"), Allow(Role.Agent)]
    [Refuses(StatusCodes.Status409Conflict)]
    [NotAudited("It is in the call's history.")]
    [Asks("account")]
    [Answers(StatusCodes.Status200OK, typeof(CallView))]
    public async Task<IResult> Dismiss(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "calls/{callId}/dismiss")] HttpRequest request,
        string callId,
        CancellationToken cancellationToken)
    {
        var user = request.HttpContext.User;
        var visible = await scope.FindVisibleAsync(user, cancellationToken);
        var (view, asksForOutcome) = await DismissAsync(
            token => finder.FindAsync(callId, request.Query["account"], visible.Includes, token),
            user,
            cancellationToken);
        return view is not null ? TypedResults.Ok(view)
            : asksForOutcome ? ClosingRule.Refusal(request)
            : request.NotFound(CallFinder.NoSuchCall);
    }

    /// <summary>
    /// Takes several calls off the lists. One that the caller may not see, or whose outcome is missing where the office asks
    /// for it, is left out of the answer. The request can be repeated: a call that is off the lists already stays so.
    /// </summary>
    [Function("DismissCalls"), Allow(Role.Agent)]
    [NotAudited("It is in the calls' history.")]
    [Takes(typeof(DismissInput)), Answers(StatusCodes.Status200OK, typeof(DismissedCalls))]
    public async Task<IResult> DismissSeveral(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "dismissed-calls")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<DismissInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var calls = (input.Calls ?? []).OfType<DismissedCall>().Distinct().ToList();
        if (calls.Count is 0 or > Most || calls.Exists(call => string.IsNullOrEmpty(call.CallId)))
        {
            return request.Invalid(new FieldErrors().Add(
                "calls",
                $"Envíe de 1 a {Most} llamadas, cada una con su «callId».",
                $"Send 1 to {Most} calls, each with its \"callId\"."));
        }

        var user = request.HttpContext.User;
        var visible = await scope.FindVisibleAsync(user, cancellationToken);
        var dismissed = new List<CallView>();
        foreach (var some in calls.Chunk(AtATime))
        {
            var answers = await Task.WhenAll(some.Select(call => DismissAsync(
                token => finder.FindByIdAsync(call.CallId!, call.Account, visible.Includes, token),
                user,
                cancellationToken)));
            dismissed.AddRange(answers.Select(answer => answer.View).OfType<CallView>());
        }

        return TypedResults.Ok(new DismissedCalls(dismissed));
    }

    /// <summary>
    /// The call as it is then; null where there is none that the user may see, or where it asks for an outcome first.
    /// </summary>
    private async Task<(CallView? View, bool AsksForOutcome)> DismissAsync(
        Func<CancellationToken, ValueTask<Call?>> find, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var self = user.RequiredAgentId();
        var kind = user.Has(Role.Supervisor) ? DecisionKind.DismissedForAll : DecisionKind.Dismissed;
        Row? popUp = null;
        var asksForOutcome = false;
        if (await writer.ChangeAsync(
            FindAsync,
            call => Dismissed(call, kind, self),
            cancellationToken) is not { } saved)
        {
            return (null, asksForOutcome);
        }

        // It is dismissed. The remaining steps are done even if the caller has disconnected.
        if (saved.AgentOf(self) is { } agent)
        {
            await popUps.CloseAsync(popUp is null ? [] : [popUp], CancellationToken.None);
            await screens.CloseAsync(saved, agent, CancellationToken.None);
        }

        await screens.ShowAgainAsync(saved, CancellationToken.None);
        return (CallView.Of(saved, self, clock.GetUtcNow()), false);

        async ValueTask<Call?> FindAsync(CancellationToken token)
        {
            var found = await find(token);
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
