using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.LocalHost.Backups;
using CallMyWay.LocalHost.Demo;
using CallMyWay.LocalHost.Settings;
using CallMyWay.LocalHost.SignIn;

namespace CallMyWay.LocalHost.Start;

/// <summary>
/// Prepares the storage before the first request and message: what an earlier release stored is brought up to date, the
/// settings that were taken over are read, what a restore has put back does not dial by itself, and the demo's data or
/// the token for the first administrator.
/// </summary>
internal sealed class Preparation(HostSettings settings, IServiceProvider services) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var upgrade in services.GetServices<IUpgrade>())
        {
            await upgrade.RunAsync(_ => Task.FromResult(true), cancellationToken);
        }

        await services.GetRequiredService<AccountSettings>().ReadAsync(cancellationToken);
        await services.GetRequiredService<AfterRestore>().RunAsync(cancellationToken);
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
