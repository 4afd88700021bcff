using Azure.Core.Serialization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.PopUps;
using Microsoft.Azure.SignalR.Management;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Adapters;

internal static class AzureScreensServices
{
    /// <summary>Adds the screens by Azure SignalR Service, from <see cref="SignalRSettings"/>.</summary>
    /// <exception cref="InvalidOperationException">A setting is missing or can't be read.</exception>
    public static IServiceCollection AddAzureScreens(this IServiceCollection services, IConfiguration configuration)
    {
        SignalRSettings.Check(configuration);
        return services
            .AddServerlessHub<CallHub>(hub => hub.WithOptions(Configure))
            .AddSingleton<ScreenUsers>()
            .AddSingleton<IScreens, AzureScreens>()
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<SignalRConnections>(
                provider, new HttpClient()))
            .AddSingleton<ScreenDisconnects>()
            .AddSingleton<IAgentScreens>(provider => provider.GetRequiredService<ScreenDisconnects>())
            .AddSingleton<IJobKind>(provider => provider.GetRequiredService<ScreenDisconnects>());
    }

    private static void Configure(ServiceManagerOptions options)
    {
        // The same JSON as the API's.
        options.UseJsonObjectSerializer(new JsonObjectSerializer(ApiJson.Options));
        // Retries after answers that say that the message was not accepted. AzureScreens limits the total time.
        options.RetryOptions = new ServiceManagerRetryOptions
        {
            MaxRetries = 2,
            Delay = TimeSpan.FromMilliseconds(200),
            Mode = ServiceManagerRetryMode.Exponential
        };
    }
}
