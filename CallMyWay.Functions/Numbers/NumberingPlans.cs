using System.Globalization;
using Lib = PhoneNumbers;

namespace CallMyWay.Functions.Numbers;

/// <summary>
/// The numbering plans of all countries, from libphonenumber (https://github.com/google/libphonenumber), as seen from
/// one home country.
/// </summary>
internal sealed class NumberingPlans(string home)
{
    /// <summary>The most digits of a number in E.164, with the country code.</summary>
    public const int MostDigits = 15;

    private readonly Lib.PhoneNumberUtil _numbers = Lib.PhoneNumberUtil.GetInstance();

    private readonly Lib.ShortNumberInfo _shortCodes = Lib.ShortNumberInfo.GetInstance();

    private readonly HashSet<int> _codes = [.. Lib.PhoneNumberUtil.GetInstance().GetSupportedCallingCodes()];

    /// <summary>The home country's calling code.</summary>
    public int HomeCode { get; } = Lib.PhoneNumberUtil.GetInstance().GetCountryCodeForRegion(home);

    public static bool Knows(string country) => Lib.PhoneNumberUtil.GetInstance().GetCountryCodeForRegion(country) != 0;

    /// <summary>Parses digits as they are dialled at home; null if they can't be a number.</summary>
    public Lib.PhoneNumber? AtHome(string digits) => Parse(digits, home);

    /// <summary>Parses digits that begin with a country code.</summary>
    public Lib.PhoneNumber? Abroad(string digits) => digits.Length is < 5 or > MostDigits + 2 || !BeginsWithCode(digits)
        ? null
        : Parse("+" + PhoneText.WithoutOldMexicanCode(digits), region: null);

    /// <summary>Parses a number that was parsed before and stored as E.164.</summary>
    public Lib.PhoneNumber Whole(string e164) => Parse(e164, region: null) ?? new Lib.PhoneNumber.Builder().Build();

    public bool IsValid(Lib.PhoneNumber number) => _numbers.IsValidNumber(number) && IsE164(number);

    /// <summary>
    /// True for a valid number, and for one in a range that was opened after the library's release. For a foreign
    /// number only the length is checked. Home numbers are dialled without the country code, so their first digits are
    /// checked too: they may be a prefix or a short code.
    /// </summary>
    public bool IsNumber(Lib.PhoneNumber number) =>
        IsValid(number) || (number.CountryCode == HomeCode ? IsPossibleTelephone(number) && BeginsAsTelephone(NationalOf(number)) : IsPossible(number));

    /// <summary>
    /// True for a valid number of the kinds that companies spell in letters. In North America they do so with any.
    /// </summary>
    public bool IsSpelled(Lib.PhoneNumber number) =>
        IsValid(number) && (number.CountryCode == 1 || _numbers.GetNumberType(number)
            is Lib.PhoneNumberType.TOLL_FREE or Lib.PhoneNumberType.PREMIUM_RATE
            or Lib.PhoneNumberType.SHARED_COST or Lib.PhoneNumberType.UAN);

    /// <summary>True for short codes at home, such as 911 and 1022.</summary>
    public bool IsShortCode(Lib.PhoneNumber number, string digits) =>
        _shortCodes.IsValidShortNumberForRegion(number, home) || _shortCodes.IsEmergencyNumber(digits, home);

    public string E164Of(Lib.PhoneNumber number) => _numbers.Format(number, Lib.PhoneNumberFormat.E164);

    public string NationalOf(Lib.PhoneNumber number) => _numbers.GetNationalSignificantNumber(number);

    /// <summary>The number's country or territory (ISO 3166-1); null if it has none.</summary>
    public string? CountryOf(Lib.PhoneNumber number)
    {
        var country = _numbers.GetRegionCodeForNumber(number)
            ?? _numbers.GetRegionCodeForCountryCode(number.CountryCode);
        return country is "ZZ" or "001" ? null : country;
    }

    /// <summary>The prefix that is dialled before a number within its country.</summary>
    public string? TrunkPrefixOf(string? country) =>
        _numbers.GetNddPrefixForRegion(country ?? "", stripNonDigits: true);

    /// <summary>
    /// The number in its country's groups of digits, with the country code if it is not a home number.
    /// </summary>
    public string Grouped(Lib.PhoneNumber number) =>
        _numbers.Format(
            number,
            number.CountryCode == HomeCode ? Lib.PhoneNumberFormat.NATIONAL : Lib.PhoneNumberFormat.INTERNATIONAL);

    private bool IsPossible(Lib.PhoneNumber number) =>
        _numbers.IsPossibleNumberWithReason(number) == Lib.PhoneNumberUtil.ValidationResult.IS_POSSIBLE
            && IsE164(number);

    /// <summary>
    /// True if the length is that of a telephone number. The lengths of special services such as 800 are left out: with
    /// them, any ten digits would pass.
    /// </summary>
    private bool IsPossibleTelephone(Lib.PhoneNumber number) =>
        _numbers.IsPossibleNumberForTypeWithReason(
            number, Lib.PhoneNumberType.FIXED_LINE_OR_MOBILE) == Lib.PhoneNumberUtil.ValidationResult.IS_POSSIBLE
        && IsE164(number);

    /// <summary>
    /// False for a number that begins with 0, as prefixes do, or with the first digit of an emergency number, where
    /// short codes and more prefixes are: in Costa Rica 9 and 1 (911, 112).
    /// </summary>
    private bool BeginsAsTelephone(string national) =>
        national[0] != '0'
        && !Enumerable.Range(0, 100).Any(rest => _shortCodes.IsEmergencyNumber(
            string.Create(CultureInfo.InvariantCulture, $"{national[0]}{rest:00}"), home));

    /// <summary>Some countries' plans have numbers that are longer than E.164 allows.</summary>
    private bool IsE164(Lib.PhoneNumber number) =>
        NationalOf(number).Length + PhoneText.CodeLength(number.CountryCode) <= MostDigits;

    private bool BeginsWithCode(string digits) => Enumerable.Range(1, 3)
        .Any(length => digits[0] != '0' && _codes.Contains(
            int.Parse(digits.AsSpan(0, length), CultureInfo.InvariantCulture)));

    private Lib.PhoneNumber? Parse(string digits, string? region)
    {
        try
        {
            return digits.Length is < 2 or > MostDigits + 5 ? null : _numbers.Parse(digits, region);
        }
        catch (Lib.NumberParseException)
        {
            // The library throws for any text that is no number. Frequent cases were sorted out before.
            return null;
        }
    }
}
