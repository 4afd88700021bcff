using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Sweeping;

/// <summary>Says which rows of a table are deleted after some time, and when. A table has at most one.</summary>
public interface ISweep
{
    string Table { get; }

    /// <summary>Where such rows are: each partition once, in name order.</summary>
    Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>The rows of a partition, and which of them can be deleted.</summary>
public sealed record SweepRange(RowRange Rows, Func<Row, bool> IsOver);
