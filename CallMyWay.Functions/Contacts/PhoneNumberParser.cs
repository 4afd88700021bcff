using System.Globalization;
using CallMyWay.Functions.Provider;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Options;
using Lib = PhoneNumbers;

namespace CallMyWay.Functions.Contacts;

/// <summary>
/// Understands and shows phone numbers, seen from the country of the settings. Nothing that it is given makes it throw.
/// The plans of all countries come from libphonenumber (https://github.com/google/libphonenumber); what it doesn't cover is here:
/// old prefixes, endpoints of the operator, hidden callers, and the ways in which people fill in a field.
/// </summary>
public sealed class PhoneNumberParser(IOptions<CallMyWayOptions> options)
{
    private const int MostDigits = 15;

    private readonly string _home = options.Value.Country;
    private readonly HomePlan? _plan = HomePlan.Of(options.Value.Country);
    private readonly Lib.PhoneNumberUtil _numbers = Lib.PhoneNumberUtil.GetInstance();
    private readonly Lib.ShortNumberInfo _shortCodes = Lib.ShortNumberInfo.GetInstance();
    private readonly HashSet<int> _codes = [.. Lib.PhoneNumberUtil.GetInstance().GetSupportedCallingCodes()];
    private readonly int _homeCode = Lib.PhoneNumberUtil.GetInstance().GetCountryCodeForRegion(options.Value.Country);

    /// <summary>True for a country (ISO 3166-1) whose numbering plan is known.</summary>
    public static bool Knows(string country) => Lib.PhoneNumberUtil.GetInstance().GetCountryCodeForRegion(country) != 0;

    /// <summary>The home country's calling code, with its plus.</summary>
    public string HomePrefix => string.Create(CultureInfo.InvariantCulture, $"+{_homeCode}");

    /// <summary>A whole number as it is dialled at home: the national digits alone, or <c>00</c> and the country's code before them.</summary>
    public string DialledAtHome(string e164) => e164.StartsWith(HomePrefix, StringComparison.Ordinal) ? e164[HomePrefix.Length..] : string.Concat("00", e164.AsSpan(1));

    /// <summary>What a person typed, or a file holds.</summary>
    public PhoneNumber Parse(string? text) => Read(text, fromOperator: false);

    /// <summary>What the operator sent as one side of a call: hidden callers and names of endpoints too.</summary>
    public PhoneNumber ParseCaller(string? text) => Read(text, fromOperator: true);

    /// <summary>The number as it is shown to people of the home country; nothing where the caller is hidden.</summary>
    public NumberView View(PhoneNumber number) => new(number.E164, Display(number), number.Kind);

