using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Statements;

/// <summary>A calendar month, told by its first day.</summary>
internal static class StatementMonth
{
    private const string Form = "yyyy-MM";

    /// <summary>The month of a text such as <c>2026-01</c>; null for any other text.</summary>
    public static DateOnly? Read(string? text) =>
        DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
        && month.Year is > 1999 and < 2200
            ? month
            : null;

    public static string NameOf(DateOnly month) => month.ToString(Form, CultureInfo.InvariantCulture);

    public static DateOnly LastDayOf(DateOnly month) => month.AddMonths(1).AddDays(-1);

    /// <summary>When it begins and ends in the account's zone.</summary>
    public static (DateTimeOffset From, DateTimeOffset Until) SpanOf(Account account, DateOnly month) =>
        (account.TimeZone.StartOf(month), account.TimeZone.StartOf(month.AddMonths(1)));
}
