using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>What the embedded storage could not do, in words for whoever runs the host.</summary>
public sealed class SqliteStorageException(string message, Exception? inner = null) : StorageException(message, inner)
{
    /// <summary>SQLite's own extended result code, 0 where the cause is another. See https://sqlite.org/rescode.html.</summary>
    public int Code { get; init; }
}
