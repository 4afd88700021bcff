using System.Collections.Frozen;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Contacts;

/// <summary>The words that a contact is found by, and the ways to read what somebody searches for.</summary>
internal sealed class ContactWords(PhoneNumberParser numbers)
{
    /// <summary>How many words as they were typed a contact can be searched for.</summary>
    private const int MaxTyped = 24;

    /// <summary>How many words that are made of these: whole documents, joined names, numbers.</summary>
    private const int MaxMade = 24;

    /// <summary>How many words of a search can be one that a contact has without spaces: <c>maria jose</c>.</summary>
    private const int MaxJoined = 3;

    /// <summary>The group of digits at the end of a telephone number that people remember.</summary>
    private const int LastGroup = 4;

    /// <summary>A query of digits that is shorter is one group of a document or number, not the whole.</summary>
    private const int ShortestNumber = 5;

    /// <summary>Words before a name that some people join to it: O'Brien and Obrien, De la Cruz and Delacruz.</summary>
    private static readonly FrozenSet<string> Particles = new[]
    {
        "o", "d", "l", "da", "das", "de", "del", "dela", "delas", "della", "delos", "den", "der", "di", "do", "dos",
        "du", "el", "la", "las", "le", "lo", "los", "mac", "mc", "san", "santa", "st", "ter", "van", "von",
    }.ToFrozenSet(StringComparer.Ordinal);

    public string[] Of(Contact contact)
    {
        // A document can be searched for with its dashes and without them.
        var compact = contact.Document is null ? null : string.Concat(contact.Document.Where(char.IsLetterOrDigit));
        var typed = new[] { contact.Title, contact.Document, compact, contact.Email }
            .Concat(contact.Fields?.Values ?? [])
            .Where(text => !string.IsNullOrWhiteSpace(text))
            .SelectMany(text => SearchText.Words(text!));
        var made = new[] { IdentityDocument.FullDigits(IdentityDocument.WithoutLabel(contact.Document)) }
            .OfType<string>()
            .Concat(JoinedNames(SearchText.Words(contact.Title)))
            .Concat(NamesAsOne(contact.Title))
            .Concat(contact.Numbers.SelectMany(NumberWords));
        return [.. typed.Distinct().Take(MaxTyped).Concat(made.Distinct().Take(MaxMade)).Distinct()];
    }

    /// <summary>
    /// What a query can mean, the likeliest first: each reading is the words of which the contact has to have all. The
    /// next reading is for a search that finds nobody by the one before.
    /// </summary>
    public IReadOnlyList<Reading> Readings(string query)
    {
        var readings = new List<Reading>();
        var words = SearchText.Words(query);
        var text = query.Trim();
        var isHome = text.StartsWith(numbers.HomePrefix, StringComparison.Ordinal);
        text = isHome ? text[numbers.HomePrefix.Length..] : text;
        text = text.TrimStart('+', '(');
        if (text.Length >= ShortestNumber && IdentityDocument.IsDigits(text))
        {
            readings.Add(new([IdentityDocument.Digits(text)]));
            if (IdentityDocument.FullDigits(text) is { } full)
            {
                readings.Add(new([full]));
            }
        }

        else if (isHome && IdentityDocument.IsDigits(text))
        {
            // The beginning of a number.
            readings.Add(new([IdentityDocument.Digits(text)]));
        }

        var joined = WithJoinedNames(words);
        readings.Add(new(words) { IsAsTyped = true, Joined = joined.SequenceEqual(words) ? [] : [new(joined)] });
        if (words.Count is > 1 and <= MaxJoined && string.Concat(words) is { Length: <= SearchText.LongestWord } whole
            && !whole.Any(char.IsAsciiDigit))
        {
            readings.Add(new([whole]));
        }

        // A document beside a name, with zeros in front.
        if (words.Count > 1 && words.Any(IsWithZeros))
        {
            readings.Add(new([.. words.Select(word => IsWithZeros(word) ? word.TrimStart('0') : word)]));
        }

        if (IdentityDocument.IsDigits(text) && IdentityDocument.Digits(text) is { Length: > LastGroup } digits)
        {
            readings.Add(new([digits[^LastGroup..]]) { End = digits });
            if (digits.StartsWith("00", StringComparison.Ordinal) && digits.Length > LastGroup + 2)
            {
                // 00 in place of the plus.
                digits = digits[2..];
                readings.Add(new([digits]));
            }

            // The country's code without its plus.
            if (digits.StartsWith(numbers.HomePrefix.TrimStart('+'), StringComparison.Ordinal)
                && digits[(numbers.HomePrefix.Length - 1)..] is { Length: >= LastGroup } national)
            {
                readings.Add(new([national]));
            }
        }

        return
        [
            .. readings.Where(reading => reading.Words.Count > 0)
                // Where two are the same, the one as it was typed also finds what sounds alike.
                .GroupBy(reading => $"{reading.End} {string.Join(' ', reading.Words)}")
                .Select(same => same.FirstOrDefault(reading => reading.IsAsTyped) ?? same.First()),
        ];
    }

