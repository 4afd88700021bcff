using System.Diagnostics;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Telemetry;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.PopUps;

/// <summary>
/// Brings calls to the screens of their agents. A channel that is down fails no notification: the call is stored by
/// now, and a screen reads it when it reconnects. Otherwise thousands of processed notifications would end in the
/// poison queue while the channel is over its quota.
/// </summary>
public sealed partial class PopUpScreens(
    ScreensCircuit circuit,
    PopUpStore popUps,
    AgentDirectory agents,
    TeamScreens teams,
    TimeProvider clock,
    ILogger<PopUpScreens> logger)
{
    /// <summary>
    /// Shows the call to each agent for whom it is open: a new pop-up, or a change of the one that is there. A pop-up
    /// that looks as before is not sent. For the others of a ring group it closes when one takes the call. Then the
    /// lists of those who see the call are told.
    /// </summary>
    /// <returns>How many agents' screens the channel took it for.</returns>
    public async Task<int> ShowAsync(Call call, Call? before, CancellationToken cancellationToken)
    {
        using var span = Instrumentation.Start("push to screens");
        var shown = await AtOnce.DoAsync(
            call.Agents.Where(agent => popUps.IsOpen(call, agent.AgentId) && !LooksAsBefore(call, before, agent)),
            agent => SendAsync(
                agent.AgentId,
                IsNewTo(agent, call, before) ? ScreenMessage.PopUp : ScreenMessage.PopUpChanged,
                PopUp.Of(call, agent),
                cancellationToken));
        if (before is not null)
        {
            var closed = call.Agents
                .Where(agent => popUps.IsOpen(before, agent.AgentId) && !popUps.IsOpen(call, agent.AgentId));
            await CloseTakenAsync(call, [.. closed], cancellationToken);
        }

        teams.Tell(call, before);
        return shown.Count(taken => taken);
    }

    /// <summary>
    /// Tells the screens how the call stands, whatever they were told before: whoever wrote it may have got no further.
    /// A screen that was told is told the same once more.
    /// </summary>
    public async Task ShowAllAgainAsync(Call call, CancellationToken cancellationToken)
    {
        await ShowAgainAsync(call, cancellationToken);
        var taken = call.Agents.Where(agent => popUps.IsTaken(call, agent.AgentId));
        await CloseTakenAsync(call, [.. taken], cancellationToken);
    }

    /// <summary>The same for the open pop-ups and the lists alone: those that are closed have no part in it.</summary>
    public async Task ShowAgainAsync(Call call, CancellationToken cancellationToken)
    {
        using var span = Instrumentation.Start("push to screens");
        await AtOnce.DoAsync(
            call.Agents.Where(agent => popUps.IsOpen(call, agent.AgentId)),
            agent => SendAsync(agent.AgentId, ScreenMessage.PopUpChanged, PopUp.Of(call, agent), cancellationToken));
        teams.Tell(call, null);
    }

    /// <summary>Takes the call off all of the agent's screens.</summary>
    public Task CloseAsync(Call call, CallAgent agent, CancellationToken cancellationToken) =>
        SendAsync(agent.AgentId, ScreenMessage.PopUpClosed, PopUp.Of(call, agent), cancellationToken);

    // Also where it comes again: it rings for an agent whose phone had stopped, or from whom a colleague had taken it.
    private bool IsNewTo(CallAgent agent, Call call, Call? before) =>
        before?.AgentOf(agent.AgentId) is null
        || (call.StateOf(agent) != CallState.Ended && !popUps.IsOpen(before, agent.AgentId));

    // The revision grows with each saved change. By itself it changes nothing that a pop-up shows.
    private bool LooksAsBefore(Call call, Call? before, CallAgent agent) =>
        before?.AgentOf(agent.AgentId) is { } known
        && popUps.IsOpen(before, agent.AgentId)
        && PopUp.Of(before, known) with { Revision = call.Revision } == PopUp.Of(call, agent);

    // Who took the call is said where it is known. A phone can also have stopped, and another rings on.
    private async Task CloseTakenAsync(Call call, IReadOnlyList<CallAgent> taken, CancellationToken cancellationToken)
    {
        if (taken.Count == 0)
        {
            return;
        }

        var roster = taken.Any(agent => agent.Part?.TakenBy is not null)
            ? await agents.ReadAsync(cancellationToken)
            : null;
        await AtOnce.DoAsync(taken, agent => SendAsync(
            agent.AgentId,
            ScreenMessage.PopUpClosed,
            PopUp.Of(call, agent) with
            {
                AnsweredBy = agent.Part?.TakenBy is { } takerId
                    ? new Colleague(takerId, roster?.NameOf(takerId) ?? takerId)
                    : null,
            },
            cancellationToken));
    }

    private async Task<bool> SendAsync(
        string agentId, ScreenMessage message, PopUp popUp, CancellationToken cancellationToken)
    {
        try
        {
            if (popUp.Returned is { } returned)
            {
                popUp = popUp with { Returned = returned.With(await agents.ReadAsync(cancellationToken)) };
            }

            if (message == ScreenMessage.PopUp)
            {
                popUp = popUp with { SentAt = clock.GetUtcNow() };
            }

            return await circuit.TrySendAsync(agentId, message, popUp, cancellationToken);
        }
        catch (ScreensException exception)
        {
            Log.NotShown(logger, message, agentId, exception);
            Activity.Current.Failed(exception);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A {Message} did not reach the screens of {AgentId}, who see it when they reconnect.")]
        public static partial void NotShown(ILogger logger, ScreenMessage message, string agentId, Exception exception);
    }
}
