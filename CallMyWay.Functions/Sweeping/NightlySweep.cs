using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Sweeping;

/// <summary>
/// Sweeps and repairs at night: from 08:00 to 09:59 UTC, which is two to four in the morning in Costa Rica.
/// </summary>
public sealed class NightlySweep(Sweeper sweeper, IndexRepair repair)
{
    /// <summary>Less than the five minutes until the next run, when the Functions host would stop it.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(4);

    // Once a round is finished, a run reads one row, and one more for each table with an index.
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
