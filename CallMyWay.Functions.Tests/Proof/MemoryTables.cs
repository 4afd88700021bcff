using System.Globalization;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Tests.Proof;

/// <summary>
/// Tables in memory, by the rules of Azure's: versions, batches within a partition, pages that end where it pleases
/// the storage. What a row, a key or a batch may hold, <see cref="Row"/>, <see cref="Keys"/> and
/// <see cref="RowChange"/> check.
/// </summary>
/// <param name="shorten">
/// How many rows a query looks through at most, before it says that there may be more; null for all.
/// </param>
internal sealed class MemoryTables(Func<int>? shorten = null) : ITables
{
    private readonly Dictionary<string, MemoryTable> _tables = new(StringComparer.Ordinal);

    private long _lastVersion;

    public ITable this[string name]
    {
        get
        {
            lock (_tables)
            {
                return _tables.TryGetValue(name, out var table)
                    ? table
                    : _tables[name] = new MemoryTable(name, NextVersion, shorten);
            }
        }
    }

    private string NextVersion() => Interlocked.Increment(ref _lastVersion).ToString(CultureInfo.InvariantCulture);
}

internal sealed class MemoryTable(string name, Func<string> nextVersion, Func<int>? shorten) : ITable
{
    private readonly Lock _gate = new();

    private readonly SortedList<string, SortedList<string, Row>> _partitions = new(StringComparer.Ordinal);

    public ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _ = (Keys.Checked(partition), Keys.Checked(key));
        lock (_gate)
        {
            return new(Find(partition, key) is { } row ? row.WithETag(row.ETag!) : null);
        }
    }

    public ValueTask<string?> InsertAsync(Row row, CancellationToken cancellationToken) =>
        new(Change(RowChange.Insert(row), cancellationToken));

    public ValueTask<string?> ReplaceAsync(Row row, CancellationToken cancellationToken) => row.ETag is null
        ? throw new ArgumentException("A replace needs the ETag that was read.", nameof(row))
        : new(Change(RowChange.Replace(row), cancellationToken));

    public ValueTask<string> UpsertAsync(Row row, CancellationToken cancellationToken) =>
        new(Change(RowChange.Upsert(row), cancellationToken)!);

    public ValueTask<bool> DeleteAsync(
        string partition, string key, string? etag, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var row = new Row(partition, key, etag);
        lock (_gate)
        {
            var isThere = Find(partition, key) is not null && Takes(RowChange.Delete(row));
            if (isThere)
            {
                Store(RowChange.Delete(row));
            }

            return new(isThere);
        }
    }

    public ValueTask<RowPage> QueryAsync(RowRange range, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RowRange.Check(range);
        var after = range.Next is null ? null : ContinuationToken.Read(name, range);
        var isLooking = range is { Look: not null, Where.Count: > 0 };
        var most = Math.Min(isLooking ? range.Look!.Value : int.MaxValue, shorten?.Invoke() ?? int.MaxValue);
        lock (_gate)
        {
            if (!_partitions.TryGetValue(range.Partition, out var all))
            {
                return new(new RowPage([], null));
            }

            var found = new List<Row>();
            var looked = 0;
            var first = after is null ? FirstAt(all.Keys, range.From ?? "") : FirstAt(all.Keys, Keys.After(after));
            for (var i = first; i < all.Count; i++)
            {
                var row = all.Values[i];
                if (range.Before is { } before && string.CompareOrdinal(row.Key, before) >= 0)
                {
                    break;
                }

                if (found.Count == range.Take || looked == most)
                {
                    var last = all.Keys[i - 1];
                    return new(new RowPage(found, ContinuationToken.Write(name, range, last))
                    {
                        GoesOnAt = isLooking && found.Count < range.Take ? Keys.After(last) : null,
                    });
                }

                looked++;
                if (range.Where.All(wanted => wanted.Columns.Any(column =>
                    row.Columns.GetValueOrDefault(column) is string text && text == wanted.Value)))
                {
                    found.Add(row.WithETag(row.ETag!));
                }
            }

            return new(new RowPage(found, null));
        }
    }

    public ValueTask<IReadOnlyList<Row>> ScanAsync(RowKey? after, int take, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RowRange.CheckTake(take);
        var rows = new List<Row>();
        lock (_gate)
        {
            for (var p = FirstAt(_partitions.Keys, after?.Partition ?? ""); p < _partitions.Count; p++)
            {
                var all = _partitions.Values[p];
                var isSame = after is not null && _partitions.Keys[p] == after.Value.Partition;
                for (var i = isSame ? FirstAt(all.Keys, Keys.After(after!.Value.Key)) : 0; i < all.Count; i++)
                {
                    if (rows.Count == take)
                    {
                        return new(rows);
                    }

                    rows.Add(all.Values[i].WithETag(all.Values[i].ETag!));
                }
            }
        }

        return new(rows);
    }

    public ValueTask<bool> BatchAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        RowChange.Check(changes);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!changes.All(Takes))
            {
                return new(false);
            }

            foreach (var change in changes)
            {
                Store(change);
            }

            return new(true);
        }
    }

    private string? Change(RowChange change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return Takes(change) ? Store(change) : null;
        }
    }

    private bool Takes(RowChange change)
    {
        var there = Find(change.Row.Partition, change.Row.Key);
        return change.Kind switch
        {
            RowChangeKind.Insert => there is null,
            RowChangeKind.Replace => there is not null && there.ETag == change.Row.ETag,
            RowChangeKind.Delete => change.Row.ETag is null || (there is not null && there.ETag == change.Row.ETag),
            _ => true,
        };
    }

    private string? Store(RowChange change)
    {
        var (kind, row) = change;
        if (kind == RowChangeKind.Delete)
        {
            if (_partitions.TryGetValue(row.Partition, out var rows) && rows.Remove(row.Key) && rows.Count == 0)
            {
                _partitions.Remove(row.Partition);
            }

            return null;
        }

        if (!_partitions.TryGetValue(row.Partition, out var partition))
        {
            _partitions[row.Partition] = partition = new SortedList<string, Row>(StringComparer.Ordinal);
        }

        var version = nextVersion();
        partition[row.Key] = row.WithETag(version);
        return version;
    }

    private Row? Find(string partition, string key) =>
        _partitions.TryGetValue(partition, out var rows) ? rows.GetValueOrDefault(key) : null;

    private static int FirstAt(IList<string> keys, string from)
    {
        var (low, high) = (0, keys.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(keys[middle], from) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
