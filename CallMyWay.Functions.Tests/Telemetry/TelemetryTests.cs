using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Telemetry;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CallMyWay.Functions.Tests.Telemetry;

/// <summary>
/// All hosts of a process share the source and the meter, so parallel tests would mix their telemetry.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TelemetryTestGroup
{
    public const string Name = "telemetry";
}

/// <summary>
/// What a whole host exports: spans, metrics and logs behind all processors, and what of them a real receiver gets.
/// </summary>
[Collection(TelemetryTestGroup.Name)]
public sealed partial class TelemetryTests : IAsyncLifetime
{
    private const string Key = "canary-key-5e1f0c9a7b3d";

    private readonly ExportedTelemetry _exported = new();

    private OtlpReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await OtlpReceiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    public async Task One_Trace_Leads_From_The_Webhook_Through_The_Queue_To_The_Screen()
    {
        await using var host = await StartAsync();
        using var ana = await host.SignInAsync("ana");
        await using var screen = await TestScreen.OpenAsync(host, ana);

        (await PostAsync(host, DemoHost.Notification("callStart", "traced-1"))).ShouldBe(HttpStatusCode.OK);
        await screen.NextOfAsync("traced-1");

        // The webhook's span ends after its answer, perhaps even after the pop-up.
        await ExportedTelemetry.FlushUntilAsync(host, () => new[] { "ProcessCallEvent", "ReceiveCallEvent" }.All(name => _exported.Spans.Any(span => span.DisplayName == name)));
        var process = _exported.Spans.Single(span => span.DisplayName == "ProcessCallEvent");
        var trace = _exported.Spans.Where(span => span.TraceId == process.TraceId).ToList();
        trace.Select(span => span.DisplayName).ShouldBe(["ReceiveCallEvent", "ProcessCallEvent", "match contact", "push to screens"], ignoreOrder: true);
        trace.ShouldAllBe(span => span.Source.Name == "CallMyWay" && span.Status != ActivityStatusCode.Error);
        var receive = trace.Single(span => span.DisplayName == "ReceiveCallEvent");
        receive.ParentSpanId.ShouldBe(default);
        receive.TagObjects.ShouldBe([new("http.response.status_code", 200)]);
        process.ParentSpanId.ShouldBe(receive.SpanId);
        trace.Single(span => span.DisplayName == "match contact").ParentSpanId.ShouldBe(process.SpanId);
        trace.Single(span => span.DisplayName == "push to screens").ParentSpanId.ShouldBe(process.SpanId);
        trace.Single(span => span.DisplayName == "match contact").GetTagItem("callmyway.candidates").ShouldBe(1);
    }

