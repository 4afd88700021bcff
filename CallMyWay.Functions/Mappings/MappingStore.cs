using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Mappings;

/// <summary>
/// The mappings. Partition <c>endpoint</c> holds them by the endpoint's id. Partitions <c>phone~…</c> and
/// <c>agent~…</c> lead from a phone and from an agent to the endpoint's id, and <c>id~…</c> leads from an id in small
/// letters to the one that has capital ones. An index row is only a hint: the mapping that it leads to is checked.
/// </summary>
public sealed class MappingStore
{
    private const string EndpointPartition = "endpoint";

    private const string EndpointIdColumn = "endpointId";

    internal const string UnmappedPartition = "endpoint";

    private static readonly StoredJson<Mapping> Stored = new(MappingsJson.Default);

    internal static readonly StoredJson<UnmappedEndpoint> Unmapped = new(MappingsJson.Default);

    private readonly PhoneNumberParser _numbers;

    private readonly Accounts _accounts;

    private readonly HashSet<string> _hosts;

    private readonly ITable _table;

    private readonly ITable _unmapped;

    private readonly IndexedTable<Mapping> _mappings;

    public MappingStore(
        ITables tables, PhoneNumberParser numbers, Accounts accounts, IOptions<CallMyWayOptions> options)
    {
        _numbers = numbers;
        _accounts = accounts;
        _hosts = options.Value.SipHosts.ToHashSet(StringComparer.OrdinalIgnoreCase);
        _table = tables[StorageNames.Mappings];
        _unmapped = tables[StorageNames.UnmappedEndpoints];
        _mappings = new(tables, new IndexedRecord<Mapping>
        {
            Table = StorageNames.Mappings,
            IndexTables = [StorageNames.Mappings],
            Write = mapping => Stored.ToRow(
                EndpointPartition, Keys.Encode(mapping.EndpointId), Bare(mapping), mapping.ETag),
            Read = Read,
            ETagOf = mapping => mapping.ETag,
            IndexOf = Index,
            LeadsTo = (_, row) =>
                Keys.Beginning(row.Partition) is "phone~" or "agent~" or "id~" && row.Text(EndpointIdColumn) is { } id
                    ? KeyOf(id) : null,
        });
    }

    /// <summary>The index, for the repair.</summary>
    public IIndexedTable Indexed => _mappings;

    public ValueTask<Mapping?> GetAsync(string endpointId, CancellationToken cancellationToken) =>
        _mappings.GetAsync(KeyOf(endpointId), cancellationToken);

    /// <summary>The mappings with this phone: a username as it is written, or a number in any form.</summary>
    public Task<IReadOnlyList<Mapping>> ListForPhoneAsync(string phone, CancellationToken cancellationToken) =>
        FollowAsync(PhonePartition(phone), cancellationToken);

    /// <summary>
    /// The mappings of a phone as a call names it: by its number or username, else by the endpoint's id. It can also be
    /// told by its address, of which the part before the @ is its name, or by the name of its channel.
    /// </summary>
    public async ValueTask<IReadOnlyList<Mapping>> FindPhonesAsync(
        string phone, Func<Mapping, bool> wanted, CancellationToken cancellationToken)
    {
        foreach (var name in NamesOf(phone))
        {
            var found = (await ListForPhoneAsync(name, cancellationToken)).Where(wanted).ToList();
            if (found.Count > 0)
            {
                return found;
            }

            if (await GetAsync(name, cancellationToken) is { } byId && wanted(byId))
            {
                return [byId];
            }

            found = [.. (await ListInOtherLettersAsync(name, cancellationToken)).Where(wanted)];
            if (found.Count > 0)
            {
                return found;
            }
        }

        return [];
    }

    /// <summary>All mappings at once, to find the phones of many calls: one query for a thousand of them.</summary>
    public async Task<MappedPhones> ReadPhonesAsync(CancellationToken cancellationToken) =>
        new(await ListAsync(cancellationToken), PhoneKey, NamesOf);

    /// <summary>The mappings whose endpoint ids are this one but for capital and small letters.</summary>
    public async ValueTask<IReadOnlyList<Mapping>> ListInOtherLettersAsync(
        string endpointId, CancellationToken cancellationToken)
    {
        if (!endpointId.Any(char.IsLetter))
        {
            return [];
        }

        var small = endpointId.ToLowerInvariant();
        return small != endpointId && await GetAsync(small, cancellationToken) is { } found
            ? [found]
            : await FollowAsync(SmallPartition(small), cancellationToken);
    }

