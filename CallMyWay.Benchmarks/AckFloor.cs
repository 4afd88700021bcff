using System.Buffers;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace CallMyWay.Benchmarks;

/// <summary>
/// The least that a durable ack can cost: Kestrel without routing, services or checks, one INSERT of the body, and a
/// thread that commits all waiting inserts at once. The pragmas are the host's. Nothing is parsed, and the bodies are
/// not processed.
/// </summary>
internal static class AckFloor
{
    private static readonly byte[] Ack = """{"ack":"ok"}"""u8.ToArray();

    public static WebApplication Build(string folder)
    {
        var waiting = Start(folder);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            var body = new byte[(int)context.Request.ContentLength!];
            await context.Request.Body.ReadExactlyAsync(body);
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.TryWrite((body, done));
            await done.Task;
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = Ack.Length;
            context.Response.BodyWriter.Write(Ack);
        });
        return app;
    }

    private static ChannelWriter<(byte[] Body, TaskCompletionSource Done)> Start(string folder)
    {
        Batteries_V2.Init();
        Check(raw.sqlite3_open(Path.Combine(folder, "floor.db"), out var db));
        Check(raw.sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE bodies (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;"));
        Check(raw.sqlite3_prepare_v2(db, "INSERT INTO bodies (body) VALUES (?1)", out var insert));
        Check(raw.sqlite3_prepare_v2(db, "BEGIN", out var begin));
        Check(raw.sqlite3_prepare_v2(db, "COMMIT", out var commit));
        var waiting = Channel.CreateUnbounded<(byte[] Body, TaskCompletionSource Done)>(
            new UnboundedChannelOptions { SingleReader = true });
        new Thread(() =>
        {
            var group = new List<TaskCompletionSource>();
            while (waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                Step(begin);
                while (waiting.Reader.TryRead(out var next))
                {
                    Check(raw.sqlite3_bind_text(insert, 1, next.Body));
                    Step(insert);
                    group.Add(next.Done);
                }

                Step(commit);
                group.ForEach(done => done.SetResult());
                group.Clear();
            }
        })
        { IsBackground = true }.Start();
        return waiting.Writer;
    }

    private static void Step(sqlite3_stmt statement)
    {
        if (raw.sqlite3_step(statement) is var code && code != raw.SQLITE_DONE)
        {
            throw new InvalidOperationException(raw.sqlite3_errstr(code).utf8_to_string());
        }

        _ = raw.sqlite3_reset(statement);
    }

    private static void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new InvalidOperationException(raw.sqlite3_errstr(code).utf8_to_string());
        }
    }
}