    private static bool IsWithZeros(string word) =>
        word.Length >= ShortestNumber && word[0] == '0' && word.All(char.IsAsciiDigit);

    /// <summary>
    /// Of <c>de la cruz</c>: <c>delacruz</c> and <c>lacruz</c>; of <c>montes de oca</c>: <c>deoca</c> and
    /// <c>montesdeoca</c>.
    /// </summary>
    private static IEnumerable<string> JoinedNames(IReadOnlyList<string> words)
    {
        for (var i = 1; i < words.Count; i++)
        {
            var joined = words[i];
            // A particle is the name itself where it is the last word: de la O.
            var isName = !Particles.Contains(words[i]) || i == words.Count - 1;
            for (var before = i - 1; isName && before >= 0; before--)
            {
                joined = words[before] + joined;
                var isParticle = Particles.Contains(words[before]);
                if (joined.Length <= SearchText.LongestWord && (isParticle || before < i - 1))
                {
                    yield return joined;
                }

                if (!isParticle)
                {
                    break;
                }
            }
        }
    }

    /// <summary>
    /// What some people write as one: the first two names (<c>jeanpaul</c>), and those with a dash or an apostrophe
    /// between them (<c>ndiaye</c>).
    /// </summary>
    private static IEnumerable<string> NamesAsOne(string title)
    {
        var tied = title.Split(' ').Where(part => part.AsSpan().IndexOfAny("-'\u2019") >= 0).Select(SearchText.Words);
        foreach (var names in tied.Prepend([.. SearchText.Words(title).Take(2)]))
        {
            var name = string.Concat(names);
            if (names.Count > 1 && names.All(part => part.Any(char.IsLetter)) && name.Length <= SearchText.LongestWord)
            {
                yield return name;
            }
        }
    }

    /// <summary>
    /// The words, with each name and the particles before it as one: <c>de la cruz</c> is <c>delacruz</c>.
    /// </summary>
    /// <param name="words">The words.</param>
    /// <param name="between">What stands between the words of such a name.</param>
    public static IReadOnlyList<string> WithJoinedNames(IReadOnlyList<string> words, string between = "")
    {
        var joined = new List<string>();
        var particles = "";
        foreach (var word in words)
        {
            particles += particles.Length > 0 ? between + word : word;
            if (!Particles.Contains(word))
            {
                joined.Add(particles);
                particles = "";
            }
        }

        return particles.Length > 0 ? [.. joined, particles] : joined;
    }

    // A number at home is found by its national digits; a foreign one also by those with its country's code. Both are
    // found by their beginning, and by the last group.
    private IEnumerable<string> NumberWords(string typed)
    {
        foreach (var number in numbers.ParseAll(typed))
        {
            if (number.Kind != PhoneNumberKind.Number || number.National.Length <= LastGroup)
            {
                continue;
            }

            yield return number.National;
            yield return number.National[^LastGroup..];
            if (number.E164 is { } whole && !whole.StartsWith(numbers.HomePrefix, StringComparison.Ordinal))
            {
                yield return whole[1..];
            }
        }
    }
}
