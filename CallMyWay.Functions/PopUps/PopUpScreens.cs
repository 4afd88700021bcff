using CallMyWay.Functions.Calls;

namespace CallMyWay.Functions.PopUps;

/// <summary>Brings calls to the screens of their agents.</summary>
public sealed class PopUpScreens(IScreens screens, PopUpStore popUps)
{
    /// <summary>Shows the call to each agent for whom it is open: a new pop-up, or a change of the one that is there.</summary>
    public Task ShowAsync(Call call, Call? before, CancellationToken cancellationToken) => Task.WhenAll(
        call.Agents
            .Where(agent => popUps.IsOpen(call, agent.AgentId))
            .Select(agent => screens.SendAsync(
                agent.AgentId,
                before?.AgentOf(agent.AgentId) is null ? ScreenMessage.PopUp : ScreenMessage.PopUpChanged,
                PopUp.Of(call, agent),
                cancellationToken)));

    /// <summary>Takes the call off all of the agent's screens.</summary>
    public Task CloseAsync(Call call, CallAgent agent, CancellationToken cancellationToken) =>
        screens.SendAsync(agent.AgentId, ScreenMessage.PopUpClosed, PopUp.Of(call, agent), cancellationToken);
}
