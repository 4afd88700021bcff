namespace CallMyWay.Functions.Storage;

/// <content>How a row is claimed that is for one record alone.</content>
internal sealed partial class IndexWrite<T>
{
    /// <summary>Makes the row lead to our record, unless a record that is there says that it is its own.</summary>
    private async Task<bool> ClaimAsync(IndexRow row, bool isOurs, CancellationToken cancellationToken)
    {
        if (await TouchAgainAsync(row, cancellationToken))
        {
            return true;
        }

        var table = tables[row.Table];
        var isThere = isOurs || _touched.ContainsKey(row.Id);
        while (true)
        {
            if (!isThere && await table.InsertAsync(row.Row, cancellationToken) is { } inserted)
            {
                Remember(row, inserted, isOurs: true);
                return true;
            }

            var found = await table.GetAsync(row.Row.Partition, row.Row.Key, cancellationToken);
            isThere = found is not null;
            if (found is null)
            {
                continue;
            }

            var owner = shape.LeadsTo(row.Table, found);
            if (owner == record && isOurs)
            {
                // The stored record says so: nobody takes it over.
                return true;
            }

            if (owner is { } other && other != record && !await MayTakeOverAsync(other, row, cancellationToken))
            {
                return false;
            }

            if (await table.ReplaceAsync(row.Row.WithETag(found.ETag!), cancellationToken) is { } taken)
            {
                Remember(row, taken, isOurs: owner != record);
                return true;
            }
        }
    }

    /// <summary>
    /// False where the other record says that the row is its own. One that doesn't may be about to: it is written again
    /// as it is, so that such a write of it fails and begins anew. One that is not there yet looks after its claim
    /// again once it is.
    /// </summary>
    private async Task<bool> MayTakeOverAsync(RowKey other, IndexRow row, CancellationToken cancellationToken)
    {
        while (await tables[shape.Table].GetAsync(other.Partition, other.Key, cancellationToken) is { } stored
            && shape.Read(stored) is { } owner)
        {
            if (shape.IndexOf(owner).Any(its => its.Id == row.Id))
            {
                return false;
            }

            if (await tables[shape.Table].ReplaceAsync(stored, cancellationToken) is not null)
            {
                return true;
            }
        }

        return true;
    }
}
