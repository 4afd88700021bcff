using System.Globalization;
using System.Text.Json.Serialization;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Desk;

/// <summary>Something that waits for an agent.</summary>
public sealed record WorkListEntry
{
    public required WorkKind Kind { get; init; }

    /// <summary>When it was due, or when the call came.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Of a follow-up or a promise.</summary>
    public string? Id { get; init; }

    public string? CallId { get; init; }

    public string? Account { get; init; }

    public CallDirection? Direction { get; init; }

    public string? ContactId { get; init; }

    public string? ContactName { get; init; }

    public NumberView? Number { get; init; }

    /// <summary>The follow-up's note, or a draft's.</summary>
    public string? Note { get; init; }

    /// <summary>Of a promise, in <see cref="Currency"/>.</summary>
    public decimal? Amount { get; init; }

    /// <summary>By ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>Of a promise: open on its day, broken after it.</summary>
    public PromiseState? State { get; init; }

    /// <summary>For whom it waits; null for a call that came to no agent's phone.</summary>
    public string? AgentId { get; init; }

    /// <summary>Only in a team's list.</summary>
    public string? AgentName { get; init; }

    /// <summary>The version of a follow-up or a promise.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>What has waited the longest comes first.</summary>
    internal string Key => Keys.Join(
        At.UtcTicks.ToString("D19", CultureInfo.InvariantCulture),
        Kind.ToString(),
        Keys.Encode(AgentId ?? ""),
        Keys.Encode(Id ?? $"{CallId} {Account}"));
}

/// <summary>What an agent still has to do.</summary>
public enum WorkKind
{
    /// <summary>A promise to pay whose day has come, or has passed.</summary>
    Promise,

    /// <summary>A follow-up that is due by the end of today.</summary>
    FollowUp,

    /// <summary>A call that came in and that nobody took, and whose caller nobody has reached since.</summary>
    Missed,

    /// <summary>A call in which the agent talked and of which nobody has sent an outcome.</summary>
    Undocumented,

    /// <summary>The same, but with a draft.</summary>
    Draft,
}
