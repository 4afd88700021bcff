using System.Diagnostics;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.CallRecords;

/// <summary>
/// Pulls the operator's call records each minute (section 3 of its document), and is the clock of what features do by
/// schedule. A missed run loses nothing: the next one goes on where the records were last read to the end.
/// </summary>
public sealed class PullCallRecords(
    Accounts accounts,
    PacedRecords paced,
    RecordPuller puller,
    IEnumerable<IScheduled> scheduled,
    MeterFlush flush,
    IOptions<CallRecordsOptions> options)
{
    // Without a monitor: the watermark knows better what was missed.
    [Function(nameof(PullCallRecords))]
    public async Task Run(
        [TimerTrigger("0 * * * * *", UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        using var span = Instrumentation.StartFunction(nameof(PullCallRecords), ActivityKind.Internal);
        // No account waits for another one, whose operator may be silent. And what fails keeps nothing else away.
        List<Func<Task>> works =
        [
            () => PullAsync(cancellationToken),
            .. scheduled.Select<IScheduled, Func<Task>>(each => () => each.RunDueAsync(cancellationToken)),
        ];
        var failures = new List<Exception>();
        foreach (var work in works)
        {
            try
            {
                await work();
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                span.Failed(error);
                failures.Add(error);
            }
        }

        await flush.RunAsync(cancellationToken);
        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }

    private async Task PullAsync(CancellationToken cancellationToken)
    {
        var behind = await Task.WhenAll(accounts.All.Where(paced.Knows)
            .Select(account => puller.PullAsync(account, cancellationToken)));
        if (behind.Length > 0)
        {
            Instrumentation.RecordsAreBehind(behind.Max());
        }
    }
}
