using System.IO.Hashing;
using System.Text;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>Which row id a row is to have.</summary>
internal delegate long RowIdOf(string partition, string key);

/// <summary>
/// A row's id that its key tells, so that a read by key goes through the tree of row ids alone. A number of eight bytes
/// takes less room in that tree's upper pages than a key, and far less than a whole row, as a table without row ids has
/// there: with a million contacts three pages are read in place of five, of which the upper two stay in every cache.
/// </summary>
/// <remarks>
/// The hash is a hint: two keys may have the same, and rows of other origin have any id, as all rows have after a
/// VACUUM. So the key decides, and a row that is not under its hash is looked for by its key.
/// </remarks>
internal static class KeyHash
{
    /// <summary>
    /// 48 bits are six bytes of a record where 64 are eight. Two of a million keys are the same in them once in 560
    /// files.
    /// </summary>
    private const int DroppedBits = 16;

    private const int OnStack = 1024;

    public static long Of(string partition, string key)
    {
        // A NUL is in no key (Keys), so that the two can't be divided elsewhere.
        var length = Encoding.UTF8.GetMaxByteCount(partition.Length + 1 + key.Length);
        Span<byte> utf8 = length <= OnStack ? stackalloc byte[OnStack] : new byte[length];
        var end = Encoding.UTF8.GetBytes(partition, utf8);
        utf8[end++] = 0;
        end += Encoding.UTF8.GetBytes(key, utf8[end..]);
        return (long)(XxHash3.HashToUInt64(utf8[..end]) >> DroppedBits);
    }
}
