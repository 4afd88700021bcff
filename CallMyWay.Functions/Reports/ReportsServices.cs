using CallMyWay.Functions.Api;
using CallMyWay.Functions.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Reports;

internal static class ReportsServices
{
    public static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddSingleton<PeriodStore>()
        .AddSingleton<FigureKeeper>()
        .AddSingleton<ReportReader>()
        .AddSingleton<ReportMaker>()
        .AddSingleton<IJobKind, FiguresJob>()
        .AddSingleton<IScheduled, FiguresSchedule>();
}
