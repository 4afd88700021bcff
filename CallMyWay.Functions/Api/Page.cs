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
/// The position where a page begins: after the row with these keys, or at it. It stays valid while rows are added and
/// deleted, and is the same on every storage. It can carry the way back, to the pages that led here.
/// </summary>
public sealed record PageToken(string Partition, string Key)
{
    /// <summary>From how many pages on the oldest is forgotten.</summary>
    public const int MostBack = 30;

    /// <summary>A server takes an address of 8 KB with all that is in it.</summary>
    private const int MostText = 4096;

    // How a position at a row is told from one after it.
    private const char At = '=';

    /// <summary>True where the page begins at the row itself.</summary>
    public bool IsAtRow { get; init; }

    /// <summary>Where the pages before this one began, the first of them first, as <see cref="Position"/> has it.</summary>
    public IReadOnlyList<string> Back { get; init; } = [];

    /// <summary>The first key of the page: of one after a row the first possible key behind it.</summary>
    public string From => IsAtRow ? Key : Keys.After(Key);

    /// <summary>The position within the partition.</summary>
    public string Position => IsAtRow ? At + Key : Key;

    /// <summary>The position of a page whose first key may be this one.</summary>
    public static PageToken Of(string partition, string from) => from.EndsWith(' ')
        ? new PageToken(partition, from[..^1])
        : new PageToken(partition, from) { IsAtRow = true };

    /// <summary>The page that led to this one; null where none is known.</summary>
    public PageToken? Previous() => Back.Count == 0
        ? null
        : ReadPosition(Partition, Back[^1])! with { Back = [.. Back.SkipLast(1)] };

    /// <summary>With the way back over a page that began there.</summary>
    public PageToken After(PageToken page) => this with { Back = [.. page.Back, page.Position] };

    public override string ToString()
    {
        var back = Back.TakeLast(MostBack).ToList();
        // Base64 has four characters for three.
        while (back.Count > 0 && Text().Length > MostText / 4 * 3)
        {
            back.RemoveAt(0);
        }

        return Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Text()));

        string Text() => string.Join(' ', back.Prepend(Position).Prepend(Partition));
    }

    public static bool TryParse(string text, out PageToken? token)
    {
        token = null;
        if (text.Length > MostText || !Base64Url.IsValid(text))
        {
            return false;
        }

        if (Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split(' ')
                is not [var partition, var position, .. var back]
            || back.Length > MostBack
            || !Keys.IsValid(partition)
            || ReadPosition(partition, position) is not { } read
            || !Array.TrueForAll(back, each => ReadPosition(partition, each) is not null))
        {
            return false;
        }

        token = read with { Back = back };
        return true;
    }

    private static PageToken? ReadPosition(string partition, string position)
    {
        var isAtRow = position.StartsWith(At);
        var key = isAtRow ? position[1..] : position;
        return Keys.IsValid(key) ? new PageToken(partition, key) { IsAtRow = isAtRow } : null;
    }
}
