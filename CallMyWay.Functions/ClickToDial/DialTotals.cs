using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>The number of dials of all agents: one row, which holds the latest day.</summary>
public sealed class DialTotals(ITables tables)
{
    private const string Partition = "total";

    private const string Key = "latest";

    internal static readonly StoredJson<DialCount> Stored = new(ClickToDialJson.Default);

    private readonly ITable _table = tables[StorageNames.Dials];

    /// <summary>The count and the version of its row; null if there is no row.</summary>
    public async ValueTask<(DialCount Count, string? ETag)> GetAsync(CancellationToken cancellationToken)
    {
        var row = await _table.GetAsync(Partition, Key, cancellationToken);
        return row is null
            ? (await ReadEarlierReleaseAsync(cancellationToken), null)
            : (Stored.FromRow(row), row.ETag);
    }

    // Earlier releases had a row for each day. Counting goes on from the last of them, so that an upgrade gives no new
    // allowance.
    private async ValueTask<DialCount> ReadEarlierReleaseAsync(CancellationToken cancellationToken)
    {
        var last = DialCount.None;
        await foreach (var row in _table.ReadAllAsync(new RowRange(Partition) { Before = Key }, cancellationToken))
        {
            last = Stored.FromRow(row);
        }

        return last;
    }

    /// <summary>
    /// Stores what <paramref name="change"/> makes of the count. If it returns null, nothing changes, and the result is
    /// false.
    /// </summary>
    /// <param name="change">Makes the next count. It is called again if another request was faster.</param>
    /// <param name="read">What <see cref="GetAsync"/> has just returned, to save a read; null to read it.</param>
    public async Task<bool> ChangeAsync(
        Func<DialCount, DialCount?> change, (DialCount Count, string? ETag)? read = null)
    {
        while (true)
        {
            var (before, etag) = read ?? await GetAsync(CancellationToken.None);
            if (change(before) is not { } after)
            {
                return false;
            }

            var row = Stored.ToRow(Partition, Key, after, etag);
            if ((etag is null
                ? await _table.InsertAsync(row, CancellationToken.None)
                : await _table.ReplaceAsync(row, CancellationToken.None)) is not null)
            {
                return true;
            }

            read = null;
        }
    }
}
