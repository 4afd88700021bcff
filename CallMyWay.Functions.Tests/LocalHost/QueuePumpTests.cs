using System.Collections.Concurrent;
using System.Threading.Channels;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Sqlite;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CallMyWay.Functions.Tests.LocalHost;

public abstract class QueuePumpTests(TestStorage storage)
{
    private const string Queue = "pump-tests";

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

    private Task<TestHost> StartAsync(Work work, string? folder = null, TimeProvider? time = null, params string[] settings) => TestHost.StartAsync(storage, new()
    {
        DataPath = folder,
        Time = time,
        Settings = ["--Queues:RetryDelay", "00:00:00", .. settings],
        Functions = [typeof(PumpFunction)],
        Services = services => services.AddSingleton(work),
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

    /// <summary>Signals when somebody waits for exactly this long.</summary>
    private sealed class TellingClock(TimeSpan wait) : FakeTimeProvider(DateTimeOffset.UtcNow)
    {
        private readonly Channel<bool> _waits = Channel.CreateUnbounded<bool>();

        public async Task WaitsAsync() => await _waits.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == wait)
            {
                _waits.Writer.TryWrite(true);
            }

            return timer;
        }
    }

    public sealed class Work
    {
        public required Func<string, CancellationToken, Task> Run { get; init; }

        public ConcurrentQueue<string> Started { get; } = new();

        public ConcurrentQueue<string> Finished { get; } = new();

        public TaskCompletionSource HasStarted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
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

public sealed class QueuePumpTestsOnSqlite() : QueuePumpTests(TestStorage.Sqlite);

public sealed class QueuePumpTestsOnAzurite() : QueuePumpTests(TestStorage.AzuriteInTheLongRun);
