using System.Collections.Concurrent;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Embedding;

/// <summary>
/// The embed tokens: partition <c>token</c>, key the id. Each is read at most every <see cref="Recheck"/>: one that was
/// revoked ends after that at the latest. Partition <c>ended</c> says when all tokens of an agent were ended.
/// </summary>
public sealed class EmbedTokenStore(ITables tables, TimeProvider clock) : IAgentRemains
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    /// <summary>What another process has changed counts after this at the latest.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(10);

    internal const string Partition = "token";

    private const string EndedPartition = "ended";

    private const string AtColumn = "at";

    private const int MostRemembered = 10_000;

    private static readonly StoredJson<EmbedToken> Stored = new(EmbeddingJson.Default);

    private readonly ITable _table = tables[StorageNames.Embedding];

    private readonly ConcurrentDictionary<string, (long At, EmbedToken Token)> _recent = new(StringComparer.Ordinal);

    /// <summary>The token, as it was some seconds ago at most. Also one that has expired or was revoked.</summary>
    public async ValueTask<EmbedToken?> GetRecentAsync(string tokenId, CancellationToken cancellationToken)
    {
        if (_recent.TryGetValue(tokenId, out var known) && clock.GetElapsedTime(known.At) < Recheck)
        {
            return known.Token;
        }

        // Before the row is read: what changes meanwhile is read again.
        var at = clock.GetTimestamp();
        var token = await GetAsync(tokenId, cancellationToken);
        if (token is { RevokedAt: null } && await EndedAsync(token, cancellationToken) is { } endedAt)
        {
            token = token with { RevokedAt = endedAt };
        }

        if (token is null)
        {
            _recent.TryRemove(tokenId, out _);
        }
        else
        {
            if (_recent.Count >= MostRemembered)
            {
                _recent.Clear();
            }

            _recent[tokenId] = (at, token);
        }

        return token;
    }

    public async ValueTask<EmbedToken?> GetAsync(string tokenId, CancellationToken cancellationToken) =>
        Keys.IsValid(tokenId) && await _table.GetAsync(Partition, tokenId, cancellationToken) is { } row
            ? Stored.FromRow(row)
            : null;

    /// <summary>Ends all tokens of an agent that were made until now.</summary>
    public async Task EndAllAsync(string agentId, CancellationToken cancellationToken)
    {
        await _table.UpsertAsync(
            new Row(EndedPartition, Keys.Encode(agentId)).Set(AtColumn, clock.GetUtcNow()), cancellationToken);
        _recent.Clear();
    }

    public async Task ForgetAsync(string agentId, CancellationToken cancellationToken) =>
        await _table.DeleteAsync(EndedPartition, Keys.Encode(agentId), null, cancellationToken);

    // A time that is further ahead was written before the clock was set back.
    private async ValueTask<DateTimeOffset?> EndedAsync(EmbedToken token, CancellationToken cancellationToken) =>
        (await _table.GetAsync(EndedPartition, Keys.Encode(token.AgentId), cancellationToken))?.Time(AtColumn) is { } at
        && token.ExpiresAt - Lasts <= at && at <= clock.GetUtcNow() + ClockSkew.Most
            ? at
            : null;

    internal async Task PutAsync(EmbedToken token, CancellationToken cancellationToken)
    {
        await _table.UpsertAsync(Stored.ToRow(Partition, token.TokenId, token), cancellationToken);
        _recent.TryRemove(token.TokenId, out _);
    }
}
