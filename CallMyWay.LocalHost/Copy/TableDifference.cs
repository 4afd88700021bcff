using CallMyWay.Functions.Storage;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.LocalHost.Copy;

internal enum RowState
{
    Same,

    /// <summary>In the folder, but not in the account.</summary>
    Missing,
    Different,

    /// <summary>In the account, but not in the folder.</summary>
    Extra,

    /// <summary>The row breaks the rules of all tables.</summary>
    Refused,
}

/// <summary>A row that is in the folder, in the account, or in both.</summary>
internal readonly record struct RowPair(ExportedRow? From, Row? To)
{
    public RowState State => (From, To) switch
    {
        ({ Row: null }, _) => RowState.Refused,
        (_, null) => RowState.Missing,
        (null, _) => RowState.Extra,
        ({ Row: { } from }, { } to) => AreSame(from, to) ? RowState.Same : RowState.Different,
    };

    public string Name => $"{From?.Partition ?? To!.Partition} / {From?.Key ?? To!.Key}";

    /// <summary>Pairs the rows of both tables by their keys. Both are read in key order.</summary>
    public static async IAsyncEnumerable<RowPair> PairAsync(
        IAsyncEnumerable<ExportedRow> from, IAsyncEnumerable<Row> to)
    {
        await using var left = from.GetAsyncEnumerator();
        await using var right = to.GetAsyncEnumerator();
        var (hasLeft, hasRight) = (await left.MoveNextAsync(), await right.MoveNextAsync());
        while (hasLeft || hasRight)
        {
            // A row that breaks the rules has no place in the order.
            var order = hasLeft
                && left.Current.Row is null ? -1 : !hasLeft ? 1 : !hasRight ? -1 : Order(left.Current, right.Current);
            yield return new RowPair(
                order <= 0 ? left.Current : null, order == 0 ? right.Current : order > 0 ? right.Current : null);
            hasLeft = order <= 0 ? await left.MoveNextAsync() : hasLeft;
            hasRight = order >= 0 ? await right.MoveNextAsync() : hasRight;
        }
    }

    private static int Order(ExportedRow left, Row right) =>
        string.CompareOrdinal(left.Partition, right.Partition) is var order and not 0
        ? order
        : string.CompareOrdinal(left.Key, right.Key);

    private static bool AreSame(Row from, Row to) =>
        from.Columns.Count == to.Columns.Count && from.Columns.All(
            column => to.Columns.TryGetValue(column.Key, out var value) && column.Value.Equals(value));
}

/// <summary>
/// Counts how the folder's and the account's tables differ, and keeps the keys of the first differing rows.
/// </summary>
internal sealed class TableDifference(string table)
{
    private const int MostNamed = 20;

    private readonly long[] _counts = new long[Enum.GetValues<RowState>().Length];

    private readonly Dictionary<RowState, List<string>> _named = [];

    public string Table => table;

    public long this[RowState state] => _counts[(int)state];

    /// <summary>The number of rows in the folder.</summary>
    public long Rows =>
        this[RowState.Same] + this[RowState.Missing] + this[RowState.Different] + this[RowState.Refused];

    public void Add(RowPair pair)
    {
        var state = pair.State;
        if (++_counts[(int)state] <= MostNamed && state != RowState.Same)
        {
            Named(state).Add(
                $"  {table}: {pair.Name} {Words(state)}{(pair.From?.Problem is { } problem ? ": " + problem : ".")}");
        }
    }

    /// <summary>A line for each of the first rows in these states, and a line with the number of the others.</summary>
    public IEnumerable<string> Lines(params IEnumerable<RowState> states)
    {
        foreach (var state in states.Where(state => this[state] > 0))
        {
            foreach (var line in Named(state))
            {
                yield return line;
            }

            if (this[state] > MostNamed)
            {
                yield return $"  {table}: of {CopyProgress.Number(this[state] - MostNamed)} more each {Words(state)}.";
            }
        }
    }

    private List<string> Named(RowState state) => _named.TryGetValue(state, out var lines) ? lines : _named[state] = [];

    private static string Words(RowState state) => state switch
    {
        RowState.Missing => "is not in the account",
        RowState.Different => "is another in the account",
        RowState.Extra => "is in the account and not in the folder",
        _ => "is no row that a table of Azure holds",
    };
}
