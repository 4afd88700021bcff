using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Sweeping;

/// <summary>
/// Sweeps at night, and repairs the indexes: from 08:00 to 09:59 UTC, which is two to four in the morning in Costa
/// Rica.
/// </summary>
public sealed class NightlySweep(Sweeper sweeper, IndexRepair repair)
{
    /// <summary>
    /// Less than the five minutes to the next run, after which the Functions host would break it off.
    /// </summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(4);

    // A run of a finished round reads one row, and one for each table that has an index.
    [Function("NightlySweep")]
    public async Task Run([TimerTrigger("0 */5 8-9 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        if (await sweeper.RunAsync(AtMost, cancellationToken))
        {
            await repair.RunAtNightAsync(AtMost - Stopwatch.GetElapsedTime(began), cancellationToken);
        }
    }
}
