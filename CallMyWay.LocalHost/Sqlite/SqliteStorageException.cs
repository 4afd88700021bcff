using CallMyWay.Functions.Storage;
using SQLitePCL;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>What the embedded storage could not do, in words for whoever runs the host.</summary>
public sealed class SqliteStorageException(string message, Exception? inner = null) : StorageException(message, inner)
{
    /// <summary>
    /// SQLite's own extended result code, 0 where the cause is another. See https://sqlite.org/rescode.html.
    /// </summary>
    public int Code { get; init; }

    /// <summary>The rest are refusals of what was asked, and come again with it.</summary>
    public override bool IsUnavailable => (Code & 0xff) is not (raw.SQLITE_ERROR or raw.SQLITE_TOOBIG or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_MISUSE or raw.SQLITE_RANGE);
}