    /// <summary>
    /// True for an address at a host that is not ours; false where no host of ours is known. What follows the @ in the
    /// name of a channel is no host.
    /// </summary>
    public bool IsElsewhere(string phone) => _hosts.Count > 0 && PhoneText.OfChannel(phone) == phone
        && PhoneText.HostOf(phone) is { } host && !_hosts.Contains(host);

    /// <summary>
    /// What a phone may be called, where a call names it by this text. An address at another's host is not ours, unless
    /// a mapping has all of it.
    /// </summary>
    private IReadOnlyList<string> NamesOf(string phone)
    {
        if (IsElsewhere(phone))
        {
            return [phone];
        }

        // Of PJSIP/1002-0000001c, and of Local/1002@from-internal-0000001c;1.
        var peer = PhoneText.OfChannel(phone);
        string?[] names = [phone, SipAddress.UserOf(phone), peer, SipAddress.UserOf(peer)];
        return [.. names.OfType<string>().Distinct()];
    }

    /// <summary>
    /// True where a call that names a phone by this text means the one with this number or username, or this endpoint.
    /// </summary>
    public bool IsPhone(string phone, string endpointId, string named) => NamesOf(named).Any(name =>
        name.Equals(phone, StringComparison.OrdinalIgnoreCase)
        || name.Equals(endpointId, StringComparison.OrdinalIgnoreCase)
        || (_numbers.ParsePhone(name).E164 is { } e164 && e164 == _numbers.ParsePhone(phone).E164));

    /// <summary>The phones that are the agent's at some time, also those that are shared in shifts.</summary>
    public Task<IReadOnlyList<Mapping>> ListForAgentAsync(string agentId, CancellationToken cancellationToken) =>
        FollowAsync(AgentPartition(agentId), cancellationToken);

    public async Task<IReadOnlyList<Mapping>> ListAsync(CancellationToken cancellationToken)
    {
        var mappings = new List<Mapping>();
        await foreach (var row in _table.ReadAllAsync(new RowRange(EndpointPartition), cancellationToken))
        {
            mappings.Add(Read(row)!);
        }

        return mappings;
    }

    /// <summary>All of them, each with <see cref="Mapping.SharesPhoneWith"/>.</summary>
    public async Task<IReadOnlyList<Mapping>> ListWithSharesAsync(CancellationToken cancellationToken)
    {
        var all = await ListAsync(cancellationToken);
        var byPhone = all.ToLookup(mapping => PhoneKey(mapping.Phone), StringComparer.Ordinal);
        return [.. all.Select(mapping => WithShares(mapping, byPhone[PhoneKey(mapping.Phone)]))];
    }

    /// <summary>The same for one of them.</summary>
    public async Task<Mapping> WithSharesAsync(Mapping mapping, CancellationToken cancellationToken) =>
        WithShares(mapping, await ListForPhoneAsync(mapping.Phone, cancellationToken));

    /// <summary>True where both say the same, whatever their versions.</summary>
    public static bool IsSame(Mapping one, Mapping other) =>
        Stored.Serialize(Bare(one)) == Stored.Serialize(Bare(other));

    /// <summary>
    /// Stores a new mapping, or replaces the version in <see cref="Mapping.ETag"/>. If that is null, it replaces any
    /// version. What is stored already is no change, whatever the version. Null if the mapping has changed.
    /// </summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <param name="isNew">True where it must not replace another.</param>
    public async Task<(Mapping Mapping, bool Created)?> PutAsync(
        Mapping mapping, CancellationToken cancellationToken, bool isNew = false)
    {
        var write = await _mappings.WriteAsync(
            KeyOf(mapping.EndpointId),
            before => before is not null && IsSame(before, mapping) ? before
                : isNew ? (before is null ? mapping : null)
                : mapping.ETag is null || mapping.ETag == before?.ETag ? mapping : null,
            cancellationToken);
        if (write.After is not { } stored)
        {
            return null;
        }

        await _unmapped.DeleteAsync(UnmappedPartition, Keys.Encode(mapping.EndpointId), null, cancellationToken);
        return (stored, write.Before is null);
    }

    /// <summary>False if the mapping is no longer the given version.</summary>
    public async Task<bool> DeleteAsync(Mapping mapping, string? etag, CancellationToken cancellationToken) =>
        await _mappings.DeleteAsync(
            KeyOf(mapping.EndpointId), found => etag is null || etag == found.ETag, cancellationToken) is not null;

