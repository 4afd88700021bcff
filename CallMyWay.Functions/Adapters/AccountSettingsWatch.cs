using CallMyWay.Functions.Operator;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// Reads the settings of accounts that were taken over: before an instance does anything else, and then every minute, as
/// another instance may have taken one over.
/// </summary>
internal sealed partial class AccountSettingsWatch(
    AccountSettings settings, TimeProvider clock, ILogger<AccountSettingsWatch> logger)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>An instance that can't read them would read times and ids wrongly: it does not start.</summary>
    public Task StartingAsync(CancellationToken cancellationToken) => settings.ReadAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, clock, stoppingToken);
            try
            {
                await settings.ReadAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotRead(logger, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "The settings of the accounts that were taken over could not be read again. Those read last are in force. They"
                + " are read again in a minute.")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
