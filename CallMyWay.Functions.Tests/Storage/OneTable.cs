using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>
/// The table under test as one process sees it, under any name. It counts operations, waits where the test says, and
/// can end at a write like a process.
/// </summary>
internal sealed class OneTable(ITable table, Func<Task>? pause = null) : ITables, ITable
{
    private readonly List<string> _operations = [];

    private int _writesUntilEnd = int.MaxValue;

    private Func<string, Task>? _before;

    private (string Operation, bool IsDone)? _failure;

    public IReadOnlyList<string> Operations
    {
        get
        {
            lock (_operations)
            {
                return [.. _operations];
            }
        }
    }

    public ITable this[string name] => this;

    /// <summary>Allows this many writes; at the next, the process ends.</summary>
    public OneTable EndingAfter(int writes)
    {
        _writesUntilEnd = writes;
        return this;
    }

    /// <summary>
    /// Fails the first write whose name begins so. With <paramref name="isDone"/> the write is done, and only its
    /// response is lost.
    /// </summary>
    public OneTable Failing(string operation, bool isDone)
    {
        _failure = (operation, isDone);
        return this;
    }

    /// <summary>Waits before the first operation whose name begins so, such as <c>delete owner~a</c>.</summary>
    public HeldOperation Hold(string operation)
    {
        var held = new HeldOperation();
        _before = each => each.StartsWith(operation, StringComparison.Ordinal) ? held.PassAsync() : Task.CompletedTask;
        return held;
    }

    public async ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken)
    {
        await PassAsync("get", partition, isWrite: false);
        return await table.GetAsync(partition, key, cancellationToken);
    }

    public async ValueTask<string?> InsertAsync(Row row, CancellationToken cancellationToken)
    {
        await PassAsync("insert", row.Partition);
        return await table.InsertAsync(row, cancellationToken);
    }

    public async ValueTask<string?> ReplaceAsync(Row row, CancellationToken cancellationToken)
    {
        await PassAsync("replace", row.Partition);
        return await FailAsync("replace", row.Partition, () => table.ReplaceAsync(row, cancellationToken));
    }

    public async ValueTask<string> UpsertAsync(Row row, CancellationToken cancellationToken)
    {
        await PassAsync("upsert", row.Partition);
        return await FailAsync("upsert", row.Partition, () => table.UpsertAsync(row, cancellationToken));
    }

    public async ValueTask<bool> DeleteAsync(
        string partition, string key, string? etag, CancellationToken cancellationToken)
    {
        await PassAsync("delete", partition);
        return await table.DeleteAsync(partition, key, etag, cancellationToken);
    }

    public async ValueTask<RowPage> QueryAsync(RowRange range, CancellationToken cancellationToken)
    {
        await PassAsync("query", range.Partition, isWrite: false);
        return await table.QueryAsync(range, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<Row>> ScanAsync(RowKey? after, int take, CancellationToken cancellationToken)
    {
        await PassAsync("scan", "", isWrite: false);
        return await table.ScanAsync(after, take, cancellationToken);
    }

    public async ValueTask<bool> BatchAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        await PassAsync("batch", changes[0].Row.Partition);
        return await table.BatchAsync(changes, cancellationToken);
    }

    private async ValueTask<T> FailAsync<T>(string kind, string partition, Func<ValueTask<T>> write)
    {
        if (_failure is not { } failure
            || !$"{kind} {partition}".StartsWith(failure.Operation, StringComparison.Ordinal))
        {
            return await write();
        }

        _failure = null;
        if (failure.IsDone)
        {
            await write();
        }

        throw new StorageException("The answer is lost.");
    }

    private async Task PassAsync(string kind, string partition, bool isWrite = true)
    {
        var operation = $"{kind} {partition}";
        lock (_operations)
        {
            _operations.Add(operation);
        }

        await (pause?.Invoke() ?? Task.CompletedTask);
        await (_before?.Invoke(operation) ?? Task.CompletedTask);
        if (Volatile.Read(ref _writesUntilEnd) <= 0 || (isWrite && Interlocked.Decrement(ref _writesUntilEnd) < 0))
        {
            throw new CrashException();
        }
    }
}
