using System.Globalization;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Mappings;

/// <summary>Shifts as one text, as a table has them in a cell: <c>luis lun-vie 14:00-22:00; ana sáb 08:00-12:00</c>.</summary>
internal static class ShiftText
{
    private static readonly Phrase[] Days =
    [
        new("dom", "sun"), new("lun", "mon"), new("mar", "tue"), new("mié", "wed"), new("jue", "thu"),
        new("vie", "fri"), new("sáb", "sat"),
    ];

    public static string Of(IReadOnlyList<Shift>? shifts, string language) => string.Join("; ", (shifts ?? []).Select(
        shift => string.Create(
            CultureInfo.InvariantCulture,
            $"{shift.AgentId} {DaysOf(shift.Days, language)} {shift.From:HH:mm}-{shift.To:HH:mm}")));

    /// <summary>The shifts that a text names in Spanish or English; null where a part of the text is no shift.</summary>
    public static IReadOnlyList<ShiftInput>? Read(string text)
    {
        var shifts = new List<ShiftInput>();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var agent, var days, var times]
                || ReadDays(days) is not { } of || times.Split('-') is not [var from, var to])
            {
                return null;
            }

            shifts.Add(new ShiftInput(agent, of, from, to));
        }

        return shifts;
    }

    // Days in sequence are written from the first to the last, Monday first as a week of work is.
    private static string DaysOf(IReadOnlyList<int> days, string language)
    {
        var ordered = days.Select(day => (day + 6) % 7).Order().ToList();
        var parts = new List<string>();
        for (var i = 0; i < ordered.Count;)
        {
            var end = i;
            while (end + 1 < ordered.Count && ordered[end + 1] == ordered[end] + 1)
            {
                end++;
            }

            parts.Add(end - i >= 2
                ? $"{NameOf(ordered[i])}-{NameOf(ordered[end])}"
                : string.Join(',', ordered[i..(end + 1)].Select(NameOf)));
            i = end + 1;
        }

        return string.Join(',', parts);

        string NameOf(int fromMonday) => Days[(fromMonday + 1) % 7].In(language);
    }

    private static List<int>? ReadDays(string text)
    {
        var days = new List<int>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-').Select(DayOf).ToList();
            if (ends.Count > 2 || ends.Contains(-1))
            {
                return null;
            }

            for (var day = ends[0]; ; day = (day + 1) % 7)
            {
                days.Add(day);
                if (day == ends[^1])
                {
                    break;
                }
            }
        }

        return days;
    }

    private static int DayOf(string name)
    {
        var folded = SearchText.Fold(name.Trim());
        return Array.FindIndex(Days, day => SearchText.Fold(day.Es) == folded || day.En == folded);
    }
}
