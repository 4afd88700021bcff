namespace CallMyWay.Functions.Presence;

/// <summary>Who is told of what agents' screens and agents themselves say. Each waits for nothing.</summary>
public interface IPresenceNews
{
    /// <summary>A screen of the agent was there, or the agent has left.</summary>
    void TellBeat(string agentId, ScreenBeat beat);

    /// <summary>The agent has paused, or is back.</summary>
    void TellPause(Pause pause);
}
