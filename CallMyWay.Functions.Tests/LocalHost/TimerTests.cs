using System.Threading.Channels;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Functions;
using CallMyWay.LocalHost.Sqlite;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallMyWay.Functions.Tests.LocalHost;

public sealed class TimerTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 30, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("callmyway-timers-").FullName;

    private readonly WaitingClock _time = new(Noon);

    private SqliteDatabase _database = null!;

    public Task InitializeAsync()
    {
        _database = SqliteDatabase.Open(_folder, TimeProvider.System, [TimerRunner.Table], []);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_Timer_Runs_At_Its_Times_And_Knows_Its_Last_And_Next()
    {
        await using var timers = await StartAsync<EveryFiveMinutes>();
        await _time.WaitingAsync();
        _time.Advance(TimeSpan.FromMinutes(4.5));
        var first = await timers.NextAsync();
        first.At.ShouldBe(new DateTime(2026, 3, 1, 12, 5, 0));
        first.Info.IsPastDue.ShouldBeFalse();
        first.Info.ScheduleStatus!.Last.ShouldBe(default);
        first.Info.ScheduleStatus.Next.ShouldBe(new DateTime(2026, 3, 1, 12, 5, 0));

        await _time.WaitingAsync();
        _time.Advance(TimeSpan.FromMinutes(5));
        var second = await timers.NextAsync();
        second.Info.ScheduleStatus!.Last.ShouldBe(new DateTime(2026, 3, 1, 12, 5, 0));
        second.Info.ScheduleStatus.Next.ShouldBe(new DateTime(2026, 3, 1, 12, 10, 0));
    }

    [Fact]
    public async Task A_Run_Missed_While_The_Host_Was_Down_Is_Made_Up_For_Once()
    {
        await using (await StartAsync<EveryFiveMinutes>())
        {
            await _time.WaitingAsync();
        }

        _time.Advance(TimeSpan.FromHours(3));

        await using var timers = await StartAsync<EveryFiveMinutes>();
        (await timers.NextAsync()).Info.IsPastDue.ShouldBeTrue();
        await _time.WaitingAsync();
        timers.Runs.Reader.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Setting_The_Clock_Back_By_A_Day_Stops_No_Timer()
    {
        await using var timers = await StartAsync<EveryFiveMinutes>();
        await _time.WaitingAsync();
        _time.SetBy(TimeSpan.FromDays(-1));
        _time.Advance(TimeSpan.FromMinutes(4.5));

        var run = await timers.NextAsync();
        run.At.ShouldBe(new DateTime(2026, 2, 28, 12, 5, 0));

        await _time.WaitingAsync();
        _time.Advance(TimeSpan.FromMinutes(5));
        (await timers.NextAsync()).At.ShouldBe(new DateTime(2026, 2, 28, 12, 10, 0));
    }

    [Fact]
    public async Task A_Last_Run_In_The_Future_Stops_No_Timer()
    {
        await using (await StartAsync<EveryFiveMinutes>())
        {
            await _time.WaitingAsync();
        }

        _time.SetBy(TimeSpan.FromDays(-1));

        await using var timers = await StartAsync<EveryFiveMinutes>();
        await _time.WaitingAsync();
        _time.Advance(TimeSpan.FromMinutes(4.5));
        (await timers.NextAsync()).At.ShouldBe(new DateTime(2026, 2, 28, 12, 5, 0));
    }

    [Fact]
    public async Task Setting_The_Clock_Back_A_Little_Runs_No_Timer_Twice()
    {
        await using var timers = await StartAsync<EveryFiveMinutes>();
        await _time.WaitingAsync();
        _time.Advance(TimeSpan.FromMinutes(4.5));
        await timers.NextAsync();
        await _time.WaitingAsync();
        _time.SetBy(TimeSpan.FromSeconds(-10));
        _time.Advance(TimeSpan.FromMinutes(5));
        await _time.WaitingAsync();
        timers.Runs.Reader.TryRead(out _).ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(10));

        (await timers.NextAsync()).At.ShouldBe(new DateTime(2026, 3, 1, 12, 10, 0));
    }

    [Fact]
    public async Task A_Timer_Of_Less_Than_A_Minute_Has_No_Schedule_Status()
    {
        await using var timers = await StartAsync<EveryTenSeconds>();
        await _time.WaitingAsync();
        _time.Advance(TimeSpan.FromSeconds(10));

        (await timers.NextAsync()).Info.ScheduleStatus.ShouldBeNull();
    }

    [Fact]
    public async Task A_Timer_Can_Run_At_The_Start()
    {
        await using var timers = await StartAsync<AtStart>();

        (await timers.NextAsync()).Info.IsPastDue.ShouldBeFalse();
    }

    [Fact]
    public async Task A_Timer_That_Fails_Runs_Again()
    {
        await using var timers = await StartAsync<Failing>();
        await _time.WaitingAsync();
        _time.Advance(TimeSpan.FromSeconds(10));
        await timers.NextAsync();
        await _time.WaitingAsync();
        _time.Advance(TimeSpan.FromSeconds(10));

        await timers.NextAsync();
    }

    [Fact]
    public async Task A_Timer_Goes_On_After_A_Run_That_Could_Not_Be_Stored()
    {
        await using var timers = await StartAsync<EveryFiveMinutes>();
        await _time.WaitingAsync();
        await BreakTableAsync();
        _time.Advance(TimeSpan.FromMinutes(4.5));
        await timers.NextAsync();
        await _time.WaitingAsync();
        await MendTableAsync();
        _time.Advance(TimeSpan.FromMinutes(5));

        (await timers.NextAsync()).Info.ScheduleStatus!.Last.ShouldBe(new DateTime(2026, 3, 1, 12, 5, 0));
    }

    [Fact]
    public async Task A_Timer_Starts_Once_Its_Last_Run_Can_Be_Read()
    {
        await BreakTableAsync();
        await using var timers = await StartAsync<EveryFiveMinutes>();
        await _time.WaitingAsync();
        await MendTableAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
        await _time.WaitingAsync();
        _time.Advance(TimeSpan.FromMinutes(5));

        (await timers.NextAsync()).Info.ScheduleStatus!.Next.ShouldBe(new DateTime(2026, 3, 1, 12, 5, 0));
    }

    [Fact]
    public async Task A_Stop_Does_Not_Wait_For_The_Storage()
    {
        await BreakTableAsync();
        await using var timers = await StartAsync<EveryFiveMinutes>();

        // The end of the test stops them, while the clock stands still.
        await _time.WaitingAsync();
    }

    [Fact]
    public void A_Schedule_Can_Be_A_Setting_And_A_Wrong_One_Is_Named()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Reports:At", "0 30 6 * * *")]).Build();
        var method = typeof(AtStart).GetMethod(nameof(AtStart.Run))!;

        TimerSchedule.Parse(new("X", method, "%Reports:At%", true, false), settings).After(Noon.UtcDateTime)
            .ShouldBe(new DateTime(2026, 3, 2, 6, 30, 0));
        Should.Throw<InvalidOperationException>(
            () => TimerSchedule.Parse(new("X", method, "every day", true, false), settings)).Message.ShouldContain("X");
    }

    [Fact]
    public async Task A_Disposal_Without_A_Stop_Cancels_What_Runs()
    {
        var (runner, runs) = await RunnerAsync<UntilCancelled>();
        await runs.Reader.ReadAsync();

        await runner.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
    }

    // Like a failing disk: neither reads nor writes of the table succeed.
    private Task BreakTableAsync() => ExecuteAsync("ALTER TABLE timers RENAME TO broken");

    private Task MendTableAsync() => ExecuteAsync("ALTER TABLE broken RENAME TO timers");

    private async Task ExecuteAsync(string sql) => await _database.Writer.WriteAsync(WriteLane.Rows, writer =>
    {
        writer.Session.Execute(sql);
        return true;
    });

    [Fact]
    public async Task No_Timer_Runs_In_A_Host_That_Has_Not_Started_As_A_Whole()
    {
        var (runner, runs) = await PreparedAsync<AtStart>();
        await using var timers = new RunningTimers(runner, runs);
        await Task.Delay(200);
        runs.Reader.Count.ShouldBe(0);

        await runner.StartedAsync(default);
        await timers.NextAsync();
    }

    private async Task<RunningTimers> StartAsync<T>()
    {
        var (runner, runs) = await RunnerAsync<T>();
        return new RunningTimers(runner, runs);
    }

    private async Task<(TimerRunner Runner, Channel<TimerRun> Runs)> RunnerAsync<T>()
    {
        var (runner, runs) = await PreparedAsync<T>();
        await runner.StartedAsync(default);
        return (runner, runs);
    }

    private async Task<(TimerRunner Runner, Channel<TimerRun> Runs)> PreparedAsync<T>()
    {
        var runs = Channel.CreateUnbounded<TimerRun>();
        var services = new ServiceCollection().AddSingleton(runs).AddSingleton<TimeProvider>(_time)
            .BuildServiceProvider();
        var runner = new TimerRunner(
            FunctionCatalog.Of(typeof(T)), services, new SqliteTables(_database), new ConfigurationBuilder().Build(), _time, NullLogger<TimerRunner>.Instance);
        await runner.StartAsync(default);
        return (runner, runs);
    }

    public sealed record TimerRun(DateTime At, TimerInfo Info);

    public sealed class EveryFiveMinutes(Channel<TimerRun> runs, TimeProvider time)
    {
        [Function("EveryFiveMinutes")]
        public void Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer) =>
            runs.Writer.TryWrite(new(time.GetUtcNow().UtcDateTime, timer));
    }

    public sealed class EveryTenSeconds(Channel<TimerRun> runs)
    {
        [Function("EveryTenSeconds")]
        public void Run([TimerTrigger("*/10 * * * * *")] TimerInfo timer) => runs.Writer.TryWrite(new(default, timer));
    }

    public sealed class AtStart(Channel<TimerRun> runs)
    {
        [Function("AtStart")]
        public void Run([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer) =>
            runs.Writer.TryWrite(new(default, timer));
    }

    public sealed class Failing(Channel<TimerRun> runs)
    {
        [Function("Failing")]
        public Task Run([TimerTrigger("*/10 * * * * *")] TimerInfo timer)
        {
            runs.Writer.TryWrite(new(default, timer));
            throw new InvalidOperationException("on purpose");
        }
    }

    public sealed class UntilCancelled(Channel<TimerRun> runs)
    {
        [Function("UntilCancelled")]
        public async Task Run(
            [TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellationToken)
        {
            runs.Writer.TryWrite(new(default, timer));
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }

    private sealed class RunningTimers(TimerRunner runner, Channel<TimerRun> runs) : IAsyncDisposable
    {
        public Channel<TimerRun> Runs => runs;

        public async Task<TimerRun> NextAsync() => await runs.Reader.ReadAsync();

        public async ValueTask DisposeAsync()
        {
            await runner.StopAsync(default);
            await runner.DisposeAsync();
        }
    }

    /// <summary>Signals when somebody waits for it, so that the test does not advance it too early.</summary>
    private sealed class WaitingClock(DateTimeOffset start) : MachineClock(start)
    {
        private readonly Channel<bool> _waiting = Channel.CreateUnbounded<bool>();

        public async Task WaitingAsync() => await _waiting.Reader.ReadAsync();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _waiting.Writer.TryWrite(true);
            return timer;
        }
    }
}
