using CallMyWay.Functions.Api;
using CallMyWay.Functions.CallRecords;
using CallMyWay.LocalHost.Backups;
using CallMyWay.LocalHost.Screens;
using CallMyWay.LocalHost.Settings;
using CallMyWay.LocalHost.Sqlite;
using Microsoft.Extensions.Options;

namespace CallMyWay.LocalHost.Web;

/// <summary>
/// The disk with the data folder, the screens that are connected to this process, and the backups that it makes.
/// </summary>
internal sealed class LocalHostStatus(
    DataFolder data,
    ScreenConnections screens,
    BackupMaker backups,
    IOptions<CallRecordsOptions> schedule,
    TimeProvider clock) : IHostStatus
{
    public HostStatus Read() => new(DiskOf(data.FullPath, DatabaseBytes()), screens.Count);

    public HostBackups? ReadBackups()
    {
        var makesNone = backups.DailyAt is null || !schedule.Value.Enabled;
        DateTimeOffset? failedAt = null;
        try
        {
            failedAt = backups.LastOrBrokenOff() is { IsRunning: false, Error: not null } last ? last.StartedAt : null;
            return failedAt is null && makesNone
                ? null
                : new HostBackups(backups.Folder.NewestAt(clock.GetUtcNow()), failedAt);
        }
        catch (BackupException)
        {
            // Neither can the next one be made there.
            return makesNone && failedAt is null ? null : new HostBackups(null, failedAt ?? clock.GetUtcNow());
        }
    }

    /// <summary>Null where nobody can tell: Windows tells it of drives, and not of shares by their name.</summary>
    internal static HostDisk? DiskOf(string path, long? databaseBytes)
    {
        try
        {
            var drive = new DriveInfo(path);
            return new HostDisk(drive.AvailableFreeSpace, drive.TotalSize, databaseBytes);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Null where the office's data is in a storage account.</summary>
    private long? DatabaseBytes()
    {
        var database = new FileInfo(Path.Combine(data.FullPath, SqliteDatabase.FileName));
        var log = new FileInfo(database.FullName + DatabaseFiles.LogSuffix);
        return database.Exists ? database.Length + (log.Exists ? log.Length : 0) : null;
    }
}
