using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallMyWay.Functions.ClickToDial;

internal static class ClickToDialServices
{
    public static IServiceCollection AddClickToDial(this IServiceCollection services)
    {
        services.TryAddSingleton<ICampaignDials, NoCampaigns>();
        return services
            .AddSingleton<DialStore>()
            .AddSingleton<DialTotals>()
            .AddSingleton<DialGuard>()
            .AddSingleton<DialIntents>()
            .AddSingleton<DialSender>()
            .AddSingleton<Dialler>()
            .AddSingleton<ISweep, DialSweep>();
    }
}
