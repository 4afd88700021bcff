using System.Runtime.CompilerServices;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// Where calls are found by date, the newest first. Partition <c>all</c> has every call. <c>agent~…</c>,
/// <c>team~…</c>, <c>contact~…</c> and <c>number~…</c> (of the other party's number) have theirs. Those rows hold what
/// lists filter by, so that a list reads no call that it does not show. <c>nobody</c> has the calls without an agent,
/// which are in every team's lists. <c>live</c> has the calls that go on. <c>missed</c>, <c>missed~agent~…</c>,
/// <c>missed~team~…</c> and <c>missed~nobody</c> have those that nobody took; their rows say whether somebody is still
/// to reach the caller. <see cref="CallWrite"/> keeps the rows. See docs/decisions/0013-lists-of-calls.md.
/// </summary>
public sealed class CallIndex
{
    private const int LongestName = 256;

    /// <summary>How many rows are read at once where some of them are not the viewer's.</summary>
    private const int MostRead = 500;

    /// <summary>
    /// How often a page looks on where all that it has found is not to be shown. Then it is answered empty, with how
    /// far it has looked.
    /// </summary>
    private const int MostRounds = 4;

    /// <summary>How long a time one page looks through for what few rows hold.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromDays(62);

    private static readonly StoredJson<CallKey> Stored = new(CallsJson.Default);

    private readonly ITable _index;

    private readonly CallStore _calls;

    private readonly OfficeNumbers _office;

    private readonly PhoneNumberParser _numbers;

    private readonly CallIndexRows _rows;

    public CallIndex(ITables tables, CallStore calls, OfficeNumbers office, PhoneNumberParser numbers)
    {
        (_index, _calls, _office, _numbers) = (tables[StorageNames.CallIndex], calls, office, numbers);
        _rows = new CallIndexRows(numbers);
        Indexed = new IndexedTable<Call>(tables, new IndexedRecord<Call>
        {
            Table = StorageNames.Calls,
            IndexTables = [StorageNames.CallIndex],
            Write = CallStore.ToRow,
            Read = CallStore.Read,
            ETagOf = call => call.ETag,
            IndexOf = call => _rows.RowsOf(call).Select(row => new IndexRow(StorageNames.CallIndex, row)),
            LeadsTo = (_, row) =>
                CallIndexRows.IsOurs(row.Partition) ? CallStore.RowOf(Stored.FromRow(row)) : null,
        });
    }

    /// <summary>
    /// For the repair. A call's rows are written by <see cref="CallWrite"/> where they change, and not touched at each
    /// notification as an <see cref="IndexedTable{T}"/> does.
    /// </summary>
    public IIndexedTable Indexed { get; }

    /// <summary>
    /// How many rows one query looks through for what few of them hold: about 30 ms.
    /// </summary>
    internal int MostLooked { get; set; } = 25_000;

    internal CallIndexRows Rows => _rows;

    /// <summary>
    /// A page of the calls that the filter wants, newest first: by one query, and one read for each call that is shown.
    /// A team's lists take two queries: the calls without an agent are in each of them. Those of a contact into which
    /// others were merged take one for each of these.
    /// </summary>
    /// <remarks>
    /// A page can be short where a call that was read is not as its index row said, as it has changed in this moment,
    /// and where the filter asks for what no row says, such as <c>state=ended</c>. A second query is made where nothing
    /// is left to show, and where the storage answers a long query in parts. With a filter a page covers at most 62
    /// days and <see cref="MostLooked"/> rows; <see cref="CallPage.LookedUntil"/> says how far it came. A number that no
    /// call's other party has is looked for on both sides of all calls: it can be a line of the office.
    /// </remarks>
    public async Task<CallPage> ListAsync(
        CallFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        if (IsOfNoCall(filter))
        {
            return CallPage.Empty;
        }

        var isOffice = filter.Number is { } number && await _office.HasAsync(number, cancellationToken);
        var search = CallSearch.Of(filter, isOffice, page.After);
        var found = await ReadPageAsync(search, filter, page, cancellationToken);
        return found is { Items.Count: 0, Next: null } && page.After is null && search.IsByNumber
            ? await ReadPageAsync(CallSearch.Of(filter, isOffice: true, null), filter, page, cancellationToken)
            : found;
    }

