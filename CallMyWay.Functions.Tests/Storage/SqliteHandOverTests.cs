using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>A receiver that waits on an empty queue gets the message that is being sent.</summary>
public sealed class SqliteHandOverTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_Waiting_Receiver_Gets_The_Message_As_If_It_Had_Received_It()
    {
        await using var storage = new SqliteStorageUnderTest();
        var waiting = await WaitingAsync(storage);
        await storage.Queue.SendAsync(storage.QueueName, "x", null, None);

        var message = (await waiting).ShouldNotBeNull();
        (message.Body, message.DequeueCount, message.Queue).ShouldBe(("x", 1, storage.QueueName));
        (await storage.Receiver.ReceiveAsync(storage.QueueName, 1, Minute, None)).ShouldBeEmpty();
        (await storage.Receiver.ReleaseAsync(message, TimeSpan.Zero, None)).ShouldBeTrue();
        var again = (await storage.Receiver.ReceiveAsync(storage.QueueName, 1, Minute, None)).Single();
        again.DequeueCount.ShouldBe(2);
        (await storage.Receiver.DeleteAsync(message, None)).ShouldBeFalse();
        (await storage.Receiver.DeleteAsync(again, None)).ShouldBeTrue();
    }

    [Fact]
    public async Task One_Of_Two_Waiting_Receivers_Gets_The_Message_And_The_Other_Goes_On_Waiting()
    {
        await using var storage = new SqliteStorageUnderTest();
        var waiting = new[] { await WaitingAsync(storage), await WaitingAsync(storage) };
        await storage.Queue.SendAsync(storage.QueueName, "first", null, None);
        (await waiting[0])!.Body.ShouldBe("first");
        waiting[1].IsCompleted.ShouldBeFalse();
        await storage.Queue.SendAsync(storage.QueueName, "second", null, None);
        (await waiting[1])!.Body.ShouldBe("second");
    }

    [Fact]
    public async Task A_Delayed_Message_Is_Not_Handed_Over()
    {
        await using var storage = new SqliteStorageUnderTest();
        var waiting = await WaitingAsync(storage);
        await storage.Queue.SendAsync(storage.QueueName, "later", Minute, None);
        (await waiting).ShouldBeNull();
        (await storage.Receiver.ReceiveAsync(storage.QueueName, 1, Minute, None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Receiver_Knows_Without_Asking_That_Nothing_Is_Due()
    {
        await using var storage = new SqliteStorageUnderTest();
        var (queue, receiver) = (storage.QueueName, storage.Receiver);
        // There may be messages from before the start.
        receiver.MayBeDue(queue).ShouldBeTrue();
        (await receiver.ReceiveAsync(queue, 1, Minute, None)).ShouldBeEmpty();
        receiver.MayBeDue(queue).ShouldBeFalse();

        await storage.Queue.SendAsync(queue, "x", null, None);
        receiver.MayBeDue(queue).ShouldBeTrue();
        var message = (await receiver.ReceiveAsync(queue, 2, Minute, None)).Single();
        receiver.MayBeDue(queue).ShouldBeFalse();

        // One that comes again, and one that is held back.
        (await receiver.ReleaseAsync(message, TimeSpan.Zero, None)).ShouldBeTrue();
        receiver.MayBeDue(queue).ShouldBeTrue();
        (await receiver.DeleteAsync((await receiver.ReceiveAsync(queue, 2, Minute, None)).Single(), None)).ShouldBeTrue();
        await storage.Queue.SendAsync(queue, "later", TimeSpan.FromSeconds(1), None);
        while (await receiver.ReceiveAsync(queue, 2, Minute, None) is [])
        {
            await Task.Delay(10);
            while (!receiver.MayBeDue(queue))
            {
                await Task.Delay(10);
            }
        }
    }

    [Fact]
    public async Task A_Receiver_That_Has_Given_Up_Gets_Nothing()
    {
        await using var storage = new SqliteStorageUnderTest();
        using var cancel = new CancellationTokenSource();
        var waiting = await WaitingAsync(storage, cancel.Token);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        await storage.Queue.SendAsync(storage.QueueName, "x", null, None);
        (await storage.Receiver.ReceiveAsync(storage.QueueName, 1, Minute, None)).Single().DequeueCount.ShouldBe(1);
    }

    [Fact]
    public async Task No_Message_Is_Lost_Or_Doubled_Between_Waiting_And_Giving_Up()
    {
        await using var storage = new SqliteStorageUnderTest();
        const int messages = 300;
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < messages; i++)
            {
                await storage.Queue.SendAsync(storage.QueueName, $"{i}", null, None);
            }
        });
        var received = new List<string>();
        while (received.Count < messages)
        {
            var some = await storage.Receiver.ReceiveAsync(storage.QueueName, 1, Minute, None);
            if (some is [])
            {
                // About as long as a send takes, so that giving up and the hand-over coincide.
                some = await storage.Receiver.WaitAsync(
                    storage.QueueName, Minute, TimeSpan.FromMilliseconds(1), None) is { } handed ? [handed] : [];
            }

            received.AddRange(some.Select(message => message.Body));
        }

        await sending;
        received.Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(0, messages).Select(i => $"{i}").Order(StringComparer.Ordinal));
        (await storage.Receiver.ReceiveAsync(storage.QueueName, 1, Minute, None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Message_Handed_Over_Is_Delivered_Again_After_The_Process_Ends()
    {
        var folder = Directory.CreateTempSubdirectory("callmyway-").FullName;
        await using (var storage = new SqliteStorageUnderTest(folder: folder))
        {
            var waiting = await WaitingAsync(storage);
            await storage.Queue.SendAsync(storage.QueueName, "x", null, None);
            (await waiting).ShouldNotBeNull();
        }

        await using (var storage = new SqliteStorageUnderTest(folder: folder))
        {
            (await storage.Receiver.ReceiveAsync(storage.QueueName, 1, Minute, None)).Single().DequeueCount.ShouldBe(2);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_Message_That_Is_Given_Back_Has_Had_No_Try()
    {
        await using var storage = new SqliteStorageUnderTest();
        var waiting = await WaitingAsync(storage);
        await storage.Queue.SendAsync(storage.QueueName, "x", null, None);
        for (var i = 0; i < 2; i++)
        {
            var message = i == 0
                ? (await waiting).ShouldNotBeNull()
                : (await storage.Receiver.ReceiveAsync(storage.QueueName, 1, Minute, None)).Single();
            message.DequeueCount.ShouldBe(1);
            (await storage.Receiver.GiveBackAsync(message, None)).ShouldBeTrue();
        }

        (await storage.Receiver.ReceiveAsync(storage.QueueName, 1, Minute, None)).Single().DequeueCount.ShouldBe(1);
    }

    /// <summary>A wait that has begun, on a queue that was found empty.</summary>
    private static async Task<Task<QueueMessage?>> WaitingAsync(SqliteStorageUnderTest storage, CancellationToken cancellationToken = default)
    {
        (await storage.Receiver.ReceiveAsync(storage.QueueName, 1, Minute, None)).ShouldBeEmpty();
        return storage.Receiver.WaitAsync(storage.QueueName, Minute, Minute, cancellationToken).AsTask();
    }
}
