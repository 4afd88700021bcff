using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Jobs;

namespace CallMyWay.Functions.PersonalData;

/// <summary>The protocol of an erasure, and how far it is. It holds nothing of the person.</summary>
public sealed record ErasureView
{
    public required string ErasureId { get; init; }

    /// <summary>What the office calls the person's request.</summary>
    public required string Reference { get; init; }

    /// <summary>As of a backfill; <c>done</c> where nothing is left.</summary>
    public required JobState State { get; init; }

    /// <summary>The contact, as long as it is not done: who asks for its erasure again goes on with this one.</summary>
    public string? ContactId { get; init; }

    public required string AskedBy { get; init; }

    /// <summary>Null where the administrator is gone, and nobody knows the name any more.</summary>
    public string? AskedByName { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>
    /// What was erased, by kind: <c>calls</c>, <c>contacts</c>, <c>poison</c>, and rows by the name of their table.
    /// </summary>
    public required IReadOnlyDictionary<string, long> Counts { get; init; }

    /// <summary>Why it failed, or does not get on just now, in the caller's language.</summary>
    public string? Error { get; init; }

    internal static ErasureView Of(Erasure erasure, Job? job, AgentRoster roster, string language) => new()
    {
        ErasureId = erasure.ErasureId,
        Reference = erasure.Reference,
        State = erasure.FinishedAt is not null ? JobState.Done : job?.State ?? JobState.Queued,
        ContactId = erasure.Person?.ContactIds[0],
        AskedBy = erasure.AskedBy,
        AskedByName = roster.NameOf(erasure.AskedBy),
        AskedAt = erasure.AskedAt,
        FinishedAt = erasure.FinishedAt,
        Counts = erasure.FinishedAt is not null ? erasure.Counts : job?.Counts ?? erasure.Counts,
        Error = erasure.FinishedAt is not null ? null : job?.Error?.In(language),
    };
}