    private async Task<CallPage> ReadPageAsync(
        CallSearch search, CallFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var partition = search.Partitions[0];
        // Newest first: the later time is the smaller key.
        var to = filter.IsLive ? filter.To + CallFact.ClockTolerance : filter.To;
        var newest = Keys.NewestFirst(to.AddTicks(-1));
        var after = page.After is { } token && token.Partition == partition
            && string.CompareOrdinal(token.From, newest) > 0 ? token : null;
        var from = after?.From ?? newest;
        // What goes on came to us lately, whatever the operator's clock says.
        var since = filter.IsLive ? filter.From - CallFact.ClockTolerance
            : search.LooksThrough ? SinceOf(filter, from)
            : filter.From;
        var range = new RowRange(partition)
        {
            From = from,
            Before = Keys.AfterPrefix(Keys.NewestFirst(since)),
            Where = search.Where,
            Look = search.Where.Count == 0 && search.WhereOfEach is null ? null : MostLooked,
            // One more tells whether there is a next page.
            Take = search.IsLive ? RowRange.MaxTake : search.HasOthers ? MostRead : page.Take + 1,
        };
        var calls = new List<Call>();
        for (var round = 1; ; round++)
        {
            var (rows, end, isCut) = await ReadAsync(range, search, cancellationToken);
            var fitting = rows.Where(row => search.Fits(row, filter, _numbers)).ToList();
            var shown = fitting.Take(page.Take).ToList();
            var wanted = (await FollowAsync(shown, cancellationToken))
                .Select(each => each.Call).Where(call => filter.Wants(call, _numbers)).ToList();
            if (calls.Count + wanted.Count > page.Take)
            {
                calls.AddRange(wanted.Take(page.Take - calls.Count));
                return PageOf(calls, partition, after, Keys.After(KeyOf(calls[^1])), page.Take);
            }

            calls.AddRange(wanted);
            var next = fitting.Count > shown.Count ? Keys.After(shown[^1].Key)
                : end ?? (since > filter.From ? Keys.After(Keys.Join(Keys.NewestFirst(since), "~")) : null);
            var isEnough = calls.Count >= (search.FillsUp ? page.Take : 1);
            if (next is null || (end is null && fitting.Count == shown.Count) || isCut || isEnough || round == MostRounds)
            {
                return PageOf(calls, partition, after, next, page.Take);
            }

            range = range with { From = next };
        }
    }

    private static CallPage PageOf(
        List<Call> calls, string partition, PageToken? after, string? next, int take)
    {
        // A first page is found again by its first call, whatever comes before it later.
        var here = after ?? (calls.Count > 0 ? PageToken.Of(partition, KeyOf(calls[0])) : null);
        var rest = next is null ? null : PageToken.Of(partition, next);
        return new CallPage(calls, (here is null ? rest : rest?.After(here))?.ToString())
        {
            Previous = after?.Previous()?.ToString(),
            LookedUntil = next is not null && calls.Count < take ? Keys.TimeOf(next) : null,
        };
    }

    /// <summary>
    /// The first rows of the range in all of the partitions together, in the order of their keys; where to go on, null
    /// where there are no more; and whether that is because enough rows were looked through.
    /// </summary>
    private async ValueTask<(IReadOnlyList<Row> Rows, string? End, bool IsCut)> ReadAsync(
        RowRange range, CallSearch search, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(search.Partitions.Select((partition, i) => ReadAsync(
            range with
            {
                Partition = partition,
                Where = search.WhereOfEach is { } own ? [own[i], .. range.Where] : range.Where,
            },
            cancellationToken)));
        if (found is [var only])
        {
            return only;
        }

        // Behind the end of a partition that has more, its rows are missing.
        var end = found.Select(part => part.End).OfType<string>().Min(StringComparer.Ordinal);
        // An agent can just be joining: then the call is in both.
        return (
            [
                .. found.SelectMany(part => part.Rows)
                    .Where(row => end is null || string.CompareOrdinal(row.Key, end) < 0)
                    .OrderBy(row => row.Key, StringComparer.Ordinal).DistinctBy(row => row.Key),
            ],
            end,
            Array.Exists(found, part => part.IsCut));
    }