    /// <summary>How surely two numbers are the same.</summary>
    public NumberMatch Compare(PhoneNumber a, PhoneNumber b)
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
            return a.Kind == PhoneNumberKind.Number && b.Kind == PhoneNumberKind.Number ? NumberMatch.Exact : NumberMatch.National;
        }

        if (a.National.Length < PhoneNumber.MatchDigits || b.National.Length < PhoneNumber.MatchDigits)
        {
            return NumberMatch.None;
        }

        return IsWithTrunkPrefix(a, b) || IsWithTrunkPrefix(b, a) ? NumberMatch.National : NumberMatch.LastDigits;
    }

    /// <summary>True where the one of unknown country is the other as it is dialled within its country.</summary>
    private bool IsWithTrunkPrefix(PhoneNumber unknown, PhoneNumber known) =>
        unknown.CallingCode == 0 && known.CallingCode != 0 && unknown.National.EndsWith(known.National, StringComparison.Ordinal)
        && unknown.National[..^known.National.Length] is var prefix
        && (prefix.Length == 0
            || (known.CallingCode == 52 ? PhoneText.IsOldMexicanPrefix(prefix) : prefix == _numbers.GetNddPrefixForRegion(known.Country ?? "", stripNonDigits: true)));

    private PhoneNumber Read(string? text, bool fromOperator) => _plan?.Read(text) ?? ReadAny(text, fromOperator);

    /// <summary>The long way, without the short cut for the usual forms of the home country.</summary>
    internal PhoneNumber ReadAny(string? text, bool fromOperator)
    {
        var received = PhoneText.Received(text);
        var parts = PhoneText.Split(PhoneText.Normalize(text));
        if (fromOperator && PrivateCaller.Is(parts.Number))
        {
            return new() { Kind = PhoneNumberKind.Private, Received = received };
        }

        if (parts.Number.Length == 0)
        {
            return parts.Extension is { } alone ? Endpoint(received, alone) : Invalid(received, "");
        }

        if (parts.Number.Any(char.IsLetter))
        {
            return WithLetters(received, parts, fromOperator);
        }

        return Resolve(received, parts);
    }

    private PhoneNumber WithLetters(string received, PhoneText.Parts parts, bool fromOperator)
    {
        if (fromOperator && PhoneText.IsEndpoint(parts.Number))
        {
            return Endpoint(received, parts.Number);
        }

        if (PhoneText.Vanity(parts.Number) is { } dialled
            && Resolve(received, parts with { Number = dialled }) is { Kind: PhoneNumberKind.Number, E164: not null } spelled
            && IsValid(Whole(spelled.E164)))
        {
            return spelled;
        }

        return PhoneText.LongestNumber(parts.Number) is { } number
            ? Resolve(received, parts with { Number = number })
            : Invalid(received, PhoneText.Digits(parts.Number));
    }

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
            return International(received, parts, digits) ?? Invalid(received, digits);
        }

        if (digits.Length <= 7)
        {
            return Short(received, parts, digits);
        }

        return Home(received, parts, digits) ?? FirstOfTwo(received, parts) ?? Invalid(received, digits);
    }

    /// <summary>Written with the country's code. <c>+44 (0)20…</c> and <c>+00506…</c> are common mistakes.</summary>
    private PhoneNumber? International(string received, PhoneText.Parts parts, string digits)
    {
        if (digits.StartsWith("00", StringComparison.Ordinal))
        {
            digits = digits[2..];
        }

        var number = ParseWhole(digits);
        if (number is not null && IsPossible(number))
        {
            return Number(received, number, parts.Extension);
        }

        if (parts.Number.Contains("(0)", StringComparison.Ordinal)
            && ParseWhole(PhoneText.Digits(parts.Number.Replace("(0)", "", StringComparison.Ordinal))) is { } without && IsPossible(without))
        {
            return Number(received, without, parts.Extension);
        }

        return null;
    }

    /// <summary>Short codes of the country, numbers of countries whose numbers are as short, and extensions.</summary>
    private PhoneNumber Short(string received, PhoneText.Parts parts, string digits)
    {
        var number = TryParse(digits, _home);
        if (number is not null && parts.Extension is null
            && (_shortCodes.IsValidShortNumberForRegion(number, _home) || _shortCodes.IsEmergencyNumber(digits, _home)))
        {
            return new()
            {
                Kind = PhoneNumberKind.Number,
                Received = received,
                Country = _home,
                MatchKey = digits,
                IsShortCode = true,
                National = digits,
            };
        }

        if (number is not null && digits.Length >= 6 && IsValid(number))
        {
            return Number(received, number, parts.Extension);
        }

        return digits.Length >= 2 && parts.Extension is null && parts.Number.Length == digits.Length
            ? Endpoint(received, digits)
            : Invalid(received, digits);
    }

    private PhoneNumber? Home(string received, PhoneText.Parts parts, string digits)
    {
        if (digits.Length > MostDigits + 3)
        {
            return null;
        }

        if (_homeCode == 52)
        {
            digits = PhoneText.WithoutOldMexicanPrefix(digits);
        }

        var number = TryParse(digits, _home);
        if (number is not null && IsValid(number))
        {
            return Number(received, number, parts.Extension);
        }

        // Prefixes for calls abroad: the home country's own was seen by the library; these are the world's usual two.
        foreach (var prefix in (ReadOnlySpan<string>)["00", "011"])
        {
            if (digits.StartsWith(prefix, StringComparison.Ordinal) && ParseWhole(digits[prefix.Length..]) is { } abroad && IsPossible(abroad))
            {
                return Number(received, abroad, parts.Extension);
            }
        }

        // The home country's code without its plus, before what would be as long without it.
        if (digits.StartsWith(_homeCode.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) && digits.Length >= 11
            && ParseWhole(digits) is { } coded && IsPossibleTelephone(coded))
        {
            return Number(received, coded, parts.Extension);
        }

        // A range that was opened after the library's plan was written.
        if (number is not null && IsPossibleTelephone(number) && !_numbers.GetNationalSignificantNumber(number).StartsWith('0'))
        {
            return Number(received, number, parts.Extension);
        }

        // A trunk prefix out of habit, in a country without one.
        if (digits[0] == '0' && TryParse(digits[1..], _home) is { } trunkless && IsValid(trunkless))
        {
            return Number(received, trunkless, parts.Extension);
        }

        // A country's code without its plus. Only where the whole is valid, and too long for a national number of nearly everywhere.
        return digits.Length >= 11 && ParseWhole(digits) is { } bare && IsValid(bare)
            ? Number(received, bare, parts.Extension)
            : null;
    }

    /// <summary>Two numbers with only a space between them.</summary>
    private PhoneNumber? FirstOfTwo(string received, PhoneText.Parts parts)
    {
        for (var space = parts.Number.IndexOf(' '); space > 0; space = parts.Number.IndexOf(' ', space + 1))
        {
            var digits = PhoneText.Digits(parts.Number[..space]);
            if (digits.Length >= 8 && TryParse(digits, _home) is { } first && IsValid(first))
            {
                return Number(received, first, extension: null);
            }
        }

        return null;
    }

    private PhoneNumber Number(string received, Lib.PhoneNumber number, string? extension)
    {
        var e164 = _numbers.Format(number, Lib.PhoneNumberFormat.E164);
        var code = number.CountryCode;
        var country = _numbers.GetRegionCodeForNumber(number) ?? _numbers.GetRegionCodeForCountryCode(code);
        return Whole(received, e164, code, country is "ZZ" or "001" ? null : country, extension);
    }

    internal static PhoneNumber Whole(string received, string e164, int code, string? country, string? extension)
    {
        var national = e164[(1 + PhoneText.CodeLength(code))..];
        if (code == 54 && national.Length == 11 && national[0] == '9')
        {
            // Argentina's 9 before mobile numbers, which is dialled from abroad only.
            national = national[1..];
        }

        return new()
        {
            Kind = PhoneNumberKind.Number,
            Received = received,
            E164 = e164,
            Extension = extension,
            Country = country,
            MatchKey = PhoneText.LastDigits(national),
            CallingCode = code,
            National = national,
        };
    }

    private static PhoneNumber Endpoint(string received, string name) => new()
    {
        Kind = PhoneNumberKind.Extension,
        Received = received,
        Extension = name,
        // Names of endpoints are told apart without regard to case, as people write them.
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
                var whole = Whole(number.E164);
                var text = _numbers.Format(whole, whole.CountryCode == _homeCode ? Lib.PhoneNumberFormat.NATIONAL : Lib.PhoneNumberFormat.INTERNATIONAL);
                if (_plan is not null && text.Length == 8 && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
                {
                    // A range that the library doesn't know yet.
                    text = string.Concat(text.AsSpan(0, 4), " ", text.AsSpan(4));
                }

                return number.Extension is null ? text : $"{text} ext. {number.Extension}";
            case PhoneNumberKind.Number:
                return number.National;
            default:
                return number.Received;
        }
    }

    private Lib.PhoneNumber Whole(string e164) => TryParse(e164, region: null) ?? new Lib.PhoneNumber.Builder().Build();

    private Lib.PhoneNumber? ParseWhole(string digits) => digits.Length is < 5 or > MostDigits + 2 || !BeginsWithCode(digits)
        ? null
        : TryParse("+" + PhoneText.WithoutOldMexicanCode(digits), region: null);

    private bool BeginsWithCode(string digits) => Enumerable.Range(1, 3)
        .Any(length => digits[0] != '0' && _codes.Contains(int.Parse(digits.AsSpan(0, length), CultureInfo.InvariantCulture)));

    private Lib.PhoneNumber? TryParse(string digits, string? region)
    {
        try
        {
            return digits.Length is < 2 or > MostDigits + 5 ? null : _numbers.Parse(digits, region);
        }
        catch (Lib.NumberParseException)
        {
            // The library has no other way to say no; what is known to be none was kept from it before.
            return null;
        }
    }

    private bool IsValid(Lib.PhoneNumber number) => _numbers.IsValidNumber(number) && IsE164(number);

    private bool IsPossible(Lib.PhoneNumber number) =>
        _numbers.IsPossibleNumberWithReason(number) == Lib.PhoneNumberUtil.ValidationResult.IS_POSSIBLE && IsE164(number);

    /// <summary>Possible as a telephone, which is not the length of services such as 800: any ten digits would pass then.</summary>
    private bool IsPossibleTelephone(Lib.PhoneNumber number) =>
        _numbers.IsPossibleNumberForTypeWithReason(number, Lib.PhoneNumberType.FIXED_LINE_OR_MOBILE) == Lib.PhoneNumberUtil.ValidationResult.IS_POSSIBLE
        && IsE164(number);

    /// <summary>At most fifteen digits with the country's code; the plans of some countries have longer ones.</summary>
    private bool IsE164(Lib.PhoneNumber number) =>
        _numbers.GetNationalSignificantNumber(number).Length + PhoneText.CodeLength(number.CountryCode) <= MostDigits;

    /// <summary>
    /// The short cut for countries whose every number has eight digits and no prefix before it: nearly all that comes in is one of
    /// <c>88888888</c>, <c>8888-8888</c> and <c>+506 8888 8888</c>. It gives what the long way gives.
    /// </summary>
    private sealed class HomePlan(string country, string code)
    {
        private const int Longest = 24;
        private readonly int _number = int.Parse(code, CultureInfo.InvariantCulture);

        public static HomePlan? Of(string country) => country switch
        {
            "CR" => new(country, "506"),
            "GT" => new(country, "502"),
            "NI" => new(country, "505"),
            _ => null,
        };

        public PhoneNumber? Read(string? text)
        {
            if (text is null || text.Length is < 8 or > Longest)
            {
                return null;
            }

            Span<char> digits = stackalloc char[Longest];
            var count = 0;
            var plus = false;
            foreach (var c in text)
            {
                if (char.IsAsciiDigit(c))
                {
                    digits[count++] = c;
                }
                else if (c == '+' && count == 0 && !plus)
                {
                    plus = true;
                }
                else if (c is not (' ' or '-'))
                {
                    return null;
                }
            }

            var national = digits[..count];
            if (count == 11 && national.StartsWith(code))
            {
                national = national[3..];
            }
            else if (plus || count != 8)
            {
                return null;
            }

            return national[0] is >= '2' and <= '8' ? Whole(text.Trim(), $"+{code}{national}", _number, country, extension: null) : null;
        }
    }
}
