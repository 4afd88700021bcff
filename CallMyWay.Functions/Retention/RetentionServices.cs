using CallMyWay.Functions.Api;
using CallMyWay.Functions.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Retention;

internal static class RetentionServices
{
    public static IServiceCollection AddRetention(this IServiceCollection services) => services
        .AddSingleton<RetentionProgress>()
        .AddSingleton<OldCalls>()
        .AddSingleton<IJobKind, RetentionJob>()
        .AddSingleton<IScheduled, RetentionSchedule>();
}
