using System.Globalization;

namespace CallMyWay.Functions.Numbers;

/// <summary>Reads a field that may hold several numbers, as people fill it in.</summary>
internal sealed class SeveralNumbers(PhoneNumberParser parser)
{
    /// <summary>Fewer digits beside a number are an extension or a remark.</summary>
    private const int FewestDigitsOfARest = 5;

    /// <summary>How far the ending of a second number may be from the first. A larger step is something else.</summary>
    private const int LargestStep = 10;

    /// <summary>An ending such as the 7004 of <c>8700-7003 / 7004</c> has no more digits.</summary>
    private const int LongestEnding = 4;

    /// <summary>How many groups of digits one number may be written in.</summary>
    private const int MostGroups = 6;

    /// <summary>A number has no more digits (E.164).</summary>
    private const int MostDigits = 15;

    /// <summary>The longest usual prefix of a call abroad: 011.</summary>
    private const int LongestPrefix = 3;

    /// <summary>
    /// All numbers, in their order. What is not understood beside them is among them as such.
    /// </summary>
    /// <param name="text">The field.</param>
    /// <returns>
    /// The numbers, and whether the field seems to hold another that can't be told: the rest of it would be lost.
    /// </returns>
    public (IReadOnlyList<PhoneNumber> Numbers, bool IsUnclear) Read(string? text)
    {
        var whole = parser.Parse(text);
        if (whole.Kind != PhoneNumberKind.Invalid && !whole.HasMoreDigits)
        {
            return ([whole], false);
        }

        var plain = PhoneText.Normalize(text);
        var (numbers, hasLoneEnding) = InARow(plain) is { Count: > 1 } all ? (all, false) : ReadPieces(plain);
        numbers = [.. numbers.DistinctBy(number => number.E164 ?? number.Received)];
        var areSeveral = numbers.Count > 1 && (numbers.Any(number => number.E164 is not null)
            || numbers.All(number => number.National.Length >= PhoneNumber.MatchDigits));
        if (areSeveral && whole.E164 is not null && numbers.TrueForAll(number => number.E164 != whole.E164))
        {
            // The number by which the field is called is always among its numbers.
            numbers.Insert(0, whole);
        }

        return areSeveral
            ? (numbers, hasLoneEnding)
            : ([whole], hasLoneEnding || (numbers.Count <= 1 && HasTooMuch(plain, whole)));
    }

    private (List<PhoneNumber> Numbers, bool HasLoneEnding) ReadPieces(string text)
    {
        var pieces = PhoneText.BetweenSeparators(text);
        var each = pieces.Select(piece => ReadPiece(piece.Text)).ToList();
        var numbers = new List<PhoneNumber>();
        var isBehindNumber = false;
        var hasLoneEnding = false;
        for (var i = 0; i < pieces.Count; i++)
        {
            if (each[i].Count > 0)
            {
                numbers.AddRange(each[i]);
                isBehindNumber = each[i][^1].E164 is not null;
            }
            else if (isBehindNumber && IsEnding(pieces[i].Text) && !text.Contains('@', StringComparison.Ordinal))
            {
                var more = WithEnding(numbers[^1], pieces[i]);
                numbers.AddRange(more ?? []);
                // One digit is a remark.
                hasLoneEnding |= more is null && pieces[i].Text.Trim().Length > 1;
            }
            else if (i + 1 < pieces.Count && each[i + 1].Count == 0
                && Single($"{pieces[i].Text}/{pieces[i + 1].Text}") is { } joined)
            {
                // A slash within a number.
                numbers.Add(joined);
                isBehindNumber = true;
                i++;
            }
            else
            {
                isBehindNumber = false;
                if (Rest(pieces[i].Text) is { } rest)
                {
                    numbers.Add(rest);
                }
            }
        }

        return (numbers, hasLoneEnding);
    }

    /// <summary>The numbers of a piece, if all of it is numbers; with letters, those among the words.</summary>
    private IReadOnlyList<PhoneNumber> ReadPiece(string piece)
    {
        if (Single(piece) is { } single)
        {
            return [single];
        }

        if (InARow(piece) is { Count: > 0 } numbers)
        {
            return numbers;
        }

        if (!piece.Any(char.IsLetter))
        {
            return [];
        }

        var among = PhoneText.NumbersAmongWords(piece).ToList();
        numbers = [.. among.SelectMany(ReadPiece)];
        return numbers.Count == 0 || numbers.Count >= among.Count
            ? numbers
            : [.. among.SelectMany(one => ReadPiece(one) is { Count: > 0 } read ? read : [parser.Parse(one)])];
    }

    private PhoneNumber? Rest(string piece) => parser.Parse(piece) switch
    {
        { Kind: PhoneNumberKind.Invalid, National.Length: >= FewestDigitsOfARest } rest => rest,
        { Kind: PhoneNumberKind.Extension, Extension.Length: >= FewestDigitsOfARest } rest => rest,
        _ => null,
    };

