using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.Contacts;

/// <summary>What becomes of the files of two contacts that are one, and of one file that is two again. Pure.</summary>
internal static class ContactJoin
{
    private const string Name = "name";

    private const string Numbers = "numbers";

    private const string Document = "document";

    private const string Email = "email";

    private const string FieldPrefix = "fields.";

    private static readonly IReadOnlyDictionary<string, string> NoFields = new Dictionary<string, string>();

    /// <summary>
    /// The kept contact with the numbers of the other one behind its own, and with what its own file leaves empty. A
    /// number that is in both files is there once.
    /// </summary>
    public static Contact Of(Contact keep, Contact merge, PhoneNumberParser parser)
    {
        var fields = new Dictionary<string, string>(keep.Fields ?? NoFields, StringComparer.Ordinal);
        foreach (var (key, value) in merge.Fields ?? NoFields)
        {
            fields.TryAdd(key, value);
        }

        return keep with
        {
            Name = keep.Name.Length > 0 ? keep.Name : merge.Name,
            Numbers = [.. keep.Numbers, .. merge.Numbers.Where(text => !IsIn(keep.Numbers, text, parser))],
            Document = keep.Document ?? merge.Document,
            Email = keep.Email ?? merge.Email,
            Fields = fields.Count == 0 ? keep.Fields : fields,
            External = keep.External ?? merge.External,
            Merged = [.. (keep.Merged ?? []).Concat(merge.Ids).Distinct(StringComparer.Ordinal)],
        };
    }

    /// <summary>
    /// The kept contact without what came from the other one. What somebody has changed since stays as it is, and is
    /// named as the API's errors name a field.
    /// </summary>
    /// <param name="now">The kept contact.</param>
    /// <param name="before">As it was before the merge.</param>
    /// <param name="merged">The other one.</param>
    /// <param name="others">Those that stay merged into the kept one: a number of theirs stays.</param>
    /// <param name="parser">Reads the numbers.</param>
    public static (Contact Contact, IReadOnlyList<string> NotTakenBack) TakeBack(
        Contact now, Contact before, Contact merged, IReadOnlyList<Contact> others, PhoneNumberParser parser)
    {
        var joined = Of(before, merged, parser);
        var left = new List<string>();
        var fields = new Dictionary<string, string>(now.Fields ?? NoFields, StringComparer.Ordinal);
        foreach (var key in merged.Fields?.Keys ?? [])
        {
            if (TakeBackField(key) is { } value)
            {
                fields[key] = value;
            }
            else
            {
                fields.Remove(key);
            }
        }

        List<string> kept = [.. before.Numbers, .. others.SelectMany(other => other.Numbers)];
        var came = joined.Numbers.Skip(before.Numbers.Count).ToList();
        if (came.Exists(text => !now.Numbers.Contains(text, StringComparer.Ordinal)))
        {
            left.Add(Numbers);
        }

        var name = Text(Name, before.Name, joined.Name, now.Name)!;
        List<string> numbers =
            [.. now.Numbers.Where(text => !came.Contains(text, StringComparer.Ordinal) || IsIn(kept, text, parser))];
        if (name.Length == 0 && numbers.Count == 0)
        {
            // A contact has a name or a number.
            (name, numbers) = (now.Name, [.. now.Numbers]);
        }

        var contact = now with
        {
            Name = name,
            Numbers = numbers,
            Document = Text(Document, before.Document, joined.Document, now.Document),
            Email = Text(Email, before.Email, joined.Email, now.Email),
            Fields = fields.Count == 0 ? null : fields,
            External = now.External?.IsSame(merged.External) == true && !now.External.IsSame(before.External)
                ? before.External
                : now.External,
            Merged = (now.Merged ?? []).Except(merged.Ids, StringComparer.Ordinal).ToList() is { Count: > 0 } ids
                ? ids
                : null,
        };
        return (contact, left);

        string? TakeBackField(string key) => Text(
            FieldPrefix + key,
            before.Fields?.GetValueOrDefault(key),
            joined.Fields?.GetValueOrDefault(key),
            now.Fields?.GetValueOrDefault(key));

        string? Text(string field, string? was, string? became, string? isNow)
        {
            if (was == became)
            {
                return isNow;
            }

            if (isNow != became)
            {
                left.Add(field);
                return isNow;
            }

            return was;
        }
    }

    // Several numbers can stand in one text. What is not understood is compared as it was typed.
    private static bool IsIn(IReadOnlyList<string> texts, string text, PhoneNumberParser parser)
    {
        if (texts.Contains(text, StringComparer.Ordinal))
        {
            return true;
        }

        var wanted = parser.ParseAll(text).ToList();
        var known = texts.SelectMany(parser.ParseAll).ToList();
        return wanted.Count > 0 && wanted.TrueForAll(number => number.MatchKey.Length > 0
            && known.Exists(other => other.MatchKey == number.MatchKey && other.E164 == number.E164));
    }
}
