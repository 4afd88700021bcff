using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Notifications;

/// <summary>Reads the body of a notification as far as it comes, whatever becomes of whoever sends it.</summary>
internal static class NotificationBody
{
    /// <summary>
    /// How much came, at most as much as the buffer holds. Where it broke off, <c>Broken</c> is the status that says
    /// so: the caller hung up, sends nothing more, or announced more than the server takes.
    /// </summary>
    public static async Task<(int Length, int? Broken)> ReadAsync(HttpRequest request, Memory<byte> buffer)
    {
        var length = 0;
        try
        {
            while (length < buffer.Length
                && await request.Body.ReadAsync(buffer[length..], CancellationToken.None) is > 0 and var read)
            {
                length += read;
            }

            return (length, null);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            length += CopyReceived(request, length, buffer[length..]);
            return length == request.ContentLength || length == buffer.Length
                ? (length, null)
                : (length, error is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>
    /// Copies what the server had received when the caller hung up. Kestrel refuses to hand it over then, also where
    /// the body is whole: many notifications that are sent and closed at once would be lost.
    /// </summary>
    private static int CopyReceived(HttpRequest request, int alreadyRead, Memory<byte> buffer)
    {
        // Only where the bytes of the connection are those of the body: not in chunks, and not in the frames of HTTP/2.
        if (request.ContentLength is not { } announced || !HttpProtocol.IsHttp11(request.Protocol)
            || request.HttpContext.Features.Get<IConnectionTransportFeature>()?.Transport.Input is not { } input
            || !TryRead(input, out var received))
        {
            return 0;
        }

        var wanted = Math.Min(announced - alreadyRead, buffer.Length);
        var rest = received.Buffer.Slice(0, Math.Min(received.Buffer.Length, wanted));
        rest.CopyTo(buffer.Span);
        input.AdvanceTo(received.Buffer.Start);
        return (int)rest.Length;
    }

    /// <summary>False where nothing more is there: a connection that was reset has dropped it.</summary>
    private static bool TryRead(PipeReader input, out ReadResult received)
    {
        try
        {
            return input.TryRead(out received);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or InvalidOperationException)
        {
            received = default;
            return false;
        }
    }
}
