using CallMyWay.Functions.Api;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions;

/// <summary>All that the features need, the same on every host. The host adds the ports' adapters and its way of signing in.</summary>
public static class CallMyWayServices
{
    public static IServiceCollection AddCallMyWay(this IServiceCollection services, IConfiguration configuration)
    {
        services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));

        services.AddSingleton(TimeProvider.System);
        return services;
    }
}
