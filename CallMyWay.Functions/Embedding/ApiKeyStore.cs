using System.Collections.Concurrent;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Embedding;

/// <summary>
/// The API keys: partition <c>key</c>, key the id. Partition <c>used</c> tells beside them when each was used last. They
/// are read at most every <see cref="Recheck"/>: a key that was deleted ends after that at the latest.
/// </summary>
public sealed partial class ApiKeyStore(ITables tables, TimeProvider clock, ILogger<ApiKeyStore> logger)
{
    /// <summary>More keys are refused.</summary>
    public const int Most = 50;

    /// <summary>What another process has changed counts after this at the latest.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(10);

    /// <summary>How exactly is told when a key was used last.</summary>
    public static readonly TimeSpan UsedEvery = TimeSpan.FromMinutes(10);

    private const string Partition = "key";

    private const string UsedPartition = "used";

    private const string UsedColumn = "at";

    private static readonly StoredJson<ApiKey> Stored = new(EmbeddingJson.Default);

    private readonly ITable _table = tables[StorageNames.Embedding];

    private readonly ConcurrentDictionary<string, (long At, ApiKey? Key)> _recent = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, long> _noted = new(StringComparer.Ordinal);

    /// <summary>All keys, the oldest first.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken)
    {
        var used = (await _table.ReadAsync(new RowRange(UsedPartition), cancellationToken))
            .ToDictionary(row => row.Key, row => row.Time(UsedColumn), StringComparer.Ordinal);
        return
        [
            .. (await _table.ReadAsync(new RowRange(Partition), cancellationToken))
                .Select(row => Stored.FromRow(row) with { UsedAt = used.GetValueOrDefault(row.Key) }),
        ];
    }

    public async ValueTask<ApiKey?> GetAsync(string keyId, CancellationToken cancellationToken) =>
        Keys.IsValid(keyId) && await _table.GetAsync(Partition, keyId, cancellationToken) is { } row
            ? Stored.FromRow(row)
            : null;

    /// <summary>The key, as it was some seconds ago at most.</summary>
    public async ValueTask<ApiKey?> GetRecentAsync(string keyId, CancellationToken cancellationToken)
    {
        if (_recent.TryGetValue(keyId, out var known) && clock.GetElapsedTime(known.At) < Recheck)
        {
            return known.Key;
        }

        // Before the row is read: what changes meanwhile is read again.
        var at = clock.GetTimestamp();
        var key = await GetAsync(keyId, cancellationToken);
        if (key is null)
        {
            // Guesses are not kept.
            _recent.TryRemove(keyId, out _);
        }
        else
        {
            _recent[keyId] = (at, key);
        }

        return key;
    }

    internal async Task<bool> InsertAsync(ApiKey key, CancellationToken cancellationToken) =>
        await _table.InsertAsync(Stored.ToRow(Partition, key.KeyId, key), cancellationToken) is not null;

    internal async Task DeleteAsync(string keyId, CancellationToken cancellationToken)
    {
        await _table.DeleteAsync(Partition, keyId, null, cancellationToken);
        _recent.TryRemove(keyId, out _);
        await _table.DeleteAsync(UsedPartition, keyId, null, cancellationToken);
    }

    /// <summary>Notes that a key is used: one write in some minutes, whatever it is used for.</summary>
    internal async Task NoteAsync(string keyId, CancellationToken cancellationToken)
    {
        var now = clock.GetTimestamp();
        if (_noted.TryGetValue(keyId, out var at) && clock.GetElapsedTime(at, now) < UsedEvery)
        {
            return;
        }

        _noted[keyId] = now;
        try
        {
            await _table.UpsertAsync(
                new Row(UsedPartition, keyId).Set(UsedColumn, clock.GetUtcNow()), cancellationToken);
        }
        catch (StorageException exception)
        {
            // Nobody's request fails with it.
            _noted.TryRemove(keyId, out _);
            Log.NotNoted(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "It could not be noted that an API key was used.")]
        public static partial void NotNoted(ILogger logger, Exception exception);
    }
}
