using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Calls;

/// <summary>Begins changes of calls.</summary>
public sealed class CallWriter(
    ITables tables,
    CallStore calls,
    CallIndex index,
    ChangedHours changed,
    IEventSink events,
    TimeProvider clock,
    ILogger<CallWriter> logger)
{
    /// <param name="writesAll">True where it is not known that the index rows are those of the stored call.</param>
    public CallWrite Begin(bool writesAll = false) =>
        new(tables, calls, index, changed, events, clock, logger, writesAll);

    /// <summary>
    /// Stores the call that follows from other facts. Where another writer was faster, <paramref name="change"/> is
    /// called again. Null where there is nothing to change (any more).
    /// </summary>
    /// <param name="find">Reads the call; null where there is none, or where it is not to be changed.</param>
    /// <param name="change">From the stored call to its next facts.</param>
    /// <param name="cancellationToken">Heeded until something is written.</param>
    /// <param name="beside">What else is written before the call, which comes first, and the one before.</param>
    public async Task<Call?> ChangeAsync(
        Func<CancellationToken, ValueTask<Call?>> find,
        Func<Call, CallFacts> change,
        CancellationToken cancellationToken,
        Func<Call, Call, IEnumerable<IndexRow>>? beside = null)
    {
        var write = Begin();
        try
        {
            while (await find(cancellationToken) is { } before)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var call = before.With(change(before));
                if (await write.SaveAsync(
                    call, before, beside?.Invoke(call, before) ?? [], CancellationToken.None) is { } saved)
                {
                    await write.EndAsync();
                    return saved;
                }
            }

            // An attempt that was refused may have written index rows of what is not to be saved any more.
            await write.PutRightAsync();
            return null;
        }
        catch
        {
            await write.PutRightAsync();
            throw;
        }
    }
}

