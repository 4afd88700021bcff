using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.PopUps;

internal static class PopUpsServices
{
    public static IServiceCollection AddPopUps(this IServiceCollection services) => services
        .AddSingleton<PopUpStore>()
        .AddSingleton<ScreensCircuit>()
        .AddSingleton<PopUpScreens>()
        .AddSingleton<CallsFirst>()
        .AddSingleton<TeamScreens>()
        .AddSingleton<ReturnedCalls>()
        .AddSingleton<IPresenceNews, PresenceScreens>()
        .AddSingleton<IAgentRemains>(provider => provider.GetRequiredService<PopUpStore>())
        .AddSingleton<ISweep, PopUpSweep>();
}
