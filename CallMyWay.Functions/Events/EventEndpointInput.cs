using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Outgoing;

namespace CallMyWay.Functions.Events;

/// <summary>The body of a request that creates or changes an endpoint.</summary>
/// <param name="Url">An address of the public internet, with https.</param>
/// <param name="Events">Of <see cref="EventTypes"/>, one at least.</param>
/// <param name="Description">What administrators call it, 100 characters at most.</param>
/// <param name="Enabled">
/// False to send nothing. Where it is missing it stays as it is; it is true for a new endpoint.
/// </param>
public sealed record EventEndpointInput(
    [property: Needed] string? Url,
    [property: Needed] IReadOnlyList<string?>? Events,
    string? Description,
    bool? Enabled)
{
    private const int LongestDescription = 100;

    /// <summary>The errors of the input, by field.</summary>
    /// <param name="addresses">Checks the address.</param>
    /// <param name="allowPrivate">True where private addresses are allowed, and http.</param>
    /// <param name="cancellationToken">The caller's: the name is looked up.</param>
    public async Task<FieldErrors> CheckAsync(
        OutgoingAddress addresses, bool allowPrivate, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        await addresses.CheckAsync(Url, ("eventos", "events"), allowPrivate, errors, cancellationToken);
        if (Events is not { Count: > 0 })
        {
            errors.Add("events", "Elija al menos un evento.", "Choose one event at least.");
        }
        else if (Events.FirstOrDefault(type => !EventTypes.All.Contains(type)) is var unknown
            && !Events.All(type => EventTypes.All.Contains(type)))
        {
            errors.Add(
                "events",
                $"No hay un evento «{unknown}». Los que hay: {string.Join(", ", EventTypes.All)}.",
                $"There is no event \"{unknown}\". There are: {string.Join(", ", EventTypes.All)}.");
        }

        if (Description?.Length > LongestDescription)
        {
            errors.Add(
                "description",
                $"Escriba {LongestDescription} caracteres como máximo.",
                $"Write {LongestDescription} characters at most.");
        }

        return errors;
    }

    /// <summary>The endpoint with this input, which was checked.</summary>
    public EventEndpoint In(EventEndpoint endpoint) => endpoint with
    {
        Url = Url!,
        Events = [.. EventTypes.All.Where(type => Events!.Contains(type))],
        Description = string.IsNullOrWhiteSpace(Description) ? null : Description.Trim(),
        // What is sent without it doesn't begin again what an administrator has stopped.
        Enabled = Enabled ?? endpoint.Enabled,
    };
}

/// <summary>The body of a request for a replay: one delivery, or those of a span.</summary>
/// <param name="DeliveryId">The delivery; without a span.</param>
/// <param name="From">From then on: what happened earlier is not sent.</param>
/// <param name="To">Before then; a bare date is the span's last day.</param>
/// <param name="State">Of these alone; all where it is missing.</param>
public sealed record EventReplayInput(string? DeliveryId, string? From, string? To, DeliveryState? State);

/// <summary>A replay that has begun.</summary>
/// <param name="ReplayId">
/// The job that sends those of a span; null for a single delivery, which is sent at once.
/// </param>
public sealed record EventReplayStarted(string? ReplayId);
