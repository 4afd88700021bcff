using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.CallRecords;

/// <summary>How far an account's records are pulled, and how that goes.</summary>
public sealed record RecordPull
{
    /// <summary>
    /// So long a call's record may come after its end. Each pull reads again what is that old.
    /// </summary>
    public static readonly TimeSpan Reach = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How far back a pull reads once an hour, and after a break: further than the longest call that can be open, so that
    /// the record of a call that was never notified is found too, whatever the operator's range goes by.
    /// </summary>
    public static readonly TimeSpan DeepReach = Call.Longest + TimeSpan.FromHours(1);

    /// <summary>Between two pulls that read so far back.</summary>
    public static readonly TimeSpan DeepEvery = TimeSpan.FromHours(1);

    /// <summary>How far the operator's clock may be ahead of ours.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(10);

    /// <summary>The longest range that is read at once: after a long break one follows the other, the oldest first.</summary>
    public static readonly TimeSpan LongestRange = TimeSpan.FromHours(24);

    /// <summary>What the request for the last 24 hours surely covers.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(23.5);

    public required string Account { get; init; }

    /// <summary>
    /// Until when all records were read. It moves on only when a range is read to its end: it passes no gap.
    /// </summary>
    public DateTimeOffset? Watermark { get; init; }

    /// <summary>When the records were last read up to that moment.</summary>
    public DateTimeOffset? SucceededAt { get; init; }

    public DateTimeOffset? TriedAt { get; init; }

    /// <summary>Why the last try failed; null where it did not.</summary>
    public PullFailure? Failure { get; init; }

    /// <summary>Since when every try has failed.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>
    /// Why the list of calls that go on could not be read; null where it could, and where none is asked for.
    /// </summary>
    public PullFailure? LiveFailure { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset? LiveFailingSince { get; init; }

    /// <summary>
    /// When a pull has last read far back, page by page: only pages show how many records the operator gives at most.
    /// </summary>
    public DateTimeOffset? DeepAt { get; init; }

    /// <summary>The most records that the operator has answered at once to a request with pages.</summary>
    public int Largest { get; init; }

    /// <summary>How many records are asked for at once, where the account's setting was too many.</summary>
    public int? PageSize { get; init; }

    /// <summary>How many records 24 hours have had, as far as it is known.</summary>
    public int? PerDay { get; init; }

    /// <summary>The records that were taken lately.</summary>
    public SeenRecords Seen { get; init; } = new("");

    /// <summary>The range that is being read; null between two ranges.</summary>
    public RangeProgress? Progress { get; init; }

    /// <summary>From when on the next pull reads: never later than what may still be missing.</summary>
    /// <param name="now">Now.</param>
    /// <param name="oldestOpen">When the oldest call began that goes on; null where none does.</param>
    public DateTimeOffset BeginsAt(DateTimeOffset now, DateTimeOffset? oldestOpen)
    {
        if (Watermark is not { } watermark)
        {
            return now - LongestRange;
        }

        // A clock that was ahead has left a watermark that is still to come.
        var known = watermark < now ? watermark : now;
        var begins = now - known > Reach || IsDeepDue(now) ? known - DeepReach : known - Reach;
        var open = oldestOpen - TimeSpan.FromMinutes(1);
        return open < begins ? open.Value : begins;
    }

    /// <summary>True where this pull is the one of the hour that reads far back.</summary>
    public bool IsDeepDue(DateTimeOffset now) => DeepAt is not { } deep || now - deep >= DeepEvery || deep > now;

    /// <summary>
    /// True where one request for the last 24 hours does for all: where a page would hold them, and where the pages since
    /// then would be several.
    /// </summary>
    public bool IsRecentCheaper(DateTimeOffset now, DateTimeOffset begins, int pageSize) =>
        now - begins <= Recent
        && PerDay is { } perDay
        && (perDay < pageSize || perDay * (now - begins) / TimeSpan.FromHours(24) > pageSize);

    /// <summary>
    /// How many 24 hours have, by a range that was read to its end.
    /// </summary>
    public int? PerDayBy(RangeProgress range)
    {
        var until = range.CompleteUntil;
        return until - range.From >= TimeSpan.FromHours(1)
            ? (int)(range.Read * (TimeSpan.FromHours(24) / (until - range.From)))
            : PerDay;
    }

    /// <summary>The state after a try that failed.</summary>
    public RecordPull Failed(PullFailure failure, DateTimeOffset now) => this with
    {
        TriedAt = now,
        Failure = failure,
        FailingSince = FailingSince ?? now,
    };

    /// <summary>The state after a try that did not fail.</summary>
    public RecordPull Worked(DateTimeOffset now) => this with { TriedAt = now, Failure = null, FailingSince = null };
}

/// <summary>Why a pull failed.</summary>
/// <param name="Result">What came of the request; null where an answer was read and could not be stored.</param>
/// <param name="Status">The HTTP status; 0 where there was no answer.</param>
/// <param name="Text">The beginning of the answer, without the password.</param>
/// <param name="IsShifting">True where the list has changed too often while it was read.</param>
/// <param name="IsRepeating">True where the operator answers with the same page wherever it is to begin.</param>
public sealed record PullFailure(
    RecordsResult? Result, int Status, string Text, bool IsShifting = false, bool IsRepeating = false)
{
    /// <summary>What came of a request, or of a range that can't be read to its end.</summary>
    internal static PullFailure Of(RecordsAnswer answer, RangeProgress? stuck = null) => new(
        answer.Result, answer.Status, answer.Text, stuck?.IsShifting == true, stuck?.IsRepeating == true);
}

/// <summary>
/// The <see cref="CallRecord.SeenMark"/>s of the records that were taken lately, the newest last: records come again
/// with each pull, and a known one costs no storage operation.
/// </summary>
public sealed record SeenRecords(string Marks)
{
    /// <summary>How many are kept.</summary>
    public const int Most = 6000;

    private const int Length = CallRecord.HashLength;

    /// <summary>
    /// Of each record the mark that was taken last: a correction can be taken back, and is news then.
    /// </summary>
    public IReadOnlySet<string> ToSet()
    {
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at + Length <= Marks.Length; at += Length)
        {
            var mark = Marks.Substring(at, Length);
            last[mark[(Length / 2)..]] = mark;
        }

        return last.Values.ToHashSet(StringComparer.Ordinal);
    }

    public SeenRecords With(IReadOnlyList<string> marks)
    {
        var all = Marks + string.Concat(marks);
        return new SeenRecords(all[Math.Max(0, all.Length - (Most * Length))..]);
    }
}
