using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.CallRecords;

internal static class CallRecordsServices
{
    public static IServiceCollection AddCallRecords(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CallRecordsOptions>()
            .Bind(configuration.GetSection(CallRecordsOptions.Section))
            .ValidateOnStart();
        return services
            .AddSingleton<RecordPullStore>()
            .AddSingleton<AsideRecordStore>()
            .AddSingleton<RecordPages>()
            .AddSingleton<LiveCalls>()
            .AddSingleton<RecordPuller>()
            .AddSingleton<ISweep, AsideRecordSweep>()
            .AddSingleton<IJobKind, BackfillJob>();
    }
}
