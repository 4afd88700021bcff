using System.Diagnostics;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.CallRecords;

/// <summary>
/// Pulls the operator's call records each minute (section 3 of its document), and is the clock of what runs by schedule.
/// A missed run loses nothing: the next one goes on where the records were last read to the end.
/// </summary>
public sealed class PullCallRecords(
    Accounts accounts,
    PacedRecords paced,
    RecordPuller puller,
    IEnumerable<IScheduled> scheduled,
    IOptions<CallRecordsOptions> options)
{
    // Without a monitor: the watermark knows better what was missed.
    [Function(nameof(PullCallRecords))]
    public async Task Run(
        [TimerTrigger("0 * * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken)
    {
        var pulled = accounts.All.Where(paced.Knows).ToList();
        if (!options.Value.Enabled || pulled.Count == 0)
        {
            return;
        }

        using var span = Instrumentation.StartFunction(nameof(PullCallRecords), ActivityKind.Internal);
        try
        {
            // No account waits for another one, whose operator may be silent.
            var behind = await Task.WhenAll(pulled.Select(account => puller.PullAsync(account, cancellationToken)));
            Instrumentation.RecordsAreBehind(behind.Max());
            foreach (var each in scheduled)
            {
                await each.RunDueAsync(cancellationToken);
            }
        }
        catch (Exception error)
        {
            span.Failed(error);
            throw;
        }
    }
}
