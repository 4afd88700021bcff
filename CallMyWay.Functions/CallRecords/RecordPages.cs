using System.Collections.Concurrent;
using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.CallRecords;

/// <summary>What came of one request for records.</summary>
/// <param name="Answer">The operator's answer; null where so many wait for the account that it was not asked.</param>
/// <param name="Progress">How far the range is read now.</param>
/// <param name="IsDone">True where the range is read to its end.</param>
/// <param name="Taken">What became of the records.</param>
/// <param name="Marks">
/// The <see cref="CallRecord.SeenMark"/>s of the records that were taken, by which they are known when they come again.
/// Those of a call that may go on are not among them: the last may say the same, and closes it.
/// </param>
public sealed record ReadPage(
    RecordsAnswer? Answer, RangeProgress Progress, bool IsDone, TakenRecords Taken, IReadOnlyList<string> Marks);

/// <summary>
/// Reads records from the operator and applies them to their calls, one request after the other: what the pull, a
/// backfill and the reconciliation of a day have in common.
/// </summary>
public sealed class RecordPages(PacedRecords paced, RecordIntake intake, AsideRecordStore aside, TimeProvider clock)
{
    /// <summary>Reads the next page of a range. Nothing is lost where it fails: the same page is read again.</summary>
    /// <param name="account">The account.</param>
    /// <param name="progress">How far the range is read.</param>
    /// <param name="hasTime">True for what gives way to everybody else who asks for this account.</param>
    /// <param name="seen">The marks of records that were taken before, and are passed over.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<ReadPage> ReadNextAsync(
        Account account,
        RangeProgress progress,
        bool hasTime,
        IReadOnlySet<string>? seen,
        CancellationToken cancellationToken)
    {
        var query = RecordsQuery.Range(account, progress.From, progress.To, progress.Skip, progress.PageSize);
        var answer = hasTime
            ? await paced.AskIfFreeAsync(account, query, cancellationToken)
            : await paced.AskAsync(account, query, cancellationToken);
        if (answer?.Reading is not { } reading)
        {
            return new ReadPage(
                answer,
                answer?.Result == RecordsResult.TooLarge ? progress.Smaller() ?? progress : progress,
                false,
                default,
                []);
        }

        var (taken, marks) = await TakeAsync(account, reading, seen, cancellationToken);
        var (next, isLast) = progress.With(reading.Identities);
        return new ReadPage(answer, next, isLast, taken, marks);
    }

    /// <summary>Reads the records of the last 24 hours, in one answer.</summary>
    public async Task<(RecordsAnswer? Answer, TakenRecords Taken, IReadOnlyList<string> Marks)> ReadRecentAsync(
        Account account, IReadOnlySet<string>? seen, CancellationToken cancellationToken)
    {
        var answer = await paced.AskAsync(account, RecordsQuery.Recent, cancellationToken);
        if (answer?.Reading is not { } reading)
        {
            return (answer, default, []);
        }

        var (taken, marks) = await TakeAsync(account, reading, seen, cancellationToken);
        return (answer, taken, marks);
    }

    private async Task<(TakenRecords Taken, IReadOnlyList<string> Marks)> TakeAsync(
        Account account, RecordsReading reading, IReadOnlySet<string>? seen, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // Of two versions of one record the last counts, also where it is known and the other is not.
        List<(CallRecord Record, string Mark)> read =
        [
            .. reading.Records.Reverse().DistinctBy(record => record.Identity()).Reverse()
                .Select(record => (record, record.SeenMark())),
        ];
        var news = read.FindAll(each => seen?.Contains(each.Mark) != true);
        var failed = new ConcurrentBag<CallRecord>();
        var waiting = new HashSet<CallRecord>(ReferenceEqualityComparer.Instance);
        var taken = await intake.TakeAsync(
            account,
            [.. news.Select(each => each.Record)],
            now,
            failed.Add,
            record => waiting.Add(record),
            cancellationToken);
        List<AsideRecord> bad = [.. reading.Aside, .. failed.Select(AsideOf)];
        await aside.KeepAsync(account, bad, now, cancellationToken);
        // One that is passed over may be one that could not be stored before.
        await aside.SettleAsync(
            account,
            [.. news.Select(each => each.Record).Where(record => !waiting.Contains(record))],
            bad,
            cancellationToken);
        return (
            taken with { Known = taken.Known + reading.Records.Count - news.Count },
            [.. news.Where(each => !waiting.Contains(each.Record)).Select(each => each.Mark)]);
    }

    private static AsideRecord AsideOf(CallRecord record) => new(
        record.RecordId,
        "",
        new Phrase(
            "No se pudo guardar en su llamada. La bitácora del sistema dice por qué.",
            "It could not be stored in its call. The log says why."),
        record.ToString(),
        record.Identity());
}
