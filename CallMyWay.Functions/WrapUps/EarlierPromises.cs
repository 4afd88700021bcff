using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.WrapUps;

/// <summary>
/// Lists the promises of wrap-ups that an earlier release stored: until 0.1 a promise was only a part of its wrap-up.
/// All wrap-ups are gone over once.
/// </summary>
public sealed partial class EarlierPromises(
    ITables tables,
    WrapUpStore wrapUps,
    CallStore calls,
    ContactStore contacts,
    PromiseStore promises,
    TimeProvider clock,
    ILogger<EarlierPromises> logger) : IUpgrade
{
    private const string DonePartition = "upgrade";

    private const int PageSize = 200;

    /// <summary>Those of before are history: nobody is to work through the broken promises of years.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(30);

    private readonly ITable _done = tables[StorageNames.Sweeps];

    public async Task<bool> RunAsync(
        Func<CancellationToken, Task<bool>> mayGoOn, CancellationToken cancellationToken)
    {
        if (await _done.GetAsync(DonePartition, StorageNames.Promises, cancellationToken) is not null)
        {
            return true;
        }

        var written = 0;
        RowKey? after = null;
        while (await wrapUps.ScanAsync(after, PageSize, cancellationToken) is { Count: > 0 } rows)
        {
            if (!await mayGoOn(cancellationToken))
            {
                return false;
            }

            foreach (var row in rows)
            {
                written += await WriteAsync(row, cancellationToken) ? 1 : 0;
            }

            after = RowKey.Of(rows[^1]);
        }

        await _done.UpsertAsync(new Row(DonePartition, StorageNames.Promises), cancellationToken);
        if (written > 0)
        {
            Log.Written(logger, written);
        }

        return true;
    }

    private async Task<bool> WriteAsync(Row row, CancellationToken cancellationToken)
    {
        if (WrapUpStore.Read(row) is not
            {
                Draft: false,
                Promise: { Amount: { } amount, Currency: { } currency, DueAt: { } dueAt },
            } wrapUp
            || dueAt < clock.GetUtcNow() - LookBack)
        {
            return false;
        }

        // The key is the account, and behind it the agent whose own wrap-up it is.
        var key = row.Key.Split(Keys.Separator);
        if (await calls.GetAsync(new RowKey(row.Partition, key[0]), cancellationToken) is not { } call)
        {
            return false;
        }

        var owner = key.Length < 2 ? null : call.Agents.Select(agent => agent.AgentId)
            .FirstOrDefault(agentId => Keys.Encode(agentId) == key[1]);
        var contact = call.ContactId is { } contactId
            ? await contacts.ReadAsync(contactId, cancellationToken)
            : null;
        var id = DueItemId.Of(call.Key, owner);
        var promise = new PromiseToPay(id, call, wrapUp.WhoseId, contact, dueAt, amount, currency);
        // One that was written meanwhile is the newer one.
        await promises.PutAsync(id, found => found ?? promise, cancellationToken);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Promises} promises of an earlier release are listed now.")]
        public static partial void Written(ILogger logger, int promises);
    }
}
