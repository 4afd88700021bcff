using System.Net;
using System.Net.Sockets;

namespace CallMyWay.Functions.Outgoing;

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
