using System.Globalization;

namespace CallMyWay.Functions.Text;

/// <summary>Days and times in sentences, as the console writes them.</summary>
public static class TimePhrases
{
    private static readonly string[] Months =
        ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"];

    /// <summary><c>1 dic 2026</c>, <c>Dec 1, 2026</c>.</summary>
    public static Phrase OfDay(DateTime local) => new(
        string.Create(CultureInfo.InvariantCulture, $"{local.Day} {Months[local.Month - 1]} {local.Year}"),
        local.ToString("MMM d, yyyy", CultureInfo.InvariantCulture));

    /// <summary><c>8:00 a. m.</c>, <c>8:00 AM</c>.</summary>
    public static Phrase OfClock(TimeOnly time) => new(
        time.ToString("h:mm ", CultureInfo.InvariantCulture) + (time.Hour < 12 ? "a. m." : "p. m."),
        time.ToString("h:mm tt", CultureInfo.InvariantCulture));

    /// <summary>The time at which hours end: the day's end is midnight, and not its beginning.</summary>
    public static Phrase OfEnd(TimeOnly time) =>
        time == TimeOnly.MinValue ? new("la medianoche", "midnight") : OfClock(time);

    /// <summary><c>1 dic 2026, 8:00 a. m.</c>, <c>Dec 1, 2026, 8:00 AM</c>.</summary>
    public static Phrase Of(DateTime local)
    {
        var (day, clock) = (OfDay(local), OfClock(TimeOnly.FromDateTime(local)));
        return new($"{day.Es}, {clock.Es}", $"{day.En}, {clock.En}");
    }

    /// <summary>The sentence with its full stop. One that ends in <c>a. m.</c> has it already.</summary>
    public static Phrase Ended(string es, string en) => new(Ended(es), Ended(en));

    private static string Ended(string sentence) => sentence.EndsWith('.') ? sentence : $"{sentence}.";
}
