namespace CallMyWay.Functions.Storage;

/// <summary>Which row of a table.</summary>
public readonly record struct RowKey(string Partition, string Key)
{
    public static RowKey Of(Row row) => new(row.Partition, row.Key);
}

/// <summary>A row of an index: it leads from what is looked for to the record that says so.</summary>
/// <param name="Table">The table that it is in.</param>
/// <param name="Row">Its keys, and what it holds.</param>
/// <param name="IsUnique">
/// True where the key is for one record alone, as a sign-in name is. Of an index row that is not unique, the record's
/// own key is a part of its key.
/// </param>
public sealed record IndexRow(string Table, Row Row, bool IsUnique = false)
{
    public (string Table, RowKey Key) Id => (Table, RowKey.Of(Row));
}

/// <summary>
/// What a store says of its records: how they stand in their rows, and which index rows lead to them.
/// </summary>
public sealed record IndexedRecord<T>
    where T : class
{
    /// <summary>The table of the records.</summary>
    public required string Table { get; init; }

    /// <summary>The tables of the index rows, which may be the same.</summary>
    public required IReadOnlyList<string> IndexTables { get; init; }

    public required Func<T, Row> Write { get; init; }

    /// <summary>The record with the version of its row; null for a row that is none of these records.</summary>
    public required Func<Row, T?> Read { get; init; }

    /// <summary>The version that was read.</summary>
    public required Func<T, string?> ETagOf { get; init; }

    /// <summary>The index rows that lead to this version of the record.</summary>
    public required Func<T, IEnumerable<IndexRow>> IndexOf { get; init; }

    /// <summary>
    /// Where a row of one of the <see cref="IndexTables"/> leads to; null for one that is no index row of these. A row
    /// of a partition that this release does not know is none: a later one may have made it, and the repair removes
    /// what leads nowhere.
    /// </summary>
    public required Func<string, Row, RowKey?> LeadsTo { get; init; }
}
