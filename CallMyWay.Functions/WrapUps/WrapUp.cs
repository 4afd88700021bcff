using System.Text.Json.Serialization;

namespace CallMyWay.Functions.WrapUps;

/// <summary>What an agent records about a call: the outcome, and what follows from it.</summary>
public sealed record WrapUp
{
    /// <summary>True until the agent sends it.</summary>
    public bool Draft { get; init; }

    /// <summary>The code of an outcome.</summary>
    public string? Outcome { get; init; }

    public string? Notes { get; init; }

    public FollowUpNote? FollowUp { get; init; }

    public Charge? Charge { get; init; }

    public Promise? Promise { get; init; }

    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    /// <summary>The agent who wrote it last, and the time.</summary>
    public required string AgentId { get; init; }

    /// <summary>Set only when a call is read. It is not stored in the record.</summary>
    public string? AgentName { get; init; }

    /// <summary>
    /// The agent whose conversation it documents: it stays theirs if a supervisor corrects it. Null in what earlier
    /// releases stored: there it is who wrote it last.
    /// </summary>
    public string? OwnerId { get; init; }

    /// <summary>The same, also for what earlier releases stored.</summary>
    [JsonIgnore]
    public string WhoseId => OwnerId ?? AgentId;

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>
    /// When it was first sent: a correction does not change it. Null for a draft, and in what earlier releases stored.
    /// </summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>
    /// True where its outcome asked, when it was sent, that the number be not called any more: it goes on to ask,
    /// whatever the outcome means later. Null for any other, and in what earlier releases stored: there the outcomes
    /// tell.
    /// </summary>
    public bool? DoNotCall { get; init; }

    /// <summary>The row's version. It is not stored in the record.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>
    /// The versions that were sent, the last of them at most <see cref="SentVersion.Most"/>; null for a draft that was
    /// never sent. They stand beside the record.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<SentVersion>? Sent { get; init; }

    /// <summary>True where nothing is written: a draft that was discarded.</summary>
    [JsonIgnore]
    public bool IsBlank => this is { Outcome: null, Notes: null, FollowUp: null, Charge: null, Promise: null }
        && Fields is not { Count: > 0 };

    /// <summary>The outcome and the amounts alone: what reports add up.</summary>
    internal WrapUp Anonymous() => this with
    {
        Notes = null,
        FollowUp = null,
        Charge = Charge is null ? null : Charge with { Concept = null },
        Fields = null,
    };

    /// <summary>
    /// True where something in it can tell of the person: no more than the outcome and the amount of a charge is
    /// written once that person's data were taken out of the call.
    /// </summary>
    internal bool TellsOfPerson => Promise is not null || !Anonymous().SaysTheSameAs(this);

    /// <summary>True if it records the same, and by the same agent. The times may differ.</summary>
    public bool SaysTheSameAs(WrapUp other) => Content(this) == Content(other);

    private static string Content(WrapUp wrapUp) => WrapUpStore.Stored.Serialize(wrapUp with
    {
        UpdatedAt = default,
        SentAt = null,
        OwnerId = wrapUp.WhoseId,
        AgentName = null,
        DoNotCall = null,
        ETag = null,
        Fields = wrapUp.Fields is { Count: > 0 } fields
            ? new SortedDictionary<string, string>(fields.ToDictionary(), StringComparer.Ordinal)
            : null,
    });
}

/// <summary>What to do later, and when.</summary>
public sealed record FollowUpNote(DateTimeOffset? DueAt, string? Note);

/// <summary>A collection fee, charged to the contact; <paramref name="Currency"/> by ISO 4217.</summary>
public sealed record Charge(decimal? Amount, string? Currency, string? Concept);

/// <summary>What the contact promised to pay, and by when.</summary>
public sealed record Promise(decimal? Amount, string? Currency, DateTimeOffset? DueAt);
