using System.Globalization;
using CallMyWay.Functions.Storage;
using Lib = PhoneNumbers;

namespace CallMyWay.Functions.Numbers;

/// <summary>
/// Parses and displays phone numbers, as seen from the home country. It never throws, whatever the text. It handles
/// what <see cref="NumberingPlans"/> do not: obsolete prefixes, the operator's endpoints, hidden callers, and the ways
/// in which people fill in a field.
/// </summary>
public sealed class PhoneNumberParser(string home)
{
    /// <summary>Eleven digits with a country code are read as such; fewer may be a number at home.</summary>
    private const int MostDigitsWithoutPlus = 10;

    /// <summary>A country code and four digits, as some islands have.</summary>
    private const int FewestDigitsWithCode = 7;

    private readonly HomePlan? _plan = HomePlan.Of(home);

    private readonly NumberingPlans _plans = new(home);

    /// <summary>True for a country (ISO 3166-1) whose numbering plan is known.</summary>
    public static bool Knows(string country) => NumberingPlans.Knows(country);

    /// <summary>The home country's calling code, with a plus.</summary>
    public string HomePrefix => string.Create(CultureInfo.InvariantCulture, $"+{_plans.HomeCode}");

    /// <summary>
    /// A whole number as it is dialled at home: the national digits, or <c>00</c> and the country code before them.
    /// </summary>
    public string DialledAtHome(string e164) => e164.StartsWith(
        HomePrefix, StringComparison.Ordinal) ? e164[HomePrefix.Length..] : string.Concat("00", e164.AsSpan(1));

    /// <summary>Parses what a person typed, or what a file holds.</summary>
    public PhoneNumber Parse(string? text) => Read(text, fromOperator: false);

    /// <summary>
    /// All numbers of a field, in their order. What is not understood beside them is among them as such. If the field
    /// has one number, or none, it is what <see cref="Parse"/> reads.
    /// </summary>
    public IReadOnlyList<PhoneNumber> ParseAll(string? text) => new SeveralNumbers(this).Read(text).Numbers;

    /// <summary>
    /// True for a field that seems to hold several numbers, of which not all can be told: <c>8700-7003 / 2001</c>. A
    /// single number that is not understood is none.
    /// </summary>
    public bool IsUnclear(string? text) => new SeveralNumbers(this).Read(text).IsUnclear;

    /// <summary>
    /// Parses one side of a call as the operator sends it: also hidden callers and names of endpoints.
    /// </summary>
    public PhoneNumber ParseCaller(string? text) => Read(text, fromOperator: true);

    /// <summary>
    /// Parses what can be a phone of the office. There a name with a number in it, such as <c>ana-88881234</c>, is a
    /// name: another may end in the same digits.
    /// </summary>
    public PhoneNumber ParsePhone(string? text)
    {
        var number = ParseCaller(text);
        return number.EndpointName is { } name ? Endpoint(number.Received, name) : number;
    }

    /// <summary>The number as people of the home country read it; empty if the caller is hidden.</summary>
    public NumberView View(PhoneNumber number) =>
        new(number.E164, Display(number), number.Kind, number.Name);

    /// <summary>
    /// The keys by which a contact with this number is found: the number's own, and that of the number as the operator
    /// may send it, with the country code but without the plus. Few numbers have two, as most are known without it.
    /// </summary>
    public IEnumerable<string> KeysOf(PhoneNumber number) =>
        new[] { number.MatchKey, OtherReading(number)?.MatchKey }.OfType<string>()
            .Where(key => key.Length > 0).Distinct();

    /// <summary>
    /// The whole number, if the digits are one without its plus; else the number as it is. By it a number is the same,
    /// whether the operator sends the plus or not.
    /// </summary>
    public PhoneNumber AsWhole(PhoneNumber number) =>
        number.E164 is null && OtherReading(number) is { } whole ? whole : number;

    /// <summary>How surely two numbers are the same.</summary>
    public NumberMatch Compare(PhoneNumber a, PhoneNumber b)
    {
        var match = CompareAsRead(a, b);
        return match == NumberMatch.None && (IsOtherReading(a, b) || IsOtherReading(b, a))
            ? NumberMatch.LastDigits
            : match;
    }

    // A number that is possible, but in no range that is known, is not understood without its plus. Then the same
    // digits are a hint.
    private bool IsOtherReading(PhoneNumber number, PhoneNumber other) =>
        OtherReading(number) is { } reading && CompareAsRead(reading, other)
            >= (reading.Kind == PhoneNumberKind.Invalid ? NumberMatch.National : NumberMatch.Exact);

