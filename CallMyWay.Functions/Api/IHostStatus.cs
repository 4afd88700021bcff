namespace CallMyWay.Functions.Api;

/// <summary>What a host knows of itself.</summary>
/// <param name="Disk">The disk that the data is on; null where that is no disk of the host.</param>
/// <param name="Screens">How many screens are connected to it; null where they connect to a service.</param>
public sealed record HostStatus(HostDisk? Disk, int? Screens);

/// <summary>A disk, in bytes.</summary>
/// <param name="FreeBytes">What this host may still write.</param>
/// <param name="TotalBytes">Its size.</param>
/// <param name="DatabaseBytes">The size of the database with its log; null where the data is elsewhere.</param>
public sealed record HostDisk(long FreeBytes, long TotalBytes, long? DatabaseBytes);

/// <summary>The backups that a host makes.</summary>
/// <param name="MadeAt">When the newest was made; null where there is none, or none can be read.</param>
/// <param name="FailedAt">When the last one was begun, where it failed; else null.</param>
public sealed record HostBackups(DateTimeOffset? MadeAt, DateTimeOffset? FailedAt);

/// <summary>Tells what a host knows of itself, without asking the storage.</summary>
public interface IHostStatus
{
    /// <exception cref="IOException">The disk can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    HostStatus Read();

    /// <summary>Null where the host makes none by itself, and none has failed.</summary>
    HostBackups? ReadBackups() => null;
}
