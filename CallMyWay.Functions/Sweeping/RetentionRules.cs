using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Sweeping;

/// <summary>
/// How long calls are kept. An administrator decides; until then all of them are kept for ever.
/// </summary>
public sealed record RetentionRules
{
    /// <summary>
    /// Nothing goes sooner: a call's records are corrected, and its day is proven complete, within this time.
    /// </summary>
    public const int LeastDays = 31;

    public const int MostDays = 36500;

    /// <summary>
    /// After so many days from its beginning a call is removed or made anonymous, as <see cref="CallAction"/> says.
    /// </summary>
    public int? CallDays { get; init; }

    public RetentionAction? CallAction { get; init; }

    /// <summary>
    /// After so many days the raw events go: the notifications of a call, of which the sum stays, and those that were
    /// refused.
    /// </summary>
    public int? EventDays { get; init; }

    /// <summary>
    /// When they were stored; null where an earlier release did that. It is not stored in the record.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The row's version. It is not stored in the record.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>Calls that began before this are over by these rules; null where calls are kept for ever.</summary>
    public DateTimeOffset? CallsGoBefore(DateTimeOffset now) => CallDays is { } days ? now.AddDays(-days) : null;

    /// <summary>The same of raw events.</summary>
    public DateTimeOffset? EventsGoBefore(DateTimeOffset now) => EventDays is { } days ? now.AddDays(-days) : null;
}

/// <summary>What becomes of a call that is too old.</summary>
public enum RetentionAction
{
    /// <summary>Nothing is left of it but the sums of reports and statements.</summary>
    Remove,

    /// <summary>What tells who it was with goes: numbers, contact, notes. Times, agent, outcome and cost stay.</summary>
    Anonymize,
}
