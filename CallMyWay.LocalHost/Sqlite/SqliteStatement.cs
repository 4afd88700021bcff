using System.Buffers;
using System.Text;
using SQLitePCL;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// A prepared statement, kept by its session and used again. Disposing ends one use: the statement is reset, which also
/// ends the read transaction that it held. Parameters count from 1, columns from 0, as in SQLite.
/// </summary>
internal sealed class SqliteStatement(SqliteSession session, sqlite3_stmt handle) : IDisposable
{
    /// <summary>Enough UTF-8 for any key, without a heap allocation.</summary>
    private const int OnStack = 1024;

    /// <summary>How often SQLite has compiled the statement again by itself.</summary>
    public int Recompiled
    {
        get
        {
            const int reprepare = 5; // SQLITE_STMTSTATUS_REPREPARE
            return raw.sqlite3_stmt_status(handle, reprepare, 0);
        }
    }

    public SqliteStatement Bind(int index, long value)
    {
        session.Check(raw.sqlite3_bind_int64(handle, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, ReadOnlySpan<byte> utf8)
    {
        // An empty span would be a null pointer, which SQLite takes for NULL.
        session.Check(utf8.IsEmpty
            ? raw.sqlite3_bind_text(handle, index, utf8z.FromString(""))
            : raw.sqlite3_bind_text(handle, index, utf8));
        return this;
    }

    public SqliteStatement Bind(int index, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most <= OnStack)
        {
            Span<byte> utf8 = stackalloc byte[OnStack];
            return Bind(index, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            return Bind(index, rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>True when there is a row to read, false at the end.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        return code switch
        {
            raw.SQLITE_ROW => true,
            raw.SQLITE_DONE => false,
            _ => throw session.Error(code),
        };
    }

    /// <summary>Runs a statement that changes rows, and answers how many it changed.</summary>
    public int Run()
    {
        while (Step())
        {
            // A pragma answers with rows that nobody asked for.
        }

        return raw.sqlite3_changes(session.Handle);
    }

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    /// <summary>The column's bytes, until the next step.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>The result of the reset is that of the last step, which was checked there.</summary>
    public void Dispose() => _ = raw.sqlite3_reset(handle);

    internal void Close() => handle.Dispose();
}
