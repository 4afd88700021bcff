using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>What an administrator can do of queues, on every storage.</summary>
public abstract class IQueueAdminContract : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private IStorageUnderTest _storage = null!;

    /// <summary>The storage, empty; skips the test where this machine has none of the kind.</summary>
    protected abstract ValueTask<IStorageUnderTest> OpenAsync();

    public async Task InitializeAsync() => _storage = await OpenAsync();

    public async Task DisposeAsync() => await (_storage?.DisposeAsync() ?? ValueTask.CompletedTask);

    private IQueueAdmin Admin => _storage.Admin;

    private string Queue => _storage.QueueName;

    [SkippableFact]
    public async Task A_Poison_Message_Is_Shown_As_It_Was_Sent_And_Stays_Where_It_Is()
    {
        var before = DateTimeOffset.UtcNow.AddSeconds(-2);
        await PoisonAsync("bad ☠ one", "bad two");

        for (var look = 0; look < 3; look++)
        {
            var shown = await ListAsync();
            shown.Select(message => message.Body).ShouldBe(["bad ☠ one", "bad two"]);
            shown.Select(message => message.Id).ShouldBeUnique();
            shown.ShouldAllBe(
                message => message.SetAsideAt > before && message.SetAsideAt < DateTimeOffset.UtcNow.AddSeconds(2));
        }

        (await Admin.StateAsync(Queue, None)).ShouldBe(new QueueState(2, null));
    }

    [SkippableFact]
    public async Task A_Probe_Is_Received_By_Nobody_And_Leaves_Nothing_Behind()
    {
        for (var probe = 0; probe < 3; probe++)
        {
            await Admin.ProbeAsync(Queue, None);
            (await ReceiveAsync()).ShouldBeEmpty();
        }

        (await Admin.StateAsync(Queue, None)).ShouldBe(new QueueState(0, null));
        await _storage.Queue.SendAsync(Queue, "x", null, None);
        await Admin.ProbeAsync(Queue, None);
        (await ReceiveAsync()).ShouldHaveSingleItem().Body.ShouldBe("x");
    }

    [SkippableFact]
    public async Task A_Probe_Of_A_Queue_That_Is_Not_There_Is_Refused() =>
        await Should.ThrowAsync<ArgumentException>(async () => await Admin.ProbeAsync("other", None));

    [SkippableFact]
    public async Task A_List_Goes_On_Behind_A_Message()
    {
        await PoisonAsync("a", "b", "c", "d", "e");

        var first = await Admin.ListPoisonAsync(Queue, 2, null, None);
        var second = await Admin.ListPoisonAsync(Queue, 2, first[^1].Id, None);
        var third = await Admin.ListPoisonAsync(Queue, 2, second[^1].Id, None);

        first.Concat(second).Concat(third).Select(message => message.Body).ShouldBe(["a", "b", "c", "d", "e"]);
        (await Admin.ListPoisonAsync(Queue, 2, third[^1].Id, None)).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Replayed_Message_Comes_Again_As_One_That_Was_Never_Tried()
    {
        await PoisonAsync("a", "b ☠", "c");
        var second = (await ListAsync())[1];

        (await Admin.ReplayAsync(Queue, second.Id, None)).ShouldBe(PoisonOutcome.Done);

        var message = (await ReceiveAsync()).ShouldHaveSingleItem();
        message.Body.ShouldBe("b ☠");
        message.DequeueCount.ShouldBe(1);
        (await ListAsync()).Select(left => left.Body).ShouldBe(["a", "c"], ignoreOrder: true);
        (await Admin.ReplayAsync(Queue, second.Id, None)).ShouldBe(PoisonOutcome.NotThere);
    }

    [SkippableFact]
    public async Task A_Replayed_Message_Can_Be_Given_Up_And_Replayed_Again()
    {
        await PoisonAsync("a");
        for (var round = 0; round < 3; round++)
        {
            (await Admin.ReplayAsync(Queue, (await ListAsync()).ShouldHaveSingleItem().Id, None))
                .ShouldBe(PoisonOutcome.Done);
            (await Admin.StateAsync(Queue, None)).Poison.ShouldBe(0);
            (await _storage.Receiver.MoveToPoisonAsync((await ReceiveAsync()).ShouldHaveSingleItem(), None))
                .ShouldBeTrue();
        }

        (await ListAsync()).ShouldHaveSingleItem().Body.ShouldBe("a");
    }

    [SkippableFact]
    public async Task A_Deleted_Message_Is_Gone()
    {
        await PoisonAsync("a", "b");
        var first = (await ListAsync())[0];

        (await Admin.DeletePoisonAsync(Queue, first.Id, None)).ShouldBe(PoisonOutcome.Done);
        (await Admin.DeletePoisonAsync(Queue, first.Id, None)).ShouldBe(PoisonOutcome.NotThere);

        (await ListAsync()).ShouldHaveSingleItem().Body.ShouldBe("b");
        (await ReceiveAsync()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Those_That_Are_Meant_Are_Deleted_Wherever_They_Stand()
    {
        var bodies = Enumerable.Range(0, 70).Select(i => $"{i:D2}").ToArray();
        await PoisonAsync(bodies);

        (await Admin.DeletePoisonAsync(Queue, body => body[1] == '9', None)).ShouldBe((7, false));

        (await Admin.StateAsync(Queue, None)).Poison.ShouldBe(63);
        (await Admin.DeletePoisonAsync(Queue, body => body[1] == '9', None)).ShouldBe((0, false));
        (await Admin.ReplayManyAsync(Queue, 1000, None)).ShouldBe(63);
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("7b1c9a40-9c5e-4f0e-9e1d-2f6f1d1b2c3d")]
    public async Task An_Id_That_No_Message_Has_Is_Not_There(string id)
    {
        await PoisonAsync("a");

        (await Admin.ReplayAsync(Queue, id, None)).ShouldBe(PoisonOutcome.NotThere);
        (await Admin.DeletePoisonAsync(Queue, id, None)).ShouldBe(PoisonOutcome.NotThere);

        // And whoever looked for it has taken nothing away.
        (await ListAsync()).ShouldHaveSingleItem();
    }

    [SkippableFact]
    public async Task More_Than_Are_Shown_At_Once_Are_Found_And_All_Replayed()
    {
        var bodies = Enumerable.Range(0, 70).Select(i => $"{i:D2}").ToArray();
        await PoisonAsync(bodies);
        (await Admin.StateAsync(Queue, None)).Poison.ShouldBe(70);

        // The first that are shown are dealt with, one by one: that brings up the others.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (await ListAsync() is { Count: > 0 } some && seen.Count < 3)
        {
            seen.Add(some[^1].Body).ShouldBeTrue();
            (await Admin.DeletePoisonAsync(Queue, some[^1].Id, None)).ShouldBe(PoisonOutcome.Done);
        }

        (await Admin.ReplayManyAsync(Queue, 40, None)).ShouldBe(40);
        (await Admin.StateAsync(Queue, None)).Poison.ShouldBe(27);
        (await Admin.ReplayManyAsync(Queue, 1000, None)).ShouldBe(27);
        (await Admin.ReplayManyAsync(Queue, 1000, None)).ShouldBe(0);

        var received = new List<string>();
        while (await ReceiveAsync() is { Count: > 0 } some)
        {
            received.AddRange(some.Select(message => message.Body));
        }

        received.ShouldBe(bodies.Except(seen), ignoreOrder: true);
    }

    [SkippableFact]
    public async Task Two_Who_Replay_At_Once_Give_Each_Message_Back_Once()
    {
        await PoisonAsync([.. Enumerable.Range(0, 20).Select(i => $"{i:D2}")]);
        var ids = (await ListAsync()).Select(message => message.Id).ToList();

        var outcomes = await Task.WhenAll(ids.Concat(ids).Select(id => Task.Run(async () =>
        {
            // One who meets the other tries again.
            PoisonOutcome outcome;
            while ((outcome = await Admin.ReplayAsync(Queue, id, None)) == PoisonOutcome.Busy)
            {
                await Task.Delay(Random.Shared.Next(50));
            }

            return outcome;
        })));

        outcomes.Count(outcome => outcome == PoisonOutcome.Done).ShouldBe(20);
        var received = new List<string>();
        while (await ReceiveAsync() is { Count: > 0 } some)
        {
            received.AddRange(some.Select(message => message.Body));
        }

        received.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, 20).Select(i => $"{i:D2}"));
    }

    [SkippableFact]
    public async Task The_Front_Of_The_Queue_Tells_How_Long_It_Waits()
    {
        var before = DateTimeOffset.UtcNow.AddSeconds(-2);
        (await Admin.StateAsync(Queue, None)).ShouldBe(new QueueState(0, null));

        await _storage.Queue.SendAsync(Queue, "a", null, None);
        await _storage.Queue.SendAsync(Queue, "b", null, None);

        (await Admin.StateAsync(Queue, None)).OldestSince.ShouldNotBeNull()
            .ShouldBeInRange(before, DateTimeOffset.UtcNow.AddSeconds(2));
        foreach (var message in await ReceiveAsync())
        {
            await _storage.Receiver.DeleteAsync(message, None);
        }

        (await Admin.StateAsync(Queue, None)).OldestSince.ShouldBeNull();
    }

    [SkippableFact]
    public async Task All_Messages_Of_A_Queue_Are_Counted_Also_Those_That_Are_Hidden()
    {
        (await Admin.CountAsync(Queue, None)).ShouldBe(0);
        await PoisonAsync("set aside");
        await _storage.Queue.SendAsync(Queue, "a", null, None);
        await _storage.Queue.SendAsync(Queue, "b", Minute, None);
        (await ReceiveAsync()).ShouldHaveSingleItem();

        (await Admin.CountAsync(Queue, None)).ShouldBe(2);
    }

    [SkippableFact]
    public async Task A_Queue_That_Is_Not_There_Is_A_Mistake_Of_The_Caller() =>
        await Should.ThrowAsync<ArgumentException>(
            async () => await Admin.ListPoisonAsync("no-such-queue", 1, null, None));

    private async Task PoisonAsync(params string[] bodies)
    {
        foreach (var body in bodies)
        {
            await _storage.Queue.SendAsync(Queue, body, null, None);
            (await _storage.Receiver.MoveToPoisonAsync(
                (await _storage.Receiver.ReceiveAsync(Queue, 1, Minute, None)).ShouldHaveSingleItem(),
                None)).ShouldBeTrue();
        }
    }

    private ValueTask<IReadOnlyList<PoisonMessage>> ListAsync() => Admin.ListPoisonAsync(Queue, 500, null, None);

    private ValueTask<IReadOnlyList<QueueMessage>> ReceiveAsync() =>
        _storage.Receiver.ReceiveAsync(Queue, 32, Minute, None);
}
