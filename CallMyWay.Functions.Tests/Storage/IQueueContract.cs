using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>
/// What every queue does. The clock is the real one (a service has no other), so waits are limited to a second or two.
/// </summary>
public abstract class IQueueContract : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Longer than a busy machine needs between two steps.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);

    private IStorageUnderTest _storage = null!;

    /// <summary>The storage, empty. Skips the test if this machine does not have it.</summary>
    protected abstract ValueTask<IStorageUnderTest> OpenAsync();

    public async Task InitializeAsync() => _storage = await OpenAsync();

    public async Task DisposeAsync() => await (_storage?.DisposeAsync() ?? ValueTask.CompletedTask);

    public static TheoryData<string> Messages =>
        ["", "x", "{\"a\":\"ñandú 😀\"}", "a\0b", "\r\n", "<xml/>", "[1,2]", " both ends ", new string('x', IQueue.MaxBytes), new string('€', IQueue.MaxBytes / 3)];

    [SkippableTheory]
    [MemberData(nameof(Messages))]
    public async Task A_Message_Arrives_As_It_Was_Sent(string body)
    {
        await Send(body);
        var message = (await Receive()).Single();
        message.Body.ShouldBe(body);
        message.DequeueCount.ShouldBe(1);
        message.Queue.ShouldBe(_storage.QueueName);
    }

    [SkippableFact]
    public async Task A_Message_That_Is_Too_Large_Or_No_Text_Is_Refused()
    {
        foreach (var body in new[] { new string('x', IQueue.MaxBytes + 1), new string('€', (IQueue.MaxBytes / 3) + 1), "\ud83d" })
        {
            await Should.ThrowAsync<ArgumentException>(async () => await Send(body));
        }

        (await Receive()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Delay_That_Is_Negative_Or_Too_Long_Is_Refused()
    {
        await Should.ThrowAsync<ArgumentException>(async () => await Send("x", TimeSpan.FromSeconds(-1)));
        await Should.ThrowAsync<ArgumentException>(async () => await Send("x", TimeSpan.FromDays(7) + Second));
        (await Receive()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Received_Message_Is_Hidden_From_Others()
    {
        await Send("x");
        (await Receive()).Count.ShouldBe(1);
        (await Receive()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Message_That_Was_Deleted_Does_Not_Come_Again()
    {
        await Send("x");
        var message = (await Receive(visibility: Second)).Single();
        (await _storage.Receiver.DeleteAsync(message, None)).ShouldBeTrue();
        (await _storage.Receiver.DeleteAsync(message, None)).ShouldBeFalse();

        await Send("y", Second);
        (await ReceiveWithin()).Body.ShouldBe("y");
    }

    [SkippableFact]
    public async Task A_Message_Is_Delivered_Again_After_Its_Visibility_Time_Out_And_The_Old_Receipt_Is_Void()
    {
        await Send("x");
        var first = (await Receive(visibility: Second)).Single();
        var second = await ReceiveWithin();

        second.Body.ShouldBe("x");
        second.DequeueCount.ShouldBe(2);
        (await _storage.Receiver.RenewAsync(first, Minute, None)).ShouldBeNull();
        (await _storage.Receiver.DeleteAsync(first, None)).ShouldBeFalse();
        (await _storage.Receiver.ReleaseAsync(first, TimeSpan.Zero, None)).ShouldBeFalse();
        (await _storage.Receiver.MoveToPoisonAsync(first, None)).ShouldBeFalse();
        (await _storage.Receiver.DeleteAsync(second, None)).ShouldBeTrue();
    }

    [SkippableFact]
    public async Task A_Message_That_Is_Renewed_Stays_Hidden_From_Others()
    {
        await Send("x");
        var first = (await Receive(visibility: Second)).Single();
        var renewed = (await _storage.Receiver.RenewAsync(first, Minute, None)).ShouldNotBeNull();
        await Send("y", 2 * Second);

        (await ReceiveWithin()).Body.ShouldBe("y");
        renewed.DequeueCount.ShouldBe(1);
        (await _storage.Receiver.DeleteAsync(renewed, None)).ShouldBeTrue();
        (await _storage.Receiver.RenewAsync(renewed, Minute, None)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task A_Delayed_Message_Is_Not_There_Before_Its_Time()
    {
        await Send("late", Later);
        (await Receive()).ShouldBeEmpty();
        (await ReceiveWithin()).Body.ShouldBe("late");
    }

    [SkippableFact]
    public async Task A_Message_That_Was_Released_Comes_Again_At_Once()
    {
        await Send("x");
        var first = (await Receive()).Single();
        (await _storage.Receiver.ReleaseAsync(first, TimeSpan.Zero, None)).ShouldBeTrue();

        (await ReceiveWithin()).DequeueCount.ShouldBe(2);
    }

    [SkippableFact]
    public async Task A_Message_That_Was_Given_Back_Comes_Again_At_Once_And_The_Old_Receipt_Is_Void()
    {
        await Send("x");
        var first = (await Receive()).Single();
        (await _storage.Receiver.GiveBackAsync(first, None)).ShouldBeTrue();

        var second = await ReceiveWithin();
        second.Body.ShouldBe("x");
        (await _storage.Receiver.GiveBackAsync(first, None)).ShouldBeFalse();
        (await _storage.Receiver.DeleteAsync(first, None)).ShouldBeFalse();
        (await _storage.Receiver.DeleteAsync(second, None)).ShouldBeTrue();
    }

    [SkippableFact]
    public async Task A_Message_That_Was_Released_With_A_Delay_Comes_After_It()
    {
        await Send("x");
        var first = (await Receive()).Single();
        (await _storage.Receiver.ReleaseAsync(first, Later, None)).ShouldBeTrue();

        (await Receive()).ShouldBeEmpty();
        (await ReceiveWithin()).DequeueCount.ShouldBe(2);
    }

    [SkippableFact]
    public async Task After_Five_Tries_A_Message_Goes_To_The_Poison_Queue()
    {
        await Send("bad ☠");
        QueueMessage message;
        while ((message = await ReceiveWithin()).DequeueCount < 5)
        {
            await _storage.Receiver.ReleaseAsync(message, TimeSpan.Zero, None);
        }

        (await _storage.Receiver.MoveToPoisonAsync(message, None)).ShouldBeTrue();
        (await _storage.Receiver.MoveToPoisonAsync(message, None)).ShouldBeFalse();

        (await Receive()).ShouldBeEmpty();
        var poison = (await _storage.Receiver.ReceiveAsync(
            _storage.QueueName + StorageNames.PoisonSuffix, 1, Minute, None)).Single();
        poison.Body.ShouldBe("bad ☠");
        poison.DequeueCount.ShouldBe(1);
        (await _storage.Receiver.DeleteAsync(poison, None)).ShouldBeTrue();
    }

    [SkippableFact]
    public async Task A_Receive_Returns_At_Most_The_Requested_Number_And_No_Message_Twice()
    {
        for (var i = 0; i < 40; i++)
        {
            await Send($"{i}");
        }

        var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var mine = new List<QueueMessage>();
            for (var some = await Receive(10); some.Count > 0; some = await Receive(10))
            {
                some.Count.ShouldBeLessThanOrEqualTo(10);
                mine.AddRange(some);
            }

            return mine;
        })));

        claims.SelectMany(c => c).Select(m => m.Body).Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(0, 40).Select(i => $"{i}").Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task A_Send_Ends_A_Wait_And_None_Is_Missed()
    {
        for (var i = 0; i < 20; i++)
        {
            var sent = Task.Run(async () => await Send($"{i}"));
            var message = await ReceiveWithin();
            message.Body.ShouldBe($"{i}");
            await sent;
            (await _storage.Receiver.DeleteAsync(message, None)).ShouldBeTrue();
        }
    }

    [SkippableFact]
    public async Task A_Wait_Can_Be_Cancelled()
    {
        (await Receive()).ShouldBeEmpty();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(1));
        await Should.ThrowAsync<OperationCanceledException>(
            async () => await _storage.Receiver.WaitAsync(_storage.QueueName, Minute, Minute, cancel.Token));
    }

    [SkippableFact]
    public async Task An_Unknown_Queue_Is_A_Mistake_Of_The_Caller() =>
        await Should.ThrowAsync<ArgumentException>(
            async () => await _storage.Queue.SendAsync("no-such-queue", "x", null, None));

    private async Task Send(string body, TimeSpan? delay = null) =>
        await _storage.Queue.SendAsync(_storage.QueueName, body, delay, None);

    private async Task<IReadOnlyList<QueueMessage>> Receive(int max = 1, TimeSpan? visibility = null) =>
        await _storage.Receiver.ReceiveAsync(_storage.QueueName, max, visibility ?? Minute, None);

    /// <summary>Like a host's pump: receives, or waits.</summary>
    private async Task<QueueMessage> ReceiveWithin()
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (await Receive() is [var message])
            {
                return message;
            }

            if (await _storage.Receiver.WaitAsync(
                _storage.QueueName, Minute, TimeSpan.FromSeconds(5), enough.Token) is { } handed)
            {
                return handed;
            }
        }
    }
}
