using System.Collections.Concurrent;

namespace CallMyWay.Functions.Storage;

/// <summary>What one write of an <see cref="IndexedTable{T}"/> does with index rows, and what it remembers of them.</summary>
internal sealed partial class IndexWrite<T>(ITables tables, IndexedRecord<T> shape, RowKey record)
    where T : class
{
    private readonly ConcurrentDictionary<(string Table, RowKey Key), Touched> _touched = [];

    private readonly List<IndexRow> _meant = [];

    private IReadOnlyList<IndexRow> _noted = [];

    /// <summary>True once an index row may have been written.</summary>
    public bool HasBegun => _meant.Count > 0;

    /// <summary>True where this write may have left something else in the row. Its answer may be lost.</summary>
    public bool MayHaveWrittenOver(IndexRow right) =>
        _meant.Any(meant => meant.Id == right.Id && !meant.Row.HoldsTheSameAs(right.Row));

    /// <summary>Writes the index rows. False where one that is for one record alone is another's.</summary>
    /// <param name="has">The rows of the version that is about to be stored.</param>
    /// <param name="had">Those of the version that is stored.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<bool> PointAsync(
        IReadOnlyList<IndexRow> has, IReadOnlyList<IndexRow> had, CancellationToken cancellationToken)
    {
        var there = had.Select(row => row.Id).ToHashSet();
        _meant.AddRange(has);
        // Claims first: nothing else is touched for a record that can't be stored.
        foreach (var row in has.Where(row => row.IsUnique))
        {
            if (!await ClaimAsync(row, there.Contains(row.Id), cancellationToken))
            {
                return false;
            }
        }

        await AtOnce.DoAsync(
            has.Where(row => !row.IsUnique), row => TouchAsync(row, there.Contains(row.Id), cancellationToken));
        return true;
    }

    /// <summary>
    /// The record is there, and was not before: touches its index rows again. False where one that is for one record alone
    /// is another's by now.
    /// </summary>
    public async Task<bool> PointAgainAsync(IReadOnlyList<IndexRow> has)
    {
        foreach (var row in has.Where(row => row.IsUnique))
        {
            if (!await ClaimAsync(row, isOurs: false, CancellationToken.None))
            {
                return false;
            }
        }

        await AtOnce.DoAsync(has.Where(row => !row.IsUnique), KeepAsync);
        return true;
    }

    /// <summary>Notes the versions of rows that are to be removed once the record is written.</summary>
    public async Task NoteAsync(IEnumerable<IndexRow> rows, CancellationToken cancellationToken)
    {
        var found = await AtOnce.DoAsync(rows, async row =>
        {
            var stored = await tables[row.Table].GetAsync(row.Row.Partition, row.Row.Key, cancellationToken);
            return stored is not null && shape.LeadsTo(row.Table, stored) == record ? row with { Row = stored } : null;
        });
        _noted = [.. found.OfType<IndexRow>()];
    }

    /// <summary>
    /// The record is written: removes what was noted, and what an earlier try left, but for the rows that the record has.
    /// </summary>
    public Task RemoveAsync(IReadOnlyList<IndexRow> has)
    {
        var kept = has.Select(row => row.Id).ToHashSet();
        var left = _touched.Values.Where(touched => touched.IsOurs).Select(touched => touched.Row);
        return AtOnce.DoAsync(_noted.Concat(left).Where(row => !kept.Contains(row.Id)).DistinctBy(row => row.Id), DeleteAsync);
    }

    /// <summary>The record is not written: takes back what was, and puts right what was written over.</summary>
    public Task TakeBackAsync(T? stored)
    {
        var had = stored is null ? [] : shape.IndexOf(stored).ToDictionary(row => row.Id, row => row.Row);
        return AtOnce.DoAsync(_touched.Values, async touched =>
        {
            if (had.TryGetValue(touched.Row.Id, out var right))
            {
                await PutRightAsync(touched, right);
            }
            else if (touched.IsOurs)
            {
                await DeleteAsync(touched.Row);
            }

            return true;
        });
    }

    /// <summary>
    /// Puts what the stored record says in place of what this write has left. Where others have touched the row and left
    /// in it what this write had put there, it is still this write's to put right.
    /// </summary>
    private async Task PutRightAsync(Touched touched, Row right)
    {
        var table = tables[touched.Row.Table];
        var left = touched.Row.Row;
        while (!right.HoldsTheSameAs(left)
            && await table.ReplaceAsync(right.WithETag(left.ETag!), CancellationToken.None) is null
            && await table.GetAsync(left.Partition, left.Key, CancellationToken.None) is { } found
            && found.HoldsTheSameAs(left))
        {
            left = found;
        }
    }

    // Only the version that is known: one that another writer has touched since is theirs.
    private async Task<bool> DeleteAsync(IndexRow row) => await tables[row.Table].DeleteAsync(
        row.Row.Partition, row.Row.Key, row.Row.ETag, CancellationToken.None);

    private async Task<bool> TouchAsync(IndexRow row, bool isThere, CancellationToken cancellationToken)
    {
        if (await TouchAgainAsync(row, cancellationToken))
        {
            return true;
        }

        if (!isThere && !_touched.ContainsKey(row.Id)
            && await tables[row.Table].InsertAsync(row.Row, cancellationToken) is { } inserted)
        {
            Remember(row, inserted, isOurs: true);
        }
        else
        {
            Remember(row, await tables[row.Table].UpsertAsync(row.Row, cancellationToken), isOurs: false);
        }

        return true;
    }

    // The record may have been changed by now. What the row holds then is that writer's to say: it is touched as it is.
    private async Task<bool> KeepAsync(IndexRow row)
    {
        var isKept = await TouchAgainAsync(row, CancellationToken.None);
        while (!isKept)
        {
            var table = tables[row.Table];
            var found = await table.GetAsync(row.Row.Partition, row.Row.Key, CancellationToken.None);
            isKept = await (found is null
                ? table.InsertAsync(row.Row, CancellationToken.None)
                : table.ReplaceAsync(found, CancellationToken.None)) is not null;
        }

        return true;
    }

    /// <summary>True where this write has touched the row before, and nobody has since.</summary>
    private async Task<bool> TouchAgainAsync(IndexRow row, CancellationToken cancellationToken)
    {
        if (_touched.TryGetValue(row.Id, out var touched)
            && await tables[row.Table].ReplaceAsync(row.Row.WithETag(touched.ETag), cancellationToken) is { } etag)
        {
            Remember(row, etag, touched.IsOurs);
            return true;
        }

        return false;
    }

    private void Remember(IndexRow row, string etag, bool isOurs) =>
        _touched[row.Id] = new(row with { Row = row.Row.WithETag(etag) }, etag, isOurs);

    /// <summary>A row as this write has left it.</summary>
    /// <param name="Row">The row.</param>
    /// <param name="ETag">The version that this write gave it.</param>
    /// <param name="IsOurs">
    /// True where it led to nothing before: then it may be taken back. Another writer of the record may need what was there.
    /// </param>
    private sealed record Touched(IndexRow Row, string ETag, bool IsOurs);
}
