using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Api;

/// <summary>A page of a list: items, and the token for the next page; null at the end.</summary>
public sealed record Page<T>(
    IReadOnlyList<T> Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);

/// <summary>Makes pages of lists.</summary>
public static class Page
{
    /// <summary>
    /// Cuts a page from a list that is read whole. The list is sorted by the key that <paramref name="keyOf"/> gives.
    /// </summary>
    public static Page<T> Cut<T>(IReadOnlyList<T> all, PageRequest request, Func<T, string> keyOf)
    {
        var rest =
            all.Where(item => request.After is not { } after || string.CompareOrdinal(keyOf(item), after.Key) > 0)
                .Take(request.Take + 1).ToList();
        return rest.Count <= request.Take
            ? new Page<T>(rest, null)
            : new Page<T>(rest[..request.Take], new PageToken("list", keyOf(rest[request.Take - 1])).ToString());
    }
}

/// <summary>The page that a request asks for: <c>?take=</c> (1 to 500) and <c>?next=</c>.</summary>
public sealed record PageRequest(int Take, PageToken? After)
{
    public const int MaxTake = 500;

    private const int DefaultTake = 100;

    public static PageRequest Read(HttpRequest request, FieldErrors errors)
    {
        var take = DefaultTake;
        if (request.Query["take"] is { Count: > 0 } text && (text.Count > 1 || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out take) || take is < 1 or > MaxTake))
        {
            errors.Add("take", $"Pida entre 1 y {MaxTake} elementos.", $"Ask for 1 to {MaxTake} items.");
        }

        PageToken? after = null;
        if (request.Query["next"] is { Count: > 0 } next
            && next != ""
            && (next.Count > 1 || !PageToken.TryParse(next.ToString(), out after)))
        {
            errors.Add(
                "next",
                "Use el valor de «next» de la página anterior, tal como vino.",
                "Use the previous page's \"next\", as it came.");
        }

        return new PageRequest(take, after);
    }
}

/// <summary>
/// The position where the next page begins: after the row with these keys. It stays valid while rows are added and
/// deleted, and is the same on every storage.
/// </summary>
public sealed record PageToken(string Partition, string Key)
{
    /// <summary>The first possible key after this one: a space sorts before every character of a key.</summary>
    public string From => Key + " ";

    public override string ToString() => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{Partition} {Key}"));

    public static bool TryParse(string text, out PageToken? token)
    {
        token = null;
        if (text.Length > 1024 || !Base64Url.IsValid(text))
        {
            return false;
        }

        if (Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split(' ') is not [var partition, var key]
            || !Keys.IsValid(partition)
            || !Keys.IsValid(key))
        {
            return false;
        }

        token = new PageToken(partition, key);
        return true;
    }
}
