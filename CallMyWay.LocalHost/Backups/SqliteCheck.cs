using System.Buffers.Binary;
using System.Security.Cryptography;
using CallMyWay.LocalHost.Sqlite;
using SQLitePCL;

namespace CallMyWay.LocalHost.Backups;

/// <summary>Tells whether a database in a file is whole.</summary>
internal static class SqliteCheck
{
    private const int CacheKilobytes = 8 * 1024;

    private const int PortionBytes = 1024 * 1024;

    /// <summary>Where a file has what <c>PRAGMA user_version</c> tells (https://sqlite.org/fileformat2.html).</summary>
    private const int UserVersionAt = 60;

    /// <summary>Reads all pages and all keys (https://sqlite.org/pragma.html#pragma_quick_check).</summary>
    /// <exception cref="SqliteStorageException">It is damaged.</exception>
    public static void Check(string file, CancellationToken cancellationToken)
    {
        using var session = SqliteSession.Open(file, CacheKilobytes);
        session.InterruptBy(cancellationToken);
        string said;
        try
        {
            said = session.ScalarText("PRAGMA quick_check(1)");
        }
        catch (SqliteStorageException error) when (error.Code == raw.SQLITE_INTERRUPT)
        {
            throw new OperationCanceledException(error.Message, error, cancellationToken);
        }

        if (said != "ok")
        {
            throw new SqliteStorageException($"The database in {file} is damaged: {said}");
        }
    }

    /// <summary>
    /// The version of what is stored in a database without a log. It is read from the file's header, as SQLite would
    /// make files beside it, and a backup may be where nobody can write.
    /// </summary>
    public static int SchemaOf(string file)
    {
        using var handle = File.OpenHandle(file);
        Span<byte> version = stackalloc byte[sizeof(int)];
        // A file without a header is refused by what checks its length and its pages.
        return RandomAccess.Read(handle, version, UserVersionAt) == version.Length
            ? BinaryPrimitives.ReadInt32BigEndian(version) : 0;
    }

    /// <summary>The SHA-256 of a file from its beginning, in hexadecimal digits.</summary>
    public static async Task<string> HashAsync(
        Stream file, Action<double> progress, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var portion = new byte[PortionBytes];
        file.Position = 0;
        int read;
        while ((read = await file.ReadAsync(portion, cancellationToken)) > 0)
        {
            hash.AppendData(portion, 0, read);
            progress((double)file.Position / file.Length);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
