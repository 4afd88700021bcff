using System.Buffers;
using System.Diagnostics;
using System.Net;
using System.Text;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Telemetry;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Notifications;

/// <summary>The answer that the operator's document asks for: <c>ok</c>.</summary>
public sealed record CallEventAck(string Ack);

/// <summary>
/// The webhook for the operator's notifications. It acks a notification only after the queue has stored it durably. A
/// body that can't be read, but came with a right key, is stored for the administrator and answered with an error. All
/// this happens even if the caller disconnects.
/// </summary>
[Tags("Calls")]
public sealed partial class ReceiveCallEvent(
    WebhookKeys keys,
    WebhookUse use,
    IQueue queue,
    RefusedEventStore refused,
    TimeProvider clock,
    ILogger<ReceiveCallEvent> logger)
{
    /// <summary>The largest notification. The document's example has about 400 bytes.</summary>
    public const int MaxBytes = 16 * 1024;

    private static readonly Phrase TooLarge = new(
        $"El cuerpo pasa de {MaxBytes / 1024} KB; se guardó el principio.",
        $"The body is larger than {MaxBytes / 1024} KB; its beginning was kept.");

    // Escaped as JSON, a control character takes six bytes.
    private static readonly Phrase ControlCharacters = new(
        "El cuerpo está lleno de caracteres de control.",
        "The body is full of control characters.");

    private static readonly IResult Ack = new AckResult();

    [Function(nameof(ReceiveCallEvent)), AllowAnyone("The operator can't sign in; the key in the path is its pass.")]
    [NotAudited("It is the operator's notification, which is stored as it came.")]
    [TakesFile("application/json", "text/plain"), Answers(StatusCodes.Status200OK, typeof(CallEventAck))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/callmyway/{key}")] HttpRequest request,
        string key)
    {
        var began = Stopwatch.GetTimestamp();
        var address = request.HttpContext.Connection.RemoteIpAddress;
        var found = keys.Find(key);
        if (found is not { } place || !keys.IsAllowed(address))
        {
            if (found is not null)
            {
                Log.ForeignAddress(logger, address);
            }

            Instrumentation.WebhookRefused(StatusCodes.Status404NotFound);
            return request.NotFound(new("No hay nada en esta dirección.", "There is nothing at this address."));
        }

        var buffer = ArrayPool<byte>.Shared.Rent(MaxBytes + 1);
        try
        {
            // One byte above the limit is enough to refuse a body. The rest is not read.
            var (length, broken) = await NotificationBody.ReadAsync(request, buffer.AsMemory(0, MaxBytes + 1));
            var body = buffer.AsMemory(0, Math.Min(length, MaxBytes));
            if (length > MaxBytes)
            {
                return await RefuseAsync(request, StatusCodes.Status413PayloadTooLarge, body, TooLarge);
            }

            // The body broke off, but is a whole notification: only the announced length was wrong. It is accepted.
            var (callEvent, refusal) = CallEventReader.Read(body);
            if (callEvent is null)
            {
                return broken is { } status
                    ? await RefuseAsync(request, status, body, BrokenOff(length))
                    : await RefuseAsync(request, StatusCodes.Status400BadRequest, body, refusal);
            }

            var kept = KeptBody.Of(body.Span);
            var message = new QueuedCallEvent(clock.GetUtcNow(), kept.Text, Instrumentation.TraceParent, kept.Base64)
                .ToMessage();
            if (Encoding.UTF8.GetByteCount(message) > IQueue.MaxBytes)
            {
                return await RefuseAsync(request, StatusCodes.Status413PayloadTooLarge, body, ControlCharacters);
            }

            await queue.SendAsync(StorageNames.CallEvents, message, null, CancellationToken.None);
            Instrumentation.WebhookAcked(began);
            return Ack;
        }
        catch (StorageException)
        {
            // Without a durable enqueue there is no ack. The operator gets an error, and may send it again.
            Instrumentation.WebhookRefused(StatusCodes.Status503ServiceUnavailable);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            use.Note(place);
        }
    }

    private async Task<IResult> RefuseAsync(HttpRequest request, int status, ReadOnlyMemory<byte> body, Phrase reason)
    {
        var kept = await refused.KeepAsync(body, reason.En, request.ContentType, CancellationToken.None);
        Log.Refused(logger, kept.Id, status, reason.En);
        Instrumentation.WebhookRefused(status);
        return request.Problem(status, new("El aviso no se aceptó", "The notification was not accepted"), reason);
    }

    private static Phrase BrokenOff(int length) => new(
        $"El cuerpo se cortó después de {length} bytes; se guardó lo que llegó.",
        $"The body broke off after {length} bytes; what came was kept.");

    // The answer to every notification, without the per-request cost of a general result.
    private sealed class AckResult : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var answer = """{"ack":"ok"}"""u8;
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            httpContext.Response.ContentLength = answer.Length;
            httpContext.Response.BodyWriter.Write(answer);
            return httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted).AsTask();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A notification was refused with {Status} and kept as {Id}: {Reason}")]
        public static partial void Refused(ILogger logger, string id, int status, string reason);

        [LoggerMessage(
            LogLevel.Warning,
            "A notification with a right key was refused because its address {Address} is not in Webhook:AllowedAddresses. "
            + "If all come from one address that is not the operator's, a proxy hides the caller's address.")]
        public static partial void ForeignAddress(ILogger logger, IPAddress? address);
    }
}
