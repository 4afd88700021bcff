using CallMyWay.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.LocalHost.Functions;

/// <summary>
/// Runs the timer functions by their schedules in UTC, as the Functions host does. They begin when the whole host has
/// started: where it can't start, none has run.
/// </summary>
internal sealed partial class TimerRunner(
    FunctionCatalog functions,
    IServiceProvider services,
    ITables tables,
    IConfiguration settings,
    TimeProvider time,
    ILogger<TimerRunner> logger) : IHostedLifecycleService, IAsyncDisposable
{
    /// <summary>The host's own table with each timer's last run.</summary>
    public const string Table = "timers";

    // The clock may be changed during a longer delay, and Task.Delay has a maximum.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    /// <summary>
    /// If the clock is set back by less than this, a run is only that much later. To follow the clock could repeat a
    /// run.
    /// </summary>
    private static readonly TimeSpan SetBack = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait after the storage could not be read.</summary>
    private static readonly TimeSpan StorageWait = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopWaiting = new();

    private readonly CancellationTokenSource _stopRunning = new();

    private readonly List<Func<Task>> _prepared = [];

    private readonly List<Task> _loops = [];

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var function in functions.Timers)
        {
            var schedule = TimerSchedule.Parse(function, settings);
            var invoker = new FunctionInvoker(services, function.Method);
            _prepared.Add(() => LoopAsync(function, schedule, invoker));
        }

        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _loops.AddRange(_prepared.Select(loop => Task.Run(loop, CancellationToken.None)));
        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopWaiting.CancelAsync();
        await using (cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _stopRunning))
        {
            await Task.WhenAll(_loops);
        }
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends the running work of a host that was disposed without being stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true));
        _stopWaiting.Dispose();
        _stopRunning.Dispose();
    }

    private async Task LoopAsync(TimerFunction function, TimerSchedule schedule, FunctionInvoker invoker)
    {
        var stop = _stopWaiting.Token;
        var monitor = function.UseMonitor && !schedule.IsUnderAMinute
            ? new TimerMonitor(tables[Table], function.Name)
            : null;
        try
        {
            var status = await ReadOrCreateStatusAsync(function, schedule, monitor, stop);
            var isPastDue = status.Next < Now;
            if (isPastDue || function.RunOnStartup)
            {
                status = await RunAsync(function, schedule, invoker, monitor, status, isPastDue);
            }

            while (await WaitUntilDueAsync(status.Next, schedule, stop))
            {
                status = await RunAsync(function, schedule, invoker, monitor, status, isPastDue: false);
            }
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // The host stopped while reading.
        }
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>The timer's stored status. If a run was missed while the host was down, Next is in the past.</summary>
    private async Task<ScheduleStatus> ReadOrCreateStatusAsync(
        TimerFunction function, TimerSchedule schedule, TimerMonitor? monitor, CancellationToken stop)
    {
        var known = monitor is null ? null : await ReadAsync(function, monitor, stop);
        // Next is calculated again, as the schedule may have changed. If the last run is in the future, the clock was
        // set back, and the current time is used.
        var now = Now;
        var status = known is null
            ? new ScheduleStatus { Next = schedule.After(now) }
            : new ScheduleStatus
            {
                Last = known.Last,
                LastUpdated = known.LastUpdated,
                Next = schedule.After(known.LastUpdated < now ? known.LastUpdated : now),
            };
        if (monitor is not null && known is null)
        {
            status.LastUpdated = Now;
            await NoteAsync(function, monitor, status);
        }

        return status;
    }

    /// <summary>Retries until the storage answers: without the status, a missed run would not be noticed.</summary>
    private async Task<ScheduleStatus?> ReadAsync(TimerFunction function, TimerMonitor monitor, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await monitor.ReadAsync(stop);
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                Log.CannotRead(logger, function.Name, exception);
                await Task.Delay(StorageWait, time, stop);
            }
        }
    }

    private async Task<ScheduleStatus> RunAsync(
        TimerFunction function, TimerSchedule schedule, FunctionInvoker invoker, TimerMonitor? monitor, ScheduleStatus before, bool isPastDue)
    {
        var started = Now;
        try
        {
            await invoker.InvokeAsync(
                new TimerInfo { IsPastDue = isPastDue, ScheduleStatus = monitor is null ? null : before },
                _stopRunning.Token);
        }
        catch (Exception) when (_stopRunning.IsCancellationRequested)
        {
            return before;
        }
        catch (Exception exception)
        {
            Log.Failed(logger, function.Name, exception);
        }

        // If a run takes longer than the period, the runs that it missed are skipped. Runs never overlap.
        var after = new ScheduleStatus { Last = started, LastUpdated = Now, Next = schedule.After(Now) };
        if (monitor is not null)
        {
            await NoteAsync(function, monitor, after);
        }

        return after;
    }

    /// <summary>
    /// A failure to store a run is only logged. If the host ends before a later run is stored, this one is repeated as
    /// if it had been missed.
    /// </summary>
    private async Task NoteAsync(TimerFunction function, TimerMonitor monitor, ScheduleStatus status)
    {
        try
        {
            await monitor.WriteAsync(status, CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.CannotNote(logger, function.Name, exception);
        }
    }

    /// <summary>
    /// Waits until a run is due. If the clock is set back meanwhile, the next run follows the corrected clock. Without
    /// that, a clock that had been a day ahead would stop the timer for a day.
    /// </summary>
    private async Task<bool> WaitUntilDueAsync(DateTime next, TimerSchedule schedule, CancellationToken stop)
    {
        var (seen, timestamp) = (Now, time.GetTimestamp());
        while (!stop.IsCancellationRequested && next - seen is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left < LongestDelay ? left : LongestDelay, time, stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var (before, since) = (seen, timestamp);
            (seen, timestamp) = (Now, time.GetTimestamp());
            // The time of the previous check, by the clock as it is now.
            var corrected = seen - time.GetElapsedTime(since, timestamp);
            if (before - corrected > SetBack && schedule.After(corrected) is var sooner && sooner < next)
            {
                next = sooner;
            }
        }

        return !stop.IsCancellationRequested;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Function} failed; it runs again by its schedule.")]
        public static partial void Failed(ILogger logger, string function, Exception exception);

        [LoggerMessage(LogLevel.Error, "The last run of {Function} can't be read; trying again.")]
        public static partial void CannotRead(ILogger logger, string function, Exception exception);

        [LoggerMessage(LogLevel.Error, "The run of {Function} can't be stored; it goes on by its schedule.")]
        public static partial void CannotNote(ILogger logger, string function, Exception exception);
    }
}
