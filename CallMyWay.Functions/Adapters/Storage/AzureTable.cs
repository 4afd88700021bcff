using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// One table of a storage account. If the service refuses a request because of the data, that is an answer. Everything
/// else throws an <see cref="AzureStorageException"/>. Each insert, replace and batch stores a mark of its own: if a
/// retry is refused, the mark shows whether the first try had succeeded. A batch that only deletes has none: then it
/// had succeeded if all of its rows are gone.
/// </summary>
/// <param name="client">The table's.</param>
/// <param name="ofRow">How long a request for one row, or a batch of rows, may take.</param>
internal sealed class AzureTable(TableClient client, TimeSpan ofRow) : ITable
{
    public async ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(ofRow, cancellationToken);
        var response = await AskAsync(
            client.GetEntityIfExistsAsync<TableEntity>(
                Keys.Checked(partition), Keys.Checked(key), cancellationToken: limit.Token),
            limit);
        if (response!.HasValue)
        {
            return AzureRow.FromEntity(response.Value!);
        }

        ThrowIfNoTable(response.GetRawResponse());
        return null;
    }

    public async ValueTask<string?> InsertAsync(Row row, CancellationToken cancellationToken) =>
        await StoreAsync(row, client.AddEntityAsync, cancellationToken, TableErrorCode.EntityAlreadyExists);

    public async ValueTask<string?> ReplaceAsync(Row row, CancellationToken cancellationToken)
    {
        if (row.ETag is null)
        {
            throw new ArgumentException("A replace needs the ETag that was read.", nameof(row));
        }

        return AzureRow.TryReadETag(row.ETag, out var etag)
            ? await StoreAsync(
                row,
                (entity, token) => client.UpdateEntityAsync(entity, etag, TableUpdateMode.Replace, token),
                cancellationToken,
                TableErrorCode.UpdateConditionNotSatisfied,
                TableErrorCode.ResourceNotFound)
            : null;
    }

    public async ValueTask<string> UpsertAsync(Row row, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(ofRow, cancellationToken);
        var response = await AskAsync(
            client.UpsertEntityAsync(AzureRow.ToEntity(row), TableUpdateMode.Replace, limit.Token), limit);
        return ETagOf(response!);
    }

    public async ValueTask<bool> DeleteAsync(
        string partition, string key, string? etag, CancellationToken cancellationToken)
    {
        var version = ETag.All;
        using var limit = new TimeLimit(ofRow, cancellationToken);
        using var tries = new Tries();
        if ((etag is not null && !AzureRow.TryReadETag(etag, out version)) || await AskAsync(
                client.DeleteEntityAsync(Keys.Checked(partition), Keys.Checked(key), version, limit.Token),
                limit,
                TableErrorCode.UpdateConditionNotSatisfied,
                TableErrorCode.ResourceNotFound) is not { } response)
        {
            return false;
        }

        // The client library ignores that the row does not exist.
        ThrowIfNoTable(response);
        // If the row is gone at a retry, the first try deleted it.
        return !response.IsError || tries.AreSeveral;
    }

    public async ValueTask<RowPage> QueryAsync(RowRange range, CancellationToken cancellationToken)
    {
        RowRange.Check(range);
        var after = range.Next is null ? null : ContinuationToken.Read(client.Name, range);
        using var limit = new TimeLimit(TimeLimit.OfPage, cancellationToken);
        var page = (await AskAsync(QueryPageAsync(range, after, limit.Token), limit))!;
        var next = string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken;
        return new RowPage(
            [.. page.Values.Select(AzureRow.FromEntity)],
            next is null ? null : ContinuationToken.Write(client.Name, range, next))
        {
            // The service ends a query by itself that takes it too long.
            GoesOnAt = next is not null && range.Look is not null && page.Values.Count < range.Take
                ? AzureContinuation.KeyOf(next)
                : null,
        };
    }

    public async ValueTask<IReadOnlyList<Row>> ScanAsync(
        RowKey? after, int take, CancellationToken cancellationToken)
    {
        RowRange.CheckTake(take);
        // Two queries: with one filter for both, the service would scan from the beginning of the table.
        string?[] filters = after is { } at
            ? [
                TableClient.CreateQueryFilter($"PartitionKey eq {at.Partition} and RowKey gt {at.Key}"),
                TableClient.CreateQueryFilter($"PartitionKey gt {at.Partition}"),
            ]
            : [null];
        var rows = new List<Row>();
        foreach (var filter in filters)
        {
            string? next = null;
            do
            {
                using var limit = new TimeLimit(TimeLimit.OfPage, cancellationToken);
                var page = (await AskAsync(PageAsync(filter, take - rows.Count, next, limit.Token), limit))!;
                rows.AddRange(page.Values.Select(AzureRow.FromEntity));
                if (rows.Count == take)
                {
                    return rows;
                }

                next = string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken;
            }
            while (next is not null);
        }

        return rows;
    }

    public async ValueTask<bool> BatchAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        RowChange.Check(changes);
        var actions = new List<TableTransactionAction>(changes.Count);
        var mark = Guid.NewGuid().ToString("N");
        foreach (var (kind, row) in changes)
        {
            var etag = ETag.All;
            if (kind is RowChangeKind.Replace or RowChangeKind.Delete
                && row.ETag is not null
                && !AzureRow.TryReadETag(row.ETag, out etag))
            {
                return false;
            }

            actions.Add(kind switch
            {
                RowChangeKind.Insert => new(TableTransactionActionType.Add, AzureRow.ToEntity(row, mark)),
                RowChangeKind.Replace => new(
                    TableTransactionActionType.UpdateReplace, AzureRow.ToEntity(row, mark), etag),
                RowChangeKind.Upsert => new(TableTransactionActionType.UpsertReplace, AzureRow.ToEntity(row, mark)),
                _ => new(TableTransactionActionType.Delete, new TableEntity(row.Partition, row.Key), etag),
            });
        }

        return await SubmitAsync(actions, mark, cancellationToken);
    }

    /// <summary>All rows of all partitions, in key order, for a copy of the data.</summary>
    public async IAsyncEnumerable<Row> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var pages = client.QueryAsync<TableEntity>(cancellationToken: cancellationToken).AsPages()
            .GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(pages))
        {
            foreach (var entity in pages.Current.Values)
            {
                yield return AzureRow.FromEntity(entity);
            }
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<Page<TableEntity>> pages)
    {
        try
        {
            return await pages.MoveNextAsync();
        }
        catch (Exception exception) when (AzureStorageException.IsAbout(exception))
        {
            throw AzureStorageException.Explain(What, exception);
        }
    }

    /// <summary>
    /// The service fails a whole batch if it deletes a row that does not exist. If any version may be deleted, the
    /// batch is sent again without that row.
    /// </summary>
    private async Task<bool> SubmitAsync(
        List<TableTransactionAction> actions, string mark, CancellationToken cancellationToken)
    {
        var areSeveral = false;
        while (actions.Count > 0)
        {
            using var limit = new TimeLimit(ofRow, cancellationToken);
            using var tries = new Tries();
            try
            {
                await client.SubmitTransactionAsync(actions, limit.Token);
                return true;
            }
            catch (TableTransactionFailedException failed) when (failed.ErrorCode == TableErrorCode.ResourceNotFound
                && failed.FailedTransactionActionIndex is { } at && at < actions.Count
                && actions[at].ActionType == TableTransactionActionType.Delete && actions[at].ETag == ETag.All)
            {
                actions.RemoveAt(at);
                areSeveral |= tries.AreSeveral;
            }
            catch (RequestFailedException failed) when (failed.ErrorCode == TableErrorCode.EntityAlreadyExists
                || failed.ErrorCode == TableErrorCode.UpdateConditionNotSatisfied || failed.ErrorCode == TableErrorCode.ResourceNotFound)
            {
                return (areSeveral || tries.AreSeveral) && await IsDoneAsync(actions, mark, limit);
            }
            catch (Exception exception) when (AzureStorageException.IsAbout(exception) || limit.IsCauseOf(exception))
            {
                throw AzureStorageException.Explain(What, exception);
            }
        }

        return true;
    }

    /// <summary>Whether the batch with this mark is done. One of its rows tells of all.</summary>
    private async Task<bool> IsDoneAsync(List<TableTransactionAction> actions, string mark, TimeLimit limit)
    {
        if (actions.Find(action => action.ActionType != TableTransactionActionType.Delete) is { Entity: var written })
        {
            return await ETagOfAsync(written.PartitionKey, written.RowKey, mark, limit) is not null;
        }

        foreach (var (partition, key) in actions.Select(action => (action.Entity.PartitionKey, action.Entity.RowKey)))
        {
            var found = await AskAsync(
                client.GetEntityIfExistsAsync<TableEntity>(partition, key, [Row.WriteMark], limit.Token), limit);
            if (found!.HasValue)
            {
                return false;
            }
        }

        return true;
    }

    private string What => $"Table '{client.Name}' of the storage account {client.AccountName}";

    private static string ETagOf(Response response) => AzureRow.ToText(response.Headers.ETag!.Value);

    /// <summary>The stored version; null if the service refused it because the row has another version.</summary>
    private async Task<string?> StoreAsync(
        Row row,
        Func<TableEntity, CancellationToken, Task<Response>> send,
        CancellationToken cancellationToken,
        params TableErrorCode[] refusals)
    {
        var mark = Guid.NewGuid().ToString("N");
        using var limit = new TimeLimit(ofRow, cancellationToken);
        using var tries = new Tries();
        return await AskAsync(
            send(AzureRow.ToEntity(row, mark), limit.Token), limit, refusals) is { } response ? ETagOf(response)
            : tries.AreSeveral ? await ETagOfAsync(row.Partition, row.Key, mark, limit)
            : null;
    }

    /// <summary>The row's version, if the row has this mark.</summary>
    private async Task<string?> ETagOfAsync(string partition, string key, string mark, TimeLimit limit)
    {
        var found = await AskAsync(
            client.GetEntityIfExistsAsync<TableEntity>(partition, key, [Row.WriteMark], limit.Token), limit);
        return found!.HasValue && found.Value!.GetString(Row.WriteMark) == mark
            ? AzureRow.ToText(found.Value.ETag)
            : null;
    }

    private async Task<Page<TableEntity>> QueryPageAsync(
        RowRange range, string? after, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {range.Partition}");
        if (range.From is not null)
        {
            filter += " and " + TableClient.CreateQueryFilter($"RowKey ge {range.From}");
        }

        if (range.Before is not null)
        {
            filter += " and " + TableClient.CreateQueryFilter($"RowKey lt {range.Before}");
        }

        foreach (var where in range.Where)
        {
            var each = where.Columns.Select(
                column => TableClient.CreateQueryFilter(FormattableStringFactory.Create(column + " eq {0}", where.Value)));
            filter += $" and ({string.Join(" or ", each)})";
        }

        try
        {
            return await PageAsync(filter, range.Take, after, cancellationToken);
        }
        catch (RequestFailedException failed) when (after is not null && failed.Status == 400)
        {
            throw ContinuationToken.Foreign(range);
        }
    }

    private async Task<Page<TableEntity>> PageAsync(
        string? filter, int take, string? after, CancellationToken cancellationToken)
    {
        await using var pages = client.QueryAsync<TableEntity>(filter, take, cancellationToken: cancellationToken)
            .AsPages(after).GetAsyncEnumerator(cancellationToken);
        return await pages.MoveNextAsync() ? pages.Current : Page<TableEntity>.FromValues([], null, null!);
    }

    /// <summary>The answer; null if it was one of these refusals.</summary>
    private async Task<T?> AskAsync<T>(Task<T> request, TimeLimit limit, params TableErrorCode[] refusals)
        where T : class
    {
        try
        {
            return await request;
        }
        catch (RequestFailedException failed) when (Array.Exists(refusals, code => failed.ErrorCode == code))
        {
            return null;
        }
        catch (Exception exception) when (AzureStorageException.IsAbout(exception) || limit.IsCauseOf(exception))
        {
            throw AzureStorageException.Explain(What, exception);
        }
    }

    /// <summary>The client library treats a missing table like a missing row.</summary>
    private void ThrowIfNoTable(Response response)
    {
        if (response.Status == 404
            && new RequestFailedException(response) is { } failed
            && failed.ErrorCode == TableErrorCode.TableNotFound)
        {
            throw AzureStorageException.Explain(What, failed);
        }
    }
}
