using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CallMyWay.Functions.Embedding;

/// <summary>
/// The text of an API key or an embed token: what it is, its id, and 256 random bits, such as
/// <c>cmwk_019…_dGhl…</c>. Only a hash of the bits is stored: whoever reads the table can't use them.
/// </summary>
/// <param name="Id">Names its row.</param>
/// <param name="Bits">The secret part.</param>
internal readonly record struct Secret(string Id, string Bits)
{
    public const string KeyPrefix = "cmwk_";

    public const string TokenPrefix = "cmwt_";

    private const int Bytes = 32;

    public static Secret New(DateTimeOffset now) => new(
        Guid.CreateVersion7(now).ToString("N"), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes)));

    /// <summary>Null where the text is none of ours.</summary>
    public static Secret? Read(string text, string prefix)
    {
        const int idLength = 32;
        if (text.Length is < 40 or > 200 || !text.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = text[prefix.Length..];
        return rest.Length > idLength + 1 && rest[idLength] == '_' && rest[..idLength].All(char.IsAsciiHexDigitLower)
            ? new Secret(rest[..idLength], rest[(idLength + 1)..])
            : null;
    }

    /// <summary>The whole text, which is shown once.</summary>
    public string Text(string prefix) => $"{prefix}{Id}_{Bits}";

    /// <summary>The bits are random: a hash without a salt can't be guessed from.</summary>
    public string Hash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Bits)));

    /// <summary>In a time that does not tell how much of it is right.</summary>
    public bool Is(string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash()), Encoding.ASCII.GetBytes(hash));
}
