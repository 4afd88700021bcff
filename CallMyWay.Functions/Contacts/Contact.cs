using System.Text.Json.Serialization;

namespace CallMyWay.Functions.Contacts;

/// <summary>Somebody whom the business talks with.</summary>
public sealed record Contact
{
    public required string ContactId { get; init; }

    public required string Name { get; init; }

    /// <summary>The numbers as they were typed, the main one first.</summary>
    public required IReadOnlyList<string> Numbers { get; init; }

    /// <summary>The identity document, as it was typed.</summary>
    public string? Document { get; init; }

    public string? Email { get; init; }

    /// <summary>Other fields that the business keeps, by its own names.</summary>
    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The row's version. It is not stored in the record.</summary>
    [JsonPropertyName("etag")]
    public string? ETag { get; init; }
}
