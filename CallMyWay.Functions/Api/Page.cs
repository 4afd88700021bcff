using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Api;

/// <summary>
/// A list's answer: some of the items, and the token that asks for the following ones; null at the end.
/// </summary>
public sealed record Page<T>(
    IReadOnlyList<T> Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);

/// <summary>Makes pages.</summary>
public static class Page
{
    /// <summary>
    /// Cuts a page from a list that is short enough to be read whole. <paramref name="keyOf"/> gives the keys, by which
    /// it is in order.
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

/// <summary>Which page of a list is asked for: <c>?take=</c> (1 to 500) and <c>?next=</c>.</summary>
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
/// Where a list goes on: behind a row, named by its keys. It stays good while rows come and go, and is the same on
/// every storage.
/// </summary>
public sealed record PageToken(string Partition, string Key)
{
    /// <summary>The first key after this one: a space sorts before every character that a key may hold.</summary>
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
