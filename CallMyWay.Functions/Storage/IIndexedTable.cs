namespace CallMyWay.Functions.Storage;

/// <summary>An <see cref="IndexedTable{T}"/> as the repair sees it, which goes over all of its rows.</summary>
public interface IIndexedTable
{
    /// <summary>The table of the records.</summary>
    string Name { get; }

    /// <summary>The tables to go over: that of the records and those of the index rows, each once.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>
    /// Looks at rows of one of the <see cref="Tables"/>. A record that an index row is missing of is written again as
    /// it is, with all its index rows; so is one that an index row leads to wrongly, and that row is removed.
    /// </summary>
    Task<IndexCheck> CheckAsync(string table, IReadOnlyList<Row> rows, CancellationToken cancellationToken);

    /// <summary>
    /// Removes index rows that lead to no record. They have led to none before, for longer than it takes to create a
    /// record, whose index rows are written first. How many there were: one that leads somewhere now, or has been
    /// touched, stays.
    /// </summary>
    Task<int> RemoveAsync(IReadOnlyList<IndexRow> leadNowhere, CancellationToken cancellationToken);
}

/// <summary>What was found and mended.</summary>
/// <param name="Records">How many records were looked at.</param>
/// <param name="IndexRows">How many index rows.</param>
/// <param name="Written">Records of which an index row was missing, or held something else.</param>
/// <param name="Removed">Index rows that led to a record that did not say so.</param>
/// <param name="Conflicts">Records whose index row is for one alone and another's: only a person can mend that.</param>
/// <param name="Unreadable">Rows that can't be read, and are left alone.</param>
/// <param name="LeadNowhere">Index rows that lead to no record, for now.</param>
public sealed record IndexCheck(
    int Records, int IndexRows, int Written, int Removed, int Conflicts, int Unreadable, IReadOnlyList<IndexRow> LeadNowhere)
{
    public static IndexCheck None { get; } = new(0, 0, 0, 0, 0, 0, []);

    public static IndexCheck operator +(IndexCheck one, IndexCheck other) => new(
        one.Records + other.Records,
        one.IndexRows + other.IndexRows,
        one.Written + other.Written,
        one.Removed + other.Removed,
        one.Conflicts + other.Conflicts,
        one.Unreadable + other.Unreadable,
        [.. one.LeadNowhere, .. other.LeadNowhere]);
}
