using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.FirstSteps;

internal static class FirstStepsServices
{
    public static IServiceCollection AddFirstSteps(this IServiceCollection services) => services
        .AddSingleton<FirstStepsStore>()
        .AddSingleton<FirstStepsProgress>();
}
