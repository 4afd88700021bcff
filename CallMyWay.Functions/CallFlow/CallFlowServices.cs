using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Mappings;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.CallFlow;

internal static class CallFlowServices
{
    public static IServiceCollection AddCallFlow(this IServiceCollection services) => services
        .AddSingleton<CallUses>()
        .AddSingleton<ToldScreens>()
        .AddSingleton<AnswerNews>()
        .AddSingleton<PhonesInUse>()
        .AddSingleton<OperatorClock>()
        .AddSingleton<RecordLikeness>()
        .AddSingleton<RecordIntake>()
        .AddSingleton<EarlierCallRouter>()
        .AddSingleton<MappingTies>()
        .AddSingleton<IMappingNews>(services => services.GetRequiredService<MappingTies>())
        .AddSingleton<IJobKind, MappingTieJob>()
        .AddSingleton<OpenCallMatching>()
        .AddSingleton<IContactNews>(services => services.GetRequiredService<OpenCallMatching>());
}
