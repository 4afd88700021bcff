using System.Collections.Concurrent;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CallMyWay.Benchmarks;

/// <summary>
/// The least that group commit can cost: a queue of bodies, a thread, one INSERT, the same pragmas; with each of the
/// two libraries.
/// </summary>
internal static class StorageFloor
{
    private const string Schema =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE q (id INTEGER PRIMARY KEY, due INTEGER NOT NULL, tries INTEGER NOT NULL, body TEXT NOT NULL) STRICT; CREATE INDEX d ON q (due);";

    private const string Insert = "INSERT INTO q (due, tries, body) VALUES (?1, 0, ?2)";

    public static Func<int, ValueTask> Raw(string folder)
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_open(Path.Combine(folder, "raw.db"), out var db);
        _ = raw.sqlite3_exec(db, Schema);
        _ = raw.sqlite3_prepare_v2(db, Insert, out var insert);
        return Start(
            () => raw.sqlite3_exec(db, "BEGIN"),
            body =>
            {
                _ = raw.sqlite3_bind_int64(insert, 1, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
                _ = raw.sqlite3_bind_text(insert, 2, body);
                if (raw.sqlite3_step(insert) != raw.SQLITE_DONE)
                {
                    throw new InvalidOperationException(raw.sqlite3_errmsg(db).utf8_to_string());
                }

                _ = raw.sqlite3_reset(insert);
            },
            () => raw.sqlite3_exec(db, "COMMIT"));
    }

    public static Func<int, ValueTask> Commands(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "commands.db")};Pooling=False");
        connection.Open();
        using (var schema = connection.CreateCommand())
        {
            schema.CommandText = Schema;
            schema.ExecuteNonQuery();
        }

        var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO q (due, tries, body) VALUES ($due, 0, $body)";
        var due = insert.Parameters.Add("$due", SqliteType.Integer);
        var text = insert.Parameters.Add("$body", SqliteType.Text);
        insert.Prepare();
        SqliteTransaction? transaction = null;
        return Start(
            () => insert.Transaction = transaction = connection.BeginTransaction(),
            body =>
            {
                due.Value = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
                text.Value = Encoding.UTF8.GetString(body);
                insert.ExecuteNonQuery();
            },
            () => transaction!.Commit());
    }

    private static Func<int, ValueTask> Start(Action begin, Action<byte[]> append, Action commit)
    {
        var waiting = new BlockingCollection<(byte[] Body, TaskCompletionSource Done)>();
        new Thread(() =>
        {
            var group = new List<TaskCompletionSource>();
            foreach (var first in waiting.GetConsumingEnumerable())
            {
                begin();
                var next = first;
                do
                {
                    append(next.Body);
                    group.Add(next.Done);
                }
                while (waiting.TryTake(out next));
                commit();
                group.ForEach(done => done.SetResult());
                group.Clear();
            }
        })
        { IsBackground = true }.Start();
        var body = Encoding.UTF8.GetBytes("{\"id\":\"8d1f6f0e\",\"event\":\"" + new string('x', 370) + "\"}");
        return _ =>
        {
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((body, done));
            return new ValueTask(done.Task);
        };
    }
}
