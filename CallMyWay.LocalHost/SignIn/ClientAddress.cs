using System.Net;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>The address that a request comes from, as a part of a key.</summary>
internal static class ClientAddress
{
    // Neighbours have different networks of 64 bits, and whoever has one has all of its addresses.
    private const int NetworkBytes = 8;

    /// <summary>An IPv4 address, or the /64 that an IPv6 address belongs to.</summary>
    public static string KeyOf(IPAddress? address)
    {
        if (address is null)
        {
            return "none";
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        return Convert.ToHexStringLower(bytes.Length > NetworkBytes ? bytes[..NetworkBytes] : bytes);
    }
}