    [Fact]
    public async Task A_Callers_Own_Trace_Is_Ignored()
    {
        await using var host = await StartAsync();
        using var client = host.Anonymous();
        client.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        (await client.GetAsync("/api/health")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await ExportedTelemetry.FlushUntilAsync(host, () => _exported.Spans.Any(span => span.DisplayName == "Health"));
        _exported.Spans.ShouldNotContain(span => span.TraceId.ToHexString() == "0af7651916cd43dd8448eb211c80319c");
    }

    [Fact]
    public async Task A_Message_Without_A_Trace_Is_Read_And_Begins_One()
    {
        await using var host = await StartAsync();
        using var ana = await host.SignInAsync("ana");
        await using var screen = await TestScreen.OpenAsync(host, ana);

        var body = JsonSerializer.Serialize(DemoHost.Notification("callStart", "untraced-1"));
        await host.Get<IQueue>().SendAsync(StorageNames.CallEvents, JsonSerializer.Serialize(new { receivedAt = DateTimeOffset.UtcNow, body }), null, default);

        await screen.NextOfAsync("untraced-1");
        await ExportedTelemetry.FlushUntilAsync(host, () => _exported.Spans.Any(span => span.DisplayName == "ProcessCallEvent"));
        _exported.Spans.Single(span => span.DisplayName == "ProcessCallEvent").ParentSpanId.ShouldBe(default);
    }

    [Fact]
    public async Task Each_Metric_Is_Exported()
    {
        await using var desk = await ClickDesk.StartWithAsync(
            TestStorage.Sqlite, new() { Settings = ["--Telemetry:OtlpEndpoint", _receiver.Address], Services = _exported.AddTo });
        using var ana = await desk.SignInAsync("ana");
        await using var screen = await TestScreen.OpenAsync(desk.Host, ana);
        using var nobody = desk.Host.Anonymous();
        (await nobody.PostAsJsonAsync(desk.Host.Webhook, DemoHost.Notification("callStart", "measured-1"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await nobody.PostAsync(desk.Host.Webhook, new StringContent("nonsense"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await screen.NextOfAsync("measured-1");
        (await ClickDesk.ClickAsync(ana, new { number = "88881234", force = true })).Status.ShouldBe(HttpStatusCode.Accepted);
        await desk.Host.WatchQueuesAsync();

        (string Name, string Unit, string? Tag)[] all =
        [
            ("callmyway.webhook.ack.duration", "s", null), ("callmyway.popup.delay", "s", null), ("callmyway.queue.age", "s", null),
            ("callmyway.webhook.received", "{notification}", null), ("callmyway.webhook.refused", "{notification}", "status=400"),
            ("callmyway.operator.requests", "{request}", "result=accepted"),
            ("callmyway.queue.poison", "{message}", "queue=call-events"), ("callmyway.queue.oldest.age", "s", "queue=call-events"),
        ];
        await ExportedTelemetry.FlushUntilAsync(
            desk.Host,
            () => all.All(metric => _exported.Metrics.Any(one => (one.MeterName, one.Name, one.Unit) == ("CallMyWay", metric.Name, metric.Unit)
                && one.MetricPoints.Any(point => TagsOf(point) == metric.Tag))),
            () => $"the metrics among {string.Join("; ", _exported.Metrics.Select(one => $"{one.Name} {one.Unit} {string.Join(',', one.MetricPoints.Select(TagsOf))}"))}");

        _exported.Metrics.Select(one => one.Name).Except(all.Select(metric => metric.Name)).ShouldBeEmpty();
        var acks = _exported.Metrics.Last(one => one.Name == "callmyway.webhook.ack.duration").MetricPoints.ShouldHaveSingleItem();
        acks.GetHistogramCount().ShouldBeGreaterThanOrEqualTo(1);
        BoundsOf(acks).ShouldContain(0.001);
        BoundsOf(_exported.Metrics.Last(one => one.Name == "callmyway.popup.delay").MetricPoints.ShouldHaveSingleItem()).ShouldContain(0.75);

        static string? TagsOf(MetricPoint point)
        {
            string? tags = null;
            foreach (var (name, value) in point.Tags)
            {
                tags = $"{(tags is null ? "" : tags + ",")}{name}={value}";
            }

            return tags;
        }

        static IReadOnlyList<double> BoundsOf(MetricPoint point)
        {
            var bounds = new List<double>();
            foreach (var bucket in point.GetHistogramBuckets())
            {
                bounds.Add(bucket.ExplicitBound);
            }

            return bounds;
        }
    }

    [Fact]
    public async Task The_Queue_Metrics_Are_Exported_Before_The_Run_Ends()
    {
        await using var host = await StartAsync();

        await host.WatchQueuesAsync();

        // The test does not flush: by itself the exporter sends only once a minute.
        foreach (var metric in new[] { "callmyway.queue.poison", "callmyway.queue.oldest.age" })
        {
            _receiver.Everything.ShouldContain(body => body.StartsWith("/v1/metrics ", StringComparison.Ordinal)
                && body.Contains(metric, StringComparison.Ordinal) && body.Contains(StorageNames.CallEvents, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_Receiver_That_Does_Not_Answer_Delays_The_Run_Only_For_Seconds_And_The_Log_Says_So()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var host = await TestHost.StartAsync(
            TestStorage.Sqlite, new() { Settings = ["--Telemetry:OtlpEndpoint", $"http://{silent.LocalEndpoint}"] });
        var clock = new FakeTimeProvider();
        var run = host.WatchQueuesAsync(clock);
        using var asked = await silent.AcceptTcpClientAsync();

        run.IsCompleted.ShouldBeFalse();
        await Eventually.TrueAsync(() =>
        {
            clock.Advance(MeterFlush.Longest);
            return Task.FromResult(run.IsCompleted);
        });

        await run;
        host.Log.Entries(LogLevel.Warning).ShouldContain(entry => entry.Contains("did not take what was measured", StringComparison.Ordinal));
        // The host exports once more when it stops.
        silent.Stop();
    }

    [Fact]
    public async Task Failed_Spans_Are_Exported_Even_If_Nothing_Is_Sampled()
    {
        await using var host = await StartAsync("--Telemetry:SamplingRatio", "0", "--Queues:RetryDelay", "00:00:00");
        using var ana = await host.SignInAsync("ana");
        await using var screen = await TestScreen.OpenAsync(host, ana);
        await host.Get<ITables>()[StorageNames.Mappings].UpsertAsync(new Row("endpoint", "broken").Set("json", "{"), default);

        (await PostAsync(host, DemoHost.Notification("callStart", "kept-1", ("endpoint_id", "broken")))).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(host, DemoHost.Notification("callStart", "dropped-1"))).ShouldBe(HttpStatusCode.OK);
        await screen.NextOfAsync("dropped-1");

        await ExportedTelemetry.FlushUntilAsync(host, () => _exported.Spans.Count >= 5);
        _exported.Spans.ShouldAllBe(span => span.DisplayName == "ProcessCallEvent" && span.Status == ActivityStatusCode.Error);
        // All five tries belong to the trace that began at the webhook.
        _exported.Spans.Select(span => span.TraceId).Distinct().Count().ShouldBe(1);
        _exported.Spans[0].GetTagItem("error.type").ShouldBe("System.Text.Json.JsonException");
    }

    [Fact]
    public async Task The_Id_In_The_Answer_To_A_Failed_Request_Leads_To_Its_Trace()
    {
        await using var host = await StartAsync();
        using var admin = await host.SignInAsync("admin");
        await host.Get<ITables>()[StorageNames.Mappings].UpsertAsync(new Row("endpoint", "broken").Set("json", "{"), default);

        using var answer = await admin.GetAsync("/api/mappings");

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var problem = await answer.Content.ReadAsStringAsync();
        await ExportedTelemetry.FlushUntilAsync(host, () => _exported.Spans.Any(span => span.Status == ActivityStatusCode.Error));
        var trace = _exported.Spans.Single(span => span.Status == ActivityStatusCode.Error).TraceId.ToHexString();
        problem.ShouldContain(trace);
        host.Log.Entries().ShouldContain(entry => entry.Contains(trace, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_Secret_Is_Exported_Or_Logged()
    {
        const string password = "canary-password-ñ&?=1c";
        const string caller = "87654321", dialled = "86543219", searched = "85432198", refused = "84321987", name = "Canario Quetzal Volcán";
        var account = new[] { "--Accounts:0:Username", "8000001", "--Accounts:0:Password", password, "--Accounts:0:Endpoints:0:Id", "1001", "--Accounts:0:Endpoints:0:Number", "40001001" };
        var settings = new[]
        {
            "--CallMyWay:Accounts:0:Username", "8000001", "--CallMyWay:Accounts:0:Password", password, "--CallMyWay:TimeoutSeconds", "5", "--Webhook:Keys:0", Key,
            "--Telemetry:OtlpEndpoint", _receiver.Address, "--Telemetry:SamplingRatio", "1", "--Queues:RetryDelay", "00:00:00",
            "--Logging:LogLevel:Default", "Trace", "--Logging:LogLevel:Microsoft.AspNetCore", "Information",
        };
        await using var desk = await ClickDesk.StartWithAsync(
            TestStorage.Sqlite, new() { Settings = settings, Services = _exported.AddTo }, account);
        var host = desk.Host;
        await desk.SetAsync("webhook", new { webhook = new Uri(host.Address, $"/api/webhooks/callmyway/{Key}") });
        using var ana = await host.SignInAsync("ana");
        await using var screen = await TestScreen.OpenAsync(host, ana);

        // A contact is created, found by number and by name, calls, and is called.
        (await ana.PostAsJsonAsync("/api/contacts", new { name, numbers = new[] { caller, dialled } })).StatusCode.ShouldBe(HttpStatusCode.Created);
        foreach (var query in new[] { $"phone={searched}", $"phone={caller}", $"query={Uri.EscapeDataString(name)}" })
        {
            (await ana.GetAsync($"/api/contacts?{query}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await ana.GetAsync($"/api/calls?number={searched}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PostAsync(host, DemoHost.Notification("callStart", "canary-call-1", ("ani", caller)))).ShouldBe(HttpStatusCode.OK);
        (await screen.NextOfAsync("canary-call-1")).PopUp.GetProperty("candidates")[0].Text("name").ShouldBe(name);
        await ClickDesk.ClickAsync(ana, new { number = dialled, force = true });
        await desk.PostAsync("faults", new { clickDelayMs = 30_000 });
        await ClickDesk.ClickAsync(ana, new { number = dialled, force = true });

        // A refusal, a failure, and a library's message.
        using var nobody = host.Anonymous();
        (await nobody.PostAsync($"/api/webhooks/callmyway/{Key}", new StringContent($"nonsense {refused} {name}"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await nobody.PostAsync($"/api/webhooks/callmyway/{Key}x", new StringContent(refused))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await nobody.PostAsync($"/api/webhooks/callmyway/{Key}", new StringContent(new string('9', 20_000) + refused))).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        await host.Get<ITables>()[StorageNames.Mappings].UpsertAsync(new Row("endpoint", "broken").Set("json", $$"""{"endpointId":"{{caller}}","primary":"{{refused}}"}"""), default);
        (await PostAsync(host, DemoHost.Notification("callStart", "canary-call-2", ("ani", caller), ("endpoint_id", "broken")))).ShouldBe(HttpStatusCode.OK);
        var library = host.Get<ILoggerFactory>().CreateLogger("Microsoft.Made.Up");
        Library.Failed(library, $"/api/webhooks/callmyway/{Key}", new FormatException($"'{refused}' is no number", new InvalidOperationException(Key)));
        Library.Fine(library, Key);
        using (Library.Scope(library, Key))
        {
            Library.InScope(library);
        }

        await ExportedTelemetry.FlushUntilAsync(host, () => _exported.Spans.Count(span => span is { DisplayName: "ProcessCallEvent", Status: ActivityStatusCode.Error }) >= 5
            && _exported.Logs.Any(log => log.FormattedMessage!.Contains("try 5 of 5", StringComparison.Ordinal)) && _exported.Logs.Any(log => log.FormattedMessage == "In a scope"));

        _receiver.Paths.ShouldBe(["/v1/traces", "/v1/metrics", "/v1/logs"], ignoreOrder: true);
        // All of it was sent…
        _exported.Spans.Select(span => span.DisplayName).ShouldBeSubsetOf(Names);
        foreach (var one in new[] { "CreateContact", "ListContacts", "ListCalls", "Dial", "dial", "ask operator", "SignIn", "ProcessCallEvent" })
        {
            _exported.Spans.ShouldContain(span => span.DisplayName == one, one);
            _receiver.Everything.ShouldContain(body => body.StartsWith("/v1/traces ", StringComparison.Ordinal) && body.Contains(one, StringComparison.Ordinal), one);
        }

        _exported.Spans.Where(span => span.DisplayName == "ask operator").Select(span => span.GetTagItem("callmyway.operator.result")).ShouldBe(["accepted", "unknown"], ignoreOrder: true);
        var log = _exported.Logs.Single(log => log.CategoryName == "Microsoft.Made.Up" && log.FormattedMessage != "In a scope");
        log.Body.ShouldBe("The request {Path} failed");
        log.FormattedMessage.ShouldBe("The request {Path} failed");
        log.Exception.ShouldBeNull();
        log.Attributes!.Select(tag => tag.Key).ShouldBe(["exception.type", "exception.message", "exception.stacktrace"]);
        log.Attributes![1].Value.ShouldBe("System.FormatException");
        foreach (var one in new[] { "The request {Path} failed", "In a scope", "try 5 of 5" })
        {
            _receiver.Everything.ShouldContain(body => body.StartsWith("/v1/logs ", StringComparison.Ordinal) && body.Contains(one, StringComparison.Ordinal), one);
        }

        // …and none of this is in it.
        foreach (var secret in new[] { password, "canary-password", Key, "canary-key", caller, dialled, searched, refused, name, "Quetzal", "Volc" })
        {
            foreach (var form in new[] { secret, Uri.EscapeDataString(secret), System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(secret)) })
            {
                _receiver.Everything.ShouldNotContain(body => body.Contains(form, StringComparison.OrdinalIgnoreCase), secret);
                host.Log.Entries().Where(entry => !IsOfThisTest(entry)).ShouldNotContain(entry => entry.Contains(form, StringComparison.OrdinalIgnoreCase), secret);
            }
        }

        // The test itself logged this in a library's name.
        bool IsOfThisTest(string entry) => entry.StartsWith("The request /api/webhooks", StringComparison.Ordinal) || entry.StartsWith("Something is", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_A_Receiver_No_Telemetry_Is_Set_Up()
    {
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite);

        host.App.Services.GetService<TracerProvider>().ShouldBeNull();
        host.App.Services.GetService<MeterProvider>().ShouldBeNull();
        host.App.Services.GetServices<ILoggerProvider>().ShouldHaveSingleItem().ShouldBe(host.Log);
    }

    [Theory]
    [InlineData("OtlpEndpoint", "nowhere")]
    [InlineData("OtlpEndpoint", "ftp://127.0.0.1")]
    [InlineData("SamplingRatio", "1.5")]
    [InlineData("SamplingRatio", "half")]
    public async Task A_Wrong_Setting_Is_Reported_At_The_Start(string setting, string value)
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(() => TestHost.StartAsync(TestStorage.Sqlite, new() { Settings = [$"--Telemetry:{setting}", value] }));

        StartException.Explain(failure).ShouldNotBeNull().ShouldContain($"Telemetry:{setting}");
    }

    private static IEnumerable<string> Names =>
    [
        "match contact", "push to screens", "dial", "ask operator",
        .. Conventions.FunctionMethods.Everywhere.Select(function => function.Name),
    ];

    private Task<TestHost> StartAsync(params string[] settings) =>
        TestHost.StartAsync(TestStorage.Sqlite, new()
        {
            Settings = ["--Webhook:Keys:0", Key, "--Telemetry:OtlpEndpoint", _receiver.Address, "--Telemetry:SamplingRatio", "1", .. settings],
            Services = _exported.AddTo,
        });

    private static async Task<HttpStatusCode> PostAsync(TestHost host, object notification)
    {
        using var nobody = host.Anonymous();
        using var response = await nobody.PostAsJsonAsync($"/api/webhooks/callmyway/{Key}", notification);
        return response.StatusCode;
    }

    private static partial class Library
    {
        public static Func<ILogger, string, IDisposable?> Scope { get; } = LoggerMessage.DefineScope<string>("{Path}");

        [LoggerMessage(LogLevel.Warning, "The request {Path} failed")]
        public static partial void Failed(ILogger logger, string path, Exception error);

        [LoggerMessage(LogLevel.Information, "Something is {Fine}")]
        public static partial void Fine(ILogger logger, string fine);

        [LoggerMessage(LogLevel.Warning, "In a scope")]
        public static partial void InScope(ILogger logger);
    }
}

internal static class WatchQueuesSteps
{
    /// <summary>Measures the queues, and tells of them as the minute's clock does.</summary>
    public static async Task WatchQueuesAsync(this TestHost host, TimeProvider? clock = null)
    {
        var services = host.App.Services;
        var (watch, flush) = clock is null
            ? (ActivatorUtilities.CreateInstance<WatchQueues>(services), services.GetRequiredService<MeterFlush>())
            : (ActivatorUtilities.CreateInstance<WatchQueues>(services, clock),
                ActivatorUtilities.CreateInstance<MeterFlush>(services, clock));
        try
        {
            await watch.MeasureAsync(CancellationToken.None);
        }
        finally
        {
            await flush.RunAsync(CancellationToken.None);
        }
    }
}
