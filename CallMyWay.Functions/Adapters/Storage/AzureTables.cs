using System.Collections.Frozen;
using Azure.Data.Tables;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Adapters;

/// <summary>The tables of a storage account.</summary>
internal sealed class AzureTables(TableServiceClient service, AzureStorageNames names) : ITables
{
    private readonly FrozenDictionary<string, AzureTable> _tables =
        names.Tables.ToFrozenDictionary(
            name => name,
            name => new AzureTable(service.GetTableClient(name), LimitOf(name)),
            StringComparer.Ordinal);

    public ITable this[string name] => _tables.TryGetValue(name, out var table)
        ? table
        : throw new ArgumentException($"There is no table '{name}'.", nameof(name));

    // The operator waits for a refused notification to be stored, as it does for an accepted one.
    private static TimeSpan LimitOf(string table) =>
        table == StorageNames.RefusedEvents ? TimeLimit.OfMessage : TimeLimit.OfRow;
}
