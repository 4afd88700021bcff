using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>Where a page ended: the last key, with a digest of the query that it belongs to, so that no other query takes it.</summary>
internal static class PageToken
{
    private const int DigestLength = 8;

    public static string Write(string table, RowRange range, string last) =>
        Base64Url.EncodeToString([.. Digest(table, range, last), .. Encoding.UTF8.GetBytes(last)]);

    /// <returns>The last key of the page before.</returns>
    /// <exception cref="ArgumentException">It is not a token of this query.</exception>
    public static string Read(string table, RowRange range)
    {
        var next = range.Next!;
        if (next.Length <= 2 * Keys.MaxLength && Base64Url.IsValid(next))
        {
            var bytes = Base64Url.DecodeFromChars(next);
            if (bytes.Length > DigestLength)
            {
                var last = Encoding.UTF8.GetString(bytes.AsSpan(DigestLength));
                if (bytes.AsSpan(0, DigestLength).SequenceEqual(Digest(table, range, last)))
                {
                    return last;
                }
            }
        }

        throw new ArgumentException("This is not the continuation token of this query.", nameof(range));
    }

    private static ReadOnlySpan<byte> Digest(string table, RowRange range, string last)
    {
        var text = string.Join('\n', table, range.Partition, range.From ?? "-", range.Before ?? "-", last);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, DigestLength);
    }
}
