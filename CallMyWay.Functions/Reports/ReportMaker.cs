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
        var joined = 0;
        Func<string, string> names;
        if (asked.By == ReportBy.Contact)
        {
            var contactOf = await contacts.FollowManyAsync(
                shown.Select(row => row.Key).Where(key => key != PeriodFigures.NoContact), cancellationToken);
            (shown, joined) = JoinMerged(shown, figures.Rows, contactOf);
            names = NamesOf(contactOf, language);
        }
        else
        {
            names = await NamesOf([.. shown.Select(row => row.Key)], asked.By, language, cancellationToken);
        }

        return new ReportView(
            [.. shown.Select(row => ReportRow.Of(
                row.Key is PeriodFigures.NoContact ? "" : row.Key, names(row.Key), row.Value, accounts.Home.Currency))],
            ReportRow.Of("", Total.In(language), figures.Totals, accounts.Home.Currency),
            asked.From,
            asked.To,
            asked.By,
            figures.AsOf,
            figures.Pending,
            figures.Rows.Count - joined - shown.Count);
    }

    /// <summary>
    /// Figures are kept by the contact that a call was with. Those of contacts that were merged are one row, of the
    /// kept one. A contact is shown where one of its ids has as many calls as the others that are shown.
    /// </summary>
    private static (List<KeyValuePair<string, Figures>> Shown, int Joined) JoinMerged(
        List<KeyValuePair<string, Figures>> shown,
        IReadOnlyDictionary<string, Figures> all,
        IReadOnlyDictionary<string, Contact> contactOf)
    {
        var joined = 0;
        var rows = new Dictionary<string, Figures>(StringComparer.Ordinal);
        foreach (var (key, figures) in shown)
        {
            if (!contactOf.TryGetValue(key, out var contact) || contact.Ids is [_])
            {
                rows[key] = figures;
                continue;
            }

            if (rows.ContainsKey(contact.ContactId))
            {
                continue;
            }

            var sum = rows[contact.ContactId] = new Figures();
            var its = contact.Ids.Where(all.ContainsKey).ToList();
            its.ForEach(id => sum.Add(all[id]));
            joined += its.Count - 1;
        }

        return (
            [.. rows.OrderByDescending(row => row.Value.Calls).ThenBy(row => row.Key, StringComparer.Ordinal)],
            joined);
    }

    private static Func<string, string> NamesOf(IReadOnlyDictionary<string, Contact> contactOf, string language)
    {
        var titles = contactOf.Values.DistinctBy(contact => contact.ContactId)
            .ToDictionary(contact => contact.ContactId, contact => contact.Title, StringComparer.Ordinal);
        return contactId => contactId == PeriodFigures.NoContact ? NoContact.In(language)
            : titles.GetValueOrDefault(contactId) ?? DeletedContact.In(language);
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
            default:
                return day => day;
        }
    }
}
