using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Storage;

public sealed class AzureTableTests : ITableContract
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() => Azurite.OpenStorageAsync();
}

public sealed class AzureQueueTests : IQueueContract
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() => Azurite.OpenStorageAsync();
}

public sealed class AzureQueueAdminTests : IQueueAdminContract
{
    protected override ValueTask<IStorageUnderTest> OpenAsync() => Azurite.OpenStorageAsync();

    [SkippableFact]
    public async Task A_Delay_Does_Not_Count_As_Waiting()
    {
        TestStorage.Azurite.SkipWhereMissing();
        await using var app = await AzureStorageUnderTest.OpenAsync(
            await Azurite.ConnectionStringAsync($"delays-{Guid.NewGuid():N}"),
            new AzureStorageNames([], StorageNames.Queues));
        foreach (var queue in StorageNames.Queues)
        {
            await app.Queue.SendAsync(queue, "{}", null, default);
        }

        (await WaitingAsync()).ShouldBe(StorageNames.Queues.Except(StorageNames.QueuesWithDelays));

        async Task<List<string>> WaitingAsync()
        {
            var waiting = new List<string>();
            foreach (var queue in StorageNames.Queues)
            {
                if ((await app.Admin.StateAsync(queue, default)).OldestSince is not null)
                {
                    waiting.Add(queue);
                }
            }

            return waiting;
        }
    }
}
