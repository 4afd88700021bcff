using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Sweeping;

/// <summary>Index rows that led to no record when they were looked at, to be looked at once more.</summary>
/// <param name="At">When that was.</param>
/// <param name="Next">Where the repair of the table goes on after them; null at the end.</param>
/// <param name="Rows">The rows.</param>
public sealed record FoundAstray(DateTimeOffset At, string? Next, IReadOnlyList<FoundRow> Rows);

/// <summary>A row, and the version in which it was seen.</summary>
public sealed record FoundRow(string Table, string Partition, string Key, string? ETag)
{
    public static FoundRow Of(IndexRow row) => new(row.Table, row.Row.Partition, row.Row.Key, row.Row.ETag);
}
