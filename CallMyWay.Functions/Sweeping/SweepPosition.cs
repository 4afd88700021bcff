using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Sweeping;

/// <summary>
/// The position of a round: after this row, or after the whole partition. At the end of a round, only the time is left.
/// </summary>
internal sealed record SweepPosition(string? Table, string? Partition, string? Key, DateTimeOffset? FinishedAt)
{
    /// <summary>In place of a key: the whole partition is done. It sorts after every key.</summary>
    public const string Whole = "\u007f";

    public static SweepPosition Beginning { get; } = new(null, null, null, null);

    /// <summary>The rows that are left; null if none are. Partitions are swept in name order.</summary>
    public RowRange? Behind(RowRange rows) => string.CompareOrdinal(rows.Partition, Partition) switch
    {
        < 0 => null,
        0 when Key == Whole => null,
        // A space sorts before every character that a key may hold.
        0 when string.CompareOrdinal(Key, rows.From) >= 0 => rows with { From = Key + " " },
        _ => rows,
    };
}
