using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Sweeping;

/// <summary>Sweeps at night: from 08:00 to 09:59 UTC, which is two to four in the morning in Costa Rica.</summary>
public sealed class NightlySweep(Sweeper sweeper)
{
    /// <summary>
    /// Less than the five minutes to the next run, after which the Functions host would break it off.
    /// </summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(4);

    // A run of a finished round reads one row.
    [Function("NightlySweep")]
    public Task Run([TimerTrigger("0 */5 8-9 * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        sweeper.RunAsync(AtMost, cancellationToken);
}
