using System.Collections.Concurrent;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// Counts storage operations, which a customer pays for on Azure, and can let one fail, as if the process had ended
/// there.
/// </summary>
internal sealed class StorageMeter
{
    private readonly ConcurrentQueue<string> _operations = new();

    private int _writesUntilCrash = -1;

    private volatile string? _crashAt;

    private int _rowsRead;

    /// <summary>What was asked of the storage since the last <see cref="Reset"/>, such as <c>get calls</c>.</summary>
    public IReadOnlyList<string> Operations => [.. _operations];

    /// <summary>Puts the meter before the storage of a host.</summary>
    public void Before(IServiceCollection services)
    {
        var tables = services.Last(service => service.ServiceType == typeof(ITables)).ImplementationType!;
        services.AddSingleton<ITables>(
            provider => new MeteredTables((ITables)ActivatorUtilities.CreateInstance(provider, tables), this));
    }

    /// <summary>How many rows queries have brought.</summary>
    public int RowsRead => Volatile.Read(ref _rowsRead);

    public void Reset() => _operations.Clear();

    /// <summary>Lets this many writes through, and no operation after them, until <see cref="Recover"/>.</summary>
    public void CrashAfter(int writes) => _writesUntilCrash = writes;

    /// <summary>Lets no operation of this kind through, such as <c>delete calls</c>, until <see cref="Recover"/>.</summary>
    public void CrashAt(string operation) => _crashAt = operation;

    public void Recover() => (_writesUntilCrash, _crashAt) = (-1, null);

    public void CountRows(int rows) => Interlocked.Add(ref _rowsRead, rows);

    public void Count(string kind, string table)
    {
        var operation = $"{kind} {table}";
        _operations.Enqueue(operation);
        if (operation == _crashAt)
        {
            throw new CrashException();
        }

        if (Volatile.Read(ref _writesUntilCrash) >= 0
            && kind is not ("get" or "query")
            && Interlocked.Decrement(ref _writesUntilCrash) < 0)
        {
            Volatile.Write(ref _writesUntilCrash, 0);
            throw new CrashException();
        }
    }
}

/// <summary>The process ended here.</summary>
internal sealed class CrashException() : Exception("Crashed, as the test wanted.");

internal sealed class MeteredTables(ITables tables, StorageMeter meter) : ITables
{
    public ITable this[string name] => new MeteredTable(tables[name], name, meter);
}

internal sealed class MeteredTable(ITable table, string name, StorageMeter meter) : ITable
{
    public ValueTask<Row?> GetAsync(string partition, string key, CancellationToken cancellationToken)
    {
        meter.Count("get", name);
        return table.GetAsync(partition, key, cancellationToken);
    }

    public ValueTask<string?> InsertAsync(Row row, CancellationToken cancellationToken)
    {
        meter.Count("insert", name);
        return table.InsertAsync(row, cancellationToken);
    }

    public ValueTask<string?> ReplaceAsync(Row row, CancellationToken cancellationToken)
    {
        meter.Count("replace", name);
        return table.ReplaceAsync(row, cancellationToken);
    }

    public ValueTask<string> UpsertAsync(Row row, CancellationToken cancellationToken)
    {
        meter.Count("upsert", name);
        return table.UpsertAsync(row, cancellationToken);
    }

    public ValueTask<bool> DeleteAsync(string partition, string key, string? etag, CancellationToken cancellationToken)
    {
        meter.Count("delete", name);
        return table.DeleteAsync(partition, key, etag, cancellationToken);
    }

    public async ValueTask<RowPage> QueryAsync(RowRange range, CancellationToken cancellationToken)
    {
        meter.Count("query", name);
        var page = await table.QueryAsync(range, cancellationToken);
        meter.CountRows(page.Rows.Count);
        return page;
    }

    public ValueTask<IReadOnlyList<Row>> ScanAsync(RowKey? after, int take, CancellationToken cancellationToken)
    {
        meter.Count("query", name);
        return table.ScanAsync(after, take, cancellationToken);
    }

    public ValueTask<bool> BatchAsync(IReadOnlyList<RowChange> changes, CancellationToken cancellationToken)
    {
        meter.Count("batch", name);
        return table.BatchAsync(changes, cancellationToken);
    }
}
