using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Mappings;

namespace CallMyWay.Functions.HandOver;

/// <summary>Hands an agent's phones over, and their shifts of shared ones. It is in force at the next call.</summary>
public sealed class PhoneHandOver(MappingStore mappings, IMappingNews news, AuditLog audit)
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
    /// <param name="noted">The endpoints that are to be moved, and no others.</param>
    /// <param name="movedBy">The administrator.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<int> MoveAsync(
        string from, Agent to, IReadOnlyList<string> noted, string? movedBy, CancellationToken cancellationToken)
    {
        if (noted.Count == 0)
        {
            return 0;
        }

        var own = await mappings.ListForAgentAsync(to.AgentId, cancellationToken);
        var hasPrimary = own.Any(mapping => mapping.Primary && mapping.AgentId == to.AgentId);
        var told = 0;
        foreach (var endpointId in noted)
        {
            if (await MoveAsync(endpointId, from, to.AgentId, hasPrimary, movedBy, cancellationToken) is { } moved)
            {
                await news.StoredAsync(moved, movedBy ?? to.AgentId);
                told++;
                hasPrimary |= moved.Primary && moved.AgentId == to.AgentId;
            }
        }

        return told;
    }

    /// <summary>The phone as the other's; null where it is neither's.</summary>
    private async Task<Mapping?> MoveAsync(
        string endpointId,
        string from,
        string to,
        bool hasPrimary,
        string? movedBy,
        CancellationToken cancellationToken)
    {
        while (await mappings.GetAsync(endpointId, cancellationToken) is { } mapping)
        {
            if (!mapping.AgentIds.Contains(from))
            {
                return mapping.AgentIds.Contains(to) ? mapping : null;
            }

            // The other's own main phone stays the one.
            var theirs = Moved(mapping, from, to);
            theirs = hasPrimary && mapping.AgentId == from ? theirs with { Primary = false } : theirs;
            var stored = await audit.ChangeAsync(
                movedBy,
                AuditChange.Of("mapping.changed", endpointId, mapping, theirs),
                () => mappings.PutAsync(theirs, cancellationToken),
                made => made is not null,
                cancellationToken);
            if (stored is var (moved, _))
            {
                return moved;
            }
        }

        return null;
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
