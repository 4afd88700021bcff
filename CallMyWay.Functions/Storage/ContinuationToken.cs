namespace CallMyWay.Functions.Storage;

/// <summary>
/// Where a page ended, in the adapter's own words, behind the query that it belongs to, so that no other query takes it.
/// Tokens stay within the process: what a caller of the API sends back is a <c>PageToken</c>.
/// </summary>
public static class ContinuationToken
{
    public static string Write(string table, RowRange range, string end) => QueryOf(table, range) + end;

    /// <returns>Where the page before ended.</returns>
    /// <exception cref="ArgumentException">It is not a token of this query.</exception>
    public static string Read(string table, RowRange range)
    {
        var query = QueryOf(table, range);
        return range.Next!.Length > query.Length && range.Next.StartsWith(query, StringComparison.Ordinal)
            ? range.Next[query.Length..]
            : throw Foreign(range);
    }

    public static ArgumentException Foreign(RowRange range) =>
        new("This is not the continuation token of this query.", nameof(range));

    // No key holds a line's end or an equals sign, and each value's length is told: no two queries are the same text.
    private static string QueryOf(string table, RowRange range)
    {
        var where = range.Where.Select(each => $"{string.Join(' ', each.Columns)}={each.Value.Length}:{each.Value}\n");
        return $"{table}\n{string.Concat(where)}{range.Partition}\n{range.From}\n{range.Before}\n";
    }
}
