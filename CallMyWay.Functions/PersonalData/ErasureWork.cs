using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.PersonalData;

/// <summary>What an erasure does, in this order.</summary>
public enum ErasurePhase
{
    /// <summary>The calls that the index names of the contact and of its numbers.</summary>
    Calls,

    /// <summary>The contact itself: nothing new is tied to it from here on.</summary>
    Contact,

    /// <summary>Each row of each table in which something of the person can stand.</summary>
    Rows,

    /// <summary>Messages that were set aside.</summary>
    Queues,

    /// <summary>By what the person was known goes, and the protocol says that it is done.</summary>
    End,
}

/// <summary>How far an erasure is: the payload of its job.</summary>
/// <param name="ErasureId">Which one.</param>
/// <param name="Phase">What is next.</param>
public sealed record ErasureWork(string ErasureId, ErasurePhase Phase)
{
    private static readonly StoredJson<ErasureWork> Stored = new(PersonalDataJson.Default);

    /// <summary>Which of the contact's ids and numbers, or of the tables, is next.</summary>
    public int Part { get; init; }

    /// <summary>The last call of it, by the key of its index rows; null before the first.</summary>
    public string? AfterCall { get; init; }

    /// <summary>The partition and the key of the last row of the table; null before the first.</summary>
    public string? AfterPartition { get; init; }

    public string? AfterKey { get; init; }

    /// <summary>True where a row was in use, so that the table is gone over once more.</summary>
    public bool IsAgain { get; init; }

    internal RowKey? After => AfterPartition is { } partition && AfterKey is { } key ? new(partition, key) : null;

    public static ErasureWork Read(string json) => Stored.Deserialize(json);

    public string ToJson() => Stored.Serialize(this);

    /// <summary>The beginning of another phase.</summary>
    internal ErasureWork To(ErasurePhase phase) => new(ErasureId, phase);

    /// <summary>The next part of the phase.</summary>
    internal ErasureWork Following() => new(ErasureId, Phase) { Part = Part + 1 };
}
