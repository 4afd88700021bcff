using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Desk;

internal static class DeskServices
{
    public static IServiceCollection AddDesk(this IServiceCollection services) => services
        .AddSingleton<WorkList>()
        .AddSingleton<AgentNames>()
        .AddSingleton<AskedCalls>();
}
