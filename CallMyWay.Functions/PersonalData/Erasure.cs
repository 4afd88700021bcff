using System.Text.Json.Serialization;

namespace CallMyWay.Functions.PersonalData;

/// <summary>
/// The protocol of an erasure: who asked for it, when and by which request, and what was done. It holds nothing of the
/// person; by what the person is known stands beside it until it is done.
/// </summary>
public sealed record Erasure
{
    public required string ErasureId { get; init; }

    /// <summary>What the office calls the person's request: a number of a file, a date.</summary>
    public required string Reference { get; init; }

    /// <summary>The administrator who asked for it.</summary>
    public required string AskedBy { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When nothing was left; null until then.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What was erased, by kind. A step that was repeated after a crash counts what it found left.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; init; } =
        new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>The job that does it; empty before it is started.</summary>
    public string JobId { get; init; } = "";

    [JsonIgnore]
    public string? ETag { get; init; }

    /// <summary>By what the person is known; null once it is done.</summary>
    [JsonIgnore]
    public Person? Person { get; init; }
}

/// <summary>The names of what a protocol counts that is no row of a table.</summary>
internal static class Erased
{
    public const string Calls = "calls";

    public const string Contacts = "contacts";

    public const string Poison = "poison";
}
