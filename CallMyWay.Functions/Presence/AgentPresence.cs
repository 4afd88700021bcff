using System.Collections.Concurrent;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Presence;

/// <summary>Notes which agents are at their screens, and who has paused.</summary>
public sealed partial class AgentPresence(
    PresenceStore store, IEnumerable<IPresenceNews> news, TimeProvider time, ILogger<AgentPresence> logger)
{
    /// <summary>An agent has several tabs: what was stored so lately is not stored again.</summary>
    public static readonly TimeSpan Spacing = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, long> _stored = new(StringComparer.Ordinal);

    /// <summary>
    /// Notes that a screen of the agent is there. It is at most one write, and no reading. What was asked for beside it
    /// doesn't fail with it: the screen asks again in a minute.
    /// </summary>
    public async Task BeatAsync(string agentId, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        var started = time.GetTimestamp();
        if (_stored.TryGetValue(agentId, out var before) && time.GetElapsedTime(before, started) < Spacing)
        {
            return;
        }

        try
        {
            await store.PutBeatAsync(agentId, at, cancellationToken);
        }
        catch (StorageException exception)
        {
            Log.NotNoted(logger, exception);
            return;
        }

        _stored[agentId] = started;
        foreach (var each in news)
        {
            each.TellBeat(agentId, new ScreenBeat(at));
        }
    }

    /// <summary>
    /// Notes that the agent has signed out: nobody waits until the last beat is old. A screen of theirs that is still
    /// there says so with its next beat. A sign-out doesn't fail with it.
    /// </summary>
    public Task LeaveAsync(string agentId) => LeaveAsync(agentId, () => new(new ScreenBeat(time.GetUtcNow())));

    /// <summary>
    /// Notes that the agent's screens were closed for them, as where an administrator signs them out. When a screen was
    /// last there stays as it is: nobody who has been away for days was there just now.
    /// </summary>
    public Task CloseAsync(string agentId) =>
        LeaveAsync(agentId, () => store.GetBeatAsync(agentId, CancellationToken.None));

    private async Task LeaveAsync(string agentId, Func<ValueTask<ScreenBeat?>> findLast)
    {
        ScreenBeat beat;
        try
        {
            if (await findLast() is not { } last)
            {
                return;
            }

            beat = last with { HasLeft = true };
            await store.PutBeatAsync(agentId, beat, CancellationToken.None);
        }
        catch (StorageException exception)
        {
            Log.LeftNotNoted(logger, exception);
            return;
        }

        _stored.TryRemove(agentId, out _);
        foreach (var each in news)
        {
            each.TellBeat(agentId, beat);
        }
    }

    /// <summary>
    /// Stores that the agent has paused, or is back. What is so already stays as it is, with its time.
    /// </summary>
    public async Task<Pause> SetAsync(
        string agentId, bool paused, string? reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = await store.GetPauseAsync(agentId, cancellationToken);
        if (before is not null && (paused ? before.IsOnAt(now) && before.Reason == reason : !before.Paused))
        {
            return before;
        }

        var pause = new Pause(agentId, paused, paused ? reason : null, now);
        await store.PutPauseAsync(pause, cancellationToken);
        foreach (var each in news)
        {
            each.TellPause(pause);
        }

        return pause;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "That an agent's screen is there could not be noted. The agent may be shown as offline for a minute.")]
        public static partial void NotNoted(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Warning, "That an agent has signed out could not be noted. The agent may be shown as online for some minutes.")]
        public static partial void LeftNotNoted(ILogger logger, Exception exception);
    }
}
