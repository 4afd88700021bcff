using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Embedding;

internal static class EmbeddingServices
{
    public static IServiceCollection AddEmbedding(
        this IServiceCollection services, IConfiguration configuration) => services
        .Configure<EmbeddingOptions>(configuration.GetSection(EmbeddingOptions.Section))
        .AddSingleton<ApiKeyStore>()
        .AddSingleton<EmbedTokenStore>()
        .AddSingleton<IAgentRemains>(provider => provider.GetRequiredService<EmbedTokenStore>())
        .AddSingleton<EmbedOriginStore>()
        .AddSingleton<KeyRates>()
        .AddSingleton<HeaderCredentials>()
        .AddSingleton<ISweep, EmbedTokenSweep>();
}
