using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.WrapUps;

/// <summary>
/// Gives the calls of earlier releases what is to be done next of them: until 0.1 it stood in the follow-ups and promises
/// alone. All of those are gone over once.
/// </summary>
public sealed partial class EarlierNextActions(
    ITables tables,
    FollowUpStore followUps,
    PromiseStore promises,
    NextActions actions,
    ILogger<EarlierNextActions> logger) : IUpgrade
{
    private const string DonePartition = "upgrade";

    private const string DoneKey = "nextactions";

    private const int PageSize = 200;

    private readonly ITable _done = tables[StorageNames.Sweeps];

    public async Task<bool> RunAsync(
        Func<CancellationToken, Task<bool>> mayGoOn, CancellationToken cancellationToken)
    {
        if (await _done.GetAsync(DonePartition, DoneKey, cancellationToken) is not null)
        {
            return true;
        }

        if (await WriteAsync(followUps, mayGoOn, cancellationToken) is not { } ofFollowUps
            || await WriteAsync(promises, mayGoOn, cancellationToken) is not { } ofPromises)
        {
            return false;
        }

        await _done.UpsertAsync(new Row(DonePartition, DoneKey), cancellationToken);
        if (ofFollowUps + ofPromises > 0)
        {
            Log.Written(logger, ofFollowUps + ofPromises);
        }

        return true;
    }

    /// <summary>How many calls were written; null where it may not go on.</summary>
    private async Task<int?> WriteAsync<T>(
        DueItemStore<T> store, Func<CancellationToken, Task<bool>> mayGoOn, CancellationToken cancellationToken)
        where T : DueItem
    {
        var written = 0;
        RowKey? after = null;
        while (await store.ScanAsync(after, PageSize, cancellationToken) is { Count: > 0 } rows)
        {
            if (!await mayGoOn(cancellationToken))
            {
                return null;
            }

            foreach (var row in rows)
            {
                written += await WriteAsync(store, row, cancellationToken) ? 1 : 0;
            }

            after = RowKey.Of(rows[^1]);
        }

        return written;
    }

    // One that can't be read keeps nobody from the others. The repair tells of it.
    private async Task<bool> WriteAsync<T>(DueItemStore<T> store, Row row, CancellationToken cancellationToken)
        where T : DueItem
    {
        try
        {
            return store.Read(row) is { DoneAt: null } item && await actions.WriteAsync(store, item, cancellationToken);
        }
        catch (Exception error) when (error is not (OperationCanceledException or StorageException))
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Calls} calls of an earlier release show now what is to be done next.")]
        public static partial void Written(ILogger logger, int calls);
    }
}
