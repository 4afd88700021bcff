using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallMyWay.Functions.Outgoing;

internal static class OutgoingServices
{
    public static IServiceCollection AddOutgoing(this IServiceCollection services)
    {
        services.TryAddSingleton<IAddressResolver, DnsResolver>();
        return services.AddSingleton<OutgoingHttp>().AddSingleton<OutgoingAddress>();
    }
}
