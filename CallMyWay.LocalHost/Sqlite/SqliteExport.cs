using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// A row as it stands in the file; where it is none that a table may hold, <paramref name="Row"/> is null and
/// <paramref name="Problem"/> says why.
/// </summary>
internal sealed record ExportedRow(string Partition, string Key, Row? Row, string? Problem);

/// <summary>A message that waits.</summary>
internal sealed record ExportedMessage(long Id, DateTimeOffset Due, string Body);

/// <summary>
/// All that a database holds, from end to end, which no feature asks for: to be copied elsewhere. Nobody may be writing
/// meanwhile.
/// </summary>
internal sealed class SqliteExport(SqliteDatabase database)
{
    private const int PageSize = 500;

    /// <summary>The same for a file and its copies, and for no other.</summary>
    public Task<string> IdAsync() => database.Writer.WriteAsync(WriteLane.Receipts, writer =>
    {
        writer.Session.Execute(
            "INSERT INTO storage_state (name, value) VALUES ('id', lower(hex(randomblob(16)))) ON CONFLICT DO NOTHING");
        return writer.Session.ScalarText("SELECT value FROM storage_state WHERE name = 'id'");
    });

    public ValueTask<long> CountAsync(string table, CancellationToken cancellationToken) =>
        database.Readers.ReadAsync(
            $"SELECT count(*) FROM {SqliteSchema.Table(table)}",
            static (session, sql) => session.Scalar(sql),
            cancellationToken);

    /// <summary>All rows of all partitions, in the order of their keys.</summary>
    public async IAsyncEnumerable<ExportedRow> RowsAsync(
        string table, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var all = $"SELECT partition, key, etag, columns FROM {SqliteSchema.Table(table)}";
        var rest = $"{all} WHERE (partition, key) > (?1, ?2)";
        ExportedRow? last = null;
        List<ExportedRow> page;
        do
        {
            page = await database.Readers.ReadAsync(
                (Sql: (last is null ? all : rest) + " ORDER BY partition, key LIMIT " + Limit, After: last),
                static (session, at) => Read(session, at.Sql, at.After),
                cancellationToken);
            foreach (var row in page)
            {
                yield return last = row;
            }
        }
        while (page.Count == PageSize);
    }

    /// <summary>The queue's messages, in the order in which they came, from after this one on.</summary>
    public ValueTask<List<ExportedMessage>> MessagesAsync(
        string queue, long after, CancellationToken cancellationToken) => database.Readers.ReadAsync(
        (Sql: $"SELECT id, due, body FROM {SqliteSchema.Queue(queue)} WHERE id > ?1 ORDER BY id", After: after),
        static (session, at) =>
        {
            using var query = session.Prepare(at.Sql);
            query.Bind(1, at.After);
            var messages = new List<ExportedMessage>();
            while (query.Step())
            {
                messages.Add(new ExportedMessage(
                    query.Int64(0), DateTimeOffset.FromUnixTimeMilliseconds(query.Int64(1)), query.Text(2)));
            }

            return messages;
        },
        cancellationToken);

    private static string Limit { get; } = PageSize.ToString(CultureInfo.InvariantCulture);

    private static List<ExportedRow> Read(SqliteSession session, string sql, ExportedRow? after)
    {
        using var query = session.Prepare(sql);
        if (after is not null)
        {
            query.Bind(1, after.Partition).Bind(2, after.Key);
        }

        var rows = new List<ExportedRow>(PageSize);
        while (query.Step())
        {
            rows.Add(Read(query.Text(0), query.Text(1), query));
        }

        return rows;
    }

    private static ExportedRow Read(string partition, string key, SqliteStatement query)
    {
        try
        {
            return new ExportedRow(
                partition, key, RowJson.Read(partition, key, query.Int64(2), query.Utf8(3)), Problem: null);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or JsonException or InvalidOperationException)
        {
            // What another program has written there: a key or a value that breaks the rules of Row, or no JSON.
            return new ExportedRow(partition, key, Row: null, exception.Message);
        }
    }
}
