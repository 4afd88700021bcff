using System.Globalization;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.CallRecords;

namespace CallMyWay.Functions.Reconciliation;

/// <summary>Tells which day a record belongs to that could not be read.</summary>
internal static partial class AsideDay
{
    /// <summary>The first day that it names; where it names none, the day on which it was read first.</summary>
    public static DateOnly Of(KeptAsideRecord record, TimeZoneInfo zone)
    {
        foreach (var match in Day().EnumerateMatches(record.Raw))
        {
            if (DateOnly.TryParseExact(
                record.Raw.AsSpan(match.Index, match.Length),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day)
                // 1970 is how the operator writes that there was none.
                && day.Year > 1970)
            {
                return day;
            }
        }

        return zone.DayOf(record.FirstAt);
    }

    [GeneratedRegex(@"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Day();
}
