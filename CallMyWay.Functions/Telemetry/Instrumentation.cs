using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CallMyWay.Functions.Telemetry;

/// <summary>
/// All traces and metrics: one source of spans and one meter, both named <see cref="Name"/>. Nothing else is exported
/// (see <see cref="TelemetryServices"/>), so this class lists all that can be. It exports names, counts, durations,
/// statuses and error types; never an address, a phone number, a person's name, a key or an error's message. Without a
/// listener it costs next to nothing.
/// </summary>
public static class Instrumentation
{
    /// <summary>The name of the source, of the meter and of the service.</summary>
    public const string Name = "CallMyWay";

    private const string StatusTag = "status";

    private const string ResultTag = "result";

    // An ack takes about 1 ms on LocalHost and 10 ms on a storage account. A pop-up may take a second.
    private static readonly double[] Fast =
        [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static readonly double[] Waits =
        [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 2, 5, 10, 30, 60, 300, 1800];

    private static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> AckDuration = Seconds(
        "callmyway.webhook.ack.duration", "From a notification's arrival to its ack, with the durable enqueue.", Fast);

    private static readonly Histogram<double> PopUpDelay = Seconds(
        "callmyway.popup.delay", "From a notification's arrival until it was sent to the screens.", Waits);

    private static readonly Histogram<double> QueueAge = Seconds(
        "callmyway.queue.age", "A message's age when its processing starts.", Waits);

    private static readonly Counter<long> Received = Meter.CreateCounter<long>(
        "callmyway.webhook.received", "{notification}", "Notifications that were acked.");

    private static readonly Counter<long> Refused = Meter.CreateCounter<long>(
        "callmyway.webhook.refused",
        "{notification}",
        "Notifications that were not acked, by the status that was answered.");

    private static readonly Counter<long> OperatorRequests = Meter.CreateCounter<long>(
        "callmyway.operator.requests", "{request}", "Requests to the operator, by what came of them.");

    private static readonly Gauge<long> Poison = Meter.CreateGauge<long>(
        "callmyway.queue.poison", "{message}", "Messages that failed each time and wait for an administrator.");

    private static readonly Gauge<double> OldestAge = Meter.CreateGauge<double>(
        "callmyway.queue.oldest.age",
        "s",
        "How long the message at the front of a queue has waited; 0 for an empty queue.");

    private static readonly Gauge<double> RecordsBehind = Meter.CreateGauge<double>(
        "callmyway.records.behind",
        "s",
        "How old the call records are that were read last, of the account where they are oldest.");

    private static readonly Counter<long> RecordRequests = Meter.CreateCounter<long>(
        "callmyway.records.requests", "{request}", "Requests to the operator for call records, by what came of them.");

    private static readonly Counter<long> RecordsTaken = Meter.CreateCounter<long>(
        "callmyway.records.taken", "{record}", "Call records that changed a call.");

    private static readonly Gauge<long> OpenDays = Meter.CreateGauge<long>(
        "callmyway.reconciliation.open",
        "{day}",
        "Days of the last month of which a call has no record, or a record could not be read.");

    /// <summary>Whether anything listens to spans.</summary>
    public static bool IsTracing => Source.HasListeners();

    /// <summary>Whether anything listens to the queue metrics, whose values cost storage requests.</summary>
    public static bool IsWatchingQueues => Poison.Enabled || OldestAge.Enabled;

    /// <summary>The current span as a W3C traceparent, for a message to carry; null if nothing listens.</summary>
    public static string? TraceParent =>
        Activity.Current is { } activity && activity.Source == Source ? activity.Id : null;

    /// <summary>
    /// Starts the span of a function. It continues <paramref name="traceParent"/> or begins a trace. It ignores the
    /// current activity: neither an HTTP caller's trace nor a framework's decides what is sampled here. Call it in an
    /// async method: when that ends, the current activity is restored.
    /// </summary>
    public static Activity? StartFunction(string name, ActivityKind kind, string? traceParent = null)
    {
        if (!IsTracing)
        {
            return null;
        }

        Activity.Current = null;
        _ = ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        return Source.StartActivity(kind, parent, name: name);
    }

    /// <summary>Starts the span of a step within a function.</summary>
    public static Activity? Start(string name, ActivityKind kind = ActivityKind.Internal) =>
        Source.StartActivity(name, kind);

    /// <summary>Records the status that an HTTP function answered with.</summary>
    public static void Answered(this Activity? function, int status)
    {
        function?.SetTag("http.response.status_code", status);
        if (status >= 500)
        {
            function?.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>
    /// Records an error in a span: its type and stack trace. The message is recorded only if it is the storage's, which
    /// we write ourselves.
    /// </summary>
    public static void Failed(this Activity? activity, Exception error)
    {
        if (activity is null)
        {
            return;
        }

        activity.SetStatus(ActivityStatusCode.Error);
        activity.SetTag("error.type", error.GetType().FullName);
        activity.AddEvent(new ActivityEvent("exception", tags: [.. ErrorShape.Of(error)]));
    }

    public static void WebhookAcked(long began)
    {
        Received.Add(1);
        if (AckDuration.Enabled)
        {
            AckDuration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
    }

    public static void WebhookRefused(int status) =>
        Refused.Add(1, new KeyValuePair<string, object?>(StatusTag, status));

    public static void OperatorAsked(string result) =>
        OperatorRequests.Add(1, new KeyValuePair<string, object?>(ResultTag, result));

    public static void ProcessingStarted(TimeSpan age) => QueueAge.Record(NotNegative(age));

    public static void SentToScreens(TimeSpan delay) => PopUpDelay.Record(NotNegative(delay));

    public static void QueueIs(string queue, long poison, TimeSpan oldest)
    {
        var tag = new KeyValuePair<string, object?>("queue", queue);
        Poison.Record(poison, tag);
        OldestAge.Record(NotNegative(oldest), tag);
    }

    public static void RecordsAreBehind(TimeSpan age) => RecordsBehind.Record(NotNegative(age));

    public static void DaysAreOpen(int days) => OpenDays.Record(days);

    public static void RecordsAsked(string result) =>
        RecordRequests.Add(1, new KeyValuePair<string, object?>(ResultTag, result));

    public static void TookRecords(int changed) => RecordsTaken.Add(changed);

    /// <summary>In seconds, at least 0: the clock may have been set back in between.</summary>
    private static double NotNegative(TimeSpan age) => Math.Max(0, age.TotalSeconds);

    private static Histogram<double> Seconds(string name, string description, double[] boundaries) =>
        Meter.CreateHistogram(
            name, "s", description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = boundaries });
}
