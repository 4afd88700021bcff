using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.PersonalData;

/// <summary>
/// Which tables are gone over, and by which rule. The others hold nothing of a person who is no agent:
/// docs/personal-data.md says so of each.
/// </summary>
public sealed class ErasedTables
{
    private readonly Dictionary<string, IErasedRows> _rules = new(StringComparer.Ordinal);

    public ErasedTables(IEnumerable<IErasedRows> rules, MaskedRows others)
    {
        foreach (var rule in rules)
        {
            foreach (var table in rule.Tables)
            {
                _rules.Add(table, rule);
            }
        }

        foreach (var table in StorageNames.Tables.Except(_rules.Keys).Except(Without).ToList())
        {
            _rules.Add(table, others);
        }

        Names = [.. StorageNames.Tables.Where(_rules.ContainsKey)];
    }

    /// <summary>The tables of the office itself, of times and figures, and of the protocols.</summary>
    public static IReadOnlySet<string> Without { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        StorageNames.PopUps,
        StorageNames.Mappings,
        StorageNames.UnmappedEndpoints,
        StorageNames.Agents,
        StorageNames.Outcomes,
        StorageNames.CallRecords,
        StorageNames.RecordPulls,
        StorageNames.Statements,
        StorageNames.Reconciliations,
        StorageNames.Reports,
        StorageNames.ScreenTimes,
        StorageNames.Presence,
        StorageNames.Sweeps,
        StorageNames.WebhookUse,
        StorageNames.EventEndpoints,
        StorageNames.Embedding,
        StorageNames.ContactLookup,
        StorageNames.Erasures,
    };

    /// <summary>In the order in which they are gone over.</summary>
    public IReadOnlyList<string> Names { get; }

    public IErasedRows RuleOf(string table) => _rules[table];
}
