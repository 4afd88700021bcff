using System.Globalization;

namespace CallMyWay.Functions.Reports;

/// <summary>How long a period is.</summary>
public enum PeriodLength
{
    /// <summary>An hour in UTC.</summary>
    Hour,

    /// <summary>A day in the accounts' zones.</summary>
    Day,

    /// <summary>A calendar month of those days.</summary>
    Month,
}

/// <summary>An hour, a day or a month.</summary>
/// <param name="Length">How long it is.</param>
/// <param name="From">Its beginning: of an hour in UTC.</param>
public readonly record struct Period(PeriodLength Length, DateTime From)
{
    public static Period OfHour(DateTimeOffset hour) => new(PeriodLength.Hour, hour.UtcDateTime);

    public static Period OfDay(DateOnly day) => new(PeriodLength.Day, day.ToDateTime(TimeOnly.MinValue));

    /// <summary>The month of this day.</summary>
    public static Period OfMonth(DateOnly day) =>
        new(PeriodLength.Month, new DateTime(day.Year, day.Month, 1, 0, 0, 0, DateTimeKind.Unspecified));

    /// <summary>The first day of a day or a month.</summary>
    public DateOnly Date => DateOnly.FromDateTime(From);

    /// <summary>The partition of such periods.</summary>
    internal string Partition => PartitionOf(Length);

    /// <summary>The key within the partition.</summary>
    internal string Key => From.ToString(FormOf(Length), CultureInfo.InvariantCulture);

    internal static string PartitionOf(PeriodLength length) => length switch
    {
        PeriodLength.Hour => "hour",
        PeriodLength.Day => "day",
        _ => "month",
    };

    internal static Period Read(PeriodLength length, string key) => new(length, DateTime.ParseExact(
        key, FormOf(length), CultureInfo.InvariantCulture, DateTimeStyles.None));

    private static string FormOf(PeriodLength length) => length switch
    {
        PeriodLength.Hour => "yyyyMMddHH",
        PeriodLength.Day => "yyyyMMdd",
        _ => "yyyyMM",
    };
}
