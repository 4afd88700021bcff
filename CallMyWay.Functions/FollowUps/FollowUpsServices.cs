using CallMyWay.Functions.Calls;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.FollowUps;

internal static class FollowUpsServices
{
    public static IServiceCollection AddFollowUps(this IServiceCollection services) => services
        .AddSingleton<FollowUpStore>()
        .AddSingleton<IIndexedTable>(services => new NextActionIndex<FollowUp>(
            services.GetRequiredService<FollowUpStore>(),
            services.GetRequiredService<NextActions>(),
            services.GetRequiredService<CallStore>()));
}
