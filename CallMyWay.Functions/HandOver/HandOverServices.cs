using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.HandOver;

internal static class HandOverServices
{
    public static IServiceCollection AddHandOver(this IServiceCollection services) => services
        .AddSingleton<Belongings>()
        .AddSingleton<PhoneHandOver>()
        .AddSingleton<CallHandOver>()
        .AddSingleton<IAgentHold, OpenWork>()
        .AddSingleton<IJobKind, HandOverJob>();
}
