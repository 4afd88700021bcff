namespace CallMyWay.Functions.Numbers;

/// <summary>What a text that stands for a caller turned out to be.</summary>
public enum PhoneNumberKind
{
    /// <summary>A number that can be written in E.164 (ITU-T), or a short code such as 911.</summary>
    Number,

    /// <summary>An extension or an endpoint of the operator's, not dialled over the public network.</summary>
    Extension,

    /// <summary>The caller hides the number.</summary>
    Private,

    /// <summary>None of these; what was received is kept.</summary>
    Invalid,
}

/// <summary>How two numbers are the same, the weakest first.</summary>
public enum NumberMatch
{
    None,

    /// <summary>The same last eight digits: a hint to check.</summary>
    LastDigits,

    /// <summary>The same national number, where one of the two was written without a country that we know.</summary>
    National,

    /// <summary>The same number.</summary>
    Exact,
}

/// <summary>A number as it was understood, once, where it came in. Made by <see cref="PhoneNumberParser"/>.</summary>
public sealed record PhoneNumber
{
    /// <summary>How many digits make a <see cref="MatchKey"/>: a whole number in Costa Rica.</summary>
    public const int MatchDigits = 8;

    public required PhoneNumberKind Kind { get; init; }

    /// <summary>What was received, without control and direction characters, at most 64 characters of it.</summary>
    public required string Received { get; init; }

    /// <summary>
    /// A whole number, such as <c>+50688888888</c>; null for short codes and for all that is no number.
    /// </summary>
    public string? E164 { get; init; }

    /// <summary>The extension typed behind a number; or the extension or endpoint itself.</summary>
    public string? Extension { get; init; }

    /// <summary>
    /// True where the text has more digits than the number and its extension: it is another number, or none at all (a
    /// card's, an amount). Contacts are found by it; a click asks what is meant.
    /// </summary>
    public bool HasMoreDigits { get; init; }

    /// <summary>The number's country or territory (ISO 3166-1), where it has one.</summary>
    public string? Country { get; init; }

    /// <summary>
    /// What two numbers share when they can be the same, for an index: the last eight digits of the national number
    /// (fewer where there are fewer), <c>x</c> and the encoded text for extensions, and nothing where there is nothing
    /// to find by.
    /// </summary>
    public string MatchKey { get; init; } = "";

    /// <summary>911, 1022 and the like: valid and matched, never dialled by a click.</summary>
    public bool IsShortCode { get; init; }

    /// <summary>The country's calling code; 0 where the country is not known.</summary>
    internal int CallingCode { get; init; }

    /// <summary>The national number in the form that is compared; for what is no number, the digits in it.</summary>
    internal string National { get; init; } = "";

    /// <summary>A whole number, the country of which is known by its calling code at least.</summary>
    internal static PhoneNumber Whole(
        string received, string e164, int code, string? country, string? extension, bool hasMoreDigits = false)
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
            HasMoreDigits = hasMoreDigits,
            Country = country,
            MatchKey = PhoneText.LastDigits(national),
            CallingCode = code,
            National = national,
        };
    }
}
