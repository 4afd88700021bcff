using System.Net;
using System.Net.Sockets;

namespace CallMyWay.Functions.Events;

/// <summary>The way to addresses that somebody entered: to public ones alone, and nowhere else by a redirect.</summary>
internal static class EventHttp
{
    /// <summary>A client that never follows a redirect, and connects to no private address.</summary>
    public static HttpClient CreateClient(bool allowPrivate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            // The name is resolved once, here, and what was looked at is what is connected to.
            ConnectCallback = (context, cancellationToken) =>
                ConnectAsync(context.DnsEndPoint, allowPrivate, cancellationToken),
        };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static async ValueTask<Stream> ConnectAsync(
        DnsEndPoint to, bool allowPrivate, CancellationToken cancellationToken)
    {
        var all = await Dns.GetHostAddressesAsync(to.Host, cancellationToken);
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

/// <summary>Which addresses are no public ones: of this machine, of a network of its own, or of no machine.</summary>
internal static class PrivateAddresses
{
    private static readonly IPNetwork[] Networks =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // Of IPv6 what is global is 2000::/3; of that the parts that lead to IPv4 addresses, and to none.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    private static readonly IPNetwork GlobalIPv6 = IPNetwork.Parse("2000::/3");

    public static bool Has(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (plain.AddressFamily == AddressFamily.InterNetworkV6 && !GlobalIPv6.Contains(plain))
            || Array.Exists(Networks, network => network.Contains(plain));
    }
}
