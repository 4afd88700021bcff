using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CallMyWay.Functions.Storage;

/// <summary>
/// Where a page ended, in the adapter's own words, with a digest of the query that it belongs to, so that no other
/// query takes it. It is no secret and no proof: whoever makes one up reads no other partition than the query's.
/// </summary>
public static class ContinuationToken
{
    private const int DigestLength = 8;

    // Azure Tables names the next partition and key, each in Base64.
    private const int MaxLength = 4096;

    public static string Write(string table, RowRange range, string end) =>
        Base64Url.EncodeToString([.. Digest(table, range, end), .. Encoding.UTF8.GetBytes(end)]);

    /// <returns>Where the page before ended.</returns>
    /// <exception cref="ArgumentException">It is not a token of this query.</exception>
    public static string Read(string table, RowRange range)
    {
        var next = range.Next!;
        if (next.Length <= MaxLength && Base64Url.IsValid(next))
        {
            var bytes = Base64Url.DecodeFromChars(next);
            if (bytes.Length > DigestLength)
            {
                var end = Encoding.UTF8.GetString(bytes.AsSpan(DigestLength));
                if (bytes.AsSpan(0, DigestLength).SequenceEqual(Digest(table, range, end)))
                {
                    return end;
                }
            }
        }

        throw Foreign(range);
    }

    public static ArgumentException Foreign(RowRange range) =>
        new("This is not the continuation token of this query.", nameof(range));

    private static ReadOnlySpan<byte> Digest(string table, RowRange range, string end)
    {
        var text = string.Join('\n', table, range.Partition, range.From ?? "-", range.Before ?? "-", end);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, DigestLength);
    }
}
