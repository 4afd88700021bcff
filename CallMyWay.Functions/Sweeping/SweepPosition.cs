using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Sweeping;

/// <summary>
/// How far a round has come: behind this row, or behind the whole partition. At the end of the round only the time is
/// left.
/// </summary>
internal sealed record SweepPosition(string? Table, string? Partition, string? Key, DateTimeOffset? FinishedAt)
{
    /// <summary>Stands for a key: the partition is done. It sorts behind every key.</summary>
    public const string Whole = "\u007f";

    public static SweepPosition Beginning { get; } = new(null, null, null, null);

    /// <summary>
    /// What is left of the rows; null where nothing is. Partitions are swept in the order of their names.
    /// </summary>
    public RowRange? Behind(RowRange rows) => string.CompareOrdinal(rows.Partition, Partition) switch
    {
        < 0 => null,
        0 when Key == Whole => null,
        // A space sorts before every character that a key may hold.
        0 when string.CompareOrdinal(Key, rows.From) >= 0 => rows with { From = Key + " " },
        _ => rows,
    };
}
