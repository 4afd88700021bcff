using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.DueItems;

/// <summary>
/// Keeps in a call what is to be done next of it, so that lists read nothing beside the call. The item is written first.
/// It is read after the call: whoever changes the item meanwhile saves the call after it, and then this is done again.
/// So the call that is saved last has the item that was stored last, but where an item is done in the moment in which it
/// is first shown. That, and what a process leaves that ends between the two, is put right by the next change, else by
/// the repair (<see cref="NextActionIndex{T}"/>).
/// </summary>
public sealed class NextActions(CallWriter writer, CallStore calls)
{
    /// <summary>
    /// Lets the call show an item as it is about to be stored, for whoever can't find it again once it is. To be called
    /// before that, and <see cref="WriteAsync"/> after it: a read, and what the call costs.
    /// </summary>
    public async Task ForeshowAsync<T>(DueItemStore<T> store, T item, CancellationToken cancellationToken)
        where T : DueItem
    {
        await writer.ChangeAsync(
            async token => await calls.GetAsync(new CallKey(item.CallId, item.Account), token) is { } call
                && !ReferenceEquals(Shown(call), call.Facts)
                    ? call
                    : null,
            Shown,
            cancellationToken);

        CallFacts Shown(Call call) => call.Facts.With(item.Id, store.Kind, item.ToNextAction());
    }

    /// <summary>
    /// To be called after an item has changed: two reads, and where the call shows something else now, its rows and the
    /// call.
    /// </summary>
    /// <returns>False where the call shows that already, or is not there any more.</returns>
    public async Task<bool> WriteAsync<T>(DueItemStore<T> store, T item, CancellationToken cancellationToken)
        where T : DueItem
    {
        NextAction? open = null;
        return await writer.ChangeAsync(
            async token =>
            {
                if (await calls.GetAsync(new CallKey(item.CallId, item.Account), token) is not { } call)
                {
                    return null;
                }

                open = (await store.GetAsync(item.Id, token))?.ToNextAction();
                return ReferenceEquals(call.Facts.With(item.Id, store.Kind, open), call.Facts) ? null : call;
            },
            call => call.Facts.With(item.Id, store.Kind, open),
            cancellationToken) is not null;
    }
}

/// <summary>
/// The index of the items, and beside it what their calls show of them: the repair puts both right. It costs a read for
/// each item.
/// </summary>
internal sealed class NextActionIndex<T>(DueItemStore<T> store, NextActions actions, CallStore calls) : IIndexedTable
    where T : DueItem
{
    public string Name => store.Indexed.Name;

    public IReadOnlyList<string> Tables => store.Indexed.Tables;

    public async Task<IndexCheck> CheckAsync(
        string table, IReadOnlyList<Row> rows, CancellationToken cancellationToken)
    {
        var check = await store.Indexed.CheckAsync(table, rows, cancellationToken);
        var items = table == Name ? rows.Select(TryRead).OfType<T>() : [];
        var shown = await AtOnce.DoAsync(items, async item => (
            Item: item,
            Call: await calls.GetAsync(new CallKey(item.CallId, item.Account), cancellationToken)));
        var written = 0;
        foreach (var (item, call) in shown)
        {
            // What is stored of an earlier release is derived anew when it is read; its own repair writes it.
            var isWrong = call is not null
                && !ReferenceEquals(call.Facts.With(item.Id, store.Kind, item.ToNextAction()), call.Facts);
            written += isWrong && await actions.WriteAsync(store, item, cancellationToken) ? 1 : 0;
        }

        return check + IndexCheck.None with { Written = written };
    }

    public Task<int> RemoveAsync(IReadOnlyList<IndexRow> leadNowhere, CancellationToken cancellationToken) =>
        store.Indexed.RemoveAsync(leadNowhere, cancellationToken);

    // What can't be read is counted by the index.
    private T? TryRead(Row row)
    {
        try
        {
            return store.Read(row);
        }
        catch (Exception error) when (error is not (OperationCanceledException or StorageException))
        {
            return null;
        }
    }
}
