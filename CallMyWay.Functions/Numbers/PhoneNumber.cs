namespace CallMyWay.Functions.Numbers;

/// <summary>What kind of text stands for a caller.</summary>
public enum PhoneNumberKind
{
    /// <summary>A number that can be written in E.164 (ITU-T), or a short code such as 911.</summary>
    Number,

    /// <summary>An extension or an endpoint at the operator, which can't be dialled over the public network.</summary>
    Extension,

    /// <summary>The caller hides the number, or what came identifies nobody.</summary>
    Private,

    /// <summary>None of these. The received text is kept.</summary>
    Invalid,
}

/// <summary>How surely two numbers are the same, the weakest first.</summary>
public enum NumberMatch
{
    None,

    /// <summary>
    /// The same last eight digits, and one of the two is incomplete; or the same digits if one lacks its plus. A hint
    /// to check.
    /// </summary>
    LastDigits,

    /// <summary>
    /// The same national number, and at least one of them was written without a country that we know.
    /// </summary>
    National,

    /// <summary>The same number.</summary>
    Exact,
}

/// <summary>A parsed number. <see cref="PhoneNumberParser"/> makes it, once, where the text comes in.</summary>
public sealed record PhoneNumber
{
    /// <summary>How many digits make a <see cref="MatchKey"/>: a whole number in Costa Rica.</summary>
    public const int MatchDigits = 8;

    public required PhoneNumberKind Kind { get; init; }

    /// <summary>The received text, without control and direction characters, cut at 64 characters.</summary>
    public required string Received { get; init; }

    /// <summary>
    /// The whole number, such as <c>+50688888888</c>; null for short codes and for text that is no number.
    /// </summary>
    public string? E164 { get; init; }

    /// <summary>The extension behind the number; for an extension or endpoint, its own name.</summary>
    public string? Extension { get; init; }

    /// <summary>
    /// True if the text has more digits than the number and its extension: it may hold a second number, or be something
    /// else, such as a card number or an amount. Contacts are found by it all the same, but a click asks the agent what
    /// is meant.
    /// </summary>
    public bool HasMoreDigits { get; init; }

    /// <summary>The number's country or territory (ISO 3166-1), if it has one.</summary>
    public string? Country { get; init; }

    /// <summary>
    /// The key of the contacts' index, which is equal for two numbers that can be the same: the last eight digits of
    /// the national number, or all if there are fewer. For an extension it is <c>x</c> and the encoded text. It is
    /// empty if there is nothing to find by.
    /// </summary>
    public string MatchKey { get; init; } = "";

    /// <summary>True for 911, 1022 and the like: they are valid and matched, but no click dials them.</summary>
    public bool IsShortCode { get; init; }

    /// <summary>
    /// True for a text that identifies somebody only if it is a phone of the office: a name without digits, one digit
    /// again and again, and a name whose caller is hidden. Switches send such texts for callers without a number.
    /// </summary>
    public bool NeedsMapping { get; init; }

    /// <summary>The country's calling code; 0 if the country is not known.</summary>
    internal int CallingCode { get; init; }

    /// <summary>The name that a caller's phone sends beside the number: <c>"Ana" &lt;88881234&gt;</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The whole name, if the number was read out of what can also be the name of an endpoint.</summary>
    internal string? EndpointName { get; init; }

    /// <summary>True if the text has the country code.</summary>
    internal bool HasCode { get; init; }

    /// <summary>The national number in the form that is compared. If the text is no number, its digits.</summary>
    internal string National { get; init; } = "";

    /// <summary>A caller without a number; of what came, the text is kept.</summary>
    public static PhoneNumber Private(string received) =>
        new() { Kind = PhoneNumberKind.Private, Received = received };

    /// <summary>Makes a whole number. Its calling code is known; its country may not be.</summary>
    internal static PhoneNumber Whole(
        string received,
        string e164,
        int code,
        string? country,
        string? extension,
        bool hasCode,
        bool hasMoreDigits = false)
    {
        var national = e164[(1 + PhoneText.CodeLength(code))..];
        if (code == 54 && national.Length == 11 && national[0] == '9')
        {
            // Argentina's 9 before mobile numbers is dialled only from abroad.
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
            HasCode = hasCode,
            National = national,
        };
    }
}
