using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Calls;

internal static class CallsServices
{
    public static IServiceCollection AddCalls(this IServiceCollection services) => services
        .AddSingleton<CallStore>()
        .AddSingleton<CallIndex>()
        .AddSingleton<CallFinder>()
        .AddSingleton<CallScope>()
        .AddSingleton<CallRouter>()
        .AddSingleton<CallAccounts>();
}
