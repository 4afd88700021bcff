using System.Text.Json.Serialization;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Outgoing;

namespace CallMyWay.Functions.Events;

/// <summary>An address of another application that is told of events.</summary>
public sealed record EventEndpoint
{
    public required string EndpointId { get; init; }

    public required string Url { get; init; }

    /// <summary>Of <see cref="EventTypes"/>.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>What administrators call it; null for nothing.</summary>
    public string? Description { get; init; }

    /// <summary>False where an administrator wants nothing sent: what happens meanwhile is not kept for it.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>What signatures are made with: <c>whsec_</c> and Base64. The API shows it once.</summary>
    public required string Secret { get; init; }

    /// <summary>The secret before, which signs beside until <see cref="PreviousUntil"/>.</summary>
    public string? PreviousSecret { get; init; }

    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>Those before it whose day was not over, the newest first; null for none.</summary>
    public IReadOnlyList<EarlierSecret>? EarlierSecrets { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was deleted: its deliveries are still found, and swept; null where it is there.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>The row's version. It is not stored in the record.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>How it has answered lately; null where all is well. It is not stored in the record.</summary>
    [JsonIgnore]
    public EndpointHealth? Health { get; init; }

    [JsonIgnore]
    public bool IsPaused => Health?.PausedAt is not null;

    /// <summary>True where it is to be told of such an event of then. What was before it came is not its own.</summary>
    public bool Wants(string type, DateTimeOffset at) =>
        Enabled && DeletedAt is null && Health?.Pause != PauseReason.Gone && CreatedAt <= at
        && Events.Contains(type, StringComparer.Ordinal);

    /// <summary>The secrets that sign now, the newest first.</summary>
    public IEnumerable<string> SecretsAt(DateTimeOffset now) =>
        EarlierAt(now).Select(earlier => earlier.Secret).Prepend(Secret);

    /// <summary>With a new secret. Those that sign now go on beside it, each until its own end.</summary>
    internal EventEndpoint WithSecret(string secret, DateTimeOffset now) => this with
    {
        Secret = secret,
        PreviousSecret = Secret,
        PreviousUntil = now + SignedRequest.SecretOverlap,
        EarlierSecrets = [.. EarlierAt(now).Take(EarlierSecret.Most - 1)],
    };

    private IEnumerable<EarlierSecret> EarlierAt(DateTimeOffset now) =>
        EarlierSecret.At(PreviousSecret, PreviousUntil, EarlierSecrets, now);
}

/// <summary>How an endpoint that does not take what is sent has answered lately.</summary>
public sealed record EndpointHealth
{
    /// <summary>Since when each try has failed.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Why the latest of them did.</summary>
    public DeliveryError? Error { get; init; }

    /// <summary>The status of its latest answer; null where there was none.</summary>
    public int? Status { get; init; }

    /// <summary>Since when nothing is sent; null while it is.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    public PauseReason? Pause { get; init; }
}

/// <summary>Why nothing is sent to an endpoint.</summary>
public enum PauseReason
{
    /// <summary>Every try has failed for long. What happens is kept, and sent once it goes on.</summary>
    Failing,

    /// <summary>It has answered that it wants nothing any more (410). What happens is not kept.</summary>
    Gone,
}
