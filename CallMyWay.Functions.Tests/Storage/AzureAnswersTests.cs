using Azure.Storage.Queues;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>The adapters' requests to Azure's tables and queues, and how they handle the answers.</summary>
public sealed class AzureAnswersTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private FlakyStorage _service = null!;

    private AzureStorageUnderTest _storage = null!;

    private ITable Table => _storage.Table;

    public async Task InitializeAsync()
    {
        _service = await FlakyStorage.StartAsync();
        _storage = await AzureStorageUnderTest.OpenAsync(_service.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await (_storage?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_service?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [SkippableFact]
    public async Task A_Missing_Table_Is_Not_Read_As_An_Empty_One()
    {
        _service.Fail(404, "TableNotFound");

        await Should.ThrowAsync<StorageException>(async () => await Table.GetAsync("p", "k", None));
        await Should.ThrowAsync<StorageException>(async () => await Table.QueryAsync(new RowRange("p"), None));
        await Should.ThrowAsync<StorageException>(async () => await Table.InsertAsync(new Row("p", "k"), None));
        await Should.ThrowAsync<StorageException>(async () => await Table.UpsertAsync(new Row("p", "k"), None));
        await Should.ThrowAsync<StorageException>(async () => await Table.DeleteAsync("p", "k", null, None));
        var change = RowChange.Delete(new Row("p", "k"));
        await Should.ThrowAsync<StorageException>(async () => await Table.BatchAsync([change], None));
    }

    [SkippableFact]
    public async Task A_Missing_Row_Is_No_Error()
    {
        _service.Fail(404, "ResourceNotFound");

        (await Table.GetAsync("p", "k", None)).ShouldBeNull();
        (await Table.DeleteAsync("p", "k", null, None)).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task Messages_And_Poison_Messages_Never_Expire()
    {
        await _storage.Queue.SendAsync(_storage.QueueName, "waits", null, None);
        await _storage.Queue.SendAsync(_storage.QueueName, "failed", null, None);
        var received = await _storage.Receiver.ReceiveAsync(_storage.QueueName, 2, TimeSpan.FromSeconds(30), None);
        var failed = received.Single(message => message.Body == "failed");
        (await _storage.Receiver.MoveToPoisonAsync(failed, None)).ShouldBeTrue();
        await _storage.Queue.SendAsync(_storage.QueueName, "shown", null, None);

        // Azurite does not support the client library's newest version.
        var options = new QueueClientOptions(QueueClientOptions.ServiceVersion.V2021_12_02);
        foreach (var queue in new[] { _storage.QueueName, _storage.QueueName + StorageNames.PoisonSuffix })
        {
            var client = new QueueClient(_service.ConnectionString, queue, options);
            var message = (await client.PeekMessageAsync(None)).Value.ShouldNotBeNull();
            message.ExpiresOn.ShouldNotBeNull().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddYears(100));
        }
    }
}
