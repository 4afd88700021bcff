using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.DiallingRules;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Campaigns;

/// <summary>What a campaign has where nothing else is asked for.</summary>
/// <param name="Attempts">How often a person is called who is not reached.</param>
/// <param name="GapMinutes">The least minutes between two attempts.</param>
/// <param name="PerMinute">The most dials in a minute.</param>
public sealed record CampaignDefaults(int Attempts, int GapMinutes, int PerMinute)
{
    internal static CampaignDefaults Standard { get; } = new(Attempts: 3, GapMinutes: 60, PerMinute: 10);
}

/// <summary>The body of a request that creates a campaign, or changes it.</summary>
/// <param name="Mode">Of a new campaign.</param>
/// <param name="Order">Of a new campaign; by default the agent is called first.</param>
/// <param name="Contacts">Of a new campaign.</param>
/// <param name="EndpointIds">
/// The phones that call; null for all, or for those of the team of the supervisor who sends it.
/// </param>
/// <param name="Attempts">How often a person is called who is not reached, 1 to 10.</param>
/// <param name="GapMinutes">The least minutes between two attempts, to 43,200.</param>
/// <param name="PerMinute">The most dials in a minute, 1 to 600.</param>
/// <param name="Budget">What its calls may cost; null for no limit.</param>
public sealed record CampaignInput(
    [property: Needed] string? Name,
    CampaignMode? Mode,
    DialOrder? Order,
    CampaignContactsInput? Contacts,
    IReadOnlyList<string?>? EndpointIds,
    DialHoursInput? Hours,
    int? Attempts,
    int? GapMinutes,
    int? PerMinute,
    decimal? Budget);

/// <summary>Whom a campaign calls: one of the three.</summary>
/// <param name="Ids">Contacts, 100,000 at most.</param>
/// <param name="Query">The contacts that a search finds; empty for all.</param>
/// <param name="Numbers">Telephone numbers as people write them, 100,000 at most.</param>
public sealed record CampaignContactsInput(
    IReadOnlyList<string?>? Ids, string? Query, IReadOnlyList<string?>? Numbers);

/// <summary>Whom a campaign calls, as it was read.</summary>
internal sealed record CampaignSource(string? Query, IReadOnlyList<string>? Ids, IReadOnlyList<string>? Numbers)
{
    /// <summary>How many parts of this size the list has; 0 for a search.</summary>
    public int Parts(int size) => ((Ids ?? Numbers ?? []).Count + size - 1) / size;

    /// <summary>A part of the list; null behind its end.</summary>
    public ListedSources? PartAt(int part, int size)
    {
        var all = Ids ?? Numbers ?? [];
        var from = Math.Min(part * size, all.Count);
        List<string> some = [.. all.Take(from..Math.Min(from + size, all.Count))];
        return some.Count == 0 ? null
            : Ids is null ? new ListedSources { Numbers = some }
            : new ListedSources { Ids = some };
    }
}

/// <summary>Reads a campaign of a request, and says what is wrong beside each field.</summary>
internal static class CampaignReader
{
    public const int MaxBytes = 8 * 1024 * 1024;

    private const int LongestName = 100;

    private const int LongestQuery = 200;

    private const int LongestItem = 200;

    private const int MostContacts = 100_000;

    private const int MostAttempts = 10;

    private const int LongestGap = 30 * 24 * 60;

    private const int MostPerMinute = 600;

    private const decimal LargestBudget = 1_000_000_000_000;

    /// <summary>The campaign as it would be stored first.</summary>
    public static (Campaign Campaign, CampaignSource Source) ReadNew(
        CampaignInput input, string campaignId, DateTimeOffset now, FieldErrors errors)
    {
        if (input.Mode is null)
        {
            errors.Add("mode", "Elija «preview» o «progressive».", "Choose “preview” or “progressive”.");
        }

        var source = ReadSource(input.Contacts, errors);
        var first = new Campaign
        {
            CampaignId = campaignId,
            Name = "",
            Mode = input.Mode ?? CampaignMode.Preview,
            Order = input.Order ?? DialOrder.AgentFirst,
            State = CampaignState.Building,
            Attempts = 0,
            GapMinutes = 0,
            PerMinute = 0,
            Query = source.Query,
            CreatedAt = now,
        };
        return (ReadSettings(input, first, errors), source);
    }

