using CallMyWay.Functions.Api;
using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Jobs;

internal static class JobsServices
{
    public static IServiceCollection AddJobs(this IServiceCollection services) => services
        .AddSingleton<JobStore>()
        .AddSingleton<JobQueue>()
        .AddSingleton<JobRunner>()
        .AddSingleton<NightlyJobs>()
        .AddSingleton<IJobKind, NightlySweep>()
        .AddSingleton<IScheduled, LostSteps>()
        .AddSingleton<IScheduled, NightlySweepSchedule>()
        .AddSingleton<ISweep, JobSweep>();
}
