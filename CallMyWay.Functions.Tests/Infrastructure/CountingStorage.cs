using System.Collections.Concurrent;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// Counts the storage operations that go through it, by table or queue and by kind: on Azure each of them is a transaction to pay for
/// (a batch too is one, https://azure.microsoft.com/pricing/details/storage/tables/).
/// </summary>
public sealed class CountingStorage(ITables tables, IQueue sender, IQueueReceiver receiver) : ITables, IQueue, IQueueReceiver
{
    private readonly ConcurrentDictionary<(string Name, string Kind), int> _counts = [];

    public ITable this[string name] => new CountingTable(this, name, tables[name]);

    /// <summary>What was counted since the last time, in the order of names: "calls read 2".</summary>
    public IReadOnlyList<(string Name, string Kind, int Count)> Take()
    {
        var counted = new List<(string, string, int)>();
        foreach (var at in _counts.Keys)
        {
            if (_counts.TryRemove(at, out var count))
            {
                counted.Add((at.Name, at.Kind, count));
            }
        }

        return [.. counted.Order()];
    }

    public ValueTask SendAsync(string queue, string message, TimeSpan? delay, CancellationToken cancellationToken)
    {
        Count(queue, "send");
        return sender.SendAsync(queue, message, delay, cancellationToken);
    }

    public ValueTask<IReadOnlyList<QueueMessage>> ReceiveAsync(string queue, int max, TimeSpan visibility, CancellationToken cancellationToken)
    {
        Count(queue, "receive");
        return receiver.ReceiveAsync(queue, max, visibility, cancellationToken);
    }

    public ValueTask<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        Count(message.Queue, "delete");
        return receiver.DeleteAsync(message, cancellationToken);
    }

    public ValueTask<bool> ReleaseAsync(QueueMessage message, TimeSpan delay, CancellationToken cancellationToken)
    {
        Count(message.Queue, "release");
        return receiver.ReleaseAsync(message, delay, cancellationToken);
    }

    public ValueTask<bool> MoveToPoisonAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        Count(message.Queue, "poison");
        return receiver.MoveToPoisonAsync(message, cancellationToken);
    }

    public Task WaitAsync(string queue, TimeSpan atMost, CancellationToken cancellationToken) => receiver.WaitAsync(queue, atMost, cancellationToken);

    private void Count(string name, string kind) => _counts.AddOrUpdate((name, kind), 1, static (_, count) => count + 1);

    private sealed class CountingTable(CountingStorage counts, string name, ITable table) : ITable
    {
        public ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken)
        {
            counts.Count(name, "read");
            return table.GetAsync(partition, key, cancellationToken);
        }

        public ValueTask<RowPage> QueryAsync(RowRange range, CancellationToken cancellationToken)
        {
            counts.Count(name, "read");
            return table.QueryAsync(range, cancellationToken);
        }

        public ValueTask<string?> InsertAsync(Row row, CancellationToken cancellationToken)
        {
            counts.Count(name, "write");
            return table.InsertAsync(row, cancellationToken);
        }

        public ValueTask<string?> ReplaceAsync(Row row, CancellationToken cancellationToken)
        {
            counts.Count(name, "write");
            return table.ReplaceAsync(row, cancellationToken);
        }

        public ValueTask<string> UpsertAsync(Row row, CancellationToken cancellationToken)
        {
            counts.Count(name, "write");
            return table.UpsertAsync(row, cancellationToken);
        }

        public ValueTask<bool> DeleteAsync(string partition, string key, string? etag, CancellationToken cancellationToken)
        {
            counts.Count(name, "write");
            return table.DeleteAsync(partition, key, etag, cancellationToken);
        }

        public ValueTask<bool> BatchAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
        {
            counts.Count(name, "write");
            return table.BatchAsync(changes, cancellationToken);
        }
    }
}
