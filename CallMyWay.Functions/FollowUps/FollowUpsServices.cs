using CallMyWay.Functions.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.FollowUps;

internal static class FollowUpsServices
{
    public static IServiceCollection AddFollowUps(this IServiceCollection services) => services
        .AddSingleton<FollowUpStore>()
        .AddSingleton<IIndexedTable>(services => services.GetRequiredService<FollowUpStore>().Indexed);
}
