using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Outcomes;

internal static class OutcomesServices
{
    public static IServiceCollection AddOutcomes(this IServiceCollection services) => services
        .AddSingleton<OutcomeStore>()
        .AddSingleton<DeskRulesStore>()
        .AddSingleton<WrapUpFieldStore>()
        .AddSingleton<WrapUpRules>();
}
