using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.History;

internal static class HistoryServices
{
    public static IServiceCollection AddHistory(this IServiceCollection services) => services
        .AddSingleton<CallExport>();
}