    private NumberMatch CompareAsRead(PhoneNumber a, PhoneNumber b)
    {
        if (a.MatchKey.Length == 0 || a.MatchKey != b.MatchKey)
        {
            return NumberMatch.None;
        }

        if (a.Kind == PhoneNumberKind.Extension || b.Kind == PhoneNumberKind.Extension)
        {
            return a.Kind == b.Kind ? NumberMatch.Exact : NumberMatch.None;
        }

        if (a.CallingCode == b.CallingCode && a.IsShortCode == b.IsShortCode && a.National == b.National)
        {
            return a.Kind == PhoneNumberKind.Number && b.Kind == PhoneNumberKind.Number
                ? NumberMatch.Exact
                : NumberMatch.National;
        }

        if (a.National.Length < PhoneNumber.MatchDigits || b.National.Length < PhoneNumber.MatchDigits)
        {
            return NumberMatch.None;
        }

        return IsWithTrunkPrefix(a, b) || IsWithTrunkPrefix(b, a) ? NumberMatch.National
            : MayBeCut(a, b) ? NumberMatch.LastDigits
            : NumberMatch.None;
    }

    /// <summary>
    /// True if one of two numbers that share their last digits may be the other without its beginning. Two complete
    /// numbers that differ are not the same, nor are as many digits that differ.
    /// </summary>
    private static bool MayBeCut(PhoneNumber a, PhoneNumber b) => a.CallingCode != 0 && b.CallingCode != 0
        ? a.CallingCode != b.CallingCode && !(a.HasCode && b.HasCode)
        : a.National.Length != b.National.Length && !IsTooLongFor(a, b) && !IsTooLongFor(b, a);

    /// <summary>
    /// True if <paramref name="unknown"/> was written with a country code and has more digits than the whole of the
    /// other number: neither of the two can be the other without its beginning.
    /// </summary>
    private static bool IsTooLongFor(PhoneNumber unknown, PhoneNumber known) =>
        unknown is { CallingCode: 0, HasCode: true } && known.E164 is { } whole && unknown.National.Length >= whole.Length;

    /// <summary>
    /// What else the digits can be: a whole number without its plus, as the operator may send it, or the number that
    /// such digits are with a plus. Null if both are read as the same number.
    /// </summary>
    private PhoneNumber? OtherReading(PhoneNumber number)
    {
        if (number.E164 is { Length: <= MostDigitsWithoutPlus + 1 } e164)
        {
            var bare = ReadAny(e164[1..], fromOperator: false);
            return bare.E164 == e164 ? null : bare;
        }

        var digits = number.Kind == PhoneNumberKind.Extension ? number.Extension! : number.National;
        return number.E164 is null && !number.IsShortCode && number.MatchKey.Length > 0
            && digits.Length is >= FewestDigitsWithCode and <= MostDigitsWithoutPlus
            && (number.Kind == PhoneNumberKind.Extension || digits.Length >= PhoneNumber.MatchDigits)
            && digits.All(char.IsAsciiDigit)
            && _plans.Abroad(digits) is { } abroad && _plans.IsValid(abroad)
            ? Number(number.Received, abroad, new(digits, null))
            : null;
    }

    /// <summary>
    /// True if <paramref name="unknown"/> is the other number as it is dialled within its country, with the trunk
    /// prefix.
    /// </summary>
    private bool IsWithTrunkPrefix(PhoneNumber unknown, PhoneNumber known) =>
        unknown.CallingCode == 0
            && known.CallingCode != 0
            && unknown.National.EndsWith(known.National, StringComparison.Ordinal)
        && unknown.National[..^known.National.Length] is var prefix
        && (prefix.Length == 0
            || (known.CallingCode == 52 ? PhoneText.IsOldMexicanPrefix(prefix) : prefix == _plans.TrunkPrefixOf(known.Country)));

    private PhoneNumber Read(string? text, bool fromOperator) =>
        _plan?.Read(text, fromOperator) ?? ReadAny(text, fromOperator);

    /// <summary>The full parse, without the shortcut for the usual forms at home.</summary>
    internal PhoneNumber ReadAny(string? text, bool fromOperator)
    {
        var received = PhoneText.Received(text);
        var plain = PhoneText.Normalize(text);
        var isOfPlan = PhoneText.BeforeDecimals(plain) is { } digits
            && _plans.AtHome(digits) is { } number && _plans.IsValid(number);
        var parts = PhoneText.Split(isOfPlan ? PhoneText.BeforeDecimals(plain)! : plain);
        return fromOperator
            ? Caller(received, parts) with { Name = NameOf(received) }
            : Resolve(received, parts, fromOperator);
    }

    // Some phones send the number, or that there is none, as the name too.
    private static string? NameOf(string received) =>
        PhoneText.NameBeside(received) is { } name && name.Any(char.IsLetter) && !PrivateCaller.IsHidden(name)
            ? name
            : null;

