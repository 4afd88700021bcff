using CallMyWay.Functions.PopUps;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// The screens of an Azure build that is made without the package of Azure SignalR Service (WithSignalR=false), to be
/// checked and not to be deployed. To such a worker the service is down: calls are stored, and no screen hears of them.
/// </summary>
internal sealed class WithoutSignalR : IScreens
{
    public Task SendAsync(string agentId, ScreenMessage message, PopUp popUp, CancellationToken cancellationToken) =>
        throw Missing();

    public ValueTask<ScreenConnection> NegotiateAsync(string agentId, CancellationToken cancellationToken) =>
        throw Missing();

    private static ScreensException Missing() => new("This build of the worker is without Azure SignalR Service.");
}

internal static class WithoutSignalRServices
{
    public static IServiceCollection AddAzureScreens(this IServiceCollection services, IConfiguration configuration)
    {
        SignalRSettings.Check(configuration);
        return services.AddSingleton<IScreens, WithoutSignalR>();
    }
}
