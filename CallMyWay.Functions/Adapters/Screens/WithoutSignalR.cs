using CallMyWay.Functions.PopUps;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// Replaces the screens in an Azure build without the package of Azure SignalR Service (WithSignalR=false), which is
/// made for checks and not for deployment. It behaves as if the service were down: calls are stored, and screens
/// receive nothing.
/// </summary>
internal sealed class WithoutSignalR : IScreens
{
    public Task SendAsync(string agentId, ScreenMessage message, PopUp popUp, CancellationToken cancellationToken) =>
        throw Missing();

    public Task SendAsync(
        string agentId, ScreenMessage message, object content, CancellationToken cancellationToken) =>
        throw Missing();

    public ValueTask<ScreenConnection> NegotiateAsync(
        string agentId, DateTimeOffset? endsAt, CancellationToken cancellationToken) =>
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
