using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Presence;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// Disconnects an agent's screens, and reads the agent again at the next request: a deleted agent is out at once, and
/// counts as one who is at no screen until one connects again.
/// </summary>
internal sealed class LocalAgentScreens(Sessions sessions, ISessionScreens screens, AgentPresence presence)
    : IAgentScreens
{
    // The connections end with this process.
    public Task PrepareAsync(string agentId, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task DisconnectAsync(string agentId, CancellationToken cancellationToken)
    {
        // First, so that none connects again by what was known of the agent.
        sessions.Forget(agentId);
        screens.CloseAgent(agentId);
        return presence.CloseAsync(agentId);
    }
}
