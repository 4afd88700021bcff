using CallMyWay.Functions.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>Makes chosen table operations of a host wait or fail.</summary>
internal sealed class StorageGate
{
    private Func<string, Task> _pass = _ => Task.CompletedTask;

    private HeldOperation? _held;

    /// <summary>Puts the gate in front of a host's storage.</summary>
    public void Before(IServiceCollection services)
    {
        var tables = services.Last(service => service.ServiceType == typeof(ITables)).ImplementationType!;
        services.AddSingleton<ITables>(
            provider => new GatedTables((ITables)ActivatorUtilities.CreateInstance(provider, tables), this));
    }

    /// <summary>Holds back the next operation whose name begins so, such as <c>insert dials dial~…</c>.</summary>
    public HeldOperation Hold(string operation)
    {
        var held = _held = new HeldOperation();
        _pass = each => each.StartsWith(operation, StringComparison.Ordinal) ? held.PassAsync() : Task.CompletedTask;
        return held;
    }

    /// <summary>Tells of each operation in the context in which it is asked for.</summary>
    public void Watch(Action<string> watch) => _pass = operation =>
    {
        watch(operation);
        return Task.CompletedTask;
    };

    /// <summary>Does this before each operation whose name begins so.</summary>
    public void Before(string operation, Func<Task> pass) => _pass = each =>
        each.StartsWith(operation, StringComparison.Ordinal) ? pass() : Task.CompletedTask;

    /// <summary>Does this before each operation.</summary>
    public void Before(Func<Task> pass) => _pass = _ => pass();

    /// <summary>
    /// Fails the write with this number (0 is the next one), and all operations after it until <see cref="Open"/>, as
    /// if the process had ended before it. Tells whether there were so many.
    /// </summary>
    public Func<bool> FailAtWrite(int number)
    {
        var writes = 0;
        var isDown = false;
        _pass = operation =>
        {
            isDown |= operation.Split(' ')[0] is not ("get" or "query" or "scan")
                && Interlocked.Increment(ref writes) > number;
            return isDown ? throw new StorageException("Down, as the test wanted.") : Task.CompletedTask;
        };
        return () => isDown;
    }

    /// <summary>
    /// Fails the next operation whose name begins so. With <paramref name="andAllAfter"/>, all later operations on its
    /// table fail until <see cref="Open"/>, as if the process had ended.
    /// </summary>
    public void Fail(string operation, bool andAllAfter = false)
    {
        var table = operation.Split(' ')[1];
        var failed = 0;
        _pass = each => (Volatile.Read(ref failed) == 0 ? each.StartsWith(operation, StringComparison.Ordinal) : andAllAfter && each.Split(' ')[1] == table)
            && (Interlocked.Exchange(ref failed, 1) == 0 || andAllAfter)
            ? throw new StorageException("Down, as the test wanted.")
            : Task.CompletedTask;
    }

    public void Open()
    {
        _pass = _ => Task.CompletedTask;
        _held?.Release();
    }

    public Task PassAsync(string operation) => _pass(operation);
}

/// <summary>An operation that waits at the gate.</summary>
internal sealed class HeldOperation
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public void Release() => _released.TrySetResult();

    public Task PassAsync() => _reached.TrySetResult() ? _released.Task : Task.CompletedTask;
}

internal sealed class GatedTables(ITables tables, StorageGate gate) : ITables
{
    public ITable this[string name] => new GatedTable(tables[name], name, gate);
}

internal sealed class GatedTable(ITable table, string name, StorageGate gate) : ITable
{
    public async ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken)
    {
        await gate.PassAsync($"get {name} {key}");
        return await table.GetAsync(partition, key, cancellationToken);
    }

    public async ValueTask<string?> InsertAsync(Row row, CancellationToken cancellationToken)
    {
        await gate.PassAsync($"insert {name} {row.Key}");
        return await table.InsertAsync(row, cancellationToken);
    }

    public async ValueTask<string?> ReplaceAsync(Row row, CancellationToken cancellationToken)
    {
        await gate.PassAsync($"replace {name} {row.Key}");
        return await table.ReplaceAsync(row, cancellationToken);
    }

    public async ValueTask<string> UpsertAsync(Row row, CancellationToken cancellationToken)
    {
        await gate.PassAsync($"upsert {name} {row.Key}");
        return await table.UpsertAsync(row, cancellationToken);
    }

    public async ValueTask<bool> DeleteAsync(
        string partition, string key, string? etag, CancellationToken cancellationToken)
    {
        await gate.PassAsync($"delete {name} {key}");
        return await table.DeleteAsync(partition, key, etag, cancellationToken);
    }

    public async ValueTask<RowPage> QueryAsync(RowRange range, CancellationToken cancellationToken)
    {
        await gate.PassAsync($"query {name} {range.Partition}");
        return await table.QueryAsync(range, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<Row>> ScanAsync(RowKey? after, int take, CancellationToken cancellationToken)
    {
        await gate.PassAsync($"scan {name}");
        return await table.ScanAsync(after, take, cancellationToken);
    }

    public async ValueTask<bool> BatchAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        await gate.PassAsync($"batch {name}");
        return await table.BatchAsync(changes, cancellationToken);
    }
}
