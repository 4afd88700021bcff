using CallMyWay.Functions.Agents;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// Disconnects an agent's screens, and reads the agent again at the next request: a deleted agent is out at once.
/// </summary>
internal sealed class LocalAgentScreens(Sessions sessions, ISessionScreens screens) : IAgentScreens
{
    public Task DisconnectAsync(string agentId, CancellationToken cancellationToken)
    {
        // First, so that none connects again by what was known of the agent.
        sessions.Forget(agentId);
        screens.CloseAgent(agentId);
        return Task.CompletedTask;
    }
}
