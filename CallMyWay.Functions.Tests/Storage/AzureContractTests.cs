using Azure.Storage.Queues;
using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Poison;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Time.Testing;
using AzureMessage = Azure.Storage.Queues.Models.QueueMessage;

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
    public async Task What_The_Functions_Host_Sets_Aside_Is_Kept_For_Good()
    {
        TestStorage.Azurite.SkipWhereMissing();
        var account = await Azurite.ConnectionStringAsync($"kept-{Guid.NewGuid():N}");
        await using var app = await AzureStorageUnderTest.OpenAsync(account, AzureStorageNames.Features);
        // Azurite does not support the client library's newest version.
        var poison = new QueueClient(
            account,
            StorageNames.CallEvents + StorageNames.PoisonSuffix,
            new QueueClientOptions(QueueClientOptions.ServiceVersion.V2021_12_02));
        var bodies = Enumerable.Range(0, 40).Select(i => $"{i:D2} ☠").ToList();
        foreach (var body in bodies)
        {
            await SetAsideAsync(body);
        }

        await app.Queue.SendAsync(poison.Name, "ours", null, default);
        var ours = (await ReadAsync()).Single(message => message.Body == "ours").Id;
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var keep = new KeepPoison(app.Admin, clock);

        await keep.RunDueAsync(default);

        var kept = await ReadAsync();
        kept.Select(message => message.Body).ShouldBe([.. bodies, "ours"], ignoreOrder: true);
        kept.ShouldAllBe(message => message.ExpiresOn > DateTimeOffset.UtcNow.AddYears(100));
        kept.Single(message => message.Body == "ours").Id.ShouldBe(ours);

        await SetAsideAsync("later");
        clock.Advance(TimeSpan.FromMinutes(59));
        await keep.RunDueAsync(default);
        (await ReadAsync()).Count(message => message.ExpiresOn < DateTimeOffset.UtcNow.AddDays(8)).ShouldBe(1);
        clock.Advance(TimeSpan.FromMinutes(1));
        await keep.RunDueAsync(default);
        (await ReadAsync()).ShouldAllBe(message => message.ExpiresOn > DateTimeOffset.UtcNow.AddYears(100));

        // As the Functions host sends it: without a time to live.
        Task SetAsideAsync(string body) => poison.SendMessageAsync(QueueRequests.Encode(body));

        async Task<List<(string Id, string Body, DateTimeOffset? ExpiresOn)>> ReadAsync()
        {
            var messages = new List<AzureMessage>();
            while ((await poison.ReceiveMessagesAsync(32, TimeSpan.FromMinutes(1))).Value is { Length: > 0 } page)
            {
                messages.AddRange(page);
            }

            foreach (var message in messages)
            {
                await poison.UpdateMessageAsync(message.MessageId, message.PopReceipt, (string?)null, TimeSpan.Zero);
            }

            return [.. messages.Select(message =>
                (message.MessageId, QueueRequests.Decode(message.MessageText), message.ExpiresOn))];
        }
    }

    [SkippableFact]
    public async Task A_Message_That_Can_Not_Be_Sent_To_The_Other_Queue_Stays_In_Its_Own()
    {
        const string Queue = StorageNames.CallEvents;
        const string Poison = Queue + StorageNames.PoisonSuffix;
        await using var account = await FlakyStorage.StartAsync();
        await using var app = await AzureStorageUnderTest.OpenAsync(
            account.ConnectionString, new AzureStorageNames([], StorageNames.Queues));

        await app.Queue.SendAsync(Queue, "given up", null, default);
        var received = (await app.Receiver.ReceiveAsync(Queue, 1, TimeSpan.FromMinutes(1), default))
            .ShouldHaveSingleItem();
        FailSendsTo(Poison);
        await Should.ThrowAsync<StorageException>(() => app.Receiver.MoveToPoisonAsync(received, default).AsTask());
        account.Recover();
        (await app.Admin.CountAsync(Queue, default)).ShouldBe(1, "given up");

        await app.Queue.SendAsync(Poison, "replayed", null, default);
        var aside = (await app.Admin.ListPoisonAsync(Queue, 1, null, default)).ShouldHaveSingleItem();
        FailSendsTo(Queue);
        await Should.ThrowAsync<StorageException>(() => app.Admin.ReplayAsync(Queue, aside.Id, default).AsTask());
        account.Recover();
        (await app.Admin.CountAsync(Poison, default)).ShouldBe(1, "replayed");

        void FailSendsTo(string queue) => account.Fail(request =>
            request.Method == "POST" && request.Path.Value!.EndsWith($"/{queue}/messages", StringComparison.Ordinal)
                ? (403, "AuthorizationFailure")
                : null);
    }

    [SkippableFact]
    public async Task Messages_In_Other_Hands_Are_Not_Looked_At_And_Said()
    {
        TestStorage.Azurite.SkipWhereMissing();
        await using var app = await AzureStorageUnderTest.OpenAsync(await Azurite.ConnectionStringAsync("contracts"));
        var poison = app.QueueName + StorageNames.PoisonSuffix;
        await app.Queue.SendAsync(poison, "in hand", null, default);
        (await app.Receiver.ReceiveAsync(poison, 1, TimeSpan.FromMinutes(1), default)).ShouldHaveSingleItem();
        await app.Queue.SendAsync(poison, "other", null, default);

        (await app.Admin.DeletePoisonAsync(app.QueueName, body => body == "in hand", default)).ShouldBe((0, true));
    }

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
