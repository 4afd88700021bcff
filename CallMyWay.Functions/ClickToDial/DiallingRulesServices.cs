using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.ClickToDial;

internal static class DiallingRulesServices
{
    public static IServiceCollection AddDiallingRules(this IServiceCollection services) => services
        .AddSingleton<DialRulesStore>();
}
