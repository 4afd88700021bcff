using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Sweeping;

internal static class SweepingServices
{
    public static IServiceCollection AddSweeping(this IServiceCollection services) => services
        .AddSingleton<Sweeper>()
        .AddSingleton(provider => new Lazy<Sweeper>(provider.GetRequiredService<Sweeper>))
        .AddSingleton<RetentionStore>()
        .AddSingleton<IndexRepair>();
}
