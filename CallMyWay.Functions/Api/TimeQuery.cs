using System.Globalization;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Api;

/// <summary>
/// Reads times in a query (ISO 8601). A time without an offset and a bare date are in the account's zone.
/// </summary>
public static partial class TimeQuery
{
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(366 * 2);

    private const string Date = "yyyy-MM-dd";

    private static readonly string[] Local =
    [
        "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd HH:mm:ss",
    ];

    // Only forms with an offset: any other would be read in the machine's zone.
    private static readonly string[] WithOffset =
    [
        .. from time in new[] { "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF" }
           from offset in new[] { "zzz", "zz", "'Z'" }
           select time + offset,
    ];

    public static DateTimeOffset? Read(HttpRequest request, string name, TimeZoneInfo zone, FieldErrors errors) =>
        request.Query[name].ToString().Trim() is { Length: > 0 } text ? Parse(text, name, zone, errors) : null;

    /// <summary>A time of a body, in the same forms. A missing one is an error.</summary>
    public static DateTimeOffset? Parse(string? given, string name, TimeZoneInfo zone, FieldErrors errors)
    {
        // .NET counts in ten millionths of a second.
        var text = MoreDigits().Replace(given?.Trim() ?? "", "");
        if (TryDate(text, out var day))
        {
            return zone.StartOf(day);
        }

        if (DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            && local.Year is > 1999 and < 2200)
        {
            return zone.ToInstant(local);
        }

        // An unencoded plus in a query arrives as a space.
        if (TryInstant(text.Replace(' ', '+'), out var instant) && instant.Year is > 1999 and < 2200)
        {
            return instant;
        }

        errors.Add(
            name,
            "Escriba una fecha como 2026-01-31 o 2026-01-31T08:00:00-06:00.",
            "Write a date such as 2026-01-31 or 2026-01-31T08:00:00-06:00.");
        return null;
    }

    /// <summary>The exclusive end of a span in a body. A bare date is the span's last day.</summary>
    public static DateTimeOffset? ParseEnd(string? given, string name, TimeZoneInfo zone, FieldErrors errors) =>
        IsDate(given) && TryDate(given!.Trim(), out var day)
            ? zone.StartOf(day.AddDays(1))
            : Parse(given, name, zone, errors);

    /// <summary>Reads a time with its offset: <c>Z</c>, <c>-06:00</c>, <c>-0600</c> or <c>-06</c>.</summary>
    internal static bool TryInstant(string? text, out DateTimeOffset instant)
    {
        var isOne = DateTimeOffset.TryParseExact(
            text, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read);
        instant = read.ToUniversalTime();
        return isOne;
    }

    /// <summary>True for a bare date.</summary>
    public static bool IsDate(string? given) => TryDate(given?.Trim() ?? "", out _);

    /// <summary>The exclusive end of a span. A bare date is the span's last day.</summary>
    public static DateTimeOffset? ReadEnd(HttpRequest request, string name, TimeZoneInfo zone, FieldErrors errors)
    {
        var end = Read(request, name, zone, errors);
        // By the calendar and not by hours: a day can have 23 or 25 hours.
        return end is not null && TryDate(request.Query[name].ToString().Trim(), out var day)
            ? zone.StartOf(day.AddDays(1))
            : end;
    }

    /// <summary>
    /// The first instant that is too late for "due by". What is due at the given time is included; with a bare date,
    /// all of that day is.
    /// </summary>
    public static DateTimeOffset? ReadDue(HttpRequest request, string name, TimeZoneInfo zone, FieldErrors errors)
    {
        var end = ReadEnd(request, name, zone, errors);
        return end is null || TryDate(request.Query[name].ToString().Trim(), out _) ? end : end.Value.AddTicks(1);
    }

    /// <summary>
    /// The span of a list, by <c>from</c> and <c>to</c>; by default up to now, and back by the given time. The end is
    /// exclusive.
    /// </summary>
    public static (DateTimeOffset From, DateTimeOffset To) ReadSpan(
        HttpRequest request, TimeSpan lookBack, TimeZoneInfo zone, DateTimeOffset now, FieldErrors errors)
    {
        var (end, start) = (ReadEnd(request, "to", zone, errors), Read(request, "from", zone, errors));
        var to = end ?? now.AddDays(1);
        if (end is null && start >= to)
        {
            // All that is still to come: nothing yet.
            to = start.Value.AddDays(1);
        }

        var from = start ?? to - lookBack;
        if (from >= to || to - from > LongestSpan)
        {
            errors.Add(
                "from",
                "Debe ser antes del final del período, y como máximo dos años antes.",
                "It must be before the end of the period, and at most two years before.");
        }

        return (from, to);
    }

    private static bool TryDate(string text, out DateTime day) =>
        DateTime.TryParseExact(text, Date, CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        && day.Year is > 1999 and < 2200;

    /// <summary>The digits of a fraction of a second behind the seventh.</summary>
    [GeneratedRegex(
        @"(?<=\.[0-9]{7})[0-9]+", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex MoreDigits();
}