    private async Task<(IReadOnlyList<Row> Rows, string? End, bool IsCut)> ReadAsync(
        RowRange range, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        var page = range;
        while (true)
        {
            var read = await _index.QueryAsync(page with { Take = range.Take - rows.Count }, cancellationToken);
            rows.AddRange(read.Rows);
            if (rows.Count == range.Take)
            {
                return (rows, Keys.After(rows[^1].Key), false);
            }

            if (read.GoesOnAt is { } end)
            {
                return (rows, end, true);
            }

            if (read.Next is null)
            {
                return (rows, null, false);
            }

            page = page with { Next = read.Next };
        }
    }

    /// <summary>
    /// How many missed calls there are to be returned: by the index alone, a query for each 1,000 of a partition.
    /// </summary>
    /// <param name="filter">Whose, and from when: no more of it is heeded.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<int> CountOpenAsync(CallFilter filter, CancellationToken cancellationToken)
    {
        var search = CallSearch.Of(filter with { IsMissed = true }, isOffice: false, null);
        var count = 0;
        foreach (var partition in search.Partitions)
        {
            var range = new RowRange(partition)
            {
                From = Keys.NewestFirst(filter.To.AddTicks(-1)),
                Before = Keys.AfterPrefix(Keys.NewestFirst(filter.From)),
                Where = search.Where,
            };
            await foreach (var _ in _index.ReadAllAsync(range, cancellationToken))
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>
    /// The next of the calls that no agent has, the newest first, by one query and one read for each.
    /// </summary>
    /// <param name="after">The last that was read before; null to begin.</param>
    /// <param name="take">How many.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <returns>The calls, and the last that was read; null where there are no more.</returns>
    public Task<(IReadOnlyList<Call> Calls, PageToken? Last)> ReadWithoutAgentAsync(
        PageToken? after, int take, CancellationToken cancellationToken) =>
        ReadNextAsync(CallIndexRows.Nobody, after, take, cancellationToken);

    /// <summary>The same of the calls that an agent has.</summary>
    public Task<(IReadOnlyList<Call> Calls, PageToken? Last)> ReadOfAgentAsync(
        string agentId, PageToken? after, int take, CancellationToken cancellationToken) =>
        ReadNextAsync(CallIndexRows.AgentPartition(agentId), after, take, cancellationToken);

    /// <summary>
    /// The calls since then whose other party has a number with this key, the newest first: by one query, and one read
    /// for each.
    /// </summary>
    public async Task<IReadOnlyList<Call>> FindAsync(
        string matchKey, DateTimeOffset since, int take, CancellationToken cancellationToken)
    {
        var range = new RowRange(CallIndexRows.NumberPartition(matchKey))
        {
            Before = Keys.AfterPrefix(Keys.NewestFirst(since)),
            Take = take,
        };
        var rows = await _index.ReadAsync(range, cancellationToken);
        return [.. (await FollowAsync(rows, cancellationToken)).Select(found => found.Call)];
    }

    /// <summary>
    /// The first calls of a number in this time that somebody may have taken, the newest first: by one query, and one
    /// read for each.
    /// </summary>
    public async Task<IReadOnlyList<Call>> FindTakenAsync(
        string e164, DateTimeOffset since, DateTimeOffset until, int take, CancellationToken cancellationToken)
    {
        var first = new Queue<Row>();
        if (RangeOf(e164, since, until, []) is { } range)
        {
            await foreach (var row in _index.ReadAllAsync(range, cancellationToken))
            {
                if (row.Text(CallIndexRows.MissedColumn) is not null)
                {
                    continue;
                }

                first.Enqueue(row);
                if (first.Count > take)
                {
                    first.Dequeue();
                }
            }
        }

        return await FollowAsync(e164, [.. first], cancellationToken);
    }

    /// <summary>
    /// The calls since then from this number that nobody took and whose caller nobody had reached by a time, the newest
    /// first: by one query, and one read for each.
    /// </summary>
    /// <param name="e164">The number.</param>
    /// <param name="since">From when on.</param>
    /// <param name="reachedAt">The time: those whose caller was reached then or later, or is to be called back.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<IReadOnlyList<Call>> FindMissedAsync(
        string e164, DateTimeOffset since, DateTimeOffset reachedAt, int take, CancellationToken cancellationToken)
    {
        var missed = new ColumnValue(CallIndexRows.Yes, CallIndexRows.MissedColumn);
        if (RangeOf(e164, since, DateTimeOffset.MaxValue, [missed]) is not { } range)
        {
            return [];
        }

        var rows = await _index.ReadAsync(range, cancellationToken);
        var found = rows.Where(row => row.Text(CallIndexRows.OpenColumn) is not null
            || row.Time(CallIndexRows.ReturnedColumn) >= reachedAt).Take(take);
        return await FollowAsync(e164, [.. found], cancellationToken);
    }

    private RowRange? RangeOf(
        string e164, DateTimeOffset since, DateTimeOffset until, IReadOnlyList<ColumnValue> where) =>
        _numbers.Parse(e164).MatchKey is { Length: > 0 } key
            ? new RowRange(CallIndexRows.NumberPartition(key))
            {
                From = Keys.NewestFirst(until),
                Before = Keys.AfterPrefix(Keys.NewestFirst(since)),
                Where = where,
            }
            : null;

    private async Task<IReadOnlyList<Call>> FollowAsync(
        string e164, IReadOnlyList<Row> rows, CancellationToken cancellationToken) =>
        [
            .. (await FollowAsync(rows, cancellationToken)).Select(found => found.Call)
                .Where(call => call.Number.E164 == e164),
        ];

    /// <summary>
    /// When the latest call with the contact began, from the index alone: one query for it, and one for each contact
    /// that was merged into it. Null where there is none.
    /// </summary>
    public async Task<DateTimeOffset?> FindLatestAsync(
        IReadOnlyList<string> contactIds, CancellationToken cancellationToken)
    {
        DateTimeOffset? latest = null;
        foreach (var contactId in contactIds)
        {
            var rows = await _index.ReadAsync(
                new RowRange(CallIndexRows.ContactPartition(contactId))
                {
                    Where = [new ColumnValue(contactId, CallIndexRows.ContactColumn)],
                    Look = MostLooked,
                    Take = 1,
                },
                cancellationToken);
            if (rows is [var row] && Keys.TimeOf(row.Key) is { } time && !(time < latest))
            {
                latest = time;
            }
        }

        return latest;
    }

    /// <summary>
    /// The calls of an account that began in this time, with their numbers as they were heard, from the index alone.
    /// </summary>
    public async Task<IReadOnlyList<IndexedCall>> ReadAsync(
        string account, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var range = new RowRange(CallIndexRows.All)
        {
            From = Keys.NewestFirst(until),
            Before = Keys.AfterPrefix(Keys.NewestFirst(from)),
        };
        var calls = new List<IndexedCall>();
        await foreach (var row in _index.ReadAllAsync(range, cancellationToken))
        {
            if (Stored.FromRow(row) is var key && key.Account == account && Keys.TimeOf(row.Key) is { } time)
            {
                calls.Add(new IndexedCall(key, time, row.Text(CallIndexRows.AniColumn) ?? "", row.Text(CallIndexRows.DnisColumn) ?? ""));
            }
        }

        return calls;
    }

    /// <summary>
    /// All calls that began in this time, the newest first, each once: a query for each thousand, and a read for each.
    /// </summary>
    public async IAsyncEnumerable<Call> ReadAsync(
        DateTimeOffset from,
        DateTimeOffset until,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var range = new RowRange(CallIndexRows.All)
        {
            From = Keys.NewestFirst(until.AddTicks(-1)),
            Before = Keys.AfterPrefix(Keys.NewestFirst(from)),
        };
        do
        {
            var (rows, next) = await _index.QueryAsync(range, cancellationToken);
            foreach (var some in rows.Chunk(AtOnce.Most * 4))
            {
                foreach (var (_, call) in await FollowAsync(some, cancellationToken))
                {
                    yield return call;
                }
            }

            range = range with { Next = next };
        }
        while (range.Next is not null);
    }

    /// <summary>
    /// The times of the index rows of all calls behind the last that was read, the newest first, a thousand at most.
    /// </summary>
    /// <param name="after">The key of the last; null to begin.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <returns>The times, and the key of the last row; null where there are no more.</returns>
    public async Task<(IReadOnlyList<DateTimeOffset> Times, string? Last)> ReadTimesAsync(
        string? after, CancellationToken cancellationToken)
    {
        var rows = await _index.ReadAsync(
            new RowRange(CallIndexRows.All) { From = after is null ? null : after + " " }, cancellationToken);
        return (
            [.. rows.Select(row => Keys.TimeOf(row.Key)).OfType<DateTimeOffset>()],
            rows.Count == RowRange.MaxTake ? rows[^1].Key : null);
    }

    /// <summary>Removes the rows of a call that is no call of its own any more.</summary>
    internal Task RemoveAsync(Call call, CancellationToken cancellationToken) =>
        _index.DeleteManyAsync(_rows.RowsOf(call), cancellationToken);

    /// <summary>
    /// The calls that began in this time, the newest first, from the index alone: their keys, each with the key of its
    /// index rows.
    /// </summary>
    /// <param name="after">The key of the last one that was read before; null to begin.</param>
    /// <param name="from">They began at this time or later; null for all that are older.</param>
    /// <param name="before">They began before this.</param>
    /// <param name="take">How many.</param>
    /// <param name="cancellationToken">The caller's.</param>
    internal async Task<IReadOnlyList<(string Key, CallKey Call)>> ReadKeysAsync(
        string? after, DateTimeOffset? from, DateTimeOffset before, int take, CancellationToken cancellationToken)
    {
        var range = new RowRange(CallIndexRows.All)
        {
            From = after is null ? Keys.NewestFirst(before.AddTicks(-1)) : Keys.After(after),
            Before = from is { } oldest ? Keys.AfterPrefix(Keys.NewestFirst(oldest)) : null,
            Take = take,
        };
        return [.. (await _index.ReadAsync(range, cancellationToken)).Select(row => (row.Key, Stored.FromRow(row)))];
    }

    /// <summary>
    /// The keys of the calls in the file of a contact, also of those that are with somebody else now, or of those whose
    /// other party has a number with this key, the newest first. Each with the key of its index rows.
    /// </summary>
    /// <param name="contactId">The contact; null where it is asked for a number.</param>
    /// <param name="matchKey">The key of the number.</param>
    /// <param name="after">The key of the last one that was read before; null to begin.</param>
    /// <param name="take">How many.</param>
    /// <param name="cancellationToken">The caller's.</param>
    internal async Task<IReadOnlyList<(string Key, CallKey Call)>> ReadKeysAsync(
        string? contactId, string matchKey, string? after, int take, CancellationToken cancellationToken)
    {
        var range = new RowRange(contactId is null
            ? CallIndexRows.NumberPartition(matchKey)
            : CallIndexRows.ContactPartition(contactId))
        {
            From = after is null ? null : Keys.After(after),
            Take = take,
        };
        return [.. (await _index.ReadAsync(range, cancellationToken)).Select(row => (row.Key, Stored.FromRow(row)))];
    }

    /// <summary>The call that an index row names; null for a row of no partition of ours.</summary>
    internal static CallKey? CallOf(Row row) => CallIndexRows.IsOurs(row.Partition) ? Stored.FromRow(row) : null;

    /// <summary>
    /// Removes the index rows of a call that is about to be removed itself, but for the one of <see
    /// cref="RemoveLastAsync"/>, by which it is found again if the process ends in between.
    /// </summary>
    internal Task RemoveAllButOneAsync(Call call, CancellationToken cancellationToken) =>
        _index.DeleteManyAsync(
            _rows.RowsEver(call).Where(row => row.Partition != CallIndexRows.All), cancellationToken);

    /// <summary>Removes the last index row of a call, of which nothing else is left.</summary>
    internal async Task RemoveLastAsync(string key, CancellationToken cancellationToken) =>
        await _index.DeleteAsync(CallIndexRows.All, key, null, cancellationToken);

    /// <summary>
    /// Removes the index rows that the call has no more, those of contacts whom it was once with too: not even a key is
    /// left of them.
    /// </summary>
    internal Task RemoveFormerAsync(Call before, Call now, CancellationToken cancellationToken)
    {
        var has = _rows.PartitionsOf(now);
        return _index.DeleteManyAsync(
            _rows.RowsEver(before).Where(row => !has.Contains(row.Partition)), cancellationToken);
    }

    /// <summary>When the account's oldest call began that goes on, of those that can; null where none goes on.</summary>
    public async Task<DateTimeOffset?> FindOldestLiveAsync(
        string account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var range = new RowRange(CallIndexRows.Live)
        {
            Before = Keys.AfterPrefix(Keys.NewestFirst(now - Call.Longest - CallFact.ClockTolerance)),
        };
        // A row's key ends in its call's account.
        var end = Keys.Separator + Keys.Encode(account);
        DateTimeOffset? oldest = null;
        await foreach (var row in _index.ReadAllAsync(range, cancellationToken))
        {
            var time = Keys.TimeOf(row.Key);
            if (row.Key.EndsWith(end, StringComparison.Ordinal) && time < (oldest ?? now)
                && Keys.TimeOf(row.Text(CallIndexRows.CameColumn) ?? row.Key) >= now - Call.Longest)
            {
                oldest = time;
            }
        }

        return oldest;
    }

    // Whoever asks for two years waits for a part of them: the query looks through each row of the time.
    private static DateTimeOffset SinceOf(CallFilter filter, string from)
    {
        var newest = Keys.TimeOf(from) is { } time && time < filter.To ? time : filter.To;
        return newest - filter.From > LongestLook ? newest - LongestLook : filter.From;
    }

    // No contact and no outcome has such a name, and the table service is not asked for it.
    private static bool IsOfNoCall(CallFilter filter) =>
        filter.Number is { MatchKey: "" }
        || new[] { filter.AgentId, filter.TeamId, filter.ContactId, filter.Outcome }.OfType<string>()
            .Any(text => text.Length > LongestName || text.Any(char.IsControl));

    /// <summary>The key of a call's index rows: newest first.</summary>
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
        var found = await _calls.GetManyAsync(rows.Select(row => Stored.FromRow(row)).Distinct(), cancellationToken);
        var byKey = found.ToDictionary(KeyOf);
        return [.. rows.Where(row => byKey.ContainsKey(row.Key)).Select(row => (row, byKey[row.Key]))];
    }

