using System.Text.Json.Nodes;

namespace CallMyWay.Functions.Audit;

/// <summary>One change as it was written down.</summary>
public sealed record AuditEntry
{
    public required string EntryId { get; init; }

    /// <summary>Just before the change was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The agent's id; null where the app itself did it, by the clock.</summary>
    public string? Who { get; init; }

    /// <summary>The agent's name at that time.</summary>
    public string? WhoName { get; init; }

    /// <summary>The thing and the verb, such as <c>mapping.changed</c>.</summary>
    public required string What { get; init; }

    /// <summary>Which one.</summary>
    public required string Id { get; init; }

    public JsonNode? Before { get; init; }

    public JsonNode? After { get; init; }

    /// <summary>
    /// The fields of <see cref="Before"/> and <see cref="After"/> that were too long: they hold their beginning, or are
    /// missing. Null where none was.
    /// </summary>
    public IReadOnlyList<string>? Cut { get; init; }

    /// <summary>
    /// When <see cref="Before"/> and <see cref="After"/> were erased, as they told of a person who asked for it; null
    /// where they stand.
    /// </summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>The network address that the request came from; null where there was no request.</summary>
    public string? Address { get; init; }
}
