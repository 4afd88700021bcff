using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.CallRecords;

/// <summary>What a backfill reads, and how far it is.</summary>
/// <param name="From">The beginning.</param>
/// <param name="To">The end.</param>
public sealed record BackfillWork(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>
    /// How many pages a part of the range should have. Parts are read one after the other, the oldest first: where a
    /// list changes while it is read, only its part begins again.
    /// </summary>
    private const int PagesOfAPart = 4;

    private static readonly TimeSpan ShortestPart = TimeSpan.FromDays(1);

    private static readonly TimeSpan LongestPart = TimeSpan.FromDays(31);

    private static readonly StoredJson<BackfillWork> Stored = new(CallRecordsJson.Default);

    /// <summary>The work of a range, with what the pull knows of the operator's answers.</summary>
    public static BackfillWork Of(
        Account account, RecordPull pull, DateTimeOffset from, DateTimeOffset to) => new(from, to)
        {
            PageSize = pull.PageSize ?? account.RecordsPage,
            Largest = pull.Largest,
            PerDay = pull.PerDay,
        };

    /// <summary>Until when all records were read.</summary>
    public DateTimeOffset ReachedAt { get; init; } = From;

    /// <summary>The part that is being read; null between two of them.</summary>
    public RangeProgress? Part { get; init; }

    /// <summary>How many records are asked for at once.</summary>
    public required int PageSize { get; init; }

    /// <summary>The most records that the operator has answered at once.</summary>
    public int Largest { get; init; }

    /// <summary>How many records 24 hours have, as far as it is known.</summary>
    public int? PerDay { get; init; }

    /// <summary>The records of the parts that are read to their end.</summary>
    public long RecordsOfParts { get; init; }

    /// <summary>Since when every request has failed.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>How many requests have failed since then.</summary>
    public int Failures { get; init; }

    /// <summary>How many records were read, each once.</summary>
    public long Records => RecordsOfParts + (Part?.Read ?? 0);

    public static BackfillWork Read(string json) => Stored.Deserialize(json);

    public string ToJson() => Stored.Serialize(this);

    /// <summary>The part to read: the one that was begun, or the next.</summary>
    public RangeProgress CurrentPart(DateTimeOffset now)
    {
        var end = ReachedAt + PartLength;
        return Part ?? new RangeProgress(ReachedAt, end < To ? end : To, Largest, PageSize) { BegunAt = now };
    }

    /// <summary>With a page that was read.</summary>
    public BackfillWork With(RangeProgress part, bool isDone) => isDone
        ? Worked() with
        {
            ReachedAt = part.To,
            Part = null,
            PageSize = part.PageSize,
            Largest = part.Largest,
            RecordsOfParts = RecordsOfParts + part.Read,
            PerDay = part.To - part.From >= TimeSpan.FromHours(1)
                ? (int)Math.Min(int.MaxValue, part.Read / (part.To - part.From).TotalDays)
                : PerDay,
        }
        : Worked() with { Part = part };

    /// <summary>After a request that failed.</summary>
    public BackfillWork Failed(DateTimeOffset now) =>
        this with { FailingSince = FailingSince ?? now, Failures = Failures + 1 };

    /// <summary>
    /// About how many requests are left. While it is not known how many records a day has, it is one for each day.
    /// </summary>
    public int RequestsLeft()
    {
        var left = To - ReachedAt;
        if (left <= TimeSpan.Zero)
        {
            return 0;
        }

        var records = Math.Max(0, (left.TotalDays * (PerDay ?? 0)) - (Part?.Read ?? 0));
        var pages = Math.Ceiling(records / Math.Max(1, PageSize - RangeProgress.Overlap));
        return (int)(pages + Math.Ceiling(left / PartLength));
    }

    private TimeSpan PartLength
    {
        get
        {
            if (PerDay is not { } perDay)
            {
                return ShortestPart;
            }

            var length = TimeSpan.FromDays(Math.Min(
                LongestPart.TotalDays, PagesOfAPart * (double)PageSize / Math.Max(1, perDay)));
            return length > ShortestPart ? length : ShortestPart;
        }
    }

    private BackfillWork Worked() => this with { FailingSince = null, Failures = 0 };
}