    private async Task<(IReadOnlyList<Call> Calls, PageToken? Last)> ReadNextAsync(
        string partition, PageToken? after, int take, CancellationToken cancellationToken)
    {
        var rows = await _index.ReadAsync(
            new RowRange(partition) { From = after?.From, Take = take }, cancellationToken);
        var found = await FollowAsync(rows, cancellationToken);
        return (
            [.. found.Select(each => each.Call)],
            rows.Count == take ? new PageToken(partition, rows[^1].Key) : null);
    }
}

/// <summary>A page of calls.</summary>
/// <param name="Items">The calls, the newest first.</param>
/// <param name="Next">The token of the next page; null at the end.</param>
public sealed record CallPage(IReadOnlyList<Call> Items, string? Next)
{
    public static CallPage Empty { get; } = new([], null);

    /// <summary>The token of the page that led here; null where none did.</summary>
    public string? Previous { get; init; }

    /// <summary>
    /// Until when the page has looked, where it has fewer calls than asked and there may be more behind; null for any
    /// other.
    /// </summary>
    public DateTimeOffset? LookedUntil { get; init; }
}

/// <summary>A call as its index row has it.</summary>
/// <param name="Key">Where it is.</param>
/// <param name="At">The time of its index rows: when it began, as it was first told.</param>
/// <param name="Ani">The caller, as received.</param>
/// <param name="Dnis">The called number, as received.</param>
public sealed record IndexedCall(CallKey Key, DateTimeOffset At, string Ani, string Dnis);
