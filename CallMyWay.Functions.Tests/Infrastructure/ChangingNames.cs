using System.Net;
using CallMyWay.Functions.Outgoing;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>A name that leads to a public address at first, and to this machine from then on.</summary>
internal sealed class ChangingNames : IAddressResolver
{
    public const string Host = "rebound.example.com";

    private int _asked;

    public int Asked => _asked;

    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
        host == Host
            ? [Interlocked.Increment(ref _asked) == 1 ? IPAddress.Parse("93.184.216.34") : IPAddress.Loopback]
            : await Dns.GetHostAddressesAsync(host, cancellationToken);
}
