using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;

namespace CallMyWay.Functions.PopUps;

/// <summary>Brings calls to the screens of their agents.</summary>
public sealed class PopUpScreens(IScreens screens, PopUpStore popUps, AgentStore agents)
{
    /// <summary>
    /// Shows the call to each agent for whom it is open: a new pop-up, or a change of the one that is there. For the others of a ring
    /// group it closes when one takes the call.
    /// </summary>
    public async Task ShowAsync(Call call, Call? before, CancellationToken cancellationToken)
    {
        await Task.WhenAll(call.Agents
            .Where(agent => popUps.IsOpen(call, agent.AgentId))
            .Select(agent => screens.SendAsync(
                agent.AgentId,
                before?.AgentOf(agent.AgentId) is null ? ScreenMessage.PopUp : ScreenMessage.PopUpChanged,
                PopUp.Of(call, agent),
                cancellationToken)));
        var closed = call.Agents.Where(agent => before is not null && popUps.IsOpen(before, agent.AgentId) && !popUps.IsOpen(call, agent.AgentId)).ToList();
        if (closed.Count > 0 && call.AnsweredBy() is { } answererId)
        {
            var by = new AnsweredBy(answererId, (await agents.GetAsync(answererId, cancellationToken))?.Name ?? answererId);
            await Task.WhenAll(closed.Select(agent => screens.SendAsync(agent.AgentId, ScreenMessage.PopUpClosed, PopUp.Of(call, agent) with { AnsweredBy = by }, cancellationToken)));
        }
    }

    /// <summary>Takes the call off all of the agent's screens.</summary>
    public Task CloseAsync(Call call, CallAgent agent, CancellationToken cancellationToken) =>
        screens.SendAsync(agent.AgentId, ScreenMessage.PopUpClosed, PopUp.Of(call, agent), cancellationToken);
}
