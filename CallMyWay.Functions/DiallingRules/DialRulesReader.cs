using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.DiallingRules;

/// <summary>Reads the rules of a request, and says what is wrong with them beside each field.</summary>
internal static class DialRulesReader
{
    private const int MaxPrefixes = 200;

    /// <param name="input">The rules as they came.</param>
    /// <param name="numbers">Knows the home country.</param>
    /// <param name="at">What stands before the fields' names in the errors, such as <c>rules.</c>.</param>
    /// <param name="errors">What is wrong is added here.</param>
    public static DialRules Read(DialRulesInput input, PhoneNumberParser numbers, string at, FieldErrors errors) => new()
    {
        Enabled = input.Enabled ?? true,
        AllowedPrefixes = Prefixes($"{at}allowedPrefixes", input.AllowedPrefixes, numbers, errors),
        DeniedPrefixes = Prefixes($"{at}deniedPrefixes", input.DeniedPrefixes, numbers, errors),
        PerAgentHour = Limit($"{at}perAgentHour", input.PerAgentHour, errors),
        PerAgentDay = Limit($"{at}perAgentDay", input.PerAgentDay, errors),
        TotalHour = Limit($"{at}totalHour", input.TotalHour, errors),
        TotalDay = Limit($"{at}totalDay", input.TotalDay, errors),
        Hours = Hours($"{at}hours", input.Hours, errors),
    };

    // A prefix without a plus belongs to the home country.
    private static List<string> Prefixes(
        string field, IReadOnlyList<string?>? given, PhoneNumberParser numbers, FieldErrors errors)
    {
        if (given is null || given.Count > MaxPrefixes)
        {
            errors.Add(
                field,
                $"Escriba una lista de hasta {MaxPrefixes} prefijos; puede estar vacía.",
                $"Write a list of at most {MaxPrefixes} prefixes; it may be empty.");
            return [];
        }

        var prefixes = new List<string>();
        for (var i = 0; i < given.Count; i++)
        {
            // 00 is dialled in place of a plus.
            var text = string.Concat((given[i] ?? "").Where(c => c is not (' ' or '-')));
            text = text.StartsWith("00", StringComparison.Ordinal) ? $"+{text[2..]}" : text;
            var digits = text.StartsWith('+') ? text[1..] : text;
            if (digits.Length is < 1 or > 15 || !digits.All(char.IsAsciiDigit))
            {
                errors.Add(
                    $"{field}[{i}]",
                    "Escriba de 1 a 15 dígitos, con + y el código del país, o sin ellos para los nacionales.",
                    "Write 1 to 15 digits, with + and the country's code, or without them for national ones.");
                continue;
            }

            // No number begins with 0, so the rule would have no effect.
            if (digits[0] == '0')
            {
                errors.Add(
                    $"{field}[{i}]",
                    "Ningún número empieza así. Escriba + y el código del país, o los dígitos del número nacional sin "
                    + "un 0 antes.",
                    "No number begins like this. Write + and the country's code, or the digits of the national number "
                    + "without a 0 before them.");
                continue;
            }

            prefixes.Add(text.StartsWith('+') ? text : numbers.HomePrefix + digits);
        }

        return [.. prefixes.Distinct()];
    }

    private static int? Limit(string field, int? given, FieldErrors errors)
    {
        if (given is < 0 or > 1_000_000)
        {
            errors.Add(
                field,
                "Escriba un número de 0 a 1 000 000, o nada para no poner límite.",
                "Write a number from 0 to 1,000,000, or nothing for no limit.");
        }

        return given;
    }

    private static DialHours? Hours(string field, DialHoursInput? given, FieldErrors errors)
    {
        if (given is null)
        {
            return null;
        }

        var from = Time($"{field}.from", given.From, errors);
        var to = Time($"{field}.to", given.To, errors);
        if (given.Days is { Count: 0 } || given.Days?.Any(day => day is < 0 or > 6) == true)
        {
            errors.Add(
                $"{field}.days",
                "Elija uno o más días, de 0 (domingo) a 6 (sábado).",
                "Choose one or more days, from 0 (Sunday) to 6 (Saturday).");
        }

        if (!errors.Any && to <= from && to != TimeOnly.MinValue)
        {
            errors.Add(
                $"{field}.to",
                "Escriba una hora después de la primera; 00:00 es la medianoche del final del día.",
                "Write a time after the first; 00:00 is midnight at the end of the day.");
        }

        return new DialHours(from, to, given.Days is null ? null : [.. given.Days.Distinct().Order()]);
    }

    private static TimeOnly Time(string field, string? text, FieldErrors errors)
    {
        if (TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        errors.Add(field, "Escriba una hora, como 07:00.", "Write a time of day, such as 07:00.");
        return default;
    }
}
