using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Sweeping;

/// <summary>Which rows of a table have an end, and when. Each table has one at most.</summary>
public interface ISweep
{
    string Table { get; }

    /// <summary>Where such rows are: each partition once, in the order of their names.</summary>
    Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>Rows of a partition, and which of them are over.</summary>
public sealed record SweepRange(RowRange Rows, Func<Row, bool> IsOver);
