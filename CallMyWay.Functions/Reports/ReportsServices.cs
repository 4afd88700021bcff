using CallMyWay.Functions.Api;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Reports;

internal static class ReportsServices
{
    public static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddSingleton<PeriodStore>()
        .AddSingleton<FigureKeeper>()
        .AddSingleton<ReportReader>()
        .AddSingleton<ReportMaker>()
        .AddSingleton<ScreenTimes>()
        .AddSingleton<IPaintedNews>(provider => provider.GetRequiredService<ScreenTimes>())
        .AddSingleton<ISweep>(provider => provider.GetRequiredService<ScreenTimes>())
        .AddSingleton<IJobKind, FiguresJob>()
        .AddSingleton<IScheduled, FiguresSchedule>();
}
