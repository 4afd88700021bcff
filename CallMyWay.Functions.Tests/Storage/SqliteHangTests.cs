using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>
/// Who has a message while the disk hangs for longer than a message stays hidden. A hang is a write that lets the time
/// pass on the writer's thread, among others that were taken while the writer stood at a door.
/// </summary>
public sealed class SqliteHangTests : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(75);

    private readonly string _folder = TestFolder.Create("callmyway-hang-");
    private readonly MachineClock _time = new(DateTimeOffset.UtcNow);
    private readonly SqliteStorageUnderTest _storage;

    public SqliteHangTests() => _storage = new SqliteStorageUnderTest(_time, _folder);

    public async ValueTask DisposeAsync()
    {
        await _storage.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_Claim_That_Comes_Before_A_Renewal_Leaves_The_Message_To_Its_Holder()
    {
        var message = await SentAndReceivedAsync();
        Task<IReadOnlyList<QueueMessage>> claim;
        Task<QueueMessage?> renewal;
        using (await CloseDoorAsync())
        {
            Hang();
            claim = ReceiveAsync();
            renewal = RenewAsync(message);
        }

        (await claim).ShouldBeEmpty();
        (await renewal).ShouldNotBeNull();
        (await _storage.Receiver.DeleteAsync(message, None)).ShouldBeTrue();
        await ShouldBeEmptyAsync();
    }

    [Fact]
    public async Task A_Claim_In_Vain_Counts_As_No_Try()
    {
        var message = await SentAndReceivedAsync();
        Task renewal;
        using (await CloseDoorAsync())
        {
            Hang();
            _ = ReceiveAsync();
            renewal = RenewAsync(message);
        }

        await renewal;
        (await _storage.Receiver.ReleaseAsync(message, TimeSpan.Zero, None)).ShouldBeTrue();
        (await ReceiveAsync()).Single().DequeueCount.ShouldBe(2);
    }

    [Fact]
    public async Task A_Claim_Whose_Own_Commit_Hangs_Lasts_From_Its_Answer_On()
    {
        await SendAsync();
        Task<IReadOnlyList<QueueMessage>> claim;
        using (await CloseDoorAsync())
        {
            claim = ReceiveAsync();
            Hang();
        }

        var message = (await claim).Single();
        (await ReceiveAsync()).ShouldBeEmpty();
        (await _storage.Receiver.DeleteAsync(message, None)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_Renewal_Whose_Own_Commit_Hangs_Lasts_From_Its_Answer_On()
    {
        var message = await SentAndReceivedAsync();
        Task<QueueMessage?> renewal;
        using (await CloseDoorAsync())
        {
            renewal = RenewAsync(message);
            Hang();
        }

        (await renewal).ShouldNotBeNull();
        (await ReceiveAsync()).ShouldBeEmpty();
        (await _storage.Receiver.DeleteAsync(message, None)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_Renewal_That_Waited_For_Its_Turn_Lasts_As_Long_As_It_Should()
    {
        var message = await SentAndReceivedAsync();
        Task<QueueMessage?> renewal;
        using (await CloseDoorAsync())
        {
            Hang();
            renewal = RenewAsync(message);
        }

        (await renewal).ShouldNotBeNull();
        _time.Advance(Minute - TimeSpan.FromSeconds(1));
        (await DueAsync()).ShouldBeGreaterThan(_storage.Database.Clock.Now);
    }

    [Fact]
    public async Task A_Message_Whose_Send_Hangs_Stays_With_The_One_It_Was_Handed_To()
    {
        (await ReceiveAsync()).ShouldBeEmpty();
        var waiting = _storage.Receiver.WaitAsync(_storage.QueueName, Minute, TimeSpan.FromHours(1), None).AsTask();
        Task send;
        using (await CloseDoorAsync(WriteLane.Sends))
        {
            send = SendAsync();
            Hang(WriteLane.Sends);
        }

        await send;
        var message = (await waiting).ShouldNotBeNull();
        (await ReceiveAsync()).ShouldBeEmpty();
        (await _storage.Receiver.DeleteAsync(message, None)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_Message_That_Is_Done_With_Is_Not_Claimed_Before_It_Is_Deleted()
    {
        var message = await SentAndReceivedAsync();
        Task<IReadOnlyList<QueueMessage>> claim;
        Task<bool> deletion;
        using (await CloseDoorAsync())
        {
            Hang();
            claim = ReceiveAsync();
            deletion = _storage.Receiver.DeleteAsync(message, None).AsTask();
        }

        (await claim).ShouldBeEmpty();
        (await deletion).ShouldBeTrue();
        await ShouldBeEmptyAsync();
    }

    [Fact]
    public async Task A_Released_Message_Can_Be_Claimed_In_The_Same_Group()
    {
        var message = await SentAndReceivedAsync();
        Task<IReadOnlyList<QueueMessage>> claim;
        Task<bool> release;
        using (await CloseDoorAsync())
        {
            release = _storage.Receiver.ReleaseAsync(message, TimeSpan.Zero, None).AsTask();
            claim = ReceiveAsync();
        }

        (await release).ShouldBeTrue();
        var again = (await claim).Single();
        again.DequeueCount.ShouldBe(2);
        (await _storage.Receiver.DeleteAsync(again, None)).ShouldBeTrue();
    }

    [Fact]
    public async Task Others_Are_Claimed_While_One_Is_Left_To_Its_Holder()
    {
        var message = await SentAndReceivedAsync();
        await _storage.Queue.SendAsync(_storage.QueueName, "another", null, None);
        Task<IReadOnlyList<QueueMessage>> claim;
        Task renewal;
        using (await CloseDoorAsync())
        {
            Hang();
            claim = ReceiveAsync();
            renewal = RenewAsync(message);
        }

        await renewal;
        (await claim).Single().Body.ShouldBe("another");
    }

    [SkippableFact]
    public async Task A_Claim_Without_An_Answer_Ends_At_Its_Time()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows lets nobody take an open file away.");
        await SendAsync();
        Directory.Move(_folder, _folder + ".away");
        await Should.ThrowAsync<SqliteStorageException>(ReceiveAsync);
        Directory.Move(_folder + ".away", _folder);

        _time.Advance(Minute);
        (await ReceiveAsync()).Single().Body.ShouldBe("x");
    }

    [Fact]
    public async Task A_Message_That_Nobody_Renews_Comes_Again()
    {
        var message = await SentAndReceivedAsync();
        _time.Advance(Minute + TimeSpan.FromSeconds(1));

        var again = (await ReceiveAsync()).Single();
        again.DequeueCount.ShouldBe(2);
        (await RenewAsync(message)).ShouldBeNull();
        (await _storage.Receiver.DeleteAsync(message, None)).ShouldBeFalse();
        (await _storage.Receiver.DeleteAsync(again, None)).ShouldBeTrue();
    }

    private async Task<QueueMessage> SentAndReceivedAsync()
    {
        await SendAsync();
        return (await ReceiveAsync()).Single();
    }

    private Task SendAsync() => _storage.Queue.SendAsync(_storage.QueueName, "x", null, None).AsTask();

    private Task<IReadOnlyList<QueueMessage>> ReceiveAsync() =>
        _storage.Receiver.ReceiveAsync(_storage.QueueName, 10, Minute, None).AsTask();

    private Task<QueueMessage?> RenewAsync(QueueMessage message) =>
        _storage.Receiver.RenewAsync(message, Minute, None).AsTask();

    private async Task ShouldBeEmptyAsync() =>
        (await _storage.Admin.CountAsync(_storage.QueueName, None)).ShouldBe(0);

    private Task<long> DueAsync() => _storage.Database.Writer.WriteAsync(
        WriteLane.Receipts, writer => writer.Session.Scalar($"SELECT due FROM \"queue_{_storage.QueueName}\""));

    private void Hang(WriteLane lane = WriteLane.Receipts) => _ = _storage.Database.Writer.WriteAsync(lane, _ =>
    {
        _time.Advance(Long);
        return true;
    });

    /// <summary>The writer stands still until the door is open, and then goes on with all that came meanwhile.</summary>
    private async Task<IDisposable> CloseDoorAsync(WriteLane lane = WriteLane.Receipts)
    {
        var door = new Door();
        _ = _storage.Database.Writer.WriteAsync(lane, _ => door.Wait());
        await door.IsReached.WaitAsync(Minute);
        return door;
    }

    private sealed class Door : IDisposable
    {
        private readonly ManualResetEventSlim _open = new();
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsReached => _reached.Task;

        public bool Wait()
        {
            _reached.SetResult();
            _open.Wait();
            return true;
        }

        // Not disposed itself: the writer may still be about to leave it.
        public void Dispose() => _open.Set();
    }
}
