using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// Where calls are found by date: partition <c>day~yyyyMMdd</c> (UTC) for all, <c>agent~…</c> and <c>contact~…</c> for
/// theirs; the key sorts the newest first. A row only names its call, so that it is written once however often the call
/// changes.
/// </summary>
public sealed class CallIndex(ITables tables, CallStore calls)
{
    /// <summary>How many days' partitions one request looks through, before it answers with what it has.</summary>
    private const int MaxDaysPerPage = 62;

    /// <summary>
    /// How many rows one request reads, where the filter lets few through, before it answers with what it has.
    /// </summary>
    private const int MaxRowsPerPage = 5000;

    private const int LargestStep = 500;

    private static readonly StoredJson<CallKey> Stored = new(CallsJson.Default);

    private readonly ITable _index = tables[StorageNames.CallIndex];

    /// <summary>
    /// For the repair. A call's rows never move, and no writer removes one: so they are written here, once each, and
    /// not touched at each notification as an <see cref="IndexedTable{T}"/> does.
    /// </summary>
    public IIndexedTable Indexed { get; } = new IndexedTable<Call>(tables, new IndexedRecord<Call>
    {
        Table = StorageNames.Calls,
        IndexTables = [StorageNames.CallIndex],
        Write = CallStore.ToRow,
        Read = CallStore.Read,
        ETagOf = call => call.ETag,
        IndexOf = call =>
            Partitions(call).Select(partition => new IndexRow(StorageNames.CallIndex, ToRow(partition, call))),
        LeadsTo = (_, row) => Keys.Beginning(row.Partition) is "day~" or "agent~" or "contact~"
            ? CallStore.RowOf(Stored.FromRow(row)) : null,
    });

    /// <summary>
    /// Writes the rows that the call needs and did not have before. To be called before the call is saved.
    /// </summary>
    public Task WriteAsync(Call call, Call? before, CancellationToken cancellationToken)
    {
        var had = before is null ? [] : Partitions(before).ToHashSet();
        return _index.UpsertManyAsync(
            Partitions(call).Where(partition => !had.Contains(partition)).Select(partition => ToRow(partition, call)),
            cancellationToken);
    }

    /// <summary>A page of the calls of a time that <paramref name="wanted"/> lets through, newest first.</summary>
    /// <param name="scope">The partition of an agent or a contact; null for all calls.</param>
    public async Task<Page<Call>> ListAsync(
        string? scope,
        DateTimeOffset from,
        DateTimeOffset to,
        Func<Call, bool> wanted,
        PageRequest page,
        CancellationToken cancellationToken)
    {
        var found = new List<Call>();
        PageToken? last = null;
        var (days, read) = (0, 0);
        foreach (var partition in PartitionsFor(scope, from, to, page.After))
        {
            // Newest first: the later time is the smaller key.
            var range = new RowRange(partition)
            {
                From = partition == page.After?.Partition ? page.After.From : Keys.NewestFirst(to.AddTicks(-1)),
                Before = Keys.AfterPrefix(Keys.NewestFirst(from)),
                Take = Math.Clamp(page.Take, 1, RowRange.MaxTake),
            };
            do
            {
                var (rows, next) = await _index.QueryAsync(range, cancellationToken);
                foreach (var (row, call) in await FollowAsync(rows, cancellationToken))
                {
                    if (!wanted(call))
                    {
                        continue;
                    }

                    if (found.Count == page.Take)
                    {
                        return new Page<Call>(found, last!.ToString());
                    }

                    found.Add(call);
                    last = new PageToken(row.Partition, row.Key);
                }

                read += rows.Count;
                if (read >= MaxRowsPerPage)
                {
                    return new Page<Call>(found, new PageToken(partition, rows[^1].Key).ToString());
                }

                // Where the filter lets little through, ever larger steps.
                range = range with { Next = next, Take = Math.Min(2 * range.Take, LargestStep) };
            }
            while (range.Next is not null);

            if (++days == MaxDaysPerPage)
            {
                return new Page<Call>(found, new PageToken(partition, "~").ToString());
            }
        }

        return new Page<Call>(found, null);
    }

    /// <summary>The agent's newest calls since then, at most so many.</summary>
    public async ValueTask<IReadOnlyList<Call>> NewestOfAgentAsync(
        string agentId, DateTimeOffset since, int take, CancellationToken cancellationToken)
    {
        var rows = await _index.ReadAsync(
            new RowRange(AgentPartition(agentId)) { Before = Keys.AfterPrefix(Keys.NewestFirst(since)), Take = take },
            cancellationToken);
        return [.. (await FollowAsync(rows, cancellationToken)).Select(found => found.Call)];
    }

    public static string AgentPartition(string agentId) => Keys.Join("agent", Keys.Encode(agentId));

    public static string ContactPartition(string contactId) => Keys.Join("contact", Keys.Encode(contactId));

    /// <summary>The key of a call's index rows and pop-ups: newest first.</summary>
    public static string KeyOf(Call call) =>
        Keys.Join(Keys.NewestFirst(call.IndexedAt), Keys.Encode(call.CallId), Keys.Encode(call.Account));

    /// <summary>A row that names the call.</summary>
    public static Row ToRow(string partition, Call call) => Stored.ToRow(partition, KeyOf(call), call.Key);

    /// <summary>The calls that such rows name; those that are not there are passed over.</summary>
    public async ValueTask<IReadOnlyList<(Row Row, Call Call)>> FollowAsync(
        IReadOnlyList<Row> rows, CancellationToken cancellationToken)
    {
        // Two notifications of a new call that are worked on at once may each write rows, under different times: a call
        // can be named twice.
        var found = await calls.GetManyAsync(rows.Select(row => Stored.FromRow(row)).Distinct(), cancellationToken);
        var byKey = found.ToDictionary(KeyOf);
        return [.. rows.Where(row => byKey.ContainsKey(row.Key)).Select(row => (row, byKey[row.Key]))];
    }

    private static IEnumerable<string> Partitions(Call call) =>
    [
        DayPartition(call.IndexedAt),
        .. call.Agents.Select(agent => AgentPartition(agent.AgentId)),
        .. call.ContactId is null ? Array.Empty<string>() : [ContactPartition(call.ContactId)],
    ];

    private static string DayPartition(DateTimeOffset time) =>
        Keys.Join("day", time.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture));

    private static IEnumerable<string> PartitionsFor(
        string? scope, DateTimeOffset from, DateTimeOffset to, PageToken? after)
    {
        if (scope is not null)
        {
            return [scope];
        }

        var newest = to.AddTicks(-1).UtcDateTime.Date;
        return Enumerable.Range(0, Math.Max(0, (newest - from.UtcDateTime.Date).Days + 1))
            .Select(day => DayPartition(new DateTimeOffset(newest.AddDays(-day), TimeSpan.Zero)))
            .SkipWhile(partition => after is not null && partition != after.Partition);
    }
}
