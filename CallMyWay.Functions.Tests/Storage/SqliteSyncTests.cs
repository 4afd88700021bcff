using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Sqlite;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>Who waits for the disk to have what was committed: a sync that stands at a door, or fails.</summary>
public sealed class SqliteSyncTests : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly LogCapture _log = new();
    private readonly string _folder = TestFolder.Create("callmyway-sync-");
    private readonly ManualResetEventSlim _door = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SqliteDatabase _database;
    private readonly SqliteQueue _queue;
    private int _syncs;

    public SqliteSyncTests()
    {
        _database = Open();
        _queue = new SqliteQueue(_database);
    }

    public async ValueTask DisposeAsync()
    {
        _door.Set();
        await _database.DisposeAsync();
        _door.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_Needs_No_Sync_Does_Not_Wait_For_One()
    {
        CloseDoor();
        var send = SendAsync();
        await _reached.Task.WaitAsync(Minute);

        var message = (await _queue.ReceiveAsync("things", 1, Minute, None)).Single();
        (await _database.Writer.WriteAsync(WriteLane.Repeatable, _ => 7).WaitAsync(Minute)).ShouldBe(7);
        (await _queue.DeleteAsync(message, None)).ShouldBeTrue();
        send.IsCompleted.ShouldBeFalse();

        _door.Set();
        await send.WaitAsync(Minute);
    }

    [Theory]
    [InlineData((int)WriteLane.Sends)]
    [InlineData((int)WriteLane.Rows)]
    public async Task What_Comes_During_A_Sync_Shares_The_Next(int lane)
    {
        CloseDoor();
        var first = SendAsync();
        await _reached.Task.WaitAsync(Minute);
        var others = Enumerable.Range(0, 20).Select(i => _database.Writer.WriteAsync((WriteLane)lane, _ => i)).ToList();
        await Task.Delay(50);
        others.ShouldAllBe(other => !other.IsCompleted);

        _door.Set();
        await first.WaitAsync(Minute);
        (await Task.WhenAll(others).WaitAsync(Minute)).ShouldBe(Enumerable.Range(0, 20));
        _syncs.ShouldBe(2);
    }

    [Fact]
    public async Task A_Failed_Sync_Fails_What_Waited_For_It_And_Is_Told_Once()
    {
        var run = _database.Syncs.Run;
        _database.Syncs.Run = () => throw new IOException("The disk is gone.");
        for (var i = 0; i < 3; i++)
        {
            (await Should.ThrowAsync<StorageException>(SendAsync)).Message.ShouldContain("The disk is gone.");
        }

        _database.Syncs.Run = run;
        await SendAsync();
        _log.Entries(LogLevel.Error).Count(entry => entry.Contains("disk", StringComparison.Ordinal)).ShouldBe(1);

        // Those that failed may be there: whoever sent them sends them again.
        (await _queue.ReceiveAsync("things", 10, Minute, None)).Count.ShouldBeInRange(1, 4);
    }

    [Fact]
    public async Task What_A_Failed_Sync_Left_In_The_Log_Is_In_The_File_Before_Another_Is_Told_That_It_Is_Stored()
    {
        var run = _database.Syncs.Run;
        _database.Syncs.Run = () => throw new IOException("The disk is gone.");
        await Should.ThrowAsync<StorageException>(SendAsync);
        _database.Syncs.Run = run;
        (await MessagesInFileAsync()).ShouldBe(0);
        await SendAsync();

        (await MessagesInFileAsync()).ShouldBe(1);
        (await _queue.ReceiveAsync("things", 10, Minute, None)).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_Close_Waits_For_The_Sync_And_For_What_Comes_Behind_It(int behind)
    {
        CloseDoor();
        var first = SendAsync();
        await _reached.Task.WaitAsync(Minute);
        var others = Enumerable.Range(0, behind).Select(_ => SendAsync()).ToList();
        await Task.Delay(50);
        var closed = _database.DisposeAsync().AsTask();
        await Task.Delay(50);
        closed.IsCompleted.ShouldBeFalse();

        _door.Set();
        await Task.WhenAll([first, closed, .. others]).WaitAsync(Minute);
        await using var again = Open();
        (await new SqliteQueue(again).ReceiveAsync("things", 10, Minute, None)).Count.ShouldBe(1 + behind);
    }

    private SqliteDatabase Open() => SqliteDatabase.Open(_folder, null, ["rows"], ["things"], _log);

    /// <summary>How many there would be if a power cut took all of the log.</summary>
    private async Task<long> MessagesInFileAsync()
    {
        var folder = TestFolder.Create("callmyway-sync-");
        await using (var from = new FileStream(
            Path.Combine(_folder, SqliteDatabase.FileName), FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        await using (var to = File.Create(Path.Combine(folder, SqliteDatabase.FileName)))
        {
            await from.CopyToAsync(to);
        }

        long count;
        using (var session = SqliteSession.Open(Path.Combine(folder, SqliteDatabase.FileName), 1024))
        {
            count = session.Scalar("SELECT count(*) FROM queue_things");
        }

        Directory.Delete(folder, recursive: true);
        return count;
    }

    private Task SendAsync() => _queue.SendAsync("things", "x", null, None).AsTask();

    /// <summary>The first sync from now on stands there until it is opened.</summary>
    private void CloseDoor()
    {
        var run = _database.Syncs.Run;
        _database.Syncs.Run = () =>
        {
            Interlocked.Increment(ref _syncs);
            _reached.TrySetResult();
            _door.Wait();
            run();
        };
    }
}