    /// <summary>Remembers a phone without a mapping, for the administrator.</summary>
    public async Task NoteUnmappedAsync(UnmappedEndpoint endpoint, CancellationToken cancellationToken) =>
        await _unmapped.UpsertAsync(
            Unmapped.ToRow(UnmappedPartition, Keys.Encode(endpoint.EndpointId), endpoint), cancellationToken);

    /// <summary>
    /// The phones without a mapping, neither by endpoint id nor by phone; the last seen comes first. A row can be left
    /// over from before its mapping was made, so the mappings are checked.
    /// </summary>
    public async Task<IReadOnlyList<UnmappedEndpoint>> ListUnmappedAsync(CancellationToken cancellationToken)
    {
        var endpoints = new List<UnmappedEndpoint>();
        await foreach (var row in _unmapped.ReadAllAsync(new RowRange(UnmappedPartition), cancellationToken))
        {
            endpoints.Add(Unmapped.FromRow(row));
        }

        var mappings = endpoints.Count == 0 ? [] : await ListAsync(cancellationToken);
        var ids = mappings.Select(mapping => mapping.EndpointId).ToHashSet(StringComparer.Ordinal);
        var phones = mappings.ToLookup(mapping => PhoneKey(mapping.Phone), StringComparer.Ordinal);
        return [.. endpoints.Where(endpoint => !IsMapped(endpoint)).OrderBy(NewestFirst, StringComparer.Ordinal)];

        bool IsMapped(UnmappedEndpoint endpoint) =>
            ids.Contains(endpoint.EndpointId)
            || IsPhone(endpoint.EndpointId, endpoint.Account)
            || (endpoint.Phone is not null && IsPhone(endpoint.Phone, endpoint.Account));

        // A phone can have come with an account id that no account lists: then it may be in any account.
        bool IsPhone(string phone, string accountId) => _accounts.Listed(accountId) is not { } account
            ? phones.Contains(PhoneKey(phone))
            : phones[PhoneKey(phone)].Any(mapping => mapping.Account == account.Username
                || (_accounts.All.Count == 1 && _accounts.Listed(mapping.Account) is null));
    }

    /// <summary>The sort key of unmapped phones: the last seen comes first.</summary>
    public static string NewestFirst(UnmappedEndpoint endpoint) =>
        Keys.Join(Keys.NewestFirst(endpoint.LastSeen), Keys.Encode(endpoint.EndpointId));

    private async Task<IReadOnlyList<Mapping>> FollowAsync(string partition, CancellationToken cancellationToken)
    {
        var index = await _table.ReadAsync(new RowRange(partition), cancellationToken);
        var found = await _mappings.FollowAsync(StorageNames.Mappings, index, cancellationToken);
        return [.. found.Select(each => each.Record)];
    }

    private IEnumerable<IndexRow> Index(Mapping mapping) =>
        mapping.AgentIds.Select(AgentPartition)
            .Append(PhonePartition(mapping.Phone)).Append(InSmallLetters(mapping.EndpointId))
            .OfType<string>()
            .Select(partition => new IndexRow(
                StorageNames.Mappings,
                new Row(partition, Keys.Encode(mapping.EndpointId)).Set(EndpointIdColumn, mapping.EndpointId)));

    private static Mapping Bare(Mapping mapping) => mapping with { SharesPhoneWith = null, ETag = null };

    private static Mapping WithShares(Mapping mapping, IEnumerable<Mapping> samePhone)
    {
        List<string> others =
        [
            .. samePhone.Where(other => other.EndpointId != mapping.EndpointId && other.Account == mapping.Account)
                .Select(other => other.EndpointId),
        ];
        return mapping with { SharesPhoneWith = others.Count == 0 ? null : others };
    }

    private string PhonePartition(string phone) => Keys.Join("phone", PhoneKey(phone));

    // An id in small letters is found by itself.
    private static string? InSmallLetters(string endpointId) =>
        endpointId.ToLowerInvariant() is var small && small != endpointId ? SmallPartition(small) : null;

    private static string SmallPartition(string small) => Keys.Join("id", Keys.Encode(small));

    private static string AgentPartition(string agentId) => Keys.Join("agent", Keys.Encode(agentId));

    // A number is found in any form. A username is found as it is written, even if it has digits.
    private string PhoneKey(string phone) =>
        Keys.Encode(_numbers.ParsePhone(phone).E164 ?? phone.Trim().ToLowerInvariant());

    private static RowKey KeyOf(string endpointId) => new(EndpointPartition, Keys.Encode(endpointId));

    private static Mapping? Read(Row row) =>
        row.Partition == EndpointPartition ? Stored.FromRow(row) with { ETag = row.ETag } : null;
}
