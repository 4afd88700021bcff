using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.WrapUps;

namespace CallMyWay.Functions.Reports;

/// <summary>
/// Works out the figures of hours from their calls, of the days from their hours, and of the months that are over from
/// their days. Nothing is counted up: each sum is made anew where a part of it has changed. Several may do so at once,
/// and a process can end anywhere.
/// </summary>
/// <remarks>
/// Each row is read before its parts are, and stored only over the version that was read. So whoever has read older parts
/// can't store over newer ones. The mark of an hour goes last, once all that it is a part of is stored.
/// </remarks>
public sealed class FigureKeeper(
    PeriodStore store,
    ChangedHours changed,
    CallIndex index,
    WrapUpStore wrapUps,
    PromiseStore promises,
    Accounts accounts,
    RetentionStore retention,
    TimeProvider clock)
{
    /// <summary>How many calls are worked on at once.</summary>
    internal const int PageSize = 200;

    /// <summary>The rules of counting. To be counted up where the same calls have other figures.</summary>
    private const string Form = "2";

    /// <summary>
    /// By which rules and zones the calls are counted: where it is another one, all calls are counted anew.
    /// </summary>
    public string Basis => string.Join('|', [
        Form,
        accounts.Home.TimeZone.Id,
        .. accounts.All.Concat(accounts.Former)
            .Where(account => account.TimeZone.Id != accounts.Home.TimeZone.Id)
            .Select(account => $"{account.Username}:{account.TimeZone.Id}").Order(StringComparer.Ordinal),
    ]);

    /// <summary>The day that it is now.</summary>
    public DateOnly Today => accounts.Home.TimeZone.DayOf(clock.GetUtcNow());

    /// <summary>When the first of the accounts' days with this date begins, and the last one ends.</summary>
    public (DateTimeOffset From, DateTimeOffset Until) SpanOf(DateOnly first, DateOnly last)
    {
        List<TimeZoneInfo> zones =
        [
            .. accounts.All.Concat(accounts.Former).Select(account => account.TimeZone).Append(accounts.Home.TimeZone),
        ];
        return (
            zones.Min(zone => zone.StartOf(first)),
            zones.Max(zone => zone.StartOf(last.AddDays(1))));
    }

    /// <summary>
    /// Works out these hours and all that they are a part of, and then takes off the marks that are old enough.
    /// </summary>
    /// <param name="hours">Marked hours.</param>
    /// <param name="limit">Once it is reached, no further hour is begun.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <returns>How many of the hours were worked out, in their order.</returns>
    public async Task<int> WorkOutAsync(
        IReadOnlyList<ChangedHour> hours, WorkLimit limit, CancellationToken cancellationToken)
    {
        var readAt = clock.GetUtcNow();
        var days = new HashSet<DateOnly>();
        var done = 0;
        while (done < hours.Count && (done == 0 || !limit.IsReached))
        {
            days.UnionWith(await WorkOutHourAsync(hours[done].Hour, cancellationToken));
            done++;
        }

        foreach (var day in days.Order())
        {
            await WorkOutDayAsync(day, cancellationToken);
        }

        foreach (var month in days.Select(Period.OfMonth).Distinct().Where(IsOver))
        {
            await WorkOutMonthAsync(month, cancellationToken);
        }

        await AtOnce.DoAsync(hours.Take(done), async hour =>
        {
            await changed.SettleAsync(hour, readAt, cancellationToken);
            return true;
        });
        return done;
    }

    /// <summary>
    /// Works out a month that has ended, unless that was done: none of its days may have changed since its end.
    /// </summary>
    public async Task CloseMonthAsync(Period month, CancellationToken cancellationToken)
    {
        if (IsOver(month) && await store.GetAsync(month, cancellationToken) is null)
        {
            await WorkOutMonthAsync(month, cancellationToken);
        }
    }

    private bool IsOver(Period month) => month.Date.AddMonths(1) <= Today;

    /// <summary>The days that the hour has or had figures of.</summary>
    private async Task<IEnumerable<DateOnly>> WorkOutHourAsync(
        DateTimeOffset hour, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (began, workedOutAt) = (clock.GetTimestamp(), clock.GetUtcNow());
            var before = await store.GetAsync(Period.OfHour(hour), cancellationToken);
            var hasLostCalls = before is not null
                && (before.Head.HasLostCalls == true || await HasLostCallsAsync(hour, workedOutAt, cancellationToken));
            var figures = new PeriodFigures();
            var (some, hasAnonymous) = (new List<Call>(), false);
            await foreach (var call in index.ReadAsync(hour, hour.AddHours(1), cancellationToken))
            {
                if (ChangedHours.HourOf(call) == hour)
                {
                    some.Add(call);
                    hasAnonymous |= call.AnonymizedAt is not null;
                }

                if (some.Count == PageSize)
                {
                    await AddAsync(figures, some, cancellationToken);
                    some.Clear();
                }
            }

            await AddAsync(figures, some, cancellationToken);
            if (before is not null && (hasLostCalls || hasAnonymous))
            {
                if (hasLostCalls)
                {
                    figures = await KeepAsync(before, figures, cancellationToken);
                }
                else
                {
                    await KeepPaymentsAsync(before, figures, cancellationToken);
                }
            }

            if (await store.SaveAsync(
                Period.OfHour(hour), before, figures, workedOutAt, clock.GetElapsedTime(began), cancellationToken))
            {
                return figures.Days.Concat(before?.Head.Totals.Select(cell => cell.Day).OfType<DateOnly>() ?? []);
            }
        }
    }

    /// <summary>
    /// True where calls of the hour may be removed by now, because they are old: an earlier release did not note it.
    /// </summary>
    private async ValueTask<bool> HasLostCallsAsync(
        DateTimeOffset hour, DateTimeOffset now, CancellationToken cancellationToken) =>
        // No rule reaches younger ones.
        now - hour > TimeSpan.FromDays(RetentionRules.LeastDays)
        && await retention.GetRecentAsync(cancellationToken) is { CallAction: RetentionAction.Remove } rules
        && hour < rules.CallsGoBefore(now);

    /// <summary>
    /// Where calls of the hour were removed, its figures stay as they were, but for those by contact.
    /// </summary>
    private async Task<PeriodFigures> KeepAsync(
        StoredPeriod before, PeriodFigures now, CancellationToken cancellationToken)
    {
        var kept = new PeriodFigures();
        foreach (var part in Enum.GetValues<PeriodPart>())
        {
            var isByContact = part is PeriodPart.Contacts or PeriodPart.TeamContacts;
            kept.Put(part, isByContact
                ? now.CellsOf(part)
                : (await store.ReadAsync([before], part, cancellationToken))[0]);
        }

        return kept;
    }

    /// <summary>
    /// A call out of which a person was taken still counts as before, however old it is, but for what they paid of a
    /// promise, which is gone. More can come in such an hour: calls, costs and outcomes, and what others pay where it
    /// is more than was paid before.
    /// </summary>
    private async Task KeepPaymentsAsync(
        StoredPeriod before, PeriodFigures figures, CancellationToken cancellationToken)
    {
        foreach (var part in new[] { PeriodPart.Totals, PeriodPart.Detail })
        {
            figures.KeepPayments(part, (await store.ReadAsync([before], part, cancellationToken))[0]);
        }
    }

    private async Task WorkOutDayAsync(DateOnly day, CancellationToken cancellationToken)
    {
        // Figures of removed calls keep the day that they had by the zone of that time.
        var (from, until) = SpanOf(day.AddDays(-1), day.AddDays(1));
        await WorkOutAsync(
            Period.OfDay(day),
            Period.OfHour(ChangedHours.HourOf(from)),
            Period.OfHour(ChangedHours.HourOf(until.AddTicks(-1))),
            day,
            cancellationToken);
    }

    /// <summary>True for an hour of the day, and for one that has figures of it.</summary>
    private bool IsHourOf(StoredPeriod hour, DateOnly day)
    {
        var (from, until) = SpanOf(day, day);
        return (hour.Period.From >= ChangedHours.HourOf(from).UtcDateTime && hour.Period.From < until.UtcDateTime)
            || hour.Head.Totals.Any(cell => cell.Day == day);
    }

    private Task WorkOutMonthAsync(Period month, CancellationToken cancellationToken) => WorkOutAsync(
        month,
        Period.OfDay(month.Date),
        Period.OfDay(month.Date.AddMonths(1).AddDays(-1)),
        null,
        cancellationToken);

    private async Task WorkOutAsync(
        Period period, Period first, Period last, DateOnly? day, CancellationToken cancellationToken)
    {
        bool isSaved;
        do
        {
            var (began, workedOutAt) = (clock.GetTimestamp(), clock.GetUtcNow());
            var before = await store.GetAsync(period, cancellationToken);
            var parts = await store.ListAsync(first, last, cancellationToken);
            if (day is { } date)
            {
                parts = [.. parts.Where(part => IsHourOf(part, date))];
            }

            var figures = new PeriodFigures();
            foreach (var part in Enum.GetValues<PeriodPart>())
            {
                foreach (var cells in await store.ReadAsync(parts, part, cancellationToken))
                {
                    figures.Add(part, cells, day);
                }
            }

            isSaved = await store.SaveAsync(
                period, before, figures, workedOutAt, clock.GetElapsedTime(began), cancellationToken);
        }
        while (!isSaved);
    }

    private async Task AddAsync(
        PeriodFigures figures, IReadOnlyList<Call> calls, CancellationToken cancellationToken)
    {
        // Of a call without an outcome no wrap-up was sent.
        var sent = await AtOnce.DoAsync(
            calls.Where(call => call.Outcome is not null),
            async call => (call.Key, Sent: await ReadSentAsync(call, cancellationToken)));
        var byCall = sent.ToDictionary(each => each.Key, each => each.Sent);
        foreach (var call in calls)
        {
            figures.Add(ReportFacts.Of(
                call, byCall.GetValueOrDefault(call.Key) ?? [], accounts.Find(call.Account)));
        }
    }

    private async Task<IReadOnlyList<SentWrapUp>> ReadSentAsync(Call call, CancellationToken cancellationToken)
    {
        var sent = new List<SentWrapUp>();
        foreach (var version in await wrapUps.ListVersionsAsync(call, cancellationToken))
        {
            if (version.WrapUp is { Draft: false } wrapUp)
            {
                // By its id alone: it may have been handed over to somebody else.
                var promise = wrapUp.Promise is null
                    ? null
                    : await promises.GetAsync(DueItemId.Of(call.Key, version.Owner), cancellationToken);
                sent.Add(new SentWrapUp(wrapUp, promise));
            }
        }

        return sent;
    }
}

/// <summary>How long somebody works on figures at most.</summary>
public sealed class WorkLimit(TimeProvider clock, TimeSpan atMost)
{
    private readonly long _began = clock.GetTimestamp();

    public bool IsReached => clock.GetElapsedTime(_began) >= atMost;
}
