using CallMyWay.Functions.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Calls;

internal static class CallsServices
{
    public static IServiceCollection AddCalls(this IServiceCollection services) => services
        .AddSingleton<CallStore>()
        .AddSingleton<OfficeNumbers>()
        .AddSingleton<CallIndex>()
        .AddSingleton<LiveCalls>()
        .AddSingleton<CallWriter>()
        .AddSingleton<IIndexedTable>(services => services.GetRequiredService<CallIndex>().Indexed)
        .AddSingleton<CallFinder>()
        .AddSingleton<CallScope>()
        .AddSingleton<CallerChoices>()
        .AddSingleton<ClosingRule>()
        .AddSingleton<CallIndexUpgrade>()
        .AddSingleton<IUpgrade>(provider => provider.GetRequiredService<CallIndexUpgrade>())
        .AddSingleton<CallRouter>()
        .AddSingleton<RecordRouter>()
        .AddSingleton<RecordStore>()
        .AddSingleton<ChangedDays>()
        .AddSingleton<ChangedHours>()
        .AddSingleton<CallAccounts>();
}
