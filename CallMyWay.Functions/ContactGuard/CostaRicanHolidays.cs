namespace CallMyWay.Functions.ContactGuard;

/// <summary>A holiday and its Spanish name.</summary>
public sealed record Holiday(DateOnly Date, string Name);

/// <summary>
/// The holidays of Costa Rica by article 148 of its Código de Trabajo, those with and without obligatory pay. Each is
/// on its own date: the transfers to a Monday that the law had were for the years 2020 to 2024.
/// </summary>
public static class CostaRicanHolidays
{
    private static readonly (int Month, int Day, string Name)[] Fixed =
    [
        (1, 1, "Año Nuevo"),
        (4, 11, "Día de Juan Santamaría"),
        (5, 1, "Día Internacional del Trabajo"),
        (7, 25, "Anexión del Partido de Nicoya"),
        (8, 2, "Día de la Virgen de los Ángeles"),
        (8, 15, "Día de la Madre"),
        (8, 31, "Día de la Persona Negra y la Cultura Afrocostarricense"),
        (9, 15, "Día de la Independencia"),
        (12, 1, "Día de la Abolición del Ejército"),
        (12, 25, "Navidad"),
    ];

    /// <summary>The holidays of a year in their order.</summary>
    public static IReadOnlyList<Holiday> Of(int year)
    {
        var easter = EasterOf(year);
        return
        [
            .. Fixed.Select(each => new Holiday(new DateOnly(year, each.Month, each.Day), each.Name))
                .Append(new Holiday(easter.AddDays(-3), "Jueves Santo"))
                .Append(new Holiday(easter.AddDays(-2), "Viernes Santo"))
                .OrderBy(holiday => holiday.Date),
        ];
    }

    /// <summary>The name of the holiday on this day; null where it is none.</summary>
    public static string? NameOf(DateOnly day) => Of(day.Year).FirstOrDefault(holiday => holiday.Date == day)?.Name;

    /// <summary>
    /// Easter Sunday of the Gregorian calendar: the anonymous algorithm that Meeus, "Astronomical Algorithms", gives.
    /// </summary>
    public static DateOnly EasterOf(int year)
    {
        var a = year % 19;
        var (b, c) = Math.DivRem(year, 100);
        var (d, e) = Math.DivRem(b, 4);
        var f = (b + 8) / 25;
        var g = (b - f + 1) / 3;
        var h = ((19 * a) + b - d - g + 15) % 30;
        var (i, k) = Math.DivRem(c, 4);
        var l = (32 + (2 * e) + (2 * i) - h - k) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var (month, day) = Math.DivRem(h + l - (7 * m) + 114, 31);
        return new DateOnly(year, month, day + 1);
    }
}
