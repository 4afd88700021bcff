using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CallMyWay.Functions.Storage;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.Benchmarks;

/// <summary>
/// The embedded storage alone: operations per second compared with a bare loop over the database, and how an import
/// affects the acks.
/// </summary>
internal static class StorageBenchmark
{
    private const string Queue = "call-events";

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);

    private static readonly string Body = "{\"id\":\"8d1f6f0e\",\"event\":\"" + new string('x', 370) + "\"}";

    public static async Task RunAsync(string[] args)
    {
        var rows = args is [var given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : 600_000;
        using var folder = new TemporaryFolder();

        var (raw, commands) = (StorageFloor.Raw(folder.Path), StorageFloor.Commands(folder.Path));
        foreach (var senders in new[] { 32, 500 })
        {
            Print($"floor: SQLitePCLRaw, {senders} senders", await Rate(senders, raw), "appends/s");
            Print($"floor: Microsoft.Data.Sqlite, {senders} senders", await Rate(senders, commands), "appends/s");
        }

        await using var database = SqliteDatabase.Open(Path.Combine(folder.Path, "data"));
        var queue = new SqliteQueue(database);
        var tables = new SqliteTables(database);
        var contacts = tables[StorageNames.Contacts];
        ValueTask Send(int _) => queue.SendAsync(Queue, Body, null, default);

        Print("append, 1 sender", await Rate(1, Send), "appends/s");
        Print("append, 32 senders", await Rate(32, Send), "appends/s");
        await Group(database, "append, 500 senders", async () => await Rate(500, Send), "appends/s");
        await Group(
            database,
            "upsert, 500 at once, keys in order",
            async () => await Rate(500, async i => await contacts.UpsertAsync(Contact("bench", i), default)),
            "rows/s");
        await Group(
            database,
            "upsert, 500 at once, keys at random",
            async () => await Rate(
                500,
                async i => await contacts.UpsertAsync(Contact("bench", (int)(i * 2654435761L % 1_000_003)), default)),
            "rows/s");
        await Drain(queue, tables);
        await Import(database, queue, contacts, rows);

        Print(
            "point reads, 1 reader",
            await Rate(1, async i => await contacts.GetAsync("import", Key(i * 7919 % rows), default)),
            "reads/s");
        Print(
            "point reads, 8 readers",
            await Rate(8, async i => await contacts.GetAsync("import", Key(i * 7919 % rows), default)),
            "reads/s");
        Print(
            "pages of 20 rows, 1 reader",
            await Rate(1, async i => await contacts.QueryAsync(
                new RowRange("import") { From = Key(i * 7919 % rows), Take = 20 }, default)),
            "pages/s");
        Print("resident memory", Environment.WorkingSet / 1048576.0, "MB");
        Print(
            "file", new FileInfo(Path.Combine(folder.Path, "data", SqliteDatabase.FileName)).Length / 1048576.0, "MB");
    }

    /// <summary>
    /// Handles each event as the app does: two reads, five writes, its share of a claim of 32, and its deletion.
    /// </summary>
    private static async Task Drain(SqliteQueue queue, SqliteTables tables)
    {
        var calls = tables[StorageNames.Calls];
        var handled = 0;
        var time = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(pump => Task.Run(async () =>
        {
            while (time.Elapsed < Duration
                && await queue.ReceiveAsync(Queue, 32, TimeSpan.FromMinutes(1), default) is { Count: > 0 } messages)
            {
                await Task.WhenAll(messages.Select(async message =>
                {
                    var partition = message.Id;
                    _ = await calls.GetAsync(partition, "account", default);
                    await calls.InsertAsync(Contact(partition, 0), default);
                    for (var i = 1; i < 5; i++)
                    {
                        await calls.UpsertAsync(Contact(partition, i), default);
                    }

                    _ = await calls.GetAsync(partition, Key(0), default);
                    await queue.DeleteAsync(message, default);
                    Interlocked.Increment(ref handled);
                }));
            }
        })));
        Print("queue drained (2 reads, 5 writes, claim, delete)", handled / time.Elapsed.TotalSeconds, "events/s");
    }

    private static async Task Import(SqliteDatabase database, SqliteQueue queue, ITable contacts, int rows)
    {
        var latencies = new ConcurrentBag<double>();
        using var imported = new CancellationTokenSource();
        var before = database.CommitCount;
        var log = 0L;
        var senders = Enumerable.Range(0, 32).Select(_ => Task.Run(async () =>
        {
            while (!imported.IsCancellationRequested)
            {
                var start = Stopwatch.GetTimestamp();
                await queue.SendAsync(Queue, Body, null, default);
                latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                await Task.Delay(10);
            }
        })).ToList();
        var time = Stopwatch.StartNew();
        await Parallel.ForAsync(0, rows / 100, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (slice, cancellationToken) =>
        {
            // Far apart in the table, like the index rows of an import.
            var changes = Enumerable.Range(0, 100).Select(i => RowChange.Upsert(
                Contact("import", (slice * 100) + i, (int)(((slice * 100L) + i) * 7919 % rows)))).ToList();
            await contacts.BatchAsync(changes, cancellationToken);
            if (slice % 50 == 0)
            {
                log = Math.Max(log, database.LogLength);
            }
        });
        Print($"import of {rows} rows in batches of 100", rows / time.Elapsed.TotalSeconds, "rows/s");
        await imported.CancelAsync();
        await Task.WhenAll(senders);
        var sorted = latencies.Order().ToArray();
        Print("  acks meanwhile", sorted.Length / time.Elapsed.TotalSeconds, "appends/s");
        Print("  p50", sorted[sorted.Length / 2], "ms");
        Print("  p99", sorted[(int)(sorted.Length * 0.99)], "ms");
        Print("  longest", sorted[^1], "ms");
        Print("  longest log", log / 1048576.0, "MB");
        Print(
            "  rows in a transaction",
            (database.CommitCount.Writes - before.Writes) / (double)(database.CommitCount.Commits - before.Commits),
            "writes");
    }

    private static async Task Group(SqliteDatabase database, string name, Func<Task<double>> measure, string unit)
    {
        var before = database.CommitCount;
        Print(name, await measure(), unit);
        Print("  writes in a transaction", (database.CommitCount.Writes - before.Writes) / (double)Math.Max(
            1, database.CommitCount.Commits - before.Commits), "writes");
    }

    /// <summary>
    /// How often the work is done in a second by concurrent loops, each of which starts again when it is done.
    /// </summary>
    private static async Task<double> Rate(int concurrency, Func<int, ValueTask> work)
    {
        var (next, done) = (0, 0);
        var time = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(async () =>
        {
            while (time.Elapsed < Duration)
            {
                await work(Interlocked.Increment(ref next) & 0xfffffff);
                Interlocked.Increment(ref done);
            }
        })));
        return done / time.Elapsed.TotalSeconds;
    }

    private static string Key(int number) => $"c{number:D8}";

    private static Row Contact(string partition, int number, int? key = null) => new Row(partition, Key(key ?? number))
        .Set("Name", $"José Rodríguez {number}").Set("Number", $"+5068{number:D7}").Set("Company", "Cooperativa")
            .Set("Balance", 125_000).Set("Active", value: true)
        .Set("Changed", DateTimeOffset.UnixEpoch.AddSeconds(number));

    private static void Print(string name, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-52}{value,14:N1} {unit}"));

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("callmyway-bench-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
