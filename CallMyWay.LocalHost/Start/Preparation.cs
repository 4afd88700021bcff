using CallMyWay.Functions.Calls;
using CallMyWay.LocalHost.Demo;
using CallMyWay.LocalHost.Settings;
using CallMyWay.LocalHost.SignIn;

namespace CallMyWay.LocalHost.Start;

/// <summary>
/// Prepares the storage before the first request and message: index rows for the calls of an earlier release, and the
/// demo's data or the token for the first administrator.
/// </summary>
internal sealed class Preparation(HostSettings settings, IServiceProvider services) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await services.GetRequiredService<CallIndexUpgrade>().RunAsync(_ => Task.FromResult(true), cancellationToken);
        if (settings.IsDemo)
        {
            await services.GetRequiredService<DemoData>().EnsureAsync(cancellationToken);
        }
        else
        {
            await services.GetRequiredService<Setup>().BeginAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
