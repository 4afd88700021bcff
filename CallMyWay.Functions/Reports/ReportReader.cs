using System.Globalization;
using CallMyWay.Functions.Calls;

namespace CallMyWay.Functions.Reports;

/// <summary>What a report adds up to, before it has names.</summary>
/// <param name="Rows">By day, hour, agent's id, team (empty for none), outcome's code or contact's id.</param>
/// <param name="Totals">Of all calls of the scope, each once.</param>
/// <param name="AsOf">All that was stored until then is counted.</param>
/// <param name="Pending">How many hours have changed and are not worked out anew yet.</param>
public sealed record ReportFigures(
    IReadOnlyDictionary<string, Figures> Rows, Figures Totals, DateTimeOffset AsOf, int Pending);

/// <summary>
/// Reads the figures of some days: months that are over by their own rows, the other days by theirs. What has changed
/// is worked out before, as far as that takes no more than some seconds.
/// </summary>
public sealed class ReportReader(
    FigureKeeper keeper, PeriodStore store, ChangedHours changed, TimeProvider clock) : IDisposable
{
    /// <summary>How old figures may be of which something has changed.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromMinutes(1);

    /// <summary>How long a reader works out what has changed; the rest is for the minute's timer.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(3);

    /// <summary>Of more marked hours than these, the earliest are for the minute's timer.</summary>
    private const int MostHours = 500;

    /// <summary>While more hours than these are marked, as by an import, none is worked out for each reader.</summary>
    private const int ManyHours = 24;

    /// <summary>What is worked out more quickly than this is worked out for each reader.</summary>
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(500);

    /// <summary>What took longer is worked out again after ten times as long, and at least each minute.</summary>
    private const int Patience = 10;

    // Two readers at once would work out the same.
    private readonly SemaphoreSlim _gate = new(1);

    public async Task<ReportFigures> ReadAsync(
        ReportQuery asked, string scope, CancellationToken cancellationToken)
    {
        var (asOf, pending) = await FreshenAsync(asked, cancellationToken);
        var periods = await FindAsync(asked, cancellationToken);
        var totals = new Figures();
        foreach (var cell in periods.SelectMany(period => period.Head.Totals).Where(cell => cell.Scope == scope))
        {
            totals.Add(cell.Figures);
        }

        var rows = new Dictionary<string, Figures>(StringComparer.Ordinal);
        await AddRowsAsync(rows, periods, asked.By, scope, cancellationToken);
        return new ReportFigures(rows, totals, asOf, pending);
    }

    public void Dispose() => _gate.Dispose();

    private async Task AddRowsAsync(
        Dictionary<string, Figures> rows,
        IReadOnlyList<StoredPeriod> periods,
        ReportBy by,
        string scope,
        CancellationToken cancellationToken)
    {
        if (by is ReportBy.Day or ReportBy.Team)
        {
            foreach (var period in periods)
            {
                foreach (var cell in period.Head.Totals)
                {
                    Add(by == ReportBy.Team ? TeamOf(cell, scope)
                        : cell.Scope == scope ? period.Period.Date.ToString("O", CultureInfo.InvariantCulture)
                        : null, cell);
                }
            }

            return;
        }

        var part = by != ReportBy.Contact ? PeriodPart.Detail
            : scope == ReportScope.All ? PeriodPart.Contacts
            : PeriodPart.TeamContacts;
        foreach (var cells in await store.ReadAsync(periods, part, cancellationToken))
        {
            foreach (var cell in cells)
            {
                Add(KeyOf(cell, by, scope), cell);
            }
        }

        void Add(string? key, Cell cell)
        {
            if (key is null)
            {
                return;
            }

            if (!rows.TryGetValue(key, out var sum))
            {
                rows[key] = sum = new Figures();
            }

            sum.Add(cell.Figures);
        }
    }

    private static string? KeyOf(Cell cell, ReportBy by, string scope) => by switch
    {
        // An agent can have changed teams: the figures of each team are in a cell of their own.
        ReportBy.Agent => scope == ReportScope.All || cell.Scope == scope
            ? PeriodFigures.NameOf(cell.Key, by)
            : null,
        ReportBy.Contact => cell.Scope == scope ? cell.Key : null,
        _ => cell.Scope == scope ? PeriodFigures.NameOf(cell.Key, by) : null,
    };

    private static string? TeamOf(Cell cell, string scope) =>
        cell.Scope == ReportScope.All || (scope != ReportScope.All && cell.Scope != scope)
            ? null
            : ReportScope.TeamOf(cell.Scope) ?? "";

    /// <summary>The rows that the days are read from: none of them overlap.</summary>
    private async Task<IReadOnlyList<StoredPeriod>> FindAsync(
        ReportQuery asked, CancellationToken cancellationToken)
    {
        List<StoredPeriod> months = [];
        if (asked.By != ReportBy.Day)
        {
            var first = Period.OfMonth(asked.From.AddDays(-1)).Date.AddMonths(1);
            var last = Period.OfMonth(asked.To.AddDays(1)).Date.AddMonths(-1);
            months = first > last
                ? []
                : [.. await store.ListAsync(Period.OfMonth(first), Period.OfMonth(last), cancellationToken)];
        }

        var found = new List<StoredPeriod>(months);
        var next = asked.From;
        foreach (var month in months)
        {
            await AddDaysAsync(next, month.Period.Date.AddDays(-1));
            next = month.Period.Date.AddMonths(1);
        }

        await AddDaysAsync(next, asked.To);
        return found;

        async Task AddDaysAsync(DateOnly from, DateOnly to)
        {
            if (from <= to)
            {
                found.AddRange(await store.ListAsync(Period.OfDay(from), Period.OfDay(to), cancellationToken));
            }
        }
    }

    private async Task<(DateTimeOffset AsOf, int Pending)> FreshenAsync(
        ReportQuery asked, CancellationToken cancellationToken)
    {
        var (from, until) = keeper.SpanOf(asked.From, asked.To);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            // The marks first: what is marked later is worked out at the next reading.
            var asOf = clock.GetUtcNow();
            var marks = await changed.ListAsync(from, until, cancellationToken);
            List<ChangedHour> latest = [.. marks.Reverse().Take(MostHours)];
            var heads = await store.GetManyAsync(
                [.. latest.Select(mark => Period.OfHour(mark.Hour))], cancellationToken);
            List<(ChangedHour Mark, StoredPeriod? Known)> all = [.. latest.Zip(heads)];
            var areMany = all.Count > ManyHours;
            List<(ChangedHour Mark, StoredPeriod? Known)> due =
                [.. all.Where(each => !IsFresh(each.Mark, each.Known, asOf, areMany))];
            var done = await keeper.WorkOutAsync(
                [.. due.Select(each => each.Mark)], new WorkLimit(clock, AtMost), cancellationToken);
            var now = asOf;
            foreach (var (mark, known) in all.Where(each => !IsFinal(each.Mark, each.Known, now)).Except(due)
                .Concat(due.Skip(done)))
            {
                asOf = Earlier(asOf, known?.Head.WorkedOutAt ?? mark.At);
            }

            foreach (var mark in marks.Take(marks.Count - latest.Count))
            {
                asOf = Earlier(asOf, mark.At);
            }

            return (asOf, due.Count - done + marks.Count - latest.Count);
        }
        finally
        {
            _gate.Release();
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static bool IsFresh(ChangedHour mark, StoredPeriod? known, DateTimeOffset now, bool areMany) =>
        IsFinal(mark, known, now) || IsYoung(known, now, areMany);

    // Whoever saves a call so long after the mark marks the hour again. A mark that can go is worked out once more.
    private static bool IsFinal(ChangedHour mark, StoredPeriod? known, DateTimeOffset now) =>
        known is not null && !mark.IsSettledAt(now) && known.Head.WorkedOutAt - mark.At > ChangedHours.Remembers + Oldest;

    private static bool IsYoung(StoredPeriod? known, DateTimeOffset now, bool areMany) =>
        known is not null && now - known.Head.WorkedOutAt is var age && age >= TimeSpan.Zero && age < Oldest
        && (areMany || (known.Head.Took > Quick && age < known.Head.Took * Patience));
}
