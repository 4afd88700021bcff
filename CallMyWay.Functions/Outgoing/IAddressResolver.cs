using System.Net;

namespace CallMyWay.Functions.Outgoing;

/// <summary>Looks up which addresses a name has.</summary>
public interface IAddressResolver
{
    /// <summary>The addresses, one at least; a SocketException where there is none.</summary>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>By the machine's own resolver.</summary>
public sealed class DnsResolver : IAddressResolver
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        Dns.GetHostAddressesAsync(host, cancellationToken);
}
