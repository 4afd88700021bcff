using System.Reflection;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Api;

internal static class ApiServices
{
    /// <param name="services">The host's.</param>
    /// <param name="ofTheHost">Assemblies with functions of the host itself, besides the features'.</param>
    public static IServiceCollection AddApi(this IServiceCollection services, IEnumerable<Assembly> ofTheHost) =>
        services
        .ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions))
        .AddSingleton(new OpenApiDocument(ofTheHost))
        .AddSingleton<StorageProbe>();
}
