using CallMyWay.Functions.Api;

namespace CallMyWay.Functions.Embedding;

/// <summary>What lets an agent work in another application's page, for some minutes.</summary>
public sealed record EmbedToken
{
    public required string TokenId { get; init; }

    public required string AgentId { get; init; }

    /// <summary>The agent's creation: a new agent with the same id has another.</summary>
    public string? Creation { get; init; }

    /// <summary>The key that asked for it. It ends with the key.</summary>
    public required string KeyId { get; init; }

    public required string Hash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>The body of a request for a token.</summary>
/// <param name="AgentId">The agent who is to work with it.</param>
public sealed record EmbedTokenInput([property: Needed] string? AgentId);

/// <summary>A token that was made.</summary>
/// <param name="TokenId">The token's id, to revoke it.</param>
/// <param name="Token">The token itself, for the header <c>X-CallMyWay-Token</c>.</param>
/// <param name="ExpiresAt">Until when it is valid.</param>
public sealed record EmbedTokenCreated(string TokenId, string Token, DateTimeOffset ExpiresAt);
