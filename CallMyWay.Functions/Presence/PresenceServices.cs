using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Presence;

internal static class PresenceServices
{
    public static IServiceCollection AddPresence(this IServiceCollection services) => services
        .AddSingleton<PresenceStore>()
        .AddSingleton<PauseReasonStore>()
        .AddSingleton<AgentPresence>()
        .AddSingleton<IAgentRemains>(provider => provider.GetRequiredService<PresenceStore>())
        .AddSingleton<ISweep, PresenceSweep>();
}
