using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.ContactGuard;

/// <summary>The body of a request that replaces the rules. A limit that is missing or null means no limit.</summary>
/// <param name="Hours">When people may be called; null for all hours, an empty list for none.</param>
/// <param name="Holidays">If missing, the holidays are observed.</param>
/// <param name="PerDay">The most calls to a person on a day.</param>
/// <param name="PerWeek">The most calls to a person in seven times 24 hours.</param>
/// <param name="GapMinutes">The least number of minutes between two calls to a person.</param>
public sealed record GuardInput(
    IReadOnlyList<CallingHoursInput?>? Hours, HolidaysInput? Holidays, int? PerDay, int? PerWeek, int? GapMinutes);

/// <summary>Times of day as <c>08:00</c>; days of the week from 0 (Sunday) to 6.</summary>
/// <param name="To"><c>00:00</c> is midnight at the end of the day.</param>
public sealed record CallingHoursInput(
    [property: Needed] IReadOnlyList<int>? Days, [property: Needed] string? From, [property: Needed] string? To);

/// <summary>On which holidays nobody is called.</summary>
/// <param name="Observed">False to call on holidays as on other days.</param>
/// <param name="Added">Further days.</param>
/// <param name="Worked">Computed holidays on which people are called all the same, as <c>2026-08-15</c>.</param>
public sealed record HolidaysInput(
    bool? Observed, IReadOnlyList<AddedHolidayInput?>? Added, IReadOnlyList<string?>? Worked);

/// <summary>A day of the office's own: its date as <c>2026-12-24</c>, and its name.</summary>
public sealed record AddedHolidayInput([property: Needed] string? Date, [property: Needed] string? Name);

/// <summary>The rules with the holidays that they lead to.</summary>
/// <param name="Upcoming">The holidays of this year and the next, in their order.</param>
public sealed record GuardView(
    IReadOnlyList<CallingHours>? Hours,
    HolidayRules Holidays,
    int? PerDay,
    int? PerWeek,
    int? GapMinutes,
    IReadOnlyList<UpcomingHoliday> Upcoming,
    [property: System.Text.Json.Serialization.JsonPropertyName("etag")] string? ETag);

/// <summary>A holiday.</summary>
/// <param name="From"><c>computed</c>, or <c>added</c> by the office.</param>
/// <param name="Worked">True where people are called on it all the same.</param>
public sealed record UpcomingHoliday(DateOnly Date, string Name, string From, bool Worked);

/// <summary>Reads and replaces when, and how often, a person may be called.</summary>
[Tags("ContactGuard")]
public sealed class GuardFunctions(GuardStore store, Accounts accounts, AuditLog audit, TimeProvider clock)
{
    private const string What = "contact-guard.changed";

    [Function("GetContactGuard"), Allow(Role.Admin)]
    [Answers(StatusCodes.Status200OK, typeof(GuardView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "contact-guard")] HttpRequest request,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(ViewOf(request, await store.GetRulesAsync(cancellationToken)));

    [Function("PutContactGuard"), Allow(Role.Admin), Audits(What)]
    [TakesIfMatch(OrNone = true)]
    [Takes(typeof(GuardInput)), Answers(StatusCodes.Status200OK, typeof(GuardView))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "contact-guard")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<GuardInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = new FieldErrors();
        var read = GuardReader.Read(input, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        return await LastOneWins.ChangeAsync(request, () => ChangeAsync(request, read, cancellationToken));
    }

    private async Task<IResult?> ChangeAsync(
        HttpRequest request, GuardRules read, CancellationToken cancellationToken)
    {
        var before = await store.GetRulesAsync(cancellationToken);
        var put = read with { ETag = IfMatch.VersionOf(request) ?? before.ETag };
        var change = AuditChange.Of(What, "contact-guard", before, put);
        if (before.ETag is not null && change.SaysNothingNew)
        {
            return TypedResults.Ok(ViewOf(request, before));
        }

        return await audit.ChangeAsync(
            request, change, () => store.PutRulesAsync(put, cancellationToken), made => made is not null) is { } stored
            ? TypedResults.Ok(ViewOf(request, stored))
            : LastOneWins.NamesAnother(request, before.ETag) ? request.Changed()
            : null;
    }

    private GuardView ViewOf(HttpRequest request, GuardRules rules)
    {
        var year = accounts.Home.LocalTime(clock.GetUtcNow()).Year;
        var upcoming = CostaRicanHolidays.Of(year)
            .Concat(CostaRicanHolidays.Of(year + 1))
            .Select(holiday => new UpcomingHoliday(
                holiday.Date,
                holiday.Name.In(request.Language()),
                "computed",
                !rules.Holidays.Observed || rules.Holidays.Worked.Contains(holiday.Date)))
            .Concat(rules.Holidays.Added.Select(added => new UpcomingHoliday(added.Date, added.Name, "added", false)))
            .OrderBy(holiday => holiday.Date);
        return new GuardView(
            rules.Hours, rules.Holidays, rules.PerDay, rules.PerWeek, rules.GapMinutes, [.. upcoming], rules.ETag);
    }
}

/// <summary>Reads the rules of a request, and says what is wrong with them beside each field.</summary>
internal static class GuardReader
{
    private const int MostSpans = 50;

