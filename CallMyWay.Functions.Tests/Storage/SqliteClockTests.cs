using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>When messages are delivered if somebody sets the machine's clock.</summary>
public sealed class SqliteClockTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("callmyway-clock-").FullName;
    private readonly MachineClock _time = new(DateTimeOffset.UtcNow);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(-9000)]
    public async Task A_Message_Is_Delivered_In_Time_Even_If_The_Clock_Is_Set_By_Days(int days)
    {
        await using var storage = Open();
        await storage.Queue.SendAsync(storage.QueueName, "at once", null, None);
        await storage.Queue.SendAsync(storage.QueueName, "in two minutes", 2 * Minute, None);
        SetClock(days);
        (await BodiesAsync(storage)).ShouldBe(["at once"]);

        // A message in progress stays hidden for exactly its visibility time-out.
        (await BodiesAsync(storage)).ShouldBeEmpty();
        _time.Advance(TimeSpan.FromSeconds(59));
        (await BodiesAsync(storage)).ShouldBeEmpty();
        _time.Advance(TimeSpan.FromSeconds(1));
        (await BodiesAsync(storage)).ShouldBe(["at once"]);
        _time.Advance(Minute);
        (await BodiesAsync(storage)).ShouldBe(["at once", "in two minutes"], ignoreOrder: true);
    }

    [Fact]
    public async Task After_A_Restart_On_A_Clock_That_Was_Set_Back_Nothing_Waits_Longer_Than_Its_Delay()
    {
        await using (var storage = Open())
        {
            foreach (var body in new[] { "in work", "released", "sent" })
            {
                await storage.Queue.SendAsync(storage.QueueName, body, null, None);
                if (body != "sent")
                {
                    var message = (await storage.Receiver.ReceiveAsync(
                        storage.QueueName, 1, TimeSpan.FromHours(1), None)).Single();
                    _ = body == "released" && await storage.Receiver.ReleaseAsync(message, 3 * Minute, None);
                }
            }

            await storage.Queue.SendAsync(storage.QueueName, "delayed", 2 * Minute, None);
        }

        SetClock(days: -1);
        await using var next = Open();
        (await BodiesAsync(next)).ShouldBe(["in work", "sent"], ignoreOrder: true);
        _time.Advance(TimeSpan.FromSeconds(119));
        (await BodiesAsync(next)).ShouldNotContain("delayed");
        _time.Advance(TimeSpan.FromSeconds(1));
        (await BodiesAsync(next)).ShouldContain("delayed");
        _time.Advance(Minute);
        (await BodiesAsync(next)).ShouldContain("released");
    }

    [Fact]
    public async Task After_A_Clock_That_Was_Ahead_Is_Corrected_No_Message_Is_Held_Back()
    {
        SetClock(days: 365);
        await using (var ahead = Open())
        {
            await ahead.Queue.SendAsync(ahead.QueueName, "sent while it was ahead", null, None);
            await ahead.Queue.SendAsync(ahead.QueueName, "delayed then", Minute, None);
        }

        SetClock(days: -365);
        await using var storage = Open();
        (await BodiesAsync(storage)).ShouldBe(["sent while it was ahead"]);
        _time.Advance(Minute);
        (await BodiesAsync(storage)).ShouldContain("delayed then");
    }

    [Fact]
    public async Task A_Receiver_That_Waits_For_A_Delayed_Message_Is_Woken_In_Time_Although_The_Clock_Is_Set_Back()
    {
        await using var storage = Open();
        await storage.Queue.SendAsync(storage.QueueName, "delayed", Minute, None);
        (await BodiesAsync(storage)).ShouldBeEmpty();
        SetClock(days: -1);
        var waiting = storage.Receiver.WaitAsync(storage.QueueName, Minute, TimeSpan.FromHours(1), None).AsTask();

        _time.Advance(Minute + TimeSpan.FromMilliseconds(1));

        (await waiting.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeNull();
        (await BodiesAsync(storage)).ShouldBe(["delayed"]);
    }

    [Fact]
    public async Task The_Age_Of_A_Queue_Is_The_Elapsed_Time_And_Never_Negative()
    {
        await using var storage = Open();
        await storage.Queue.SendAsync(storage.QueueName, "x", null, None);
        SetClock(days: -1);
        _time.Advance(5 * Minute);

        var since = (await storage.Admin.StateAsync(storage.QueueName, None)).OldestSince.ShouldNotBeNull();
        (_time.GetUtcNow() - since).ShouldBe(5 * Minute);
    }

    [Fact]
    public async Task Messages_In_A_File_Of_An_Older_Release_Are_Delivered()
    {
        await using (var storage = Open())
        {
            await storage.Queue.SendAsync(storage.QueueName, "old", null, None);
            await storage.Database.Writer.WriteAsync(WriteLane.Rows, writer =>
            {
                writer.Session.Execute($"ALTER TABLE \"queue_{storage.QueueName}\" DROP COLUMN delay");
                return true;
            });
        }

        SetClock(days: -1);
        await using var next = Open();
        (await BodiesAsync(next)).ShouldBe(["old"]);
    }

    private void SetClock(int days) => _time.SetBy(TimeSpan.FromDays(days));

    private SqliteStorageUnderTest Open() => new(_time, _folder);

    private static async Task<IEnumerable<string>> BodiesAsync(SqliteStorageUnderTest storage) =>
        (await storage.Receiver.ReceiveAsync(storage.QueueName, 100, Minute, None)).Select(message => message.Body);
}
