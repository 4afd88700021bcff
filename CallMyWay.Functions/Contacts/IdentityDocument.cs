namespace CallMyWay.Functions.Contacts;

/// <summary>
/// The numbers of Costa Rica's identity documents. People leave out their dashes and the zeros before each group: a
/// person's <c>1-0987-0654</c> is also written <c>109870654</c>, <c>0109870654</c> and <c>1-987-654</c>, and a company's
/// <c>3-101-045678</c> also <c>3-101-45678</c>. A foreigner's (DIMEX) is one group of digits.
/// </summary>
internal static class IdentityDocument
{
    private const int LongestPersonGroup = 4;

    private const int CompanyType = 3;

    private const int LongestCompanyGroup = 6;

    /// <summary>True for digits in groups, as on a document or of a telephone number.</summary>
    public static bool IsDigits(string text) =>
        text.Any(char.IsAsciiDigit) && text.All(c => char.IsAsciiDigit(c) || IsSeparator(c));

    /// <summary>A document without the word that may stand before it: <c>Cédula 1-0987-0654</c>.</summary>
    public static string? WithoutLabel(string? text) =>
        text?.IndexOfAny(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) is { } at and > 0
            && !char.IsLetter(text[at - 1]) ? text[at..] : text;

    /// <summary>All digits of the text, as they stand there.</summary>
    public static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    /// <summary>
    /// The digits with the zeros inside that the document has, and without those in front. Null if the text is no
    /// number of a document.
    /// </summary>
    public static string? FullDigits(string? text)
    {
        if (text is null || !IsDigits(text))
        {
            return null;
        }

        var groups = new string([.. text.Select(c => IsSeparator(c) ? ' ' : c)])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return FullDigits(groups).TrimStart('0') is { Length: > 0 } digits ? digits : null;
    }

    /// <summary>The document as it is compared: without its label, dashes and zeros. A passport has letters too.</summary>
    public static string Plain(string? document) =>
        FullDigits(WithoutLabel(document)) ?? Compact(document ?? "");

    /// <summary>True where both are one document; <c>C-02718345</c> and <c>C02718345</c> too.</summary>
    public static bool AreSame(string document, string other) =>
        Plain(document) == Plain(other) || Compact(document) == Compact(other);

    /// <summary>The letters and digits as they were typed, in capitals.</summary>
    public static string Compact(string document) =>
        string.Concat(document.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static string FullDigits(string[] groups)
    {
        if (groups is not [var first, var middle, var last] || first.TrimStart('0').Length != 1)
        {
            return string.Concat(groups);
        }

        if (middle.Length <= LongestPersonGroup && last.Length <= LongestPersonGroup)
        {
            return first + middle.PadLeft(LongestPersonGroup, '0') + last.PadLeft(LongestPersonGroup, '0');
        }

        return middle.Length == CompanyType && last.Length <= LongestCompanyGroup
            ? first + middle + last.PadLeft(LongestCompanyGroup, '0')
            : string.Concat(groups);
    }

    private static bool IsSeparator(char c) => c is '-' or ' ' or '.' or '/' or '(' or ')';
}
