using System.Globalization;
using System.Text.RegularExpressions;

namespace CallMyWay.Functions.Text;

/// <summary>The forms of values that are no plain text, in the fields that an office defines.</summary>
internal static partial class FieldText
{
    /// <summary>True for a number with a decimal point and no other sign: <c>1500.50</c>.</summary>
    public static bool IsNumber(string value) => Numbers().IsMatch(value);

    /// <summary>True for a day in ISO 8601 that there is: <c>2026-11-30</c>.</summary>
    public static bool IsDay(string value) => DateOnly.TryParseExact(
        value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    [GeneratedRegex(
        @"^-?[0-9]{1,15}(\.[0-9]{1,6})?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex Numbers();
}
