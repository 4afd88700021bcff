using CallMyWay.Functions.Calls;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Promises;

internal static class PromisesServices
{
    public static IServiceCollection AddPromises(this IServiceCollection services) => services
        .AddSingleton<PromiseStore>()
        .AddSingleton<IIndexedTable>(services => new NextActionIndex<PromiseToPay>(
            services.GetRequiredService<PromiseStore>(),
            services.GetRequiredService<NextActions>(),
            services.GetRequiredService<CallStore>()));
}
