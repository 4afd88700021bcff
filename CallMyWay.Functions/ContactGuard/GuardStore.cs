using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.ContactGuard;

/// <summary>
/// The rules, and when each person was called. Partition <c>rules</c> has the one row of the rules. Partitions
/// <c>called~0</c> to <c>called~f</c> have a row for each number and for each contact that was called in the last days.
/// </summary>
public sealed class GuardStore(ITables tables) : ICallCounts
{
    private const string RulesPartition = "rules";

    private const string RulesKey = "all";

    private const string CalledPart = "called";

    private const string Slices = "0123456789abcdef";

    private static readonly StoredJson<GuardRules> StoredRules = new(ContactGuardJson.Default);

    private static readonly StoredJson<CalledPerson> StoredCalls = new(ContactGuardJson.Default);

    private readonly ITable _table = tables[StorageNames.ContactGuard];

    /// <summary>The partitions of the calls, in name order.</summary>
    public static IEnumerable<string> CallPartitions => Slices.Select(slice => Keys.Join(CalledPart, $"{slice}"));

    public async ValueTask<GuardRules> GetRulesAsync(CancellationToken cancellationToken) =>
        await _table.GetAsync(RulesPartition, RulesKey, cancellationToken) is { } row
            ? StoredRules.FromRow(row) with { ETag = row.ETag }
            : GuardRules.AtFirst;

    /// <summary>
    /// Replaces the version of the rules in <see cref="GuardRules.ETag"/>; without one, writes the first. Null if the
    /// rules have changed.
    /// </summary>
    public async Task<GuardRules?> PutRulesAsync(GuardRules rules, CancellationToken cancellationToken)
    {
        var row = StoredRules.ToRow(RulesPartition, RulesKey, rules with { ETag = null }, rules.ETag);
        var etag = rules.ETag is null or Row.NoVersion
            ? await _table.InsertAsync(row, cancellationToken)
            : await _table.ReplaceAsync(row, cancellationToken);
        return etag is null ? null : rules with { ETag = etag };
    }

    /// <summary>The calls to a person, under one of the person's keys, and the version of the row.</summary>
    public async ValueTask<(CalledPerson Calls, string? ETag)> GetCallsAsync(
        string key, CancellationToken cancellationToken) =>
        await _table.GetAsync(PartitionOf(key), key, cancellationToken) is { } row
            ? (StoredCalls.FromRow(row), row.ETag)
            : (CalledPerson.Nobody, null);

    /// <summary>False if another request was faster.</summary>
    public async Task<bool> SaveCallsAsync(string key, CalledPerson calls, string? etag)
    {
        var row = StoredCalls.ToRow(PartitionOf(key), key, calls, etag);
        return (etag is null
            ? await _table.InsertAsync(row, CancellationToken.None)
            : await _table.ReplaceAsync(row, CancellationToken.None)) is not null;
    }

    public async Task CountForAsync(string contactId, string otherId, CancellationToken cancellationToken)
    {
        var (from, to) = (KeyOfContact(contactId), KeyOfContact(otherId));
        while (true)
        {
            var (counted, _) = await GetCallsAsync(from, cancellationToken);
            var (own, etag) = await GetCallsAsync(to, cancellationToken);
            var all = own.Calls.UnionBy(counted.Calls, call => call.DialId).ToList();
            if (all.Count == own.Calls.Count || await SaveCallsAsync(to, new CalledPerson(all), etag))
            {
                return;
            }
        }
    }

    /// <summary>Forgets that a person was called. False where the row has changed meanwhile.</summary>
    public async Task<bool> ForgetAsync(Row row, CancellationToken cancellationToken) =>
        row.Partition != RulesPartition
        && await _table.DeleteAsync(row.Partition, row.Key, row.ETag, cancellationToken);

    /// <summary>The last call that a row tells of.</summary>
    internal static DateTimeOffset LastOf(Row row) =>
        StoredCalls.FromRow(row).Calls is { Count: > 0 } calls ? calls.Max(call => call.At) : DateTimeOffset.MinValue;

    internal static string KeyOfNumber(string e164) => Keys.Join("number", Keys.Encode(e164));

    internal static string KeyOfContact(string contactId) => Keys.Join("contact", Keys.Encode(contactId));

    // The same for ever: rows are found by it.
    private static string PartitionOf(string key)
    {
        var hash = key.Aggregate(2166136261u, (sum, letter) => unchecked((sum ^ letter) * 16777619u));
        return Keys.Join(CalledPart, $"{Slices[(int)(hash % (uint)Slices.Length)]}");
    }
}

/// <summary>When a person was called.</summary>
public sealed record CalledPerson(IReadOnlyList<CountedDial> Calls)
{
    public static CalledPerson Nobody { get; } = new([]);
}

/// <summary>A dial that counts.</summary>
/// <param name="At">The instant before the operator was asked.</param>
public sealed record CountedDial(string DialId, DateTimeOffset At);
