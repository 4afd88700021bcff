using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Mappings;

namespace CallMyWay.Functions.HandOver;

/// <summary>Hands an agent's phones over, and their shifts of shared ones. It is in force at the next call.</summary>
public sealed class PhoneHandOver(MappingStore mappings, IMappingNews news)
{
    /// <summary>The endpoints of the agent's phones, and of those of which they have a shift.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string agentId, CancellationToken cancellationToken) =>
        [.. (await mappings.ListForAgentAsync(agentId, cancellationToken)).Select(mapping => mapping.EndpointId)];

    /// <summary>
    /// How many phones were moved. What another changes meanwhile is read again. Those that an earlier try has moved
    /// are told of again.
    /// </summary>
    /// <param name="from">Whose they are.</param>
    /// <param name="to">Whose they will be.</param>
    /// <param name="noted">The endpoints that are to be moved; those that came since are moved too.</param>
    /// <param name="movedBy">The administrator.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<int> MoveAsync(
        string from, Agent to, IReadOnlyList<string> noted, string? movedBy, CancellationToken cancellationToken)
    {
        var own = await mappings.ListForAgentAsync(to.AgentId, cancellationToken);
        var hasPrimary = own.Any(mapping => mapping.Primary && mapping.AgentId == to.AgentId);
        var told = new HashSet<string>(StringComparer.Ordinal);
        while (await mappings.ListForAgentAsync(from, cancellationToken) is [var mapping, ..])
        {
            // The other's own main phone stays the one.
            var theirs = Moved(mapping, from, to.AgentId);
            if (await mappings.PutAsync(
                hasPrimary && mapping.AgentId == from ? theirs with { Primary = false } : theirs,
                cancellationToken) is not var (stored, _))
            {
                continue;
            }

            await news.StoredAsync(stored, movedBy ?? to.AgentId);
            told.Add(stored.EndpointId);
            hasPrimary |= stored.Primary && stored.AgentId == to.AgentId;
        }

        foreach (var mapping in own.Where(
            mapping => noted.Contains(mapping.EndpointId, StringComparer.Ordinal) && told.Add(mapping.EndpointId)))
        {
            await news.StoredAsync(mapping, movedBy ?? to.AgentId);
        }

        return told.Count;
    }

    /// <summary>The mapping with another agent in the place of one.</summary>
    internal static Mapping Moved(Mapping mapping, string from, string to)
    {
        // A shift of whose phone it is anyway says nothing.
        var agentId = mapping.AgentId == from ? to : mapping.AgentId;
        List<Shift> shifts =
        [
            .. (mapping.Shifts ?? []).Select(shift => shift.AgentId == from ? shift with { AgentId = to } : shift)
                .Where(shift => shift.AgentId != agentId),
        ];
        return mapping with { AgentId = agentId, Shifts = shifts.Count == 0 ? null : shifts };
    }
}