    private PhoneNumber Caller(string received, PhoneText.Parts parts)
    {
        var digits = PhoneText.Digits(parts.Number);
        if (PrivateCaller.IsHidden(parts.Number)
            || (PrivateCaller.IsOnAKeypad(digits, _plans.HomeCode) && !parts.Number.Any(char.IsLetter)))
        {
            return PhoneNumber.Private(received);
        }

        var number = Resolve(received, parts, fromOperator: true);
        if (number.Kind == PhoneNumberKind.Extension)
        {
            var name = number.Extension!;
            return number with
            {
                NeedsMapping = PrivateCaller.IsOneDigit(name) || !name.Any(char.IsAsciiDigit)
                    || (PrivateCaller.IsHiddenBehind(received) && !MayBeAbroad(name)),
            };
        }

        var isNobody = number.National.Length == 0
            || (IsOneDigit(number.National) && !number.IsShortCode
                && (number.E164 is null || !_plans.IsValid(_plans.Whole(number.E164))));
        return isNobody ? PhoneNumber.Private(received) : number;
    }

    /// <summary>True for digits that may be a number of another country, which came without its plus.</summary>
    private static bool MayBeAbroad(string name) => name.Length >= FewestDigitsWithCode && name.All(char.IsAsciiDigit);

    /// <summary>True for one digit again and again, also behind the home country's code.</summary>
    private bool IsOneDigit(string digits) => PrivateCaller.IsOneDigit(digits)
        || (digits.AsSpan().StartsWith(HomePrefix.AsSpan(1), StringComparison.Ordinal)
            && PrivateCaller.IsOneDigit(digits.AsSpan(HomePrefix.Length - 1)));

    private PhoneNumber Resolve(string received, PhoneText.Parts parts, bool fromOperator)
    {
        if (parts.Number.Length == 0)
        {
            return parts.Extension is { } alone ? Endpoint(received, alone) : Invalid(received, "");
        }

        return parts.Number.Any(char.IsLetter)
            ? WithLetters(received, parts, fromOperator)
            : Resolve(received, parts);
    }

    private PhoneNumber WithLetters(string received, PhoneText.Parts parts, bool fromOperator)
    {
        if (fromOperator && PhoneText.IsEndpoint(parts.Number))
        {
            return Labelled(received, parts) ?? Endpoint(received, parts.Number);
        }

        if (PhoneText.Vanity(parts.Number) is { } dialled
            && Resolve(
                received, parts with { Number = dialled }) is { Kind: PhoneNumberKind.Number, E164: not null } spelled
            && _plans.IsSpelled(_plans.Whole(spelled.E164)))
        {
            return spelled;
        }

        return PhoneText.LongestNumber(parts.Number) is { } number
            && Resolve(received, PhoneText.Within(parts, number)) is var found
            && (found.Kind != PhoneNumberKind.Invalid || found.National.Length >= PhoneNumber.MatchDigits)
            ? found
            // The digits alone may be another number, so nobody is found by them.
            : Invalid(received, PhoneText.Digits(parts.Number)) with { MatchKey = "" };
    }

    /// <summary>
    /// A whole number with a label before or behind it, as switches add it for a queue: <c>SOPORTE-88881234</c>. Null
    /// for the name of an endpoint, such as <c>agente-01</c>.
    /// </summary>
    private PhoneNumber? Labelled(string received, PhoneText.Parts parts) =>
        PhoneText.BesideLabel(parts.Number) is { } number
        && Resolve(received, PhoneText.Within(parts, number)) is { E164: not null } labelled
            ? labelled with { EndpointName = parts.Number }
            : null;

    private PhoneNumber Resolve(string received, PhoneText.Parts parts)
    {
        var text = parts.Number;
        var digits = PhoneText.Digits(text);
        var plus = text.AsSpan().TrimStart(" (").StartsWith('+');
        if (digits.Length == 0 || text.StartsWith('*'))
        {
            return Invalid(received, digits);
        }

        if (plus)
        {
            return International(received, parts, digits) ?? Invalid(received, digits) with { HasCode = true };
        }

        if (digits.Length <= 7)
        {
            return Short(received, parts, digits);
        }

        return Home(received, parts, digits) ?? FirstOfTwo(received, parts) ?? Invalid(received, digits);
    }

    /// <summary>A number with a country code. <c>+44 (0)20…</c> and <c>+00506…</c> are common mistakes.</summary>
    private PhoneNumber? International(string received, PhoneText.Parts parts, string digits)
    {
        if (digits.StartsWith("00", StringComparison.Ordinal))
        {
            digits = digits[2..];
        }

        var number = _plans.Abroad(digits);
        if (number is not null && _plans.IsNumber(number))
        {
            return Number(received, number, parts);
        }

        if (parts.Number.Contains("(0)", StringComparison.Ordinal)
            && _plans.Abroad(PhoneText.Digits(parts.Number.Replace("(0)", "", StringComparison.Ordinal))) is { } without && _plans.IsNumber(without))
        {
            return Number(received, without, parts);
        }

        return null;
    }

