using CallMyWay.Functions.Api;

namespace CallMyWay.LocalHost.Web;

/// <summary>
/// Looks each minute at the room on the disk with the data. It tells the log when there is little, once an hour for as
/// long as that lasts, so that whoever watches the log hears of it before nothing can be stored.
/// </summary>
internal sealed partial class DiskWatch(IHostStatus host, TimeProvider clock, ILogger<DiskWatch> logger) : BackgroundService
{
    internal static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    internal static readonly TimeSpan Again = TimeSpan.FromHours(1);

    private DiskRoom _told = DiskRoom.Enough;

    private DateTimeOffset _toldAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do
            {
                Look();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    internal void Look()
    {
        HostDisk? disk;
        try
        {
            disk = host.Read().Disk;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A disk that is gone: the health check says so, and each write fails.
            Log.NotRead(logger, error);
            return;
        }

        var room = disk is null ? DiskRoom.Enough : DiskRooms.Of(disk);
        var now = clock.GetUtcNow();
        if (room == _told && (room == DiskRoom.Enough || now - _toldAt < Again))
        {
            return;
        }

        (_told, _toldAt) = (room, now);
        var free = (disk?.FreeBytes ?? 0) / 1_000_000;
        switch (room)
        {
            case DiskRoom.NearlyNone:
                Log.NearlyNone(logger, free);
                break;
            case DiskRoom.Little:
                Log.Little(logger, free);
                break;
            default:
                Log.Enough(logger, free);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The disk with the data has {Megabytes} MB free. Make room now: soon nothing can be stored.")]
        public static partial void NearlyNone(ILogger logger, long megabytes);

        [LoggerMessage(LogLevel.Warning, "The disk with the data has {Megabytes} MB free. Make room.")]
        public static partial void Little(ILogger logger, long megabytes);

        [LoggerMessage(LogLevel.Information, "The disk with the data has room again: {Megabytes} MB.")]
        public static partial void Enough(ILogger logger, long megabytes);

        [LoggerMessage(LogLevel.Error, "The room on the disk with the data could not be read.")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
