using System.Net;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>A request's address, as a part of a key.</summary>
internal static class ClientAddress
{
    // A subscriber has a whole network of 64 bits, and so can use all of its addresses.
    private const int NetworkBytes = 8;

    /// <summary>An IPv4 address, or the /64 of an IPv6 address.</summary>
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