    /// <summary>
    /// The numbers of a text whose digits all belong to numbers, or to labels such as <c>tel1</c> and <c>1)</c>;
    /// otherwise none.
    /// </summary>
    private List<PhoneNumber> InARow(string text)
    {
        var groups = PhoneText.HasLettersForDigits(text)
            ? []
            : PhoneText.GroupsOfDigits(text).SelectMany(group => Cut(text, group)).ToList();
        var numbers = new List<PhoneNumber>();
        return groups.Count > 1 && ReadFrom(text, groups, 0, numbers, new bool[groups.Count]) ? numbers : [];
    }

    /// <summary>Two or three numbers that were joined, with as many digits each; else the group as it is.</summary>
    private List<Range> Cut(string text, Range group)
    {
        var (start, length) = group.GetOffsetAndLength(text.Length);
        foreach (var count in length > MostDigits ? new[] { 2, 3 } : [])
        {
            var each = Enumerable.Range(0, count)
                .Select(i => (start + (i * length / count))..(start + ((i + 1) * length / count))).ToList();
            if (length % count == 0 && each.TrueForAll(one => Single(text[one]) is not null))
            {
                return each;
            }
        }

        return [group];
    }

    // Where a short reading leaves a rest that is no number, a longer one is tried.
    private bool ReadFrom(string text, List<Range> groups, int at, List<PhoneNumber> numbers, bool[] leadNowhere)
    {
        if (at == groups.Count)
        {
            return numbers.Count > 0;
        }

        if (leadNowhere[at])
        {
            return false;
        }

        var label = at + 1 < groups.Count ? PhoneText.LabelAt(text, groups[at]) : Likelihood.None;
        if (label == Likelihood.Sure && ReadFrom(text, groups, at + 1, numbers, leadNowhere))
        {
            return true;
        }

        for (var end = at; end < groups.Count && end < at + MostGroups; end++)
        {
            if (end > at && !PhoneText.IsWithinNumber(text[groups[end - 1].End..groups[end].Start]))
            {
                break;
            }

            if (Single(PhoneText.NumberAt(text, groups[at], groups[end])) is not { } number)
            {
                continue;
            }

            var next = end + 1;
            if (next < groups.Count
                && Single(PhoneText.NumberAt(text, groups[at], groups[next])) is { Extension: not null } extended
                && extended.E164 == number.E164)
            {
                number = extended;
                next++;
            }

            numbers.Add(number);
            if (ReadFrom(text, groups, next, numbers, leadNowhere))
            {
                return true;
            }

            numbers.RemoveAt(numbers.Count - 1);
        }

        if (label == Likelihood.Possible && ReadFrom(text, groups, at + 1, numbers, leadNowhere))
        {
            return true;
        }

        leadNowhere[at] = true;
        return false;
    }

    private static bool IsEnding(string piece) =>
        piece.Trim() is { Length: >= 1 and <= LongestEnding } digits && digits.All(char.IsAsciiDigit);

    /// <summary>
    /// The numbers that another begins and an ending ends, as people write neighbouring lines: <c>8700-7001/02</c>, and
    /// <c>8700-7005 al 07</c> for all between. Null if the ending is none: it may be an extension.
    /// </summary>
    private List<PhoneNumber>? WithEnding(PhoneNumber number, PhoneText.Piece piece)
    {
        var digits = piece.Text.Trim();
        var from = Value(number.E164![^digits.Length..]);
        var step = Value(digits) - from;
        if (step is < 0 or > LargestStep || (piece.Before == Separator.Dash && step > 1))
        {
            return null;
        }

        var begin = number.E164[..^digits.Length];
        var numbers = new List<PhoneNumber>();
        for (var each = piece.Before == Separator.To ? 1 : Math.Max(step, 1); each <= step; each++)
        {
            var ending = (from + each).ToString(CultureInfo.InvariantCulture).PadLeft(digits.Length, '0');
            if (Single(begin + ending) is not { } another)
            {
                return null;
            }

            numbers.Add(another with { Received = ending });
        }

        return numbers;

        static int Value(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// True if there are more digits than one number has, and no words that they may belong to.
    /// </summary>
    private static bool HasTooMuch(string text, PhoneNumber read)
    {
        if (text.Any(char.IsLetter) || text.Contains('@', StringComparison.Ordinal))
        {
            return false;
        }

        var digits = PhoneText.Digits(text);
        var known = read.E164 is null ? 0 : read.HasCode ? read.E164.Length - 1 : read.National.Length;
        return known > 0
            ? digits.Length - known >= PhoneNumber.MatchDigits
            : digits.Length > MostDigits + (digits.StartsWith('0') ? LongestPrefix : 0);
    }

    /// <summary>The number, if the text is one whole number; null if it is not.</summary>
    private PhoneNumber? Single(string text) =>
        parser.Parse(text) is { E164: not null, HasMoreDigits: false } number ? number : null;
}

/// <summary>What stands between two numbers of a field.</summary>
internal enum Separator
{
    None,

    /// <summary>A sign or a word that lists.</summary>
    And,

    /// <summary>A dash between spaces, which lists or means all between.</summary>
    Dash,

    /// <summary>A word that means all between.</summary>
    To,
}

/// <summary>How likely a reading is.</summary>
internal enum Likelihood
{
    None,

    /// <summary>Only where nothing else fits.</summary>
    Possible,

    Sure,
}
