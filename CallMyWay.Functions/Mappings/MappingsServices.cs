using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Mappings;

internal static class MappingsServices
{
    public static IServiceCollection AddMappings(this IServiceCollection services) => services
        .AddSingleton<MappingStore>()
        .AddSingleton<IAgentHold, MappedAgents>()
        .AddSingleton<ISweep, UnmappedEndpointSweep>();
}
