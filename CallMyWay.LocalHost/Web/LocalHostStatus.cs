using CallMyWay.Functions.Api;
using CallMyWay.LocalHost.Screens;
using CallMyWay.LocalHost.Settings;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.LocalHost.Web;

/// <summary>The disk with the data folder, and the screens that are connected to this process.</summary>
internal sealed class LocalHostStatus(DataFolder data, ScreenConnections screens) : IHostStatus
{
    public HostStatus Read() => new(DiskOf(data.FullPath, DatabaseBytes()), screens.Count);

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
