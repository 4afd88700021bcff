using CallMyWay.Functions.Api;
using CallMyWay.Functions.Operator;

namespace CallMyWay.LocalHost.Backups;

/// <summary>
/// Begins the daily backup at its time, or later where the machine was off then. A start is not kept busy by it: the
/// host has run for some minutes first.
/// </summary>
internal sealed class BackupSchedule(
    BackupMaker maker, Accounts accounts, TimeProvider clock) : IScheduled
{
    internal static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(10);

    private readonly long _started = clock.GetTimestamp();

    private DateTimeOffset? _begunAt;

    public Task RunDueAsync(CancellationToken cancellationToken)
    {
        if (maker.DailyAt is not { } at || clock.GetElapsedTime(_started) < AfterStart)
        {
            return Task.CompletedTask;
        }

        var now = clock.GetUtcNow();
        var due = LastDue(now, at, accounts.Home.TimeZone);
        // One that failed is tried again at the next time.
        var last = _begunAt is { } begun && !BackupFolder.IsAhead(begun, now)
            ? begun
            : NewestAt(now);
        if (last is null || due > last)
        {
            _begunAt = now;
            maker.Begin();
        }

        return Task.CompletedTask;
    }

    /// <summary>Null also where the folder can't be read: the backup that is begun then fails, and says why.</summary>
    private DateTimeOffset? NewestAt(DateTimeOffset now)
    {
        try
        {
            return maker.Folder.NewestAt(now);
        }
        catch (BackupException)
        {
            return null;
        }
    }

    /// <summary>The latest moment at which a backup was due, by the clock of a zone.</summary>
    internal static DateTimeOffset LastDue(DateTimeOffset now, TimeOnly at, TimeZoneInfo zone)
    {
        var today = zone.DayOf(now);
        // By the clock: at three it is three hours after midnight only where the clocks don't change in between.
        var due = zone.ToInstant(today.ToDateTime(at));
        return due <= now ? due : zone.ToInstant(today.AddDays(-1).ToDateTime(at));
    }
}
