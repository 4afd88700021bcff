using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Mappings;

internal static class MappingsServices
{
    public static IServiceCollection AddMappings(this IServiceCollection services) => services
        .AddSingleton<MappingStore>()
        .AddSingleton<MappingRules>()
        .AddSingleton<MappingClock>()
        .AddSingleton<MappingImport>()
        .AddSingleton<MainPhone>()
        .AddSingleton<IIndexedTable>(services => services.GetRequiredService<MappingStore>().Indexed)
        .AddSingleton<IAgentHold, MappedAgents>()
        .AddSingleton<ISweep, UnmappedEndpointSweep>();
}
