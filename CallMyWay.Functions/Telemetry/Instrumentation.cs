using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CallMyWay.Functions.Telemetry;

/// <summary>
/// All that is traced and measured: one source of spans and one meter, both named <see cref="Name"/>. Nothing else is
/// exported (see <see cref="TelemetryServices"/>), so that what stands here is the whole list of what can leave. It
/// holds names, counts, durations, statuses and types of errors; never an address, a number, a name, a key or the text
/// of an error. Where nobody listens it costs next to nothing.
/// </summary>
public static class Instrumentation
{
    /// <summary>The name of the source, of the meter and of the service.</summary>
    public const string Name = "CallMyWay";

    private const string StatusTag = "status";

    private const string ResultTag = "result";

    // The acks of an office take a millisecond, those of a storage account ten; a second is what a pop-up may take.
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

    /// <summary>Whether anybody listens to spans.</summary>
    public static bool IsTracing => Source.HasListeners();

    /// <summary>Whether anybody wants to know of the queues, which costs requests to the storage.</summary>
    public static bool IsWatchingQueues => Poison.Enabled || OldestAge.Enabled;

    /// <summary>The span at hand in W3C's words, for a message to carry; null where nobody listens.</summary>
    public static string? TraceParent =>
        Activity.Current is { } activity && activity.Source == Source ? activity.Id : null;

    /// <summary>
    /// The span of a function. It continues <paramref name="traceParent"/>, else it begins a trace: what the caller of
    /// an HTTP function says of a trace of its own, and what a framework below began, does not decide what is sampled
    /// here. To be called in an async method, whose end gives the activity back that was current.
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

    /// <summary>A step within a function.</summary>
    public static Activity? Start(string name, ActivityKind kind = ActivityKind.Internal) =>
        Source.StartActivity(name, kind);

    /// <summary>What an HTTP function answered.</summary>
    public static void Answered(this Activity? function, int status)
    {
        function?.SetTag("http.response.status_code", status);
        if (status >= 500)
        {
            function?.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>
    /// The error of a span: its type and where it was, not its text, unless the text is the storage's, which we wrote
    /// ourselves.
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

    /// <summary>In seconds. Between two looks at the clock it may have been set back.</summary>
    private static double NotNegative(TimeSpan age) => Math.Max(0, age.TotalSeconds);

    private static Histogram<double> Seconds(string name, string description, double[] boundaries) =>
        Meter.CreateHistogram(
            name, "s", description, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = boundaries });
}
