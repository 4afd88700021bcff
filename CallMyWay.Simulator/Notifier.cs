using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace CallMyWay.Simulator;

/// <summary>
/// Writes and sends notifications: those of one call one after another, those of different calls in parallel.
/// </summary>
public sealed partial class Notifier(
    Behaviour behaviour, IOptions<SimulatorOptions> options, TimeProvider time, ILogger<Notifier> logger) : IDisposable
{
    // Angle brackets, accents and plus signs are not escaped, as other senders don't escape them.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions PlainText = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, MaxConnectionsPerServer = 256 })
    {
        Timeout = TimeSpan.FromSeconds(options.Value.WebhookTimeoutSeconds),
    };

    /// <summary>Sends the notifications of one call until there are no more.</summary>
    public async Task SendAllAsync(
        SimulatedCall call, ChannelReader<Notification> notifications, CancellationToken cancellationToken)
    {
        Notification? held = null;
        var late = new List<Notification>();
        await foreach (var notification in notifications.ReadAllAsync(cancellationToken))
        {
            var faults = behaviour.Faults;
            if (Hit(call, notification, faults, faults.Drop, "drop"))
            {
                continue;
            }

            if (held is null && Hit(call, notification, faults, faults.Reorder, "reorder"))
            {
                held = notification;
                continue;
            }

            await SendAsync(call, notification, faults, late, cancellationToken);
            if (held is not null)
            {
                await SendAsync(call, held, faults, late, cancellationToken);
                held = null;
            }
        }

        if (held is not null)
        {
            await SendAsync(call, held, behaviour.Faults, late, cancellationToken);
        }

        foreach (var notification in late)
        {
            await DeliverAsync(call, notification, notification.Body, cancellationToken);
        }
    }

    private async Task SendAsync(
        SimulatedCall call,
        Notification notification,
        Faults faults,
        List<Notification> late,
        CancellationToken cancellationToken)
    {
        if (faults.DelayMs > 0)
        {
            var delay = TimeSpan.FromMilliseconds(
                faults.DelayMs * faults.Draw("delay", call.Number, notification.Index));
            await Task.Delay(delay, time, cancellationToken);
        }

        var body = Hit(call, notification, faults, faults.SingleQuotes, "singleQuotes")
            && !notification.Body.StartsWith("{'", StringComparison.Ordinal)
                ? SingleQuoted(notification.Body)
                : notification.Body;
        body = Hit(call, notification, faults, faults.Garbage, "garbage") ? body[..(body.Length / 2)] : body;
        await DeliverAsync(call, notification, body, cancellationToken);
        if (!Hit(call, notification, faults, faults.Duplicate, "duplicate"))
        {
            return;
        }

        if (faults.Draw("late", call.Number, notification.Index) < 0.5)
        {
            late.Add(notification);
        }
        else
        {
            await DeliverAsync(call, notification, body, cancellationToken);
        }
    }

    private static bool Hit(SimulatedCall call, Notification notification, Faults faults, Share share, string fault)
    {
        var hit = faults.Hits(share, fault, call.Number, notification.Index);
        if (hit)
        {
            lock (call)
            {
                notification.Faults.Add(fault);
            }
        }

        return hit;
    }

    private async Task DeliverAsync(
        SimulatedCall call, Notification notification, string body, CancellationToken cancellationToken)
    {
        var shape = behaviour.Shape;
        for (var attempt = 0; attempt <= shape.Resends; attempt++)
        {
            if (attempt > 0)
            {
                await Task.Delay(
                    TimeSpan.FromSeconds(shape.ResendSeconds * Math.Pow(2, attempt - 1)), time, cancellationToken);
            }

            if (behaviour.Webhook is not { } webhook)
            {
                return;
            }

            var delivery = await PostAsync(webhook, notification, body, cancellationToken);
            lock (call)
            {
                notification.Deliveries.Add(delivery);
            }

            if (delivery.Acked)
            {
                return;
            }

            Log.NotAcked(logger, notification.CallId, notification.Action, delivery.Status, delivery.Error);
        }
    }

    private async Task<Delivery> PostAsync(
        Uri webhook, Notification notification, string body, CancellationToken cancellationToken)
    {
        var sentAt = time.GetUtcNow();
        var started = time.GetTimestamp();
        try
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(notification.ContentType);
            using var response = await _http.PostAsync(webhook, content, cancellationToken);
            var answer = await response.Content.ReadAsStringAsync(cancellationToken);
            return new Delivery(
                sentAt, (int)response.StatusCode, Milliseconds(), response.IsSuccessStatusCode && IsAck(answer), null);
        }
        catch (HttpRequestException failure)
        {
            return new Delivery(sentAt, null, Milliseconds(), false, failure.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Delivery(sentAt, null, Milliseconds(), false, "No answer in time.");
        }

        double Milliseconds() => Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 3);
    }

    private static bool IsAck(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("ack", out var ack)
                && ack.ValueKind == JsonValueKind.String
                && ack.ValueEquals("ok");
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The notification of the leg at this moment, with the document's names, order and formats.</summary>
    /// <param name="isInternal">True where the phone that hands the call over seems to call the other.</param>
    public Notification Write(
        int index,
        string action,
        Leg leg,
        string endpointId,
        DateTimeOffset? connected,
        DateTimeOffset? disconnected,
        bool isInternal = false)
    {
        var shape = behaviour.Shape;
        var callId = action == "callEnd" && shape.EndId == EndId.Other ? "end-" + leg.CallId : leg.CallId;
        var seconds = connected is not null && disconnected is not null ? leg.DurationSeconds : 0;
        var cost = seconds > 0 || disconnected is not null && connected is not null
            ? leg.Cost + (shape.CostIncludesAccessFee ? leg.AccessFee : 0)
            : 0;
        var duration = shape.DurationUnit == DurationUnit.Milliseconds ? seconds * 1000L : seconds;
        (string Name, object? Value)[] data =
        [
            ("callid", callId),
            ("account_id", leg.AccountId),
            ("endpoint_id", endpointId),
            ("ani", TextOrNone(isInternal ? leg.HandedOverBy!.EndpointId : leg.Ani, shape)),
            ("dnis", TextOrNone(isInternal ? leg.Line.EndpointId : leg.Dnis, shape)),
            ("detect_time", TimeOrNone(leg.DetectedAt, leg, shape)),
            ("connect_time", TimeOrNone(connected, leg, shape)),
            ("disconnect_time", TimeOrNone(disconnected, leg, shape)),
            ("duration", shape.DurationUnit == DurationUnit.Clock
                ? TimeSpan.FromSeconds(seconds).ToString("hh\\:mm\\:ss", CultureInfo.InvariantCulture)
                : shape.Values == Values.Numbers ? duration : duration.ToString(CultureInfo.InvariantCulture)),
            ("type", isInternal ? "internal" : leg.Type switch { CallType.In => "in", CallType.Out => "out", _ => "internal" }),
            ("cost", shape.Values == Values.Numbers ? cost : Operator.Money(cost)),
        ];
        var body = Body(action, data);
        return new Notification
        {
            Index = index,
            Action = action,
            CallId = callId,
            EndpointId = endpointId,
            Body = shape.SingleQuotes ? SingleQuoted(body) : body,
            ContentType = shape.ContentType,
        };
    }

    private static string Body(string action, (string Name, object? Value)[] data)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Plain))
        {
            writer.WriteStartObject();
            writer.WriteString("action", action);
            writer.WriteStartObject("data");
            foreach (var (name, value) in data)
            {
                writer.WritePropertyName(name);
                JsonSerializer.Serialize(writer, value, PlainText);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // The body as the document shows it: with single quotes. Escapes stay.
    private static string SingleQuoted(string json)
    {
        var text = new StringBuilder(json.Length);
        for (var i = 0; i < json.Length; i++)
        {
            switch (json[i])
            {
                case '\\' when json[i + 1] == '"':
                    text.Append('"');
                    i++;
                    break;
                case '\\':
                    text.Append(json[i]).Append(json[++i]);
                    break;
                case '"':
                    text.Append('\'');
                    break;
                case '\'':
                    text.Append("\\'");
                    break;
                default:
                    text.Append(json[i]);
                    break;
            }
        }

        return text.Replace("':null", "':None").ToString();
    }

    private static string? TextOrNone(string text, Shape shape) =>
        text.Length == 0 && shape.NoText == NoText.None ? null : text;

    private static string TimeOrNone(DateTimeOffset? at, Leg leg, Shape shape) => at is { } instant
        ? Operator.Time(instant.AddMinutes(shape.ClockMinutes), leg.Line.Account)
        : shape.NoTime switch { NoTime.Epoch => Operator.NotConnected, NoTime.Zero => "0000-00-00 00:00:00", _ => "" };

    public void Dispose() => _http.Dispose();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Notification {Action} of call {CallId} was not acked: {Status} {Error}")]
        public static partial void NotAcked(ILogger logger, string callId, string action, int? status, string? error);
    }
}
