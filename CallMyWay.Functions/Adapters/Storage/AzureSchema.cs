using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// The schema version of a storage account: a row in the sweeps table, which no infrastructure template writes. A copy
/// of the data skips it, as a data folder keeps its version elsewhere.
/// </summary>
internal static class AzureSchema
{
    public const string Table = StorageNames.Sweeps;

    /// <summary>The row's partition and its key.</summary>
    public const string Name = "schema";

    public const string Column = "version";

    /// <summary>Reads the version. Writes it if the account has none or an earlier one; a later one stays.</summary>
    /// <returns>The account's version: ours, or that of a later release.</returns>
    public static async Task<long> RaiseAsync(ITable table, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await table.GetAsync(Name, Name, cancellationToken);
            if (found?.Number(Column) is { } version and >= StorageSchema.Version)
            {
                return version;
            }

            var ours = new Row(Name, Name, found?.ETag).Set(Column, StorageSchema.Version);
            if (await (found is null
                ? table.InsertAsync(ours, cancellationToken)
                : table.ReplaceAsync(ours, cancellationToken)) is not null)
            {
                return StorageSchema.Version;
            }

            // Another instance was faster, perhaps one of a later release.
        }
    }
}
