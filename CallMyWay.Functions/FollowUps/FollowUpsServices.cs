using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.FollowUps;

internal static class FollowUpsServices
{
    public static IServiceCollection AddFollowUps(this IServiceCollection services) => services
        .AddSingleton<FollowUpStore>();
}
