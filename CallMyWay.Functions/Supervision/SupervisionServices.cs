using CallMyWay.Functions.Presence;
using CallMyWay.Functions.PopUps;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Supervision;

internal static class SupervisionServices
{
    public static IServiceCollection AddSupervision(this IServiceCollection services) => services
        .AddSingleton<Floor>()
        .AddSingleton<Watchers>()
        .AddSingleton<Wallboard>()
        .AddSingleton<WallboardScreens>()
        .AddSingleton<ICallNews>(provider => provider.GetRequiredService<WallboardScreens>())
        .AddSingleton<IPresenceNews>(provider => provider.GetRequiredService<WallboardScreens>());
}
