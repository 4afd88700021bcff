using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// The schema version of a storage account: a row of its own beside the nightly work's, where no template of the
/// infrastructure writes. A copy of the data passes it over, as a folder keeps its version elsewhere.
/// </summary>
internal static class AzureSchema
{
    public const string Table = StorageNames.Sweeps;

    /// <summary>The row's partition and its key.</summary>
    public const string Name = "schema";

    public const string Column = "version";

    /// <summary>
    /// One read; then a write where the account has no version yet, or an earlier one. A later one always stays.
    /// </summary>
    /// <returns>The account's version: ours, or the one of the later release that wrote to it.</returns>
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
