using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Mappings;

/// <summary>
/// The mappings. Partition <c>endpoint</c> holds them by the endpoint's id; partitions <c>phone~…</c> and <c>agent~…</c> find the
/// endpoint's id by its phone and by its agent. An index row is only a hint: what it leads to is checked.
/// </summary>
public sealed class MappingStore(ITables tables, PhoneNumberParser numbers)
{
    private const string EndpointPartition = "endpoint";

    private const string EndpointIdColumn = "endpointId";

    internal const string UnmappedPartition = "endpoint";

    private static readonly StoredJson<Mapping> Stored = new(MappingsJson.Default);

    internal static readonly StoredJson<UnmappedEndpoint> Unmapped = new(MappingsJson.Default);

    private readonly ITable _table = tables[StorageNames.Mappings];

    private readonly ITable _unmapped = tables[StorageNames.UnmappedEndpoints];

    public async ValueTask<Mapping?> GetAsync(string endpointId, CancellationToken cancellationToken) =>
        Read(await _table.GetAsync(EndpointPartition, Keys.Encode(endpointId), cancellationToken));

    /// <summary>The mappings whose phone this is: the username as written, or the number in whatever form.</summary>
    public Task<IReadOnlyList<Mapping>> OfPhoneAsync(string phone, CancellationToken cancellationToken)
    {
        var key = PhoneKey(phone);
        return FollowAsync(Keys.Join("phone", key), mapping => PhoneKey(mapping.Phone) == key, cancellationToken);
    }

    public Task<IReadOnlyList<Mapping>> OfAgentAsync(string agentId, CancellationToken cancellationToken) =>
        FollowAsync(Keys.Join("agent", Keys.Encode(agentId)), mapping => mapping.AgentId == agentId, cancellationToken);

    public async Task<IReadOnlyList<Mapping>> ListAsync(CancellationToken cancellationToken)
    {
        var mappings = new List<Mapping>();
        await foreach (var row in _table.ReadAllAsync(new RowRange(EndpointPartition), cancellationToken))
        {
            mappings.Add(Read(row)!);
        }

        return mappings;
    }

    /// <summary>Stores the mapping: a new one, or over the version in <see cref="Mapping.ETag"/>, or over whatever is there where that is null. Null where it has changed.</summary>
    public async Task<(Mapping Mapping, bool Created)?> PutAsync(Mapping mapping, CancellationToken cancellationToken)
    {
        var before = await GetAsync(mapping.EndpointId, cancellationToken);
        await _table.UpsertManyAsync(Index(mapping), cancellationToken);
        var row = Stored.ToRow(EndpointPartition, Keys.Encode(mapping.EndpointId), mapping with { ETag = null }, mapping.ETag);
        var etag = mapping.ETag is null ? await _table.UpsertAsync(row, cancellationToken) : await _table.ReplaceAsync(row, cancellationToken);
        if (etag is null)
        {
            return null;
        }

        if (before is not null)
        {
            var keep = Index(mapping).Select(index => index.Partition).ToHashSet();
            await _table.DeleteManyAsync(Index(before).Where(index => !keep.Contains(index.Partition)), cancellationToken);
        }

        await _unmapped.DeleteAsync(UnmappedPartition, Keys.Encode(mapping.EndpointId), null, cancellationToken);
        return (mapping with { ETag = etag }, before is null);
    }

    /// <summary>False where it is no longer the version given.</summary>
    public async Task<bool> DeleteAsync(Mapping mapping, string? etag, CancellationToken cancellationToken)
    {
        if (!await _table.DeleteAsync(EndpointPartition, Keys.Encode(mapping.EndpointId), etag, cancellationToken))
        {
            return false;
        }

        await _table.DeleteManyAsync(Index(mapping), cancellationToken);
        return true;
    }

    /// <summary>Remembers a phone that no mapping names, for the administrator.</summary>
    public async Task NoteUnmappedAsync(UnmappedEndpoint endpoint, CancellationToken cancellationToken) =>
        await _unmapped.UpsertAsync(Unmapped.ToRow(UnmappedPartition, Keys.Encode(endpoint.EndpointId), endpoint), cancellationToken);

    /// <summary>
    /// The phones that no mapping names, neither by the endpoint's id nor by its phone: the one that was seen last
    /// comes first. A row can be older than the mapping, or be written while the mapping is made: the mappings tell.
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
        // Whatever the account: what came with an unlisted account id names none of ours.
        var phones = mappings.Select(mapping => PhoneKey(mapping.Phone)).ToHashSet();
        return [.. endpoints.Where(endpoint => !IsMapped(endpoint)).OrderBy(NewestFirst, StringComparer.Ordinal)];

        bool IsMapped(UnmappedEndpoint endpoint) =>
            ids.Contains(endpoint.EndpointId)
            || phones.Contains(PhoneKey(endpoint.EndpointId))
            || (endpoint.Phone is not null && phones.Contains(PhoneKey(endpoint.Phone)));
    }

    /// <summary>What puts unmapped phones in order: the one that was seen last comes first.</summary>
    public static string NewestFirst(UnmappedEndpoint endpoint) => Keys.Join(Keys.NewestFirst(endpoint.LastSeen), Keys.Encode(endpoint.EndpointId));

    private async Task<IReadOnlyList<Mapping>> FollowAsync(string partition, Func<Mapping, bool> stillSo, CancellationToken cancellationToken)
    {
        var index = await _table.ReadAsync(new RowRange(partition), cancellationToken);
        var rows = await _table.GetManyAsync([.. index.Select(row => (EndpointPartition, Keys.Encode(row.Text(EndpointIdColumn)!)))], cancellationToken);
        return [.. rows.Select(Read).OfType<Mapping>().Where(stillSo)];
    }

    private IEnumerable<Row> Index(Mapping mapping) =>
        new[] { Keys.Join("phone", PhoneKey(mapping.Phone)), Keys.Join("agent", Keys.Encode(mapping.AgentId)) }
            .Select(partition => new Row(partition, Keys.Encode(mapping.EndpointId)).Set(EndpointIdColumn, mapping.EndpointId));

    // A number is found in each of its forms; a username as it is written, also where digits stand in it.
    private string PhoneKey(string phone) => Keys.Encode(numbers.ParseCaller(phone).E164 ?? phone.Trim().ToLowerInvariant());

    private static Mapping? Read(Row? row) => row is null ? null : Stored.FromRow(row) with { ETag = row.ETag };
}
