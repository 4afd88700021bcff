using CallMyWay.Functions.Api;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Telemetry;

namespace CallMyWay.Functions.Reconciliation;

/// <summary>
/// Has each day worked out six hours after its end, and once more a day later, as the operator may correct its records.
/// Days that were missed are caught up, in their order.
/// </summary>
public sealed class ReconciliationSchedule(
    Reconciliations reconciliations, DayStore days, Accounts accounts, PacedRecords paced, TimeProvider clock)
    : IScheduled
{
    /// <summary>How long after its end a day is worked out.</summary>
    public static readonly TimeSpan After = TimeSpan.FromHours(6);

    /// <summary>The open days of this many last days are told by a metric.</summary>
    public const int WatchedDays = 31;

    /// <summary>How many days are begun at once.</summary>
    private const int MaxAtOnce = 3;

    private static readonly TimeSpan Watches = TimeSpan.FromMinutes(15);

    private long? _watchedAt;

    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var account in accounts.All.Where(paced.Knows))
        {
            // The days of the next account are worked out all the same.
            await TryAsync(RunDueAsync(account, cancellationToken));
        }

        await TryAsync(WatchAsync(cancellationToken));
        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }

        async Task TryAsync(Task part)
        {
            try
            {
                await part;
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                failures.Add(error);
            }
        }
    }

    /// <summary>Tells the metric how many days are open.</summary>
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        if (_watchedAt is not { } at || clock.GetElapsedTime(at) >= Watches)
        {
            _watchedAt = clock.GetTimestamp();
            Instrumentation.DaysAreOpen(await CountOpenAsync(cancellationToken));
        }
    }

    private async Task RunDueAsync(Account account, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var next = await days.GetNextAsync(account.Username, cancellationToken);
        if (next is null)
        {
            // The first day is the one on which the pull began.
            await days.PutNextAsync(account.Username, account.TimeZone.DayOf(now), cancellationToken);
            return;
        }

        var today = account.TimeZone.DayOf(now);
        if (next > today)
        {
            // The clock was ahead, or is behind. What one that was ahead has worked out proves nothing.
            var last = await days.ListAsync(account.Username, today.AddDays(-WatchedDays), today, cancellationToken);
            if (last.FirstOrDefault(day => day.WorkedOutAt > now || day.AskedAt > now) is not { } ahead)
            {
                return;
            }

            next = ahead.Date;
            await days.PutNextAsync(account.Username, next.Value, cancellationToken);
        }

        foreach (var date in DueBy(account, next.Value, now))
        {
            // A day that is begun twice, because the process ended before the next was noted, is worked out twice.
            await reconciliations.StartAsync(account, date, null, cancellationToken);
            var before = await days.GetAsync(account.Username, date.AddDays(-1), cancellationToken);
            // Also one that could not be worked out. Days from before the schedule were not asked for.
            if (before.WorkedOutAt is not null || before.AskedAt is not null)
            {
                await reconciliations.StartAsync(account, before.Date, null, cancellationToken);
            }

            await days.PutNextAsync(account.Username, date.AddDays(1), cancellationToken);
        }
    }

    /// <summary>When a day is worked out by itself.</summary>
    internal static DateTimeOffset DueAt(Account account, DateOnly date) =>
        account.TimeZone.StartOf(date.AddDays(1)) + After;

    /// <summary>The days that are due then, from the next on, as many as are begun at once.</summary>
    internal static IReadOnlyList<DateOnly> DueBy(Account account, DateOnly next, DateTimeOffset now) =>
        [.. Enumerable.Range(0, MaxAtOnce).Select(next.AddDays).TakeWhile(date => DueAt(account, date) <= now)];

    private async Task<int> CountOpenAsync(CancellationToken cancellationToken)
    {
        var open = 0;
        foreach (var account in accounts.All)
        {
            var today = account.TimeZone.DayOf(clock.GetUtcNow());
            open += (await days.ListAsync(
                account.Username, today.AddDays(-WatchedDays), today, cancellationToken))
                .Count(day => day.At(clock.GetUtcNow()).State == DayState.Open);
        }

        return open;
    }
}
