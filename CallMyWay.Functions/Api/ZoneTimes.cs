namespace CallMyWay.Functions.Api;

/// <summary>Converts local times of a zone to instants.</summary>
public static class ZoneTimes
{
    /// <summary>
    /// The instant of a local time. A time that a clock change skips is read as if the clock had not changed.
    /// </summary>
    public static DateTimeOffset ToInstant(this TimeZoneInfo zone, DateTime local) =>
        new DateTimeOffset(local, zone.GetUtcOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified)))
            .ToUniversalTime();

    /// <summary>
    /// The instants of a local time, the earlier first: two where the clock is set back and the hour comes twice.
    /// </summary>
    public static IReadOnlyList<DateTimeOffset> InstantsOf(this TimeZoneInfo zone, DateTime local) =>
        zone.IsAmbiguousTime(DateTime.SpecifyKind(local, DateTimeKind.Unspecified))
            ? [.. zone.GetAmbiguousTimeOffsets(DateTime.SpecifyKind(local, DateTimeKind.Unspecified))
                .Select(offset => new DateTimeOffset(local, offset).ToUniversalTime()).Order()]
            : [zone.ToInstant(local)];

    /// <summary>
    /// The instant at which a day begins. Some zones change their clocks at midnight: if midnight comes twice, it is
    /// the first; if it is skipped, it is the moment of the change.
    /// </summary>
    public static DateTimeOffset StartOf(this TimeZoneInfo zone, DateTime day) => zone.IsAmbiguousTime(day.Date)
        ? new DateTimeOffset(day.Date, zone.GetAmbiguousTimeOffsets(day.Date).Max()).ToUniversalTime()
        : zone.ToInstant(day.Date);

    /// <inheritdoc cref="StartOf(TimeZoneInfo, DateTime)"/>
    public static DateTimeOffset StartOf(this TimeZoneInfo zone, DateOnly day) =>
        zone.StartOf(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>The day in this zone at that instant.</summary>
    public static DateOnly DayOf(this TimeZoneInfo zone, DateTimeOffset time) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, zone).DateTime);
}
