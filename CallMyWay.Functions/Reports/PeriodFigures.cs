using System.Globalization;

namespace CallMyWay.Functions.Reports;

/// <summary>Which figures: of all calls, of those of a team, or of agents without a team.</summary>
public static class ReportScope
{
    public const string All = "all";

    public const string NoTeam = "none";

    private const string TeamPrefix = "team~";

    public static string OfTeam(string? team) => team is null ? NoTeam : TeamPrefix + team;

    /// <summary>The team's name; null for the calls of agents without one, and for all calls.</summary>
    public static string? TeamOf(string scope) =>
        scope.StartsWith(TeamPrefix, StringComparison.Ordinal) ? scope[TeamPrefix.Length..] : null;
}

/// <summary>
/// Where a sum belongs. The day is set within an hour, whose calls can belong to two days; at a day or a month it is the
/// first day of the calendar.
/// </summary>
public readonly record struct CellKey(DateOnly Day, string Scope, string Key);

/// <summary>The parts of a period's figures, which are stored and read apart.</summary>
public enum PeriodPart
{
    /// <summary>A sum for each scope.</summary>
    Totals,

    /// <summary>By hour of the day, outcome and agent.</summary>
    Detail,

    /// <summary>By contact, of all calls.</summary>
    Contacts,

    /// <summary>By contact, of each team's calls.</summary>
    TeamContacts,
}

/// <summary>
/// The figures of an hour, a day or a month: sums of calls, or of the figures of shorter periods. In whatever order they
/// are added, the result is the same.
/// </summary>
public sealed class PeriodFigures
{
    /// <summary>Stands for callers who are nobody's contact: no contact has such an id.</summary>
    public const string NoContact = "~";

    /// <summary>Stands for calls without an outcome: no outcome has such a code.</summary>
    public const string NoOutcome = "~";

    private const string HourPrefix = "hour~";

    private const string OutcomePrefix = "outcome~";

    private const string AgentPrefix = "agent~";

    private readonly Dictionary<PeriodPart, Dictionary<CellKey, Figures>> _parts =
        Enum.GetValues<PeriodPart>().ToDictionary(part => part, _ => new Dictionary<CellKey, Figures>());

    public IReadOnlyDictionary<CellKey, Figures> this[PeriodPart part] => _parts[part];

    /// <summary>The days that it has figures of, within an hour.</summary>
    public IEnumerable<DateOnly> Days => _parts[PeriodPart.Totals].Keys.Select(key => key.Day).Distinct();

    public static string KeyOfHour(int hour) =>
        HourPrefix + hour.ToString("00", CultureInfo.InvariantCulture);

    public static string KeyOfOutcome(string? code) => OutcomePrefix + (code ?? NoOutcome);

    public static string KeyOfAgent(string agentId) => AgentPrefix + agentId;

    /// <summary>The hour, the outcome's code or the agent's id; null for a key of another kind.</summary>
    public static string? NameOf(string key, ReportBy by)
    {
        var prefix = by switch
        {
            ReportBy.Hour => HourPrefix,
            ReportBy.Outcome => OutcomePrefix,
            ReportBy.Agent => AgentPrefix,
            _ => throw new ArgumentOutOfRangeException(nameof(by), by, "It has no keys of its own."),
        };
        return key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..] : null;
    }

    /// <summary>Adds a call, on its day.</summary>
    public void Add(CallFigures call)
    {
        AddTo(ReportScope.All, call.Whole);
        Add(PeriodPart.Contacts, new CellKey(call.Day, ReportScope.All, call.ContactId ?? NoContact), call.Whole);
        foreach (var (team, figures) in call.Teams)
        {
            AddTo(ReportScope.OfTeam(team), figures);
            if (team is not null)
            {
                Add(
                    PeriodPart.TeamContacts,
                    new CellKey(call.Day, ReportScope.OfTeam(team), call.ContactId ?? NoContact),
                    figures);
            }
        }

        if (call.Agents.Count == 0)
        {
            // The sums of the teams and of those without one are of all calls.
            Add(PeriodPart.Totals, new CellKey(call.Day, ReportScope.NoTeam, ""), call.Whole);
        }

        foreach (var (agentId, team, figures) in call.Agents)
        {
            Add(PeriodPart.Detail, new CellKey(call.Day, ReportScope.OfTeam(team), KeyOfAgent(agentId)), figures);
        }

        void AddTo(string scope, Figures figures)
        {
            Add(PeriodPart.Totals, new CellKey(call.Day, scope, ""), figures);
            Add(PeriodPart.Detail, new CellKey(call.Day, scope, KeyOfHour(call.Hour)), figures);
            Add(PeriodPart.Detail, new CellKey(call.Day, scope, KeyOfOutcome(call.Outcome)), figures);
        }
    }

    /// <summary>Adds the cells of a shorter period.</summary>
    /// <param name="part">Of which part they are.</param>
    /// <param name="cells">The cells.</param>
    /// <param name="day">Only those of this day; null for all.</param>
    public void Add(PeriodPart part, IEnumerable<Cell> cells, DateOnly? day = null)
    {
        foreach (var cell in cells)
        {
            if (day is null || cell.Day == day)
            {
                Add(part, new CellKey(default, cell.Scope, cell.Key), cell.Figures);
            }
        }
    }

    /// <summary>Adds cells as they are, each on its day.</summary>
    public void Put(PeriodPart part, IEnumerable<Cell> cells)
    {
        foreach (var cell in cells)
        {
            Add(part, new CellKey(cell.Day ?? default, cell.Scope, cell.Key), cell.Figures);
        }
    }

    /// <summary>Of promises no less was paid than cells of before say, where those are still counted.</summary>
    public void KeepPayments(PeriodPart part, IEnumerable<Cell> before)
    {
        foreach (var cell in before)
        {
            if (_parts[part].TryGetValue(new CellKey(cell.Day ?? default, cell.Scope, cell.Key), out var sum))
            {
                sum.KeepPayments(cell.Figures);
            }
        }
    }

    /// <summary>The cells of a part, in the order in which they are stored.</summary>
    public IEnumerable<Cell> CellsOf(PeriodPart part) => _parts[part]
        .OrderBy(cell => cell.Key.Day)
        .ThenBy(cell => cell.Key.Scope, StringComparer.Ordinal)
        .ThenBy(cell => cell.Key.Key, StringComparer.Ordinal)
        .Select(cell => new Cell
        {
            Day = cell.Key.Day == default ? null : cell.Key.Day,
            Scope = cell.Key.Scope,
            Key = cell.Key.Key,
            Figures = cell.Value,
        });

    private void Add(PeriodPart part, CellKey key, Figures figures)
    {
        if (!_parts[part].TryGetValue(key, out var sum))
        {
            _parts[part][key] = sum = new Figures();
        }

        sum.Add(figures);
    }
}
