using System.Net;
using System.Net.Sockets;

namespace CallMyWay.Functions.Outgoing;

/// <summary>The way to addresses that somebody entered: to public ones alone, and nowhere else by a redirect.</summary>
/// <param name="resolver">Looks names up.</param>
public sealed class OutgoingHttp(IAddressResolver resolver)
{
    /// <summary>True for a status that leads to another address. That of an unchanged one (304) does not.</summary>
    internal static bool IsRedirect(HttpStatusCode status) =>
        (int)status is >= 300 and < 400 && status != HttpStatusCode.NotModified;

    /// <summary>A client that never follows a redirect, and connects to no private address.</summary>
    /// <param name="allowPrivate">True where it may connect to private ones all the same.</param>
    /// <param name="connectTimeout">How long a connection may take to open; the client itself has no limit.</param>
    public HttpClient CreateClient(bool allowPrivate, TimeSpan connectTimeout)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = connectTimeout,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            // The name is resolved once, here, and what was looked at is what is connected to.
            ConnectCallback = (context, cancellationToken) =>
                ConnectAsync(context.DnsEndPoint, allowPrivate, cancellationToken),
        };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private async ValueTask<Stream> ConnectAsync(
        DnsEndPoint to, bool allowPrivate, CancellationToken cancellationToken)
    {
        var all = await resolver.ResolveAsync(to.Host, cancellationToken);
        if (!allowPrivate && Array.Exists(all, PrivateAddresses.Has))
        {
            throw new PrivateAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(all, to.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A name that was entered leads to a private address.</summary>
internal sealed class PrivateAddressException() : IOException("The name leads to a private address.");