    private const int MostDays = 400;

    private const int LongestName = 100;

    private const int MostCalls = 1000;

    private const int LongestGap = 7 * 24 * 60;

    public static GuardRules Read(GuardInput input, FieldErrors errors) => new()
    {
        Hours = Hours(input.Hours, errors),
        Holidays = new HolidayRules(
            input.Holidays?.Observed ?? true,
            Added(input.Holidays?.Added, errors),
            Worked(input.Holidays?.Worked, errors)),
        PerDay = Limit("perDay", input.PerDay, MostCalls, errors),
        PerWeek = Limit("perWeek", input.PerWeek, MostCalls, errors),
        GapMinutes = Limit("gapMinutes", input.GapMinutes, LongestGap, errors),
    };

    private static List<CallingHours>? Hours(IReadOnlyList<CallingHoursInput?>? given, FieldErrors errors)
    {
        if (given is null || TooMany("hours", given.Count, MostSpans, errors))
        {
            return null;
        }

        var spans = new List<CallingHours>();
        for (var i = 0; i < given.Count; i++)
        {
            var at = $"hours[{i}]";
            var (from, to) = (Time($"{at}.from", given[i]?.From, errors), Time($"{at}.to", given[i]?.To, errors));
            var days = given[i]?.Days ?? [];
            if (days.Count == 0 || days.Any(day => day is < 0 or > 6))
            {
                errors.Add(
                    $"{at}.days",
                    "Elija uno o más días, de 0 (domingo) a 6 (sábado).",
                    "Choose one day or more, from 0 (Sunday) to 6 (Saturday).");
            }

            if (from is { } first && to is { } last && last <= first && last != TimeOnly.MinValue)
            {
                errors.Add(
                    $"{at}.to",
                    "Escriba una hora después de la primera; 00:00 es la medianoche del final del día.",
                    "Write a time after the first; 00:00 is midnight at the end of the day.");
            }

            spans.Add(new CallingHours([.. days.Distinct().Order()], from ?? default, to ?? default));
        }

        return spans;
    }

    private static TimeOnly? Time(string field, string? text, FieldErrors errors)
    {
        if (TimeOnly.TryParseExact(
            text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        errors.Add(field, "Escriba una hora, como 08:00.", "Write a time of day, such as 08:00.");
        return null;
    }

    private static List<AddedHoliday> Added(IReadOnlyList<AddedHolidayInput?>? given, FieldErrors errors)
    {
        var added = new List<AddedHoliday>();
        if (given is null || TooMany("holidays.added", given.Count, MostDays, errors))
        {
            return added;
        }

        for (var i = 0; i < given.Count; i++)
        {
            var date = Date($"holidays.added[{i}].date", given[i]?.Date, errors);
            if (PlainText.Trimmed(given[i]?.Name) is not { Length: <= LongestName } name)
            {
                errors.Add(
                    $"holidays.added[{i}].name",
                    $"Escriba un nombre, de hasta {LongestName} letras.",
                    $"Write a name, of at most {LongestName} letters.");
                continue;
            }

            if (date is { } day && added.TrueForAll(each => each.Date != day))
            {
                added.Add(new AddedHoliday(day, name));
            }
        }

        return [.. added.OrderBy(day => day.Date)];
    }

    private static List<DateOnly> Worked(IReadOnlyList<string?>? given, FieldErrors errors) =>
        given is null || TooMany("holidays.worked", given.Count, MostDays, errors)
            ? []
            : [.. given
                .Select((text, i) => Date($"holidays.worked[{i}]", text, errors))
                .OfType<DateOnly>()
                .Distinct()
                .Order()];

    private static DateOnly? Date(string field, string? text, FieldErrors errors)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        errors.Add(field, "Escriba una fecha, como 2026-12-24.", "Write a date, such as 2026-12-24.");
        return null;
    }

    private static int? Limit(string field, int? given, int most, FieldErrors errors)
    {
        if (given < 0 || given > most)
        {
            errors.Add(
                field,
                $"Escriba un número de 0 a {most}, o nada para no poner límite.",
                $"Write a number from 0 to {most}, or nothing for no limit.");
        }

        return given;
    }

    private static bool TooMany(string field, int count, int most, FieldErrors errors)
    {
        if (count <= most)
        {
            return false;
        }

        errors.Add(field, $"Son demasiados: hasta {most}.", $"They are too many: at most {most}.");
        return true;
    }
}
