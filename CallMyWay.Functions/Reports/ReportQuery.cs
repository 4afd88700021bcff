using CallMyWay.Functions.Api;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Reports;

/// <summary>What the rows of a report are of.</summary>
public enum ReportBy
{
    Day,

    /// <summary>The hour of the day, 0 to 23.</summary>
    Hour,

    Agent,

    Team,

    Outcome,

    Contact,
}

/// <summary>Which days a report is of, both included, and what its rows are.</summary>
public sealed record ReportQuery(DateOnly From, DateOnly To, ReportBy By)
{
    /// <summary>The longest report: two years.</summary>
    public const int LongestDays = 366 * 2;

    /// <summary>How many days a report without <c>from</c> has.</summary>
    public const int DefaultDays = 31;

    /// <summary>
    /// Reads <c>from</c>, <c>to</c> and <c>by</c>. A time stands for its day: reports are of whole days of the account.
    /// </summary>
    public static ReportQuery Read(HttpRequest request, TimeZoneInfo zone, DateOnly today, FieldErrors errors)
    {
        var (from, to) = ReadDays(request, zone, today, errors);
        var text = PlainText.Trimmed(request.Query["by"]) ?? nameof(ReportBy.Day);
        if (!text.All(char.IsAsciiLetter) || !Enum.TryParse<ReportBy>(text, ignoreCase: true, out var by)
            || !Enum.IsDefined(by))
        {
            var choices = string.Join(", ", Enum.GetNames<ReportBy>()).ToLowerInvariant();
            errors.Add("by", $"Elija uno de: {choices}.", $"Choose one of: {choices}.");
            by = default;
        }

        return new ReportQuery(from, to, by);
    }

    /// <summary>Reads <c>from</c> and <c>to</c> alone.</summary>
    public static (DateOnly From, DateOnly To) ReadDays(
        HttpRequest request, TimeZoneInfo zone, DateOnly today, FieldErrors errors)
    {
        var end = TimeQuery.ReadEnd(request, "to", zone, errors);
        var to = end is { } until ? zone.DayOf(until.AddTicks(-1)) : today;
        var from = TimeQuery.Read(request, "from", zone, errors) is { } begin
            ? zone.DayOf(begin)
            : to.AddDays(1 - DefaultDays);
        // Without an end, a day that is still to come has nothing yet.
        to = end is null && from > to ? from : to;
        if (from > to)
        {
            errors.Add(
                "from",
                "Debe ser el último día del período, o uno anterior.",
                "It must be the last day of the period, or one before it.");
        }
        else if (to.DayNumber - from.DayNumber >= LongestDays)
        {
            errors.Add(
                "from", "Un reporte abarca como máximo dos años.", "A report covers two years at most.");
        }

        return (from, to);
    }
}
