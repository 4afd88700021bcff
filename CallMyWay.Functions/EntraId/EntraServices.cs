using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.EntraId;

public static class EntraServices
{
    /// <summary>Adds sign-in by Entra ID, which Azure's platform authentication performs before the app.</summary>
    public static IServiceCollection AddEntraSignIn(this IServiceCollection services, IConfiguration configuration) =>
        services
        .AddSingleton(PlatformAuthentication.Of(configuration))
        .AddSingleton<EntraSignIn>()
        .AddSingleton<IAgentAccounts, DirectoryAccounts>()
        .AddSingleton<IHostDescription, EntraHostDescription>();
}
