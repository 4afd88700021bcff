using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Numbers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.DiallingRules;

/// <summary>The body of a request that replaces the rules. A limit that is missing or null means no limit.</summary>
public sealed record DialRulesInput(
    bool? Enabled, IReadOnlyList<string?>? AllowedPrefixes, IReadOnlyList<string?>? DeniedPrefixes, int? PerAgentHour, int? PerAgentDay, int? TotalHour, int? TotalDay, DialHoursInput? Hours);

/// <summary>Times of day as <c>07:00</c>; days of the week from 0 (Sunday) to 6.</summary>
public sealed record DialHoursInput(string? From, string? To, IReadOnlyList<int>? Days);

/// <summary>Reads and replaces the rules of click-to-dial.</summary>
[Tags("ClickToDial")]
public sealed class DialRulesFunctions(DialRulesStore rules, PhoneNumberParser numbers, AuditLog audit)
{
    private const int MaxPrefixes = 200;

    [Function("GetDialRules"), Allow(Role.Admin)]
    [Answers(StatusCodes.Status200OK, typeof(DialRules))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dial-rules")] HttpRequest request, CancellationToken cancellationToken) =>
        TypedResults.Ok(await rules.GetAsync(cancellationToken));

    [Function("PutDialRules"), Allow(Role.Admin), Audits("dial-rules.changed")]
    [Takes(typeof(DialRulesInput)), Answers(StatusCodes.Status200OK, typeof(DialRules))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "dial-rules")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<DialRulesInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = new FieldErrors();
        var put = new DialRules
        {
            Enabled = input.Enabled ?? true,
            AllowedPrefixes = Prefixes("allowedPrefixes", input.AllowedPrefixes, errors),
            DeniedPrefixes = Prefixes("deniedPrefixes", input.DeniedPrefixes, errors),
            PerAgentHour = Limit("perAgentHour", input.PerAgentHour, errors),
            PerAgentDay = Limit("perAgentDay", input.PerAgentDay, errors),
            TotalHour = Limit("totalHour", input.TotalHour, errors),
            TotalDay = Limit("totalDay", input.TotalDay, errors),
            Hours = Hours(input.Hours, errors),
            ETag = IfMatch.Of(request),
        };
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var before = await rules.GetAsync(cancellationToken);
        return await audit.ChangeAsync(
            request,
            AuditChange.Of("dial-rules.changed", "dial-rules", before, put),
            () => rules.PutAsync(put, cancellationToken),
            made => made is not null) is { } stored
            ? TypedResults.Ok(stored)
            : request.Changed();
    }

    // A prefix without a plus belongs to the home country.
    private List<string> Prefixes(string field, IReadOnlyList<string?>? given, FieldErrors errors)
    {
        if (given is null || given.Count > MaxPrefixes)
        {
            errors.Add(field, $"Escriba una lista de hasta {MaxPrefixes} prefijos; puede estar vacía.", $"Write a list of at most {MaxPrefixes} prefixes; it may be empty.");
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
                errors.Add($"{field}[{i}]", "Escriba de 1 a 15 dígitos, con + y el código del país, o sin ellos para los nacionales.", "Write 1 to 15 digits, with + and the country's code, or without them for national ones.");
                continue;
            }

            // No number begins with 0, so the rule would have no effect.
            if (digits[0] == '0')
            {
                errors.Add($"{field}[{i}]", "Ningún número empieza así. Escriba + y el código del país, o los dígitos del número nacional sin un 0 antes.", "No number begins like this. Write + and the country's code, or the digits of the national number without a 0 before them.");
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
            errors.Add(field, "Escriba un número de 0 a 1 000 000, o nada para no poner límite.", "Write a number from 0 to 1,000,000, or nothing for no limit.");
        }

        return given;
    }

    private static DialHours? Hours(DialHoursInput? given, FieldErrors errors)
    {
        if (given is null)
        {
            return null;
        }

        var from = Time("hours.from", given.From, errors);
        var to = Time("hours.to", given.To, errors);
        if (given.Days?.Any(day => day is < 0 or > 6) == true)
        {
            errors.Add("hours.days", "Los días van de 0 (domingo) a 6 (sábado).", "Days go from 0 (Sunday) to 6 (Saturday).");
        }

        if (!errors.Any && to <= from && to != TimeOnly.MinValue)
        {
            errors.Add("hours.to", "Escriba una hora después de la primera; 00:00 es la medianoche del final del día.", "Write a time after the first; 00:00 is midnight at the end of the day.");
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
