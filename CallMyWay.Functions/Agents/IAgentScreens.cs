namespace CallMyWay.Functions.Agents;

/// <summary>The connected screens of an agent. Each registered one is told where they may be another's now.</summary>
public interface IAgentScreens
{
    /// <summary>
    /// Called before the agent's row changes: from here on the screens are disconnected a little later in any case,
    /// also where this process ends as soon as the row is stored. Where the change is refused, they connect again.
    /// </summary>
    Task PrepareAsync(string agentId, CancellationToken cancellationToken);

    /// <summary>
    /// Disconnects all of the agent's screens. Those of somebody who still is the agent connect again by themselves.
    /// What goes wrong is logged: the agent's row has changed all the same.
    /// </summary>
    Task DisconnectAsync(string agentId, CancellationToken cancellationToken);
}
