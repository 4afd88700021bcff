using System.Text.Json.Serialization;
using CallMyWay.Functions.Calls;

namespace CallMyWay.Functions.Events;

/// <summary>What became of an event at one endpoint.</summary>
public sealed record Delivery
{
    /// <summary>Its key within the endpoint: the newest first.</summary>
    public required string DeliveryId { get; init; }

    /// <summary>The event's id, the same at each try and for each endpoint: the header <c>webhook-id</c>.</summary>
    public required string EventId { get; init; }

    public required string Type { get; init; }

    /// <summary>When it happened, as the body says.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The call that it is about; null where it is about none.</summary>
    public CallKey? Call { get; init; }

    public required DeliveryState State { get; init; }

    /// <summary>How many tries there were, also those of earlier rounds.</summary>
    public int Tries { get; init; }

    /// <summary>
    /// Counts tries and replays: a message that comes twice, or for what was begun anew since, is known by it.
    /// </summary>
    public int Turn { get; init; }

    /// <summary>When the first try of this round was; null before it.</summary>
    public DateTimeOffset? RoundAt { get; init; }

    /// <summary>How many tries this round had: a replay begins another.</summary>
    public int RoundTries { get; init; }

    /// <summary>When the next try is due; null where none is.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>The latest tries, the last of them last.</summary>
    public IReadOnlyList<DeliveryTry> Log { get; init; } = [];

    /// <summary>The row's version. It is not stored in the record.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }
}

/// <summary>How far a delivery is.</summary>
public enum DeliveryState
{
    /// <summary>It is to be tried, or tried again.</summary>
    Waiting,

    /// <summary>The receiver has taken it.</summary>
    Delivered,

    /// <summary>It was tried for three days, or is not to be tried any more.</summary>
    Failed,
}

/// <summary>A try, and what came of it.</summary>
/// <param name="At">When it began.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Status">The status of the answer; null where there was none.</param>
/// <param name="Error">Null where the receiver has taken it.</param>
/// <param name="Answer">The beginning of the answer's body; null where there was none.</param>
public sealed record DeliveryTry(
    DateTimeOffset At, int Milliseconds, int? Status, DeliveryError? Error, string? Answer);

/// <summary>Why a try did not succeed.</summary>
public enum DeliveryError
{
    /// <summary>The receiver answered with another status than 2xx.</summary>
    Status,

    /// <summary>It had not answered after 15 seconds.</summary>
    Timeout,

    /// <summary>It could not be reached, or hung up.</summary>
    Unreachable,

    /// <summary>Its name has no address.</summary>
    UnknownHost,

    /// <summary>Its certificate is not valid, or no TLS was possible.</summary>
    Tls,

    /// <summary>Its name leads to a private address.</summary>
    PrivateAddress,

    /// <summary>It answered with a redirect, which is not followed.</summary>
    Redirect,

    /// <summary>It answered that it wants nothing any more (410).</summary>
    Gone,

    /// <summary>What was to be sent is not kept any more.</summary>
    NoContent,
}
