using CallMyWay.Functions.Api;
using CallMyWay.Functions.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Reconciliation;

internal static class ReconciliationServices
{
    public static IServiceCollection AddReconciliation(this IServiceCollection services) => services
        .AddSingleton<DayStore>()
        .AddSingleton<Reconciliations>()
        .AddSingleton<IJobKind, ReconcileDay>()
        .AddSingleton<IScheduled, ReconciliationSchedule>();
}
