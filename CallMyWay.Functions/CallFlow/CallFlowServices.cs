using CallMyWay.Functions.Contacts;
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
        .AddSingleton<OpenCallMatching>()
        .AddSingleton<IContactNews>(services => services.GetRequiredService<OpenCallMatching>());
}
