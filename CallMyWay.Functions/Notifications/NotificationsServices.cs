using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Notifications;

internal static class NotificationsServices
{
    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WebhookOptions>()
            .Bind(configuration.GetSection(WebhookOptions.Section))
            .ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>()
            .AddSingleton<WebhookKeys>()
            .AddSingleton<WebhookUse>()
            .AddSingleton<LatestNotifications>()
            .AddSingleton<RefusedEventStore>()
            .AddSingleton<ISweep, RefusedEventSweep>();
    }
}