/// <summary>
/// One change of a call and of the index rows that lead to it, from its first attempt to the one that is saved. No
/// transaction spans them, and several writers may change a call at once. So each attempt writes, before it saves the
/// call, every index row that is to hold something else than the call that it has read, and every one that an earlier
/// attempt has written. Then the rows that are written last are those of the call that is saved last. Rows that the
/// call has no more are deleted after it is saved, in the version that they had before.
/// See docs/decisions/0013-lists-of-calls.md.
/// </summary>
public sealed partial class CallWrite(
    ITables tables,
    CallStore calls,
    CallIndex index,
    ChangedHours changed,
    IEventSink events,
    TimeProvider clock,
    ILogger logger,
    bool writesAll)
{
    private readonly ITable _index = tables[StorageNames.CallIndex];

    /// <summary>What was written, and may be of a version that was never saved.</summary>
    private readonly HashSet<RowKey> _written = [];

    /// <summary>The rows that go once the call is saved, as they were before that.</summary>
    private IReadOnlyList<Row> _gone = [];

    private readonly List<IndexRow> _beside = [];

    private CallKey? _call;

    private bool _isSaved;

    /// <summary>
    /// True where index rows may be written and the call is not saved: whoever finds then that there is nothing to
    /// change has to call <see cref="SaveAgainAsync"/>.
    /// </summary>
    public bool HasBegun => _written.Count > 0 && !_isSaved;

    /// <summary>What else was written before the call, at all attempts.</summary>
    public IReadOnlyList<IndexRow> Beside => _beside;

    /// <summary>
    /// Writes the index rows, and whatever else leads to the call, and then saves it over <paramref name="before"/>,
    /// which was just read. Null where another writer was faster: then it is to be called again, with the call as it is
    /// now.
    /// </summary>
    public Task<Call?> SaveAsync(
        Call call, Call? before, IEnumerable<IndexRow> beside, CancellationToken cancellationToken) =>
        SaveAsync(
            call,
            before,
            isIndexed: !writesAll && before?.IsOfEarlierRelease != true,
            mayStandIn: null,
            beside,
            cancellationToken);

    /// <summary>
    /// Saves the call as it is, with all its index rows, and removes those that it may have had: what a try that broke
    /// off has left is put right. Null where another writer was faster.
    /// </summary>
    public async Task<Call?> SaveAgainAsync(Call call, CancellationToken cancellationToken)
    {
        var saved = await SaveAsync(
            call, call, isIndexed: false, CallIndexRows.TemporaryOf(call), beside: [], cancellationToken);
        if (saved is not null)
        {
            await EndAsync();
        }

        return saved;
    }

    /// <summary>
    /// Removes the index rows of what the saved call is no longer: one that goes on, or one that was missed. To be
    /// called after it is saved. A row that is left is passed over by readers.
    /// </summary>
    public async Task EndAsync()
    {
        try
        {
            // Only the version that was there before the call was saved. Whoever needs the row since has written it.
            await AtOnce.DoAsync(
                _gone, row => _index.DeleteAsync(row.Partition, row.Key, row.ETag, CancellationToken.None).AsTask());
        }
        catch (StorageException exception)
        {
            // The call is stored and shown: it is no reason to do all that again.
            Log.Left(logger, _gone.Count, exception);
        }

        _gone = [];
    }

    /// <summary>
    /// To be called where the change fails or is given up. What is written so far may be of a version that is not saved:
    /// the call is saved once more as it is, with its index rows.
    /// </summary>
    public async Task PutRightAsync()
    {
        try
        {
            while (HasBegun && await calls.GetAsync(_call!, CancellationToken.None) is { } stored)
            {
                await SaveAgainAsync(stored, CancellationToken.None);
            }
        }
        catch (Exception)
        {
            // Nothing that was asked for depends on it. What is left is for the repair.
        }
    }

    /// <param name="call">What is saved.</param>
    /// <param name="before">What it is saved over.</param>
    /// <param name="isIndexed">True where the index rows are known to be those of <paramref name="before"/>.</param>
    /// <param name="mayStandIn">Where rows may stand; the partitions of <paramref name="before"/> where null.</param>
    /// <param name="beside">What else is written before the call.</param>
    /// <param name="cancellationToken">The caller's.</param>
    private async Task<Call?> SaveAsync(
        Call call,
        Call? before,
        bool isIndexed,
        IReadOnlyList<string>? mayStandIn,
        IEnumerable<IndexRow> beside,
        CancellationToken cancellationToken)
    {
        (_call, _isSaved) = (call.Key, false);
        call = call.After(before);
        await TellAsync(call, before, cancellationToken);
        var key = CallIndex.KeyOf(call);
        var others = beside.ToList();
        _beside.AddRange(others);
        var had = before is null ? [] : index.Rows.PartitionsOf(before);
        var has = index.Rows.PartitionsOf(call);
        var doubtful = _written.Where(row => row.Key == key).Select(row => row.Partition).ToHashSet();
        if (!isIndexed)
        {
            // The file of a contact whom the call is no longer with has a row that says so.
            doubtful.UnionWith(had.Where(CallIndexRows.IsContact));
        }

        // The figures of the call's hour are worked out again.
        var mark = changed.MarkOf(call);
        List<IndexRow> rows =
        [
            .. mark is null ? [] : new[] { mark.Row },
            .. index.Rows.RowsToWrite(call, has, isIndexed ? before : null, had, doubtful)
                .Select(row => new IndexRow(StorageNames.CallIndex, row)),
            .. others,
        ];
        // Rows of another key are of a new call that another writer was first to save, under another time.
        var gone = (mayStandIn ?? had).Select(partition => new RowKey(partition, key)).Concat(_written)
            .Where(row => row.Key != key || (CallIndexRows.CanEnd(row.Partition) && !has.Contains(row.Partition)))
            .Distinct();
        var noted = await AtOnce.DoAsync(
            gone, row => _index.GetAsync(row.Partition, row.Key, cancellationToken).AsTask());
        _gone = [.. noted.OfType<Row>()];
        _written.UnionWith(rows.Where(row => row.Table == StorageNames.CallIndex).Select(row => RowKey.Of(row.Row)));
        // What leads to the call comes before it: a row that leads nowhere is passed over, a call that nothing leads to
        // would be lost.
        var saved = await calls.SaveAsync(call, rows, cancellationToken);
        _isSaved = saved is not null;
        if (mark is not null)
        {
            changed.Note(mark);
        }

        return saved;
    }

    /// <summary>
    /// Tells what happens by this change. It comes before the save, so that nothing of it is lost where the process ends.
    /// A call that is only written in another form has nothing new.
    /// </summary>
    private async ValueTask TellAsync(Call call, Call? before, CancellationToken cancellationToken)
    {
        if (!writesAll && !ReferenceEquals(call, before) && await events.IsAwaitedAsync(cancellationToken)
            && CallHappenings.Between(before, call, clock.GetUtcNow()) is { Count: > 0 } happened)
        {
            await events.TellAsync(call.Key, happened, null, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "{Rows} index rows of a call could not be removed. Lists pass over them until the repair does it.")]
        public static partial void Left(ILogger logger, int rows, Exception exception);
    }
}
