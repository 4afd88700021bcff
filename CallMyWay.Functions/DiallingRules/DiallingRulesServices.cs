using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.DiallingRules;

internal static class DiallingRulesServices
{
    public static IServiceCollection AddDiallingRules(this IServiceCollection services) => services
        .AddSingleton<DialRulesStore>();
}
