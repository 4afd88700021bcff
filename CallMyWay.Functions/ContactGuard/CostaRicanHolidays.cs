using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ContactGuard;

/// <summary>A holiday and its name.</summary>
public sealed record Holiday(DateOnly Date, Phrase Name);

/// <summary>
/// The holidays of Costa Rica by article 148 of its Código de Trabajo, those with and without obligatory pay. Each is
/// on its own date: the transfers to a Monday that the law had were for the years 2020 to 2024.
/// </summary>
public static class CostaRicanHolidays
{
    private static readonly (int Month, int Day, Phrase Name)[] Fixed =
    [
        (1, 1, new("Año Nuevo", "New Year’s Day")),
        (4, 11, new("Día de Juan Santamaría", "Juan Santamaría Day")),
        (5, 1, new("Día Internacional del Trabajo", "International Workers’ Day")),
        (7, 25, new("Anexión del Partido de Nicoya", "Annexation of the Party of Nicoya")),
        (8, 2, new("Día de la Virgen de los Ángeles", "Day of the Virgin of the Angels")),
        (8, 15, new("Día de la Madre", "Mother’s Day")),
        (8, 31, new(
            "Día de la Persona Negra y la Cultura Afrocostarricense",
            "Day of Black People and Afro-Costa Rican Culture")),
        (9, 15, new("Día de la Independencia", "Independence Day")),
        (12, 1, new("Día de la Abolición del Ejército", "Army Abolition Day")),
        (12, 25, new("Navidad", "Christmas Day")),
    ];

    /// <summary>The holidays of a year in their order.</summary>
    public static IReadOnlyList<Holiday> Of(int year)
    {
        var easter = EasterOf(year);
        return
        [
            .. Fixed.Select(each => new Holiday(new DateOnly(year, each.Month, each.Day), each.Name))
                .Append(new Holiday(easter.AddDays(-3), new("Jueves Santo", "Maundy Thursday")))
                .Append(new Holiday(easter.AddDays(-2), new("Viernes Santo", "Good Friday")))
                .OrderBy(holiday => holiday.Date),
        ];
    }

    /// <summary>The name of the holiday on this day; null where it is none.</summary>
    public static Phrase? NameOf(DateOnly day) => Of(day.Year).FirstOrDefault(holiday => holiday.Date == day)?.Name;

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