    /// <summary>What can be changed while it runs.</summary>
    public static Campaign ReadSettings(CampaignInput input, Campaign campaign, FieldErrors errors)
    {
        var name = PlainText.Trimmed(input.Name);
        if (name is null || name.Length > LongestName)
        {
            errors.Add(
                "name",
                $"Escriba un nombre de hasta {LongestName} caracteres.",
                $"Write a name of at most {LongestName} characters.");
        }

        if (input.Budget is < 0 or > LargestBudget)
        {
            errors.Add(
                "budget",
                "Escriba un monto desde 0, o nada para no poner límite.",
                "Write an amount from 0, or nothing for no limit.");
        }

        var standard = CampaignDefaults.Standard;
        return campaign with
        {
            Name = name ?? "",
            EndpointIds = input.EndpointIds is null ? null
                : [.. input.EndpointIds.Select(PlainText.Trimmed).OfType<string>().Distinct(StringComparer.Ordinal)],
            Hours = ReadHours(input.Hours, errors),
            Attempts = Number("attempts", input.Attempts ?? standard.Attempts, 1, MostAttempts, errors),
            GapMinutes = Number("gapMinutes", input.GapMinutes ?? standard.GapMinutes, 0, LongestGap, errors),
            PerMinute = Number("perMinute", input.PerMinute ?? standard.PerMinute, 1, MostPerMinute, errors),
            Budget = input.Budget,
        };
    }

    private static int Number(string field, int given, int least, int most, FieldErrors errors)
    {
        if (given < least || given > most)
        {
            errors.Add(
                field, $"Escriba un número de {least} a {most}.", $"Write a number from {least} to {most}.");
        }

        return given;
    }

    private static CampaignSource ReadSource(CampaignContactsInput? given, FieldErrors errors)
    {
        var kinds = new object?[] { given?.Ids, given?.Query, given?.Numbers }.Count(each => each is not null);
        if (kinds != 1)
        {
            errors.Add(
                "contacts",
                "Diga a quiénes llamar de una sola forma: «ids», «query» o «numbers».",
                "Say whom to call in one way: “ids”, “query” or “numbers”.");
            return new CampaignSource(null, null, []);
        }

        if (given!.Query is { } query)
        {
            if (query.Trim().Length > LongestQuery)
            {
                errors.Add(
                    "contacts.query",
                    $"La búsqueda pasa de {LongestQuery} caracteres.",
                    $"The search is longer than {LongestQuery} characters.");
            }

            return new CampaignSource(query.Trim(), null, null);
        }

        var field = given.Ids is null ? "contacts.numbers" : "contacts.ids";
        List<string> items = [.. (given.Ids ?? given.Numbers!).Select(text => text?.Trim() ?? "")];
        if (items.Count is 0 or > MostContacts)
        {
            errors.Add(
                field,
                $"Dé de 1 a {MostContacts} personas.",
                $"Give 1 to {MostContacts} people.");
        }
        else if (items.FindIndex(text => text.Length > LongestItem) is >= 0 and var at)
        {
            errors.Add(
                $"{field}[{at.ToString(CultureInfo.InvariantCulture)}]",
                $"Pasa de {LongestItem} caracteres.",
                $"It is longer than {LongestItem} characters.");
        }

        return given.Ids is null
            ? new CampaignSource(null, null, items)
            : new CampaignSource(null, items, null);
    }

    private static DialHours? ReadHours(DialHoursInput? given, FieldErrors errors)
    {
        if (given is null)
        {
            return null;
        }

        var from = Time("hours.from", given.From, errors);
        var to = Time("hours.to", given.To, errors);
        if (given.Days is { Count: 0 } || given.Days?.Any(day => day is < 0 or > 6) == true)
        {
            errors.Add(
                "hours.days",
                "Elija uno o más días, de 0 (domingo) a 6 (sábado).",
                "Choose one or more days, from 0 (Sunday) to 6 (Saturday).");
        }

        if (from is { } begin && to is { } end && end <= begin && end != TimeOnly.MinValue)
        {
            errors.Add(
                "hours.to",
                "Escriba una hora después de la primera; 00:00 es la medianoche del final del día.",
                "Write a time after the first; 00:00 is midnight at the end of the day.");
        }

        return new DialHours(
            from ?? default, to ?? default, given.Days is null ? null : [.. given.Days.Distinct().Order()]);
    }

    private static TimeOnly? Time(string field, string? text, FieldErrors errors)
    {
        if (TimeOnly.TryParseExact(
            text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return time;
        }

        errors.Add(field, "Escriba una hora, como 07:00.", "Write a time of day, such as 07:00.");
        return null;
    }
}
