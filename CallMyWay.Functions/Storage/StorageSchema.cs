namespace CallMyWay.Functions.Storage;

/// <summary>
/// The version of all that is stored, which each storage keeps beside it. A release opens what an earlier one wrote,
/// and refuses what a later one wrote.
/// </summary>
public static class StorageSchema
{
    /// <summary>
    /// To be raised by a change after which an earlier release would read rows or messages wrongly, or lose a part of
    /// them when it writes. A new field that an earlier release may drop is no such change.
    /// </summary>
    /// <remarks>
    /// 2: the row of a call keeps facts, and the call that follows from them; lists find calls by other index rows.
    /// </remarks>
    public const int Version = 2;

    /// <summary>What is said of a storage that a later release wrote.</summary>
    public static string IsNewer(string storage, long found) =>
        $"{storage} is of schema version {found}, this program knows up to {Version}: it was written by a newer release. "
        + "Run that one, or put a backup of the older version in its place.";
}