    /// <summary>A short code at home, a number of a country with short numbers, or an extension.</summary>
    private PhoneNumber Short(string received, PhoneText.Parts parts, string digits)
    {
        var number = _plans.AtHome(digits);
        if (number is not null && parts.Extension is null && _plans.IsShortCode(number, digits))
        {
            return new()
            {
                Kind = PhoneNumberKind.Number,
                Received = received,
                Country = home,
                MatchKey = digits,
                IsShortCode = true,
                National = digits,
            };
        }

        if (number is not null && digits.Length >= 6 && _plans.IsValid(number))
        {
            return Number(received, number, parts);
        }

        return digits.Length >= 2 && parts.Extension is null && parts.Number.Length == digits.Length
            ? Endpoint(received, digits)
            : Invalid(received, digits);
    }

    private PhoneNumber? Home(string received, PhoneText.Parts parts, string digits)
    {
        if (digits.Length > NumberingPlans.MostDigits + 3)
        {
            return null;
        }

        if (_plans.HomeCode == 52)
        {
            digits = PhoneText.WithoutOldMexicanPrefix(digits);
        }

        var number = _plans.AtHome(digits);
        if (number is not null && _plans.IsValid(number))
        {
            return Number(received, number, parts);
        }

        // Prefixes for calls abroad. The library has handled the home country's own; these are the two usual ones.
        foreach (var prefix in (ReadOnlySpan<string>)["00", "011"])
        {
            if (digits.StartsWith(prefix, StringComparison.Ordinal)
                && _plans.Abroad(digits[prefix.Length..]) is { } abroad
                && _plans.IsNumber(abroad))
            {
                return Number(received, abroad, parts);
            }
        }

        // The home country code without its plus, if the digits would be too long without it.
        if (digits.StartsWith(_plans.HomeCode.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) && digits.Length >= 11
            && _plans.Abroad(digits) is { } coded && _plans.IsNumber(coded))
        {
            return Number(received, coded, parts);
        }

        if (number is not null && _plans.IsNumber(number))
        {
            return Number(received, number, parts);
        }

        // A trunk prefix typed out of habit, in a country that has none.
        if (digits[0] == '0' && _plans.AtHome(digits[1..]) is { } trunkless && _plans.IsValid(trunkless))
        {
            return Number(received, trunkless, parts);
        }

        // A country code without its plus: only if the result is valid, and too long for a national number in nearly
        // all countries.
        return digits.Length >= 11 && _plans.Abroad(digits) is { } bare && _plans.IsValid(bare)
            ? Number(received, bare, parts)
            : null;
    }

    /// <summary>Two numbers with only a space between them: the first one.</summary>
    private PhoneNumber? FirstOfTwo(string received, PhoneText.Parts parts)
    {
        for (var space = parts.Number.IndexOf(' '); space > 0; space = parts.Number.IndexOf(' ', space + 1))
        {
            var digits = PhoneText.Digits(parts.Number[..space]);
            if (digits.Length >= 8 && _plans.AtHome(digits) is { } first && _plans.IsValid(first))
            {
                return Number(received, first, new(parts.Number[..space], null, HasMoreDigits: true));
            }
        }

        return null;
    }

    private PhoneNumber Number(string received, Lib.PhoneNumber number, PhoneText.Parts parts)
    {
        var e164 = _plans.E164Of(number);
        return PhoneNumber.Whole(
            received,
            e164,
            number.CountryCode,
            _plans.CountryOf(number),
            parts.Extension,
            PhoneText.Digits(parts.Number).AsSpan().EndsWith(e164.AsSpan(1)),
            parts.HasMoreDigits);
    }

    private static PhoneNumber Endpoint(string received, string name) => new()
    {
        Kind = PhoneNumberKind.Extension,
        Received = received,
        Extension = name,
        // Names of endpoints are compared without regard to case.
        MatchKey = "x" + Keys.Encode(name.ToLowerInvariant()),
    };

    private static PhoneNumber Invalid(string received, string digits) => new()
    {
        Kind = PhoneNumberKind.Invalid,
        Received = received,
        MatchKey = PhoneText.LastDigits(digits),
        National = digits.Length > 32 ? digits[^32..] : digits,
    };

    private string Display(PhoneNumber number)
    {
        switch (number.Kind)
        {
            case PhoneNumberKind.Private:
                return "";
            case PhoneNumberKind.Extension:
                return number.Extension!;
            case PhoneNumberKind.Number when number.E164 is not null:
                var text = _plans.Grouped(_plans.Whole(number.E164));
                return number.Extension is null ? text : $"{text} ext. {number.Extension}";
            case PhoneNumberKind.Number:
                return number.National;
            default:
                return number.Received;
        }
    }
}
