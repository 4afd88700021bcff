using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Outcomes;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Reports;

/// <summary>Makes reports of figures: what their rows are called, and in which order they stand.</summary>
public sealed class ReportMaker(
    ReportReader reader,
    AgentDirectory directory,
    AgentStore agents,
    OutcomeStore outcomes,
    ContactStore contacts,
    Accounts accounts)
{
    /// <summary>How many contacts a report shows.</summary>
    public const int MaxContacts = 200;

    private static readonly Phrase Total = new("Total", "Total");

    private static readonly Phrase NoTeam = new("Sin equipo", "No team");

    private static readonly Phrase NoOutcome = new("Sin resultado", "No outcome");

    private static readonly Phrase NoContact = new("Sin contacto", "No contact");

    private static readonly Phrase DeletedContact = new("Contacto eliminado", "Deleted contact");

    /// <summary>The figures that whoever sees these calls may see; null where that is only their own calls.</summary>
    public static string? ScopeOf(VisibleCalls visible) =>
        visible.IsAll ? ReportScope.All
        : visible.Team is { } team ? ReportScope.OfTeam(team)
        : null;

    public async Task<ReportView> MakeAsync(
        ReportQuery asked, string scope, string language, CancellationToken cancellationToken)
    {
        var figures = await reader.ReadAsync(asked, scope, cancellationToken);
        var inOrder = asked.By is ReportBy.Day or ReportBy.Hour
            ? figures.Rows.OrderBy(row => row.Key, StringComparer.Ordinal)
            : figures.Rows.OrderByDescending(row => row.Value.Calls).ThenBy(row => row.Key, StringComparer.Ordinal);
        List<KeyValuePair<string, Figures>> shown = [.. asked.By == ReportBy.Contact ? inOrder.Take(MaxContacts) : inOrder];
        var names = await NamesOf([.. shown.Select(row => row.Key)], asked.By, language, cancellationToken);
        return new ReportView(
            [.. shown.Select(row => ReportRow.Of(
                row.Key is PeriodFigures.NoContact ? "" : row.Key, names(row.Key), row.Value, accounts.Home.Currency))],
            ReportRow.Of("", Total.In(language), figures.Totals, accounts.Home.Currency),
            asked.From,
            asked.To,
            asked.By,
            figures.AsOf,
            figures.Pending,
            figures.Rows.Count - shown.Count);
    }

    private async Task<Func<string, string>> NamesOf(
        IReadOnlyList<string> keys, ReportBy by, string language, CancellationToken cancellationToken)
    {
        switch (by)
        {
            case ReportBy.Hour:
                return hour => $"{hour}:00";
            case ReportBy.Team:
                return team => team.Length > 0 ? team : NoTeam.In(language);
            case ReportBy.Agent:
                var roster = await directory.ReadAsync(cancellationToken);
                var left = await AtOnce.DoAsync(
                    keys.Where(key => roster.Find(key) is null),
                    async key => (Id: key, (await agents.FindDeletedAsync(key, cancellationToken))?.Name));
                var names = left.ToDictionary(agent => agent.Id, agent => agent.Name, StringComparer.Ordinal);
                return agentId => roster.NameOf(agentId) ?? names.GetValueOrDefault(agentId) ?? agentId;
            case ReportBy.Outcome:
                var known = (await outcomes.GetAsync(cancellationToken)).Items
                    .ToDictionary(outcome => outcome.Code, outcome => new Phrase(outcome.Es, outcome.En));
                return code => code == PeriodFigures.NoOutcome ? NoOutcome.In(language)
                    : known.TryGetValue(code, out var outcome) ? outcome.In(language)
                    : code;
            case ReportBy.Contact:
                var found = await contacts.GetManyAsync(
                    [.. keys.Where(key => key != PeriodFigures.NoContact)], cancellationToken);
                var titles = found.ToDictionary(
                    contact => contact.ContactId, contact => contact.Title, StringComparer.Ordinal);
                return contactId => contactId == PeriodFigures.NoContact ? NoContact.In(language)
                    : titles.GetValueOrDefault(contactId) ?? DeletedContact.In(language);
            default:
                return day => day;
        }
    }
}
