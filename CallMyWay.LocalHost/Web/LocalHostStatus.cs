using CallMyWay.Functions.Api;
using CallMyWay.LocalHost.Screens;
using CallMyWay.LocalHost.Settings;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.LocalHost.Web;

/// <summary>The disk with the data folder, and the screens that are connected to this process.</summary>
internal sealed class LocalHostStatus(DataFolder data, ScreenConnections screens) : IHostStatus
{
    public HostStatus Read()
    {
        var drive = new DriveInfo(data.FullPath);
        return new HostStatus(
            new HostDisk(drive.AvailableFreeSpace, drive.TotalSize, DatabaseBytes()), screens.Count);
    }

    /// <summary>Null where the office's data is in a storage account.</summary>
    private long? DatabaseBytes()
    {
        var database = new FileInfo(Path.Combine(data.FullPath, SqliteDatabase.FileName));
        var log = new FileInfo(database.FullName + "-wal");
        return database.Exists ? database.Length + (log.Exists ? log.Length : 0) : null;
    }
}
