using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>A span as it arrived.</summary>
internal sealed record ReceivedSpan(
    string Source,
    string Name,
    string TraceId,
    string SpanId,
    string ParentId,
    ulong Kind,
    bool Failed,
    IReadOnlyDictionary<string, string> Tags);

/// <summary>A metric's data point as it arrived: its <paramref name="Value"/>, or a histogram's count.</summary>
internal sealed record ReceivedPoint(
    string Meter,
    string Name,
    string Unit,
    double Value,
    IReadOnlyList<double> Bounds,
    IReadOnlyDictionary<string, string> Tags);

/// <summary>A log record as it arrived.</summary>
internal sealed record ReceivedLog(
    string Category, string Severity, string Body, string TraceId, IReadOnlyDictionary<string, string> Tags);

/// <summary>
/// A receiver of OTLP over HTTP: a real server that keeps every byte. The numbers below are field numbers of
/// opentelemetry-proto.
/// </summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();

    private OtlpReceiver(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>The received addresses and bodies, as text, to search in.</summary>
    public IEnumerable<string> Everything =>
        _received.Select(one => $"{one.Path} {Encoding.Latin1.GetString(one.Body)}");

    public IReadOnlyList<string> Paths => [.. _received.Select(one => one.Path).Distinct(StringComparer.Ordinal)];

    public IReadOnlyList<ReceivedSpan> Spans =>
    [
        .. from scope in Scopes("/v1/traces")
           from span in scope.Messages(2)
           select new ReceivedSpan(
               scope.Message(1)!.Text(1), span.Text(5), span.Hex(1), span.Hex(2), span.Hex(4), span.Number(6), span.Message(15)?.Number(3) == 2, Tags(span.Messages(9))),
    ];

    public IReadOnlyList<ReceivedPoint> Points =>
    [
        .. from scope in Scopes("/v1/metrics")
           from metric in scope.Messages(2)
           from kind in new[] { 5, 7, 9 }
           from data in metric.Messages(kind)
           from point in data.Messages(1)
           select new ReceivedPoint(
               scope.Message(1)!.Text(1),
               metric.Text(1),
               metric.Text(3),
               kind == 9 ? point.Number(4) : point.Number(6) + point.Double(4),
               point.Doubles(7) is var bounds && kind == 9 ? bounds : [],
               Tags(point.Messages(kind == 9 ? 9 : 7))),
    ];

    public IReadOnlyList<ReceivedLog> Logs =>
    [
        .. from scope in Scopes("/v1/logs")
           from log in scope.Messages(2)
           select new ReceivedLog(
               scope.Message(1)!.Text(1),
               log.Text(3),
               log.Message(5)?.Text(1) ?? "",
               log.Hex(9),
               Tags(log.Messages(6))),
    ];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.MapPost("/{*path}", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            receiver._received.Enqueue((request.Path.ToString(), body.ToArray()));
            return Results.Bytes([], "application/x-protobuf");
        });
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Makes the host export until the condition is true.</summary>
    public static async Task FlushUntilAsync(TestHost host, Func<bool> condition, Func<string>? what = null) =>
        await Eventually.TrueAsync(
        async () =>
        {
            await Task.Run(() =>
            {
                host.Get<TracerProvider>().ForceFlush();
                host.Get<MeterProvider>().ForceFlush();
                host.Get<LoggerProvider>().ForceFlush();
            });
            return condition();
        },
        what);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IEnumerable<ProtoMessage> Scopes(string path) =>
        from one in _received
        where one.Path == path
        from resource in new ProtoMessage(one.Body).Messages(1)
        from scope in resource.Messages(2)
        select scope;

    private static Dictionary<string, string> Tags(IEnumerable<ProtoMessage> tags) => tags.ToDictionary(
        tag => tag.Text(1),
        tag => tag.Message(2) is { } value ? value.Text(1) is { Length: > 0 } text ? text : $"{value.Number(3)}" : "",
        StringComparer.Ordinal);
}
