using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Notifications;

/// <summary>Reads as much of a notification's body as arrives, even if the caller disconnects.</summary>
internal static class NotificationBody
{
    /// <summary>
    /// The number of bytes that arrived, at most the buffer's size. If the body broke off, <c>Broken</c> is the status
    /// to answer with: the caller disconnected, stopped sending, or announced more than the server accepts.
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
    /// Copies what the server had received when the caller disconnected. Kestrel then refuses to return it, even if the
    /// body is whole: notifications from a sender that closes at once would be lost.
    /// </summary>
    private static int CopyReceived(HttpRequest request, int alreadyRead, Memory<byte> buffer)
    {
        // Only if the connection's bytes are the body's bytes: not with chunks, and not in HTTP/2 frames.
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

    /// <summary>False if nothing more can be read: a connection that was reset has dropped it.</summary>
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
