using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Jobs;

namespace CallMyWay.Functions.Reports;

/// <summary>
/// Works out each minute what has changed and what nobody has read, so that the first reader of the day waits for
/// nothing. It costs a query in a minute without news. What is more than some hours is a job.
/// </summary>
public sealed class FiguresSchedule(
    FigureKeeper keeper,
    PeriodStore store,
    ChangedHours changed,
    CallIndex index,
    JobQueue queue,
    JobStore jobs,
    TimeProvider clock) : IScheduled
{
    /// <summary>More hours than these are a job.</summary>
    public const int MostHours = 8;

    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(5);

    private string? _countedBy;

    private DateOnly _closedOn;

    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        await CountEarlierAsync(cancellationToken);
        var now = clock.GetUtcNow();
        List<ChangedHour> settled =
        [
            .. (await changed.ListAsync(null, null, cancellationToken)).Where(hour => hour.IsSettledAt(now)),
        ];
        if (settled.Count > MostHours)
        {
            await StartJobAsync(new FiguresWork(MarksAll: false), cancellationToken);
        }
        else if (settled.Count > 0)
        {
            await keeper.WorkOutAsync(settled, new WorkLimit(clock, AtMost), cancellationToken);
        }

        if (keeper.Today is var today && today != _closedOn)
        {
            await keeper.CloseMonthAsync(Period.OfMonth(today.AddMonths(-1)), cancellationToken);
            _closedOn = today;
        }
    }

    /// <summary>Has the calls counted that were there before, or that were counted by other rules.</summary>
    private async Task CountEarlierAsync(CancellationToken cancellationToken)
    {
        if (_countedBy == keeper.Basis)
        {
            return;
        }

        if ((await store.GetStateAsync(cancellationToken))?.Basis != keeper.Basis)
        {
            var (times, _) = await index.ReadTimesAsync(null, cancellationToken);
            if (times.Count > 0)
            {
                await StartJobAsync(new FiguresWork(MarksAll: true), cancellationToken);
                return;
            }

            await store.PutStateAsync(new FiguresState(keeper.Basis, clock.GetUtcNow()), cancellationToken);
        }

        _countedBy = keeper.Basis;
    }

    // Whichever process has started it. A second one beside it would cost time, and change nothing.
    private async Task StartJobAsync(FiguresWork work, CancellationToken cancellationToken)
    {
        var last = (await jobs.ListAsync(FiguresJob.Name, new PageRequest(1, null), cancellationToken)).Items;
        if (last is not [{ IsOver: false }])
        {
            await queue.StartAsync(FiguresJob.Name, work.ToJson(), null, null, cancellationToken);
        }
    }
}
