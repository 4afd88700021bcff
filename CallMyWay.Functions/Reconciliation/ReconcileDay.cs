using CallMyWay.Functions.Api;
using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Reconciliation;

/// <summary>What a job is to work out, and how far it is.</summary>
/// <param name="Account">The account's username.</param>
/// <param name="Date">The day.</param>
public sealed record DayWork(string Account, DateOnly Date)
{
    /// <summary>When the operator was first asked for the day.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>How far the day is read; null before the first page.</summary>
    public RangeProgress? Progress { get; init; }

    /// <summary>How often in a row the operator has failed to answer.</summary>
    public int Failures { get; init; }

    /// <summary>The records that could not be read, by their keys: those that are still so.</summary>
    public IReadOnlyList<string> Aside { get; init; } = [];

    /// <summary>True once the records are read, or can't be.</summary>
    public bool IsRead { get; init; }

    /// <summary>Why they can't be.</summary>
    public Phrase? Error { get; init; }
}

/// <summary>
/// Works out a day. First it reads all records of the day from the operator, a page in each step: that brings what is
/// missing, closes what is stuck, and fills in what was never notified. Then it compares what notifications and records
/// told of each call.
/// </summary>
public sealed class ReconcileDay(
    RecordPages pages,
    RecordPullStore pulls,
    AsideRecordStore aside,
    RecordIntake intake,
    CallIndex index,
    CallStore calls,
    MappingStore mappings,
    RecordRouter router,
    DayStore days,
    PacedRecords paced,
    PaceRule pace,
    Accounts accounts,
    TimeProvider clock) : IJobKind
{
    public const string Name = "reconcile";

    /// <summary>
    /// How far the range is wider than the day at both ends: the operator's range may go by the end of a call.
    /// </summary>
    public static readonly TimeSpan Wider = Call.Longest;

    private const int MaxFailures = 3;

    private const int MaxAside = 500;

    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    private static readonly StoredJson<DayWork> Stored = new(ReconciliationJson.Default);

    public string Kind => Name;

    internal static string PayloadOf(string account, DateOnly date) => Stored.Serialize(new DayWork(account, date));

    public async Task<JobStep> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var work = Stored.Deserialize(job.Payload);
        var account = accounts.Find(work.Account);
        if (!work.IsRead)
        {
            var (next, delay) = await ReadAsync(account, work, cancellationToken);
            return JobStep.GoOn(job with { Payload = Stored.Serialize(next) }, delay);
        }

        var day = await CompareAsync(account, work, cancellationToken);
        await days.PutAsync(day with { WorkedOutAt = clock.GetUtcNow() }, CancellationToken.None);
        return JobStep.Done(job);
    }

    /// <summary>Reads a page of the day's records. How far it is then, and how long to wait before the next.</summary>
    private async Task<(DayWork Next, TimeSpan Delay)> ReadAsync(
        Account account, DayWork work, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!paced.Knows(account))
        {
            return (work with
            {
                BegunAt = now,
                IsRead = true,
                Error = new(
                    "La configuración no tiene la contraseña de la cuenta.",
                    "The settings do not have the account's password."),
            }, default);
        }

        work = work with { BegunAt = work.BegunAt ?? now };
        var progress = work.Progress;
        if (progress is null)
        {
            var pull = await pulls.GetAsync(account.Username, cancellationToken);
            var (from, until) = SpanOf(account, work.Date);
            progress = new RangeProgress(
                from - Wider, until + Wider, pull.Largest, pull.PageSize ?? account.RecordsPage)
            {
                BegunAt = now,
            };
        }

        var page = await pages.ReadNextAsync(account, progress, hasTime: true, seen: null, cancellationToken);
        return page switch
        {
            { Answer: null } => (work with { Progress = progress }, pace.Interval),
            // Our moment had passed before the operator was reached: it has not failed. Not for ever, as a day that
            // takes longer counts as one that could not be worked out.
            { Answer.Result: RecordsResult.TooLate } when now - work.BegunAt < DayReconciliation.LongestPending =>
                (work with { Progress = progress }, pace.Interval),
            { Answer.Result: RecordsResult.Read, Progress.IsStuck: true } => (work with
            {
                IsRead = true,
                Error = TextOf(page.Answer, page.Progress),
            }, default),
            { Answer.Result: RecordsResult.Read } => (
                work with
                {
                    Progress = page.Progress,
                    IsRead = page.IsDone,
                    Failures = 0,
                    Aside =
                    [
                        .. work.Aside.Concat(
                            page.Answer.Reading!.Aside.Select(record => AsideRecordStore.KeyOf(record.Raw)))
                            .Distinct(StringComparer.Ordinal).Take(MaxAside),
                    ],
                },
                default),
            { Answer.Result: RecordsResult.TooLarge } when page.Progress.PageSize < progress.PageSize =>
                (work with { Progress = page.Progress }, default),
            // Who is refused is refused the next time too.
            { Answer.Result: not RecordsResult.Refused } when work.Failures + 1 < MaxFailures => (
                work with { Progress = progress, Failures = work.Failures + 1 }, AfterFailure),
            _ => (work with
            {
                IsRead = true,
                Error = TextOf(page.Answer),
            }, default),
        };
    }

    private static Phrase TextOf(RecordsAnswer answer, RangeProgress? stuck = null)
    {
        var (title, _) = RecordErrorView.TextOf(PullFailure.Of(answer, stuck));
        return title;
    }

    private async Task<DayReconciliation> CompareAsync(
        Account account, DayWork work, CancellationToken cancellationToken)
    {
        var phones = await mappings.ReadPhonesAsync(cancellationToken);
        var comparison = new DayComparison(
            work.BegunAt ?? clock.GetUtcNow(),
            (heard, told) => router.IsSameParty(heard, told, phones, account));
        var all = await ReadCallsAsync(account, work.Date, cancellationToken);
        var joined = await JoinAsync(account, comparison, all, cancellationToken);
        if (joined.Count > 0)
        {
            all = await ReadCallsAsync(account, work.Date, cancellationToken);
        }

        var known = all.SelectMany(call => call.Facts.Records.Select(record => record.RecordId ?? record.CallId))
            .ToHashSet(StringComparer.Ordinal);
        // What the operator has mended since then is not among those that were read now. One that could be read and not
        // be stored has no field that is wrong, and counts until its call has it.
        var notRead = (await aside.ListAsync(account.Username, cancellationToken)).Count(record =>
            AsideDay.Of(record, account.TimeZone) == work.Date
            && (work.Aside.Contains(AsideRecordStore.KeyOf(record.Raw), StringComparer.Ordinal)
                || record is { Field.Length: 0, RecordId: not null })
            && (record.RecordId is null || !known.Contains(record.RecordId)));
        var before = await days.GetAsync(account.Username, work.Date, cancellationToken);
        return comparison.Compare(all, before, joined, notRead, work.Error);
    }

    private async Task<IReadOnlyList<Call>> ReadCallsAsync(
        Account account, DateOnly date, CancellationToken cancellationToken)
    {
        var (from, until) = SpanOf(account, date);
        var listed = await index.ReadAsync(account.Username, from, until, cancellationToken);
        return await calls.GetManyAsync(
            listed.Where(call => call.At < until).Select(call => call.Key).Distinct(), cancellationToken);
    }

    /// <summary>
    /// Joins calls that notifications alone told of with those that a record alone told of, where both are alike: the
    /// notifications came after the record, under another id.
    /// </summary>
    private async Task<IReadOnlySet<string>> JoinAsync(
        Account account, DayComparison comparison, IReadOnlyList<Call> all, CancellationToken cancellationToken)
    {
        var joined = new HashSet<string>(StringComparer.Ordinal);
        var recorded = all.Where(DayComparison.IsOfRecordOnly).ToList();
        if (recorded.Count == 0)
        {
            return joined;
        }

        var pairs = (
            from told in all.Where(DayComparison.IsOfWebhookOnly)
            from half in recorded
            where comparison.AreHalves(told, half)
            select (Told: told, Half: half)).ToList();
        foreach (var (told, half) in pairs)
        {
            // Two that are like one: nobody can say which is whose.
            if (pairs.Count(pair => pair.Told == told || pair.Half == half) == 1
                && await intake.JoinAsync(account, told, half, cancellationToken))
            {
                joined.Add(told.CallId);
            }
        }

        return joined;
    }

    private static (DateTimeOffset From, DateTimeOffset Until) SpanOf(Account account, DateOnly date) =>
        (account.TimeZone.StartOf(date), account.TimeZone.StartOf(date.AddDays(1)));
}
