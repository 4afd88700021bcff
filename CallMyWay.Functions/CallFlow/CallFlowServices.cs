using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.CallFlow;

internal static class CallFlowServices
{
    public static IServiceCollection AddCallFlow(this IServiceCollection services) => services
        .AddSingleton<CallUses>()
        .AddSingleton<ToldScreens>()
        .AddSingleton<AnswerNews>()
        .AddSingleton<PhonesInUse>()
        .AddSingleton<OperatorClock>();
}
