using System.Text.Json.Serialization;
using CallMyWay.Functions.Api;

namespace CallMyWay.Functions.Embedding;

/// <summary>A key by which another application's server calls the API, without its secret.</summary>
public sealed record ApiKey
{
    public required string KeyId { get; init; }

    /// <summary>What administrators call it.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<KeyScope> Scopes { get; init; }

    /// <summary>The hash of its secret.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>When it was used last, to some minutes; null where it never was.</summary>
    [JsonIgnore]
    public DateTimeOffset? UsedAt { get; init; }
}

/// <summary>The body of a request for a key.</summary>
/// <param name="Name">What administrators call it, 100 characters at most.</param>
/// <param name="Scopes">What it is for, one at least.</param>
public sealed record ApiKeyInput([property: Needed] string? Name, [property: Needed] IReadOnlyList<KeyScope>? Scopes);

/// <summary>A key as administrators see it.</summary>
public sealed record ApiKeyView(
    string KeyId,
    string Name,
    IReadOnlyList<KeyScope> Scopes,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset? UsedAt)
{
    public static ApiKeyView Of(ApiKey key) =>
        new(key.KeyId, key.Name, key.Scopes, key.CreatedAt, key.CreatedBy, key.UsedAt);
}

/// <summary>A key that was created.</summary>
/// <param name="KeyId">The key's id.</param>
/// <param name="Key">The key itself: it is shown this once.</param>
public sealed record ApiKeyCreated(string KeyId, string Key);
