using System.Globalization;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// The schema version of a storage account. It is in the metadata of the queue of notifications, and not in a row: an
/// account and the folder that was copied to it hold the same rows.
/// </summary>
internal static class AzureSchema
{
    public const string Metadata = "schema";

    /// <summary>One request; a second one where the account has no version yet, or an earlier one.</summary>
    /// <exception cref="AzureStorageException">A later release wrote to the account.</exception>
    public static async Task CheckAsync(QueueServiceClient queues, CancellationToken cancellationToken)
    {
        var queue = queues.GetQueueClient(StorageNames.CallEvents);
        Response<QueueProperties> found;
        try
        {
            found = await queue.GetPropertiesAsync(cancellationToken);
        }
        catch (RequestFailedException failed) when (failed.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            // The infrastructure is still to make it: nothing is stored.
            return;
        }

        var metadata = new Dictionary<string, string>(found.Value.Metadata, StringComparer.OrdinalIgnoreCase);
        var version = metadata.TryGetValue(Metadata, out var text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (version > StorageSchema.Version)
        {
            throw new AzureStorageException(StorageSchema.IsNewer($"The storage account {queue.AccountName}", version));
        }

        if (version < StorageSchema.Version)
        {
            metadata[Metadata] = StorageSchema.Version.ToString(CultureInfo.InvariantCulture);
            await queue.SetMetadataAsync(metadata, cancellationToken);
        }
    }
}
