using Azure.Core.Serialization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.PopUps;
using Microsoft.Azure.SignalR.Management;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Adapters;

internal static class AzureScreensServices
{
    /// <summary>The screens by Azure SignalR Service, by <see cref="SignalRSettings"/>.</summary>
    /// <exception cref="InvalidOperationException">The settings say too little, or what can't be read.</exception>
    public static IServiceCollection AddAzureScreens(this IServiceCollection services, IConfiguration configuration)
    {
        SignalRSettings.Check(configuration);
        return services
            .AddServerlessHub<CallHub>(hub => hub.WithOptions(Configure))
            .AddSingleton<IScreens, AzureScreens>();
    }

    private static void Configure(ServiceManagerOptions options)
    {
        // The same JSON as the API's.
        options.UseJsonObjectSerializer(new JsonObjectSerializer(ApiJson.Options));
        // Of answers that say that the message was not taken; the whole has a limit in AzureScreens.
        options.RetryOptions = new ServiceManagerRetryOptions
        {
            MaxRetries = 2,
            Delay = TimeSpan.FromMilliseconds(200),
            Mode = ServiceManagerRetryMode.Exponential
        };
    }
}
