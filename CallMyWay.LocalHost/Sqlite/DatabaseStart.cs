using CallMyWay.LocalHost.Files;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// What is looked at before SQLite opens the file. SQLite takes an empty file, or none, for a database without tables,
/// and removes the log that lies beside it, in which what was stored last may be.
/// </summary>
internal static class DatabaseStart
{
    private static readonly string[] Companions =
        [DatabaseFiles.LogSuffix, DatabaseFiles.IndexSuffix, DatabaseFiles.JournalSuffix];

    /// <summary>
    /// Takes the rights of others away, and sees to it that remains of a database don't become a new one.
    /// </summary>
    /// <exception cref="SqliteStorageException">They are remains.</exception>
    public static void Check(string path)
    {
        foreach (var file in Companions.Select(companion => path + companion).Prepend(path))
        {
            OwnerOnly.Limit(file);
        }

        if (Directory.Exists(path))
        {
            throw new SqliteStorageException($"'{path}' is a folder. Move it away, or choose another data folder.");
        }

        var database = new FileInfo(path);
        if (database is { Exists: true, Length: 0 })
        {
            throw new SqliteStorageException(
                $"'{path}' is empty, as after a broken disk or copy. Put a backup in its place. "
                + "For a new office move it away, with what lies beside it.");
        }

        var left = Companions.Select(companion => path + companion)
            .FirstOrDefault(file => new FileInfo(file) is { Exists: true, Length: > 0 });
        if (!database.Exists && left is not null)
        {
            throw new SqliteStorageException(
                $"'{path}' is missing, and '{left}', which belongs to it, is there. "
                + "Put the database or a backup in its place. For a new office move that file away.");
        }
    }

    /// <summary>
    /// Makes a database under another name, and gives it its own name once it is whole. So a start that was broken off
    /// never leaves an empty file, and an empty file shows a loss.
    /// </summary>
    public static void Create(string path, Action<SqliteSession> prepare)
    {
        var unfinished = path + ".new";
        DeleteCompanions(unfinished);
        OwnerOnly.Write(unfinished, []);
        using (var session = SqliteSession.Open(unfinished, cacheKilobytes: 1024))
        {
            prepare(session);
        }

        File.Move(unfinished, path, overwrite: false);
    }

    /// <summary>
    /// Removes what lies beside a file that is about to be written anew: SQLite would take it for the new one's.
    /// </summary>
    public static void DeleteCompanions(string path)
    {
        foreach (var file in Companions.Select(companion => path + companion))
        {
            File.Delete(file);
        }
    }
}
