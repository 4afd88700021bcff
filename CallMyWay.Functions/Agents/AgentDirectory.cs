using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Agents;

/// <summary>
/// All agents, from a scan that is at most 30 seconds old. Lists take their names from it. What another process has
/// changed meanwhile (a name, a role, a team) shows after that time; what this process changes shows at once. An agent
/// whose row can't be read is not in it: nobody else's calls and lists wait for that.
/// </summary>
public sealed partial class AgentDirectory(AgentStore agents, TimeProvider time, ILogger<AgentDirectory> logger)
{
    /// <summary>The agents are scanned again after this, if anybody asks.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();

    private Scan? _scan;

    /// <summary>Whoever asks while a scan is under way waits for that one.</summary>
    public Task<AgentRoster> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_scan is null || !IsFresh(_scan))
            {
                // Begun before the rows are read, in both counts: what changes meanwhile is scanned again.
                _scan = new Scan(time.GetTimestamp(), agents.Changes, Beside.RunAsync(ScanAsync));
            }

            // Who goes away ends the scan for nobody else.
            return Beside.Shared(_scan.Roster).WaitAsync(cancellationToken);
        }
    }

    // By the time that has passed, and not by the clock. The clock can be set back, and a role that was taken away
    // would last until it has caught up.
    private bool IsFresh(Scan scan) =>
        scan.Changes == agents.Changes && time.GetElapsedTime(scan.BeganAt) < Recheck
        && scan.Roster is not { IsCompleted: true, IsCompletedSuccessfully: false };

    private async Task<AgentRoster> ScanAsync() => new(await agents.ListAsync(
        CancellationToken.None, unreadable => Log.Unreadable(logger, unreadable.GetType().Name)));

    private sealed record Scan(long BeganAt, long Changes, Task<AgentRoster> Roster);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "An agent's row can't be read ({Error}). The agent is missing in lists.")]
        public static partial void Unreadable(ILogger logger, string error);
    }
}

/// <summary>The agents of one scan.</summary>
/// <param name="all">The agents.</param>
/// <param name="former">The names of those who left, by id, where they are wanted.</param>
public sealed class AgentRoster(IReadOnlyList<Agent> all, IReadOnlyDictionary<string, string?>? former = null)
{
    private readonly Dictionary<string, Agent> _byId =
        all.ToDictionary(agent => agent.AgentId, StringComparer.Ordinal);

    public IReadOnlyList<Agent> All => all;

    public Agent? Find(string agentId) => _byId.GetValueOrDefault(agentId);

    /// <summary>Null for nobody, and for an agent who is not there.</summary>
    public string? NameOf(string? agentId) =>
        agentId is null ? null : Find(agentId)?.Name ?? former?.GetValueOrDefault(agentId);

    /// <summary>The same, which has the names of these who left too.</summary>
    public AgentRoster With(IReadOnlyDictionary<string, string?> left) => left.Count == 0 ? this : new(all, left);
}
