using CallMyWay.Functions.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.WrapUps;

internal static class WrapUpsServices
{
    public static IServiceCollection AddWrapUps(this IServiceCollection services) => services
        .AddSingleton<WrapUpStore>()
        .AddSingleton<WrapUpDueItems>()
        .AddSingleton<WrapUpDoNotCall>()
        .AddSingleton<IUpgrade, EarlierPromises>()
        .AddSingleton<IUpgrade, EarlierNextActions>();
}
