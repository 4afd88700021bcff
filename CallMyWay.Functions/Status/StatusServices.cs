using CallMyWay.Functions.Api;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallMyWay.Functions.Status;

internal static class StatusServices
{
    public static IServiceCollection AddStatus(this IServiceCollection services)
    {
        services.TryAddSingleton<IHostStatus, ServiceHostStatus>();
        return services.AddSingleton<StatusReader>();
    }
}
