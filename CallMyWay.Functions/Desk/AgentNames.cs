using CallMyWay.Functions.Agents;

namespace CallMyWay.Functions.Desk;

/// <summary>
/// The names of agents who left: their calls go on to name them, for as long as they are known. From one query that is
/// at most 30 seconds old, and is made only where a name is missing.
/// </summary>
public sealed class AgentNames(AgentStore agents, TimeProvider time)
{
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(30);

    private Known? _known;

    /// <summary>The names of all who left, by id; empty, and nothing is read, where no name is missing.</summary>
    public async ValueTask<IReadOnlyDictionary<string, string?>> OfFormerAsync(
        IEnumerable<(string? AgentId, string? Name)> shown, CancellationToken cancellationToken)
    {
        if (shown.All(each => each.AgentId is null || each.Name is not null))
        {
            return Known.None;
        }

        var known = Volatile.Read(ref _known);
        if (known is null || time.GetElapsedTime(known.At) >= Recheck)
        {
            var at = time.GetTimestamp();
            var left = await agents.ListDeletedAsync(cancellationToken);
            known = new Known(at, left.ToDictionary(agent => agent.AgentId, agent => agent.Name, StringComparer.Ordinal));
            Volatile.Write(ref _known, known);
        }

        return known.Names;
    }

    /// <summary>The roster, with those who left where one of these is not in it.</summary>
    public async ValueTask<AgentRoster> WithFormerAsync(
        AgentRoster roster, IEnumerable<string?> shown, CancellationToken cancellationToken) =>
        roster.With(await OfFormerAsync(
            shown.Select(agentId => (agentId, roster.NameOf(agentId))), cancellationToken));

    private sealed record Known(long At, IReadOnlyDictionary<string, string?> Names)
    {
        public static IReadOnlyDictionary<string, string?> None { get; } = new Dictionary<string, string?>();
    }
}
