namespace CallMyWay.Functions.Presence;

/// <summary>Who is told of what agents' screens and agents themselves say. Each waits for nothing.</summary>
public interface IPresenceNews
{
    /// <summary>A screen of the agent was there.</summary>
    void TellBeat(string agentId, DateTimeOffset at);

    /// <summary>The agent has paused, or is back.</summary>
    void TellPause(Pause pause);
}
