using CallMyWay.Functions.Audit;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Mappings;

/// <summary>
/// Leaves an agent one main phone: that which was named last. With two of them nobody could tell from which one a click
/// goes out.
/// </summary>
public sealed class MainPhone(MappingStore mappings, AuditLog audit)
{
    /// <summary>Takes the mark from the agent's other phones, where this one has it.</summary>
    /// <param name="main">The phone as it was stored.</param>
    /// <param name="request">The administrator's.</param>
    public async Task TakeAsync(Mapping main, HttpRequest request)
    {
        if (!main.Primary)
        {
            return;
        }

        // Goes on even if the caller has disconnected: the mark would stay at both.
        foreach (var mapping in await mappings.ListForAgentAsync(main.AgentId, CancellationToken.None))
        {
            // Another phone may have been named since: then this one is among those that lose the mark.
            if (mapping.EndpointId != main.EndpointId
                && await mappings.GetAsync(main.EndpointId, CancellationToken.None) is not { Primary: true })
            {
                return;
            }

            var other = mapping;
            while (other is { Primary: true } && other.AgentId == main.AgentId && other.EndpointId != main.EndpointId)
            {
                var (before, after) = (other, other with { Primary = false });
                var stored = await audit.ChangeAsync(
                    request,
                    AuditChange.Of("mapping.changed", before.EndpointId, before, after),
                    () => mappings.PutAsync(after, CancellationToken.None),
                    made => made is not null,
                    CancellationToken.None);
                // Another has changed it meanwhile where it was not stored.
                other = stored is not null ? null : await mappings.GetAsync(before.EndpointId, CancellationToken.None);
            }
        }
    }
}
