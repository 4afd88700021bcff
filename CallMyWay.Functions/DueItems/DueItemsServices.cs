using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.DueItems;

internal static class DueItemsServices
{
    public static IServiceCollection AddDueItems(this IServiceCollection services) => services
        .AddSingleton<DueItemLists>()
        .AddSingleton<NextActions>();
}
