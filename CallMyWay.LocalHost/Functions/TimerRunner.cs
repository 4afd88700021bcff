using CallMyWay.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.LocalHost.Functions;

/// <summary>Runs the timer functions by their schedules in UTC, as the Functions host does.</summary>
internal sealed partial class TimerRunner(
    FunctionCatalog functions,
    IServiceProvider services,
    ITables tables,
    IConfiguration settings,
    TimeProvider time,
    ILogger<TimerRunner> logger) : IHostedService, IDisposable
{
    /// <summary>The host's own table: when each timer ran.</summary>
    public const string Table = "timers";

    // A longer delay is no use to a clock that people set, and Task.Delay has an end.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    /// <summary>
    /// A clock that is set back by less only makes a run later by that much. To run by it could be to run twice.
    /// </summary>
    private static readonly TimeSpan SetBack = TimeSpan.FromMinutes(1);

    /// <summary>How long the storage is left alone that could not be read.</summary>
    private static readonly TimeSpan StorageWait = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopWaiting = new();

    private readonly CancellationTokenSource _stopRunning = new();

    private readonly List<Task> _loops = [];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var function in functions.Timers)
        {
            var schedule = TimerSchedule.Parse(function, settings);
            var invoker = new FunctionInvoker(services, function.Method);
            _loops.Add(Task.Run(() => LoopAsync(function, schedule, invoker), CancellationToken.None));
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopWaiting.CancelAsync();
        await using (cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _stopRunning))
        {
            await Task.WhenAll(_loops);
        }
    }

    public void Dispose()
    {
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
            // Stopped while reading.
        }
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>
    /// What is known of earlier runs. A run that was missed while the host was down shows as a Next in the past.
    /// </summary>
    private async Task<ScheduleStatus> ReadOrCreateStatusAsync(
        TimerFunction function, TimerSchedule schedule, TimerMonitor? monitor, CancellationToken stop)
    {
        var known = monitor is null ? null : await ReadAsync(function, monitor, stop);
        // Next is worked out again, because the schedule may have been changed since. Where the clock was set back, it
        // goes by the clock.
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

    /// <summary>
    /// Asks until the storage answers: to begin without knowing would leave out a run that was missed.
    /// </summary>
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

        // A run that took longer than the period leaves out what it missed: one at a time, never a burst.
        var after = new ScheduleStatus { Last = started, LastUpdated = Now, Next = schedule.After(Now) };
        if (monitor is not null)
        {
            await NoteAsync(function, monitor, after);
        }

        return after;
    }

    /// <summary>
    /// A run that can't be noted is not the last: the next one is noted too. Should the host end before, this one is
    /// made up for, as if it had been missed.
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
    /// Waits for the time. Where the clock is set back meanwhile, it is the next time by the schedule since then: else
    /// a clock that was wrong by a day would stop the timer for a day.
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
            // What the clock, as it goes now, said when it was looked at before.
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

        [LoggerMessage(LogLevel.Error, "When {Function} ran last can't be read; trying again.")]
        public static partial void CannotRead(ILogger logger, string function, Exception exception);

        [LoggerMessage(LogLevel.Error, "When {Function} ran can't be stored; it runs on by its schedule.")]
        public static partial void CannotNote(ILogger logger, string function, Exception exception);
    }
}
