using System.Collections.Concurrent;
using System.Threading.Channels;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Sqlite;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CallMyWay.Functions.Tests.LocalHost;

public abstract class QueuePumpTests(TestStorage storage)
{
    private protected const string Queue = "pump-tests";

    [SkippableFact]
    public async Task A_Message_That_Always_Fails_Becomes_Poison_After_Five_Tries()
    {
        var work = new Work { Run = (_, _) => throw new InvalidOperationException("on purpose") };
        await using var host = await StartAsync(work);

        await host.Get<IQueue>().SendAsync(Queue, "8888-1234 in the payload", null, default);

        var poisoned = await NextAsync(host, Queue + StorageNames.PoisonSuffix);
        poisoned.Body.ShouldBe("8888-1234 in the payload");
        work.Started.Count.ShouldBe(5);
        host.Log.Entries(LogLevel.Warning).Count(entry => entry.Contains("on purpose", StringComparison.Ordinal))
            .ShouldBe(5);
        host.Log.Entries(LogLevel.Warning)
            .ShouldContain(entry => entry.StartsWith("PumpTests failed, try 5 of 5.", StringComparison.Ordinal));
        host.Log.Entries().ShouldNotContain(entry => entry.Contains("8888-1234", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Where_The_Queues_Are_Off_A_Message_Stays_Where_It_Is()
    {
        var work = new Work { Run = (_, _) => Task.CompletedTask };
        await using var host = await StartAsync(work, settings: ["--Queues:Enabled", "false"]);

        await host.Get<IQueue>().SendAsync(Queue, "an event", null, default);

        (await NextAsync(host, Queue)).Body.ShouldBe("an event");
        work.Started.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Message_That_Ended_The_Process_At_Each_Try_Becomes_Poison_Without_Another()
    {
        var gate = new TaskCompletionSource();
        var work = new Work
        {
            Run = (message, stop) =>
                message == "ends the process"
                    ? throw new InvalidOperationException("run once more")
                    : gate.Task.WaitAsync(stop)
        };
        await using var host = await StartAsync(work, settings: ["--Queues:Parallel", "1"]);
        await host.Get<IQueue>().SendAsync(Queue, "keeps the pump away", null, default);
        await work.HasStarted.Task;

        await host.Get<IQueue>().SendAsync(Queue, "ends the process", null, default);
        for (var tries = 0; tries < 5; tries++)
        {
            await host.Get<IQueueReceiver>().ReleaseAsync(await NextAsync(host, Queue), TimeSpan.Zero, default);
        }

        gate.SetResult();
        (await NextAsync(host, Queue + StorageNames.PoisonSuffix)).Body.ShouldBe("ends the process");
        work.Started.ShouldBe(["keeps the pump away"]);
        host.Log.Entries(LogLevel.Error).ShouldContain(
            entry => entry.StartsWith("PumpTests: a message came back after all 5 tries", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_Message_Stays_Hidden_While_A_Long_Function_Runs()
    {
        var renewal = TimeSpan.FromSeconds(31);
        var clock = new TellingClock(renewal);
        var gate = new TaskCompletionSource();
        var work = new Work { Run = (_, stop) => gate.Task.WaitAsync(stop) };
        await using var host = await StartAsync(
            work, time: clock, settings: ["--Queues:Visibility", (2 * renewal).ToString()]);

        await host.Get<IQueue>().SendAsync(Queue, "long", null, default);
        for (var i = 0; i < 4; i++)
        {
            await clock.WaitsAsync();
            clock.Advance(renewal);
        }

        await clock.WaitsAsync();
        gate.SetResult();
        await host.App.StopAsync();
        work.Started.ShouldBe(["long"]);
        host.Log.Entries(LogLevel.Warning).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Renewal_That_Fails_Is_Tried_Again_Before_The_Message_Is_Visible()
    {
        var (half, tenth) = (TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(8));
        var clock = new TellingClock(half, tenth);
        var gate = new TaskCompletionSource();
        var work = new Work { Run = (_, stop) => gate.Task.WaitAsync(stop) };
        await using var host = await StartAsync(work, time: clock, failures: 2, settings: ["--Queues:Visibility", (2 * half).ToString()]);

        await host.Get<IQueue>().SendAsync(Queue, "long", null, default);
        // Two renewals fail. The third succeeds, and the next is half of the time later again.
        foreach (var wait in new[] { half, tenth, tenth, half })
        {
            (await clock.WaitsAsync()).ShouldBe(wait);
            clock.Advance(wait);
        }

        (await clock.WaitsAsync()).ShouldBe(half);
        gate.SetResult();
        await host.App.StopAsync();
        work.Started.ShouldBe(["long"]);
        host.Log.Entries(LogLevel.Warning).ShouldHaveSingleItem().ShouldContain("could not be kept hidden");
    }

    [SkippableFact]
    public async Task A_Message_That_Fails_Once_Succeeds_At_The_Second_Try()
    {
        var tries = 0;
        var done = new TaskCompletionSource();
        var work = new Work
        {
            Run = (_, _) =>
            {
                if (Interlocked.Increment(ref tries) == 1)
                {
                    throw new InvalidOperationException("on purpose");
                }

                done.SetResult();
                return Task.CompletedTask;
            },
        };
        await using var host = await StartAsync(work);

        await host.Get<IQueue>().SendAsync(Queue, "a", null, default);

        await done.Task;
        tries.ShouldBe(2);
    }

    [SkippableFact]
    public async Task Messages_Are_Processed_Concurrently_Up_To_The_Settings_Limit()
    {
        var most = 0;
        var running = 0;
        var all = new CountdownEvent(40);
        var work = new Work
        {
            Run = async (_, _) =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                await Task.Yield();
                Interlocked.Decrement(ref running);
                all.Signal();
            },
        };
        await using var host = await StartAsync(work, settings: ["--Queues:Parallel", "4"]);

        await Task.WhenAll(
            Enumerable.Range(0, 40).Select(i => host.Get<IQueue>().SendAsync(Queue, $"{i}", null, default).AsTask()));

        (await Task.Run(() => all.Wait(TimeSpan.FromMinutes(2)))).ShouldBeTrue();
        most.ShouldBeInRange(1, 4);
    }

    [SkippableTheory]
    [InlineData(false, 9, 64)]
    // Eight, and one that was handed over just before.
    [InlineData(true, 1, 9)]
    public async Task While_Many_Are_Sent_Few_Messages_Are_Processed_At_Once_So_That_Acks_Come_First(
        bool isStorm, int least, int largest)
    {
        var (most, running) = (0, 0);
        using var all = new CountdownEvent(64);
        var enough = new TaskCompletionSource();
        var work = new Work
        {
            Run = async (message, stop) =>
            {
                if (message == "first")
                {
                    return;
                }

                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                if (now >= least)
                {
                    enough.TrySetResult();
                }

                // On a busy machine the next may start late, but there are still as many at once.
                await enough.Task.WaitAsync(TimeSpan.FromSeconds(30), stop);
                await Task.Delay(20, stop);
                Interlocked.Decrement(ref running);
                all.Signal();
            },
        };
        await using var host = await StartAsync(work);
        using var end = new CancellationTokenSource();
        var sends = host.Get<SendRate>();
        // On its own thread: the pool's threads may all be busy, and the sending must not pause.
        var storm = isStorm ? Task.Factory.StartNew(
            () => Count(sends, end.Token),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default) : Task.CompletedTask;
        SpinWait.SpinUntil(() => sends.IsHigh == isStorm);
        // The pump may have asked for a full batch before the storm began. After it has taken this message, which is
        // not counted, it asks for small ones.
        await host.Get<IQueue>().SendAsync(Queue, "first", null, default);
        await work.HasStarted.Task;

        // All at once they would be a storm by themselves.
        foreach (var some in Enumerable.Range(0, 64).Chunk(32))
        {
            await Task.WhenAll(some.Select(i => host.Get<IQueue>().SendAsync(Queue, $"{i}", null, default).AsTask()));
            await Task.Delay(200);
        }

        (await Task.Run(() => all.Wait(TimeSpan.FromMinutes(2)))).ShouldBeTrue();
        await end.CancelAsync();
        await storm;
        most.ShouldBeInRange(least, largest);

        static void Count(SendRate sends, CancellationToken end)
        {
            while (!end.IsCancellationRequested)
            {
                for (var i = 0; i < 100; i++)
                {
                    sends.Count();
                }

                Thread.Sleep(5);
            }
        }
    }

    [SkippableFact]
    public async Task A_Stop_Lets_Running_Functions_Finish_And_Leaves_Other_Messages_For_The_Next_Start()
    {
        var folder = Directory.CreateTempSubdirectory("callmyway-pump-").FullName;
        var gate = new TaskCompletionSource();
        var first = new Work { Run = (_, _) => gate.Task };
        var host = await StartAsync(first, folder);
        await Task.WhenAll(
            Enumerable.Range(0, 100).Select(i => host.Get<IQueue>().SendAsync(Queue, $"{i}", null, default).AsTask()));
        await first.HasStarted.Task;

        var stopping = host.App.StopAsync();
        gate.SetResult();
        await stopping;
        await host.DisposeAsync();
        var finished = first.Finished.ToArray();
        finished.ShouldBe(first.Started, ignoreOrder: true);

        await ShouldDoTheRestAsync(folder, finished);
    }

    [SkippableFact]
    public async Task While_Something_Else_Takes_The_Whole_Time_Of_A_Stop_No_Message_Is_Taken_And_Those_In_Work_Finish()
    {
        var gate = new TaskCompletionSource();
        var work = new Work { Run = (_, stop) => gate.Task.WaitAsync(stop) };
        var timer = new TaskCompletionSource();
        await using var host = await StartAsync(
            work, timer: timer, services: services => services.Configure<HostOptions>(
                host => host.ShutdownTimeout = TimeSpan.FromSeconds(4)));
        await host.Get<IQueue>().SendAsync(Queue, "in work", null, default);
        await work.HasStarted.Task;
        await timer.Task;

        var stopping = host.App.StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(0.5));
        await host.Get<IQueue>().SendAsync(Queue, "late", null, default);
        await Task.Delay(TimeSpan.FromSeconds(0.5));
        gate.SetResult();
        await stopping;

        work.Started.ShouldBe(["in work"]);
        work.Finished.ShouldBe(["in work"]);
    }

    [SkippableFact]
    public async Task A_Function_That_Does_Not_Finish_In_Time_Is_Repeated_After_The_Next_Start()
    {
        var folder = Directory.CreateTempSubdirectory("callmyway-pump-").FullName;
        var first = new Work { Run = (_, stop) => Task.Delay(Timeout.Infinite, stop) };
        var host = await StartAsync(first, folder);
        await Task.WhenAll(
            Enumerable.Range(0, 10).Select(i => host.Get<IQueue>().SendAsync(Queue, $"{i}", null, default).AsTask()));
        await first.HasStarted.Task;

        // The time to stop is over at once.
        await host.App.StopAsync(new CancellationToken(canceled: true)).ContinueWith(_ => { }, TaskScheduler.Default);
        await host.DisposeAsync();
        first.Finished.ShouldBeEmpty();

        await ShouldDoTheRestAsync(folder, []);
    }

    private async Task ShouldDoTheRestAsync(string folder, string[] finished)
    {
        var total = finished.Length == 0 ? 10 : 100;
        var left = new CountdownEvent(total - finished.Length);
        var second = new Work
        {
            Run = (_, _) =>
            {
                left.Signal();
                return Task.CompletedTask;
            },
        };
        await using (await StartAsync(second, folder))
        {
            (await Task.Run(() => left.Wait(TimeSpan.FromMinutes(2)))).ShouldBeTrue();
        }

        finished.Concat(second.Finished).ShouldBe(Enumerable.Range(0, total).Select(i => $"{i}"), ignoreOrder: true);
        Directory.Delete(folder, recursive: true);
    }

    private protected Task<TestHost> StartAsync(
        Work work,
        string? folder = null,
        TimeProvider? time = null,
        int failures = 0,
        TaskCompletionSource? timer = null,
        Action<IServiceCollection>? services = null,
        params string[] settings) => TestHost.StartAsync(storage, new()
        {
            DataPath = folder,
            Time = time,
            Settings = ["--Queues:RetryDelay", "00:00:00", .. settings],
            Functions = timer is null ? [typeof(PumpFunction)] : [typeof(PumpFunction), typeof(HoldingTimer)],
            Services = added =>
            {
                added.AddSingleton(work);
                if (timer is not null)
                {
                    added.AddSingleton(timer);
                }

                if (failures > 0)
                {
                    var receiver = added.Last(service => service.ServiceType == typeof(IQueueReceiver));
                    added.AddSingleton<IQueueReceiver>(provider => new ForgetfulReceiver(
                        (IQueueReceiver)receiver.ImplementationFactory!(provider), failures));
                }

                services?.Invoke(added);
            },
        });

    private static async Task<QueueMessage> NextAsync(TestHost host, string queue)
    {
        var receiver = host.Get<IQueueReceiver>();
        while (true)
        {
            if (await receiver.ReceiveAsync(queue, 1, TimeSpan.FromMinutes(1), default) is [var message, ..])
            {
                return message;
            }

            if (await receiver.WaitAsync(
                queue, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1), default) is { } handed)
            {
                return handed;
            }
        }
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }

    /// <summary>Tells when somebody waits for exactly so long.</summary>
    private sealed class TellingClock(params TimeSpan[] told) : FakeTimeProvider(DateTimeOffset.UtcNow)
    {
        private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

        public async Task<TimeSpan> WaitsAsync() =>
            await _waits.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (told.Contains(dueTime))
            {
                _waits.Writer.TryWrite(dueTime);
            }

            return timer;
        }
    }

    /// <summary>A storage whose first renewals fail.</summary>
    private sealed class ForgetfulReceiver(IQueueReceiver receiver, int failures) : IQueueReceiver
    {
        private int _left = failures;

        public ValueTask<IReadOnlyList<QueueMessage>> ReceiveAsync(
            string queue, int max, TimeSpan visibility, CancellationToken cancellationToken) =>
            receiver.ReceiveAsync(queue, max, visibility, cancellationToken);

        public ValueTask<QueueMessage?> RenewAsync(
            QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken) =>
            message.Queue == Queue && Interlocked.Decrement(ref _left) >= 0
                ? throw new StorageException("on purpose")
                : receiver.RenewAsync(message, visibility, cancellationToken);

        public ValueTask<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken) =>
            receiver.DeleteAsync(message, cancellationToken);

        public ValueTask<bool> ReleaseAsync(
            QueueMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
            receiver.ReleaseAsync(message, delay, cancellationToken);

        public ValueTask<bool> MoveToPoisonAsync(QueueMessage message, CancellationToken cancellationToken) =>
            receiver.MoveToPoisonAsync(message, cancellationToken);

        public ValueTask<QueueMessage?> WaitAsync(
            string queue, TimeSpan visibility, TimeSpan atMost, CancellationToken cancellationToken) =>
            receiver.WaitAsync(queue, visibility, atMost, cancellationToken);
    }

    public sealed class Work
    {
        public required Func<string, CancellationToken, Task> Run { get; init; }

        public ConcurrentQueue<string> Started { get; } = new();

        public ConcurrentQueue<string> Finished { get; } = new();

        public TaskCompletionSource HasStarted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>A timer function that takes all the time that a stop gives it.</summary>
    public sealed class HoldingTimer(TaskCompletionSource started)
    {
        [Function("HoldingTimer")]
        public Task Run(
            [TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellationToken)
        {
            started.TrySetResult();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }

    public sealed class PumpFunction(Work work)
    {
        [Function("PumpTests")]
        public async Task Run([QueueTrigger(Queue)] string message, CancellationToken cancellationToken)
        {
            work.Started.Enqueue(message);
            work.HasStarted.TrySetResult();
            await work.Run(message, cancellationToken);
            work.Finished.Enqueue(message);
        }
    }
}

public sealed class QueuePumpTestsOnSqlite() : QueuePumpTests(TestStorage.Sqlite)
{
    [Fact]
    public async Task A_Stop_Uses_Up_No_Try()
    {
        var folder = TestFolder.Create("callmyway-pump-");
        var first = new Work { Run = (_, stop) => Task.Delay(Timeout.Infinite, stop) };
        var host = await StartAsync(first, folder, settings: ["--Queues:MaxTries", "1"]);
        await host.Get<IQueue>().SendAsync(Queue, "x", null, default);
        await first.HasStarted.Task;
        await host.App.StopAsync(new CancellationToken(canceled: true)).ContinueWith(_ => { }, TaskScheduler.Default);
        await host.DisposeAsync();

        var second = new Work { Run = (_, _) => Task.CompletedTask };
        await using (var next = await StartAsync(second, folder, settings: ["--Queues:MaxTries", "1"]))
        {
            var admin = next.Get<IQueueAdmin>();
            await Eventually.TrueAsync(async () => await admin.CountAsync(Queue, default) == 0);
            (await admin.CountAsync(Queue + StorageNames.PoisonSuffix, default)).ShouldBe(0);
        }

        second.Finished.ShouldBe(["x"]);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Of_A_Message_That_Was_Handed_Over_And_Never_Stored_The_Log_Does_Not_Say_That_Another_Has_It()
    {
        var work = new Work { Run = (_, _) => Task.CompletedTask };
        await using var host = await StartAsync(work);
        var writer = host.Get<SqliteDatabase>().Writer;
        // A deferred constraint is checked by COMMIT, which then refuses as it would on a full disk.
        await writer.WriteAsync(WriteLane.Rows, writer =>
        {
            writer.Session.Execute("CREATE TABLE child_of (id INTEGER REFERENCES parent_of (id) DEFERRABLE INITIALLY DEFERRED); CREATE TABLE parent_of (id INTEGER PRIMARY KEY);");
            return true;
        });

        // It is handed over where the pump is waiting just then.
        await Eventually.TrueAsync(async () =>
        {
            using var door = new ManualResetEventSlim();
            var held = writer.WriteAsync(WriteLane.Sends, writer =>
            {
                door.Wait();
                writer.Session.Execute("INSERT INTO child_of VALUES (1)");
                return true;
            });
            var send = host.Get<IQueue>().SendAsync(Queue, "lost", null, default).AsTask();
            door.Set();
            await Should.ThrowAsync<SqliteStorageException>(() => held);
            await send.ContinueWith(_ => { }, TaskScheduler.Default);
            return !work.Finished.IsEmpty && host.Log.Entries(LogLevel.Warning).Any(
                entry => entry.Contains("another has it and tries it again, or it was never stored", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task A_Message_On_Its_Last_Try_Stays_With_Its_Function_While_The_Disk_Hangs()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var gate = new TaskCompletionSource();
        var work = new Work { Run = (_, stop) => gate.Task.WaitAsync(stop) };
        await using var host = await StartAsync(work, time: clock, settings: ["--Queues:MaxTries", "1"]);
        await host.Get<IQueue>().SendAsync(Queue, "long", null, default);
        await work.HasStarted.Task;
        using var disk = new ManualResetEventSlim();
        var hang = host.Get<SqliteDatabase>().Writer.WriteAsync(WriteLane.Receipts, _ =>
        {
            disk.Wait();
            return true;
        });

        // The pump claims each second, and renews after half a minute. The real time lets both come to the writer.
        foreach (var seconds in new[] { 2, 30, 45 })
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            await Task.Delay(200);
        }

        disk.Set();
        await hang;
        // The next claim, after the one that had to wait.
        clock.Advance(TimeSpan.FromSeconds(2));
        await Task.Delay(200);
        gate.SetResult();
        await Eventually.TrueAsync(async () => await host.Get<IQueueAdmin>().CountAsync(Queue, default) == 0);

        work.Started.ShouldBe(["long"]);
        (await host.Get<IQueueAdmin>().CountAsync(Queue + StorageNames.PoisonSuffix, default)).ShouldBe(0);
        host.Log.Entries(LogLevel.Warning).ShouldNotContain(
            entry => entry.Contains("PumpTests", StringComparison.Ordinal));
    }
}

public sealed class QueuePumpTestsOnAzurite() : QueuePumpTests(TestStorage.AzuriteInTheLongRun);
