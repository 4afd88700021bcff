using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CallMyWay.Functions.Storage;

/// <summary>
/// The rule of partition and row keys, and how what comes from outside is made to keep it. A key is 1 to 256 characters
/// of <c>A-Z a-z 0-9 _ . | ~ -</c>. By habit <c>~</c> separates the parts of a key and <c>_</c> begins an encoded byte.
/// </summary>
public static class Keys
{
    /// <summary>The longest key.</summary>
    public const int MaxLength = 256;

    /// <summary>Stands between the parts of a key; never in an encoded part.</summary>
    public const char Separator = '~';

    /// <summary>Sorts after every key that begins with what stands before it and the separator.</summary>
    private const char AfterSeparator = '\u007f';

    private const int MaxPartLength = 100;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.|~-");

    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-");

    /// <summary>True for a key that every adapter can hold.</summary>
    public static bool IsValid(string? key) =>
        key is { Length: > 0 and <= MaxLength } && !key.AsSpan().ContainsAnyExcept(Allowed);

    /// <summary>The key itself, where it keeps the rule.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static string Checked(string key) => IsValid(key)
        ? key
        : throw new ArgumentException($"A key is 1 to {MaxLength} characters of A-Z a-z 0-9 _ . | ~ -, which this one of {key?.Length ?? 0} is not.", nameof(key));

    /// <summary>
    /// A part of a key from any text: what is plain stays readable, every other byte of its UTF-8 form becomes
    /// <c>_XX</c>, and a long text is cut and ends in its SHA-256. Different texts give different parts; an empty one
    /// gives <c>_</c>.
    /// </summary>
    public static string Encode(string text)
    {
        if (text.Length is > 0 and <= MaxPartLength && !text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text;
        }

        if (text.Length == 0)
        {
            return "_";
        }

        var key = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            if (Plain.Contains(c))
            {
                key.Append(c);
            }
            else
            {
                key.Append('_').Append(b.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return key.Length <= MaxPartLength
            ? key.ToString()
            : $"{key.ToString(0, MaxPartLength - 67)}__{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
    }

    /// <summary>A key of several parts, each of them already plain or encoded.</summary>
    public static string Join(params ReadOnlySpan<string> parts) => string.Join(Separator, parts!);

    /// <summary>
    /// What a key begins with: its first part, with the separator where others follow it. It tells the kinds of
    /// partitions of a table apart.
    /// </summary>
    public static string Beginning(string key) =>
        key.IndexOf(Separator) is >= 0 and var end ? key[..(end + 1)] : key;

    /// <summary>A part that sorts the newest first: nineteen digits that fall as the time rises.</summary>
    public static string NewestFirst(DateTimeOffset time) =>
        (DateTimeOffset.MaxValue.UtcTicks - time.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>The time of a key that begins with <see cref="NewestFirst"/>; null for any other key.</summary>
    public static DateTimeOffset? TimeOf(string key) =>
        key.Length >= 19
        && long.TryParse(key.AsSpan(0, 19), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
        && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(DateTimeOffset.MaxValue.UtcTicks - ticks, TimeSpan.Zero)
            : null;

    /// <summary>Sorts behind this key and before every other one that does: the beginning of what follows it.</summary>
    public static string After(string key) => key + " ";

    /// <summary>The first key (exclusive) after all that begin with <paramref name="prefix"/>.</summary>
    public static string AfterPrefix(string prefix) => prefix + AfterSeparator;
}
