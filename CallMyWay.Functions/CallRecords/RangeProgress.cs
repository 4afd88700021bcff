using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.CallRecords;

/// <summary>
/// How far a range of time is read, page by page. Pages are told by a number of records to pass over, and the list can
/// change while it is read. So each page begins with some records of the one before. If none of them is there, the list
/// has moved by more than that, and the range is read again from its beginning.
/// </summary>
/// <param name="From">The beginning of the range.</param>
/// <param name="To">Its end.</param>
/// <param name="Largest">
/// The most records that the operator has ever answered at once. What is fewer ends the list; what is as many may be as
/// many as it gives.
/// </param>
/// <param name="PageSize">How many records are asked for.</param>
public sealed record RangeProgress(DateTimeOffset From, DateTimeOffset To, int Largest, int PageSize)
{
    /// <summary>How many records of a page are asked for once more with the next; of a small page half of them.</summary>
    public const int Overlap = 10;

    /// <summary>How often a range is begun again before it counts as one that can't be read.</summary>
    public const int MaxRestarts = 3;

    /// <summary>After so many pages that begin as the one before the operator counts as one that ignores <c>ini</c>.</summary>
    public const int MaxRepeats = 3;

    private const int SmallestPage = 25;

    /// <summary>When it was begun: what is told later than that may be missing.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>Until when all records were read, once it is done.</summary>
    public DateTimeOffset CompleteUntil => To < BegunAt ? To : BegunAt;

    /// <summary>How many records of the list were read.</summary>
    public int Read { get; init; }

    /// <summary>What tells the last of them from all others (<see cref="CallRecord.Identity"/>).</summary>
    public IReadOnlyList<string> Tail { get; init; } = [];

    public int Restarts { get; init; }

    /// <summary>What tells the first record of the last page from all others; null before the first.</summary>
    public string? Head { get; init; }

    /// <summary>How many pages one after the other had the first record of the one before.</summary>
    public int Repeats { get; init; }

    /// <summary>Where the next page begins (<c>ini</c>).</summary>
    public int Skip => Read - Tail.Count;

    /// <summary>True where the list has changed too often while it was read.</summary>
    public bool IsShifting => Restarts > MaxRestarts;

    /// <summary>
    /// True where the operator answers with the same page wherever it is to begin: there would be no end of it.
    /// </summary>
    public bool IsRepeating => Repeats >= MaxRepeats;

    /// <summary>True where the range can't be read to its end.</summary>
    public bool IsStuck => IsShifting || IsRepeating;

    /// <summary>With a page, and whether it is the last.</summary>
    /// <param name="records">What tells the page's records from each other, in the operator's order.</param>
    public (RangeProgress Next, bool IsLast) With(IReadOnlyList<string> records)
    {
        if (Tail.Count > 0 && !records.Any(record => Tail.Contains(record, StringComparer.Ordinal)))
        {
            return (this with { Read = 0, Tail = [], Restarts = Restarts + 1, Head = null, Repeats = 0 }, false);
        }

        // An operator may give a record twice. Counted once, no offset is too large, and the largest page is none that
        // only seems so.
        List<string> each = [.. records.Distinct(StringComparer.Ordinal)];
        // A full page with nothing but what the one before had, given twice: the list may go on behind it.
        var isKnown = records.Count > 0 && Skip + each.Count <= Read;
        var isLast = records.Count == 0 || records.Count < Math.Min(PageSize, Largest);
        // A page begins behind the first record of the one before. That one comes again where as many records came in
        // front meanwhile as a page goes on by, which is rare, or where the operator begins each page at the same place.
        // A page whose records come twice says nothing.
        var isRepeated = !isLast && Skip > 0 && each.Count == records.Count
            && Head is not null && each.Contains(Head, StringComparer.Ordinal);
        var next = this with
        {
            Head = each.FirstOrDefault(),
            Repeats = isRepeated ? Repeats + 1 : 0,
            Largest = Math.Max(Largest, each.Count),
            Read = Skip + (isKnown ? records.Count : each.Count),
            Tail = isKnown ? [] : [.. each.TakeLast(Math.Min(Overlap, each.Count / 2))],
        };
        return (next, isLast);
    }

    /// <summary>With smaller pages, after an answer that was too large; null where they can't be smaller.</summary>
    public RangeProgress? Smaller() =>
        PageSize <= SmallestPage ? null : this with { PageSize = Math.Max(SmallestPage, PageSize / 4) };
}
