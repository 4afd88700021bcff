using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.DiallingRules;

/// <summary>
/// The rules: one row. Until an administrator writes them, national numbers without premium ones are allowed.
/// </summary>
public sealed class DialRulesStore(ITables tables, PhoneNumberParser numbers)
{
    private const string Partition = "rules";

    private const string Key = "all";

    /// <summary>The prefixes of premium numbers behind the country code, as in Costa Rica.</summary>
    private static readonly string[] Premium = ["900", "905", "909"];

    private static readonly StoredJson<DialRules> Stored = new(DiallingRulesJson.Default);

    private readonly ITable _table = tables[StorageNames.Dials];

    public async ValueTask<DialRules> GetAsync(CancellationToken cancellationToken) =>
        await _table.GetAsync(Partition, Key, cancellationToken) is { } row
            ? Stored.FromRow(row) with { ETag = row.ETag }
            : new DialRules
            {
                AllowedPrefixes = [numbers.HomePrefix],
                DeniedPrefixes = [.. Premium.Select(service => numbers.HomePrefix + service)]
            };

    /// <summary>
    /// Stores the rules over the version in <see cref="DialRules.ETag"/> (<see cref="TableExtensions.PutAsync"/>). Null if
    /// the rules have changed.
    /// </summary>
    public async Task<DialRules?> PutAsync(DialRules rules, CancellationToken cancellationToken)
    {
        var row = Stored.ToRow(Partition, Key, rules with { ETag = null }, rules.ETag);
        var etag = await _table.PutAsync(row, cancellationToken);
        return etag is null ? null : rules with { ETag = etag };
    }
}
