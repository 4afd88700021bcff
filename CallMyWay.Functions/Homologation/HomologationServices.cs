using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Homologation;

internal static class HomologationServices
{
    public static IServiceCollection AddHomologation(this IServiceCollection services) => services
        .AddSingleton<HomologationStore>()
        .AddSingleton<CaseEvidence>()
        .AddSingleton<HomologationRunner>()
        .AddSingleton<IJobKind, HomologationJob>()
        .AddSingleton<ISweep, HomologationSweep>();
}
