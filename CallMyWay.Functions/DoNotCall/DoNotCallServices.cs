using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.DoNotCall;

internal static class DoNotCallServices
{
    public static IServiceCollection AddDoNotCall(this IServiceCollection services) =>
        services.AddSingleton<DoNotCallStore>();
}
