namespace CallMyWay.Functions.Api;

/// <summary>From the clocks of a zone to the instant that they mean.</summary>
public static class ZoneTimes
{
    /// <summary>
    /// The instant that a local time means. A time that a change of clocks skips is read as if it had not.
    /// </summary>
    public static DateTimeOffset ToInstant(this TimeZoneInfo zone, DateTime local) =>
        new DateTimeOffset(local, zone.GetUtcOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified)))
            .ToUniversalTime();

    /// <summary>
    /// When the day begins in the zone. Some zones change their clocks at midnight: one that comes twice counts from
    /// the first on, and one that is skipped is the moment of the change.
    /// </summary>
    public static DateTimeOffset StartOf(this TimeZoneInfo zone, DateTime day) => zone.IsAmbiguousTime(day.Date)
        ? new DateTimeOffset(day.Date, zone.GetAmbiguousTimeOffsets(day.Date).Max()).ToUniversalTime()
        : zone.ToInstant(day.Date);
}
