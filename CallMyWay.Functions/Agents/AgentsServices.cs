using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Agents;

internal static class AgentsServices
{
    public static IServiceCollection AddAgents(this IServiceCollection services) => services
        .AddSingleton<AgentStore>()
        .AddSingleton<AgentDirectory>()
        .AddSingleton<AdministratorTurn>()
        .AddSingleton<SignInNotes>()
        .AddSingleton<IAgentRemains>(services => services.GetRequiredService<SignInNotes>())
        .AddSingleton<IIndexedTable>(services => services.GetRequiredService<AgentStore>().Indexed)
        .AddSingleton<ISweep, DeletedAgentSweep>();
}
