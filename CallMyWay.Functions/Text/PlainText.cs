using System.Globalization;
using System.Text;

namespace CallMyWay.Functions.Text;

/// <summary>Cleans text that people typed.</summary>
public static class PlainText
{
    /// <summary>The text without surrounding spaces; null if nothing is left.</summary>
    public static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>
    /// The text without control characters and surrounding spaces; null if nothing is left. Control characters are
    /// invisible, and can hide what a text says.
    /// </summary>
    public static string? Of(string? text)
    {
        var plain = text is null
            ? ""
            : string.Concat(text.Select(c => char.IsControl(c) && c is not '\n' and not '\t' ? ' ' : c)).Trim();
        return plain.Length == 0 ? null : plain;
    }

    /// <summary>
    /// The text with each letter and its accent as one character (Unicode's form C), as most keyboards write it: two
    /// texts that look the same are the same then. A text that is no valid Unicode stays as it is.
    /// </summary>
    public static string Composed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    /// <summary>True where it has characters that nobody sees, such as a space without width.</summary>
    public static bool HidesCharacters(string text) => text.EnumerateRunes().Any(
        rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format);
}
