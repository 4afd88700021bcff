using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Azure.Storage.Queues;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// Runs before anything else starts. It creates missing tables and queues if <see
/// cref="AzureStorageOptions.CreateMissing"/> says so, and refuses an account that a later release wrote to.
/// </summary>
internal sealed partial class AzureStorageStart(
    AzureStorageOptions options,
    AzureStorageNames names,
    TableServiceClient tables,
    QueueServiceClient queues,
    ILogger<AzureStorageStart> logger) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.CreateMissing)
        {
            await CreateMissingAsync(cancellationToken);
        }

        if (names.Tables.Contains(AzureSchema.Table))
        {
            await CheckSchemaAsync(cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task CreateMissingAsync(CancellationToken cancellationToken)
    {
        try
        {
            var created = await Task.WhenAll(
                [
                    .. names.Tables.Select(name => CreateTableAsync(name, cancellationToken)),
                    .. names.AllQueues.Select(async name => await queues.GetQueueClient(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken) is not null),
                ]);
            Log.Created(logger, created.Count(isNew => isNew), created.Length);
        }
        catch (Exception exception) when (AzureStorageException.IsAbout(exception))
        {
            throw AzureStorageException.Explain($"The storage account {tables.AccountName}", exception);
        }
    }

    private async Task CheckSchemaAsync(CancellationToken cancellationToken)
    {
        long version;
        try
        {
            var table = new AzureTable(tables.GetTableClient(AzureSchema.Table), TimeLimit.OfRow);
            version = await AzureSchema.RaiseAsync(table, cancellationToken);
        }
        catch (AzureStorageException exception)
        {
            // The account may answer a moment later, when the settings of the accounts are read.
            Log.SchemaUnknown(logger, exception);
            return;
        }

        if (version > StorageSchema.Version)
        {
            throw new AzureStorageException(
                StorageSchema.IsNewer($"The storage account {tables.AccountName}", version));
        }
    }

    // The client library's CreateIfNotExists takes any conflict for an existing table, even a table that is being
    // deleted.
    private async Task<bool> CreateTableAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await tables.CreateTableAsync(name, cancellationToken);
            return true;
        }
        catch (RequestFailedException failed) when (failed.ErrorCode == TableErrorCode.TableAlreadyExists)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Information,
            "{Created} of the storage account's {All} tables and queues were missing and were created.")]
        public static partial void Created(ILogger logger, int created, int all);

        [LoggerMessage(
            LogLevel.Warning,
            "The version of the storage account's data could not be read. The start goes on without the check "
                + "for a newer release. It ends if the settings of the accounts can't be read next.")]
        public static partial void SchemaUnknown(ILogger logger, Exception exception);
    }
}
