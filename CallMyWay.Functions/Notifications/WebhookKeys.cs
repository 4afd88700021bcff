using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Notifications;

/// <summary>
/// Checks who may post notifications: the holder of a key, and from an allowed address if these are limited.
/// </summary>
public sealed class WebhookKeys(IOptions<WebhookOptions> options)
{
    private readonly byte[][] _hashes = [.. options.Value.Keys.Select(Hash)];

    private readonly IPNetwork[] _networks =
        [.. options.Value.AllowedAddresses.Select(a => TryParseNetwork(a, out var network) ? network : default)];

    /// <summary>
    /// The place of a configured key in the settings, from 0; null for any other. Every key is compared in constant time,
    /// so that the time to answer reveals nothing.
    /// </summary>
    public int? Find(string key)
    {
        var hash = Hash(key);
        var found = -1;
        for (var place = 0; place < _hashes.Length; place++)
        {
            var same = CryptographicOperations.FixedTimeEquals(hash, _hashes[place]);
            found = same ? place : found;
        }

        return found < 0 ? null : found;
    }

    /// <summary>True if the address may post: any address, unless the settings list some.</summary>
    public bool IsAllowed(IPAddress? address)
    {
        if (_networks.Length == 0)
        {
            return true;
        }

        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return plain is not null && _networks.Any(network => network.Contains(plain));
    }

    internal static bool TryParseNetwork(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }

    // Hashes have one length, so that the time reveals nothing about a key's length either.
    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
