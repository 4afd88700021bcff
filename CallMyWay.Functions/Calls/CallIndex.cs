using CallMyWay.Functions.Api;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// Where calls are found by date, the newest first. Partition <c>all</c> has every call. <c>agent~…</c>,
/// <c>team~…</c> and <c>contact~…</c> have theirs. Those rows hold what lists filter by, so that a list reads no call
/// that it does not show. <c>nobody</c> has the calls without an agent, which are in every team's lists.
/// <c>live</c> has the calls that go on. <c>missed</c>, <c>missed~agent~…</c>, <c>missed~team~…</c> and
/// <c>missed~nobody</c> have those that nobody took, until somebody reaches the caller; <c>missed~number~…</c> has them
/// by the caller's number. <see cref="CallWrite"/> keeps the rows. See
/// docs/decisions/0013-lists-of-calls.md.
/// </summary>
public sealed class CallIndex
{
    private const int LongestName = 256;

    /// <summary>How long a time one query looks through for what few rows hold.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromDays(62);

    private const string All = "all";

    private const string Live = "live";

    private const string Missed = "missed";

    private const string Nobody = "nobody";

    private const string DirectionColumn = "direction";

    private const string ContactColumn = "contact";

    private const string OutcomeColumn = "outcome";

    private const string AniColumn = "ani";

    private const string DnisColumn = "dnis";

    // What two numbers share that can be the same, so that a query finds each spelling of a number.
    private const string AniKeyColumn = "aniKey";

    private const string DnisKeyColumn = "dnisKey";

    private const string TeamColumn = "team";

    // Of an agent's row: that the agent talked in the call, and that its outcome is missing.
    private const string UndocumentedColumn = "undocumented";

    private const string Yes = "1";

    private const string AgentsColumn = "agents";

    private const string TeamsColumn = "teams";

    private const string StateColumn = "state";

    // From when on a call that rings is shown as one that goes on.
    private const string OngoingColumn = "ongoing";

    private const string DismissedColumn = "dismissed";

    // The agents without whom it goes on.
    private const string LeftColumn = "left";

    // Stands for all viewers. It is never the name of one: an encoded one has no such letter.
    private const string Everybody = "~";

    // Where the time in the key is far from when the call came.
    private const string CameColumn = "came";

    private static readonly StoredJson<CallKey> Stored = new(CallsJson.Default);

    private readonly ITable _index;

    private readonly CallStore _calls;

    private readonly PhoneNumberParser _numbers;

    public CallIndex(ITables tables, CallStore calls, PhoneNumberParser numbers)
    {
        (_index, _calls, _numbers) = (tables[StorageNames.CallIndex], calls, numbers);
        Indexed = new IndexedTable<Call>(tables, new IndexedRecord<Call>
        {
            Table = StorageNames.Calls,
            IndexTables = [StorageNames.CallIndex],
            Write = CallStore.ToRow,
            Read = CallStore.Read,
            ETagOf = call => call.ETag,
            IndexOf = call => RowsOf(call).Select(row => new IndexRow(StorageNames.CallIndex, row)),
            LeadsTo = (_, row) => IsOurs(row.Partition) ? CallStore.RowOf(Stored.FromRow(row)) : null,
        });
    }

    /// <summary>
    /// For the repair. A call's rows are written by <see cref="CallWrite"/> where they change, and not touched at each
    /// notification as an <see cref="IndexedTable{T}"/> does.
    /// </summary>
    public IIndexedTable Indexed { get; }

    /// <summary>
    /// A page of the calls that the filter wants, newest first: by one query, and one read for each call that is shown.
    /// A team's lists take two queries: the calls without an agent are in each of them.
    /// </summary>
    /// <remarks>
    /// A page can be short where a call that was read is not as its index row said: it has changed in this moment. With
    /// <c>state=ended</c> it is short by the calls that go on. A second query is made where nothing is left to show,
    /// and where the storage answers a long query in parts. With a filter a page covers at most 62 days. It can be
    /// empty, and the next one goes on.
    /// </remarks>
    public async Task<Page<Call>> ListAsync(
        CallFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        if (IsOfNoCall(filter))
        {
            return new Page<Call>([], null);
        }

        // The few that go on are looked through here: a call has several agents, which no column can be compared with.
        var isLive = filter.IsLive || filter.State is CallState.Ringing or CallState.Connected;
        IReadOnlyList<string> partitions = isLive ? [Live]
            : filter.IsMissed ? [.. ScopesOf(filter).Select(MissedOf)]
            : ScopesOf(filter);
        var range = new RowRange(partitions[0]) { Where = isLive || filter.IsMissed ? [] : WhereOf(filter) };
        // Newest first: the later time is the smaller key.
        var to = filter.IsLive ? filter.To + CallFact.ClockTolerance : filter.To;
        var newest = Keys.NewestFirst(to.AddTicks(-1));
        var from = page.After is { } after && after.Partition == range.Partition
            && string.CompareOrdinal(after.From, newest) > 0 ? after.From : newest;
        // What goes on came to us lately, whatever the operator's clock says.
        var since = filter.IsLive ? filter.From - CallFact.ClockTolerance
            : range.Where.Count == 0 || IsContact(range.Partition) ? filter.From : SinceOf(filter, from);
        range = range with
        {
            From = from,
            Before = Keys.AfterPrefix(Keys.NewestFirst(since)),
            // One more tells whether there is a next page.
            Take = isLive ? RowRange.MaxTake : page.Take + 1,
        };
        var rest = since > filter.From ? EndOf(range.Partition, since).ToString() : null;
        while (true)
        {
            var (rows, areAll) = await ReadAsync(range, partitions, cancellationToken);
            var fitting = rows.Where(row => Fits(row, filter, isLive)).ToList();
            var shown = fitting.Take(page.Take).ToList();
            List<Call> calls = [.. (await FollowAsync(shown, cancellationToken))
                .Select(each => each.Call).Where(call => filter.Wants(call, _numbers))];
            if (fitting.Count == shown.Count && areAll)
            {
                return new Page<Call>(calls, rest);
            }

            var last = new PageToken(range.Partition, (fitting.Count > shown.Count ? shown : rows)[^1].Key);
            if (calls.Count > 0)
            {
                return new Page<Call>(calls, last.ToString());
            }

            range = range with { From = last.From };
        }
    }

    /// <summary>
    /// The first rows of the range in all of the partitions together, in the order of their keys; and whether there are
    /// no more.
    /// </summary>
    private async ValueTask<(IReadOnlyList<Row> Rows, bool AreAll)> ReadAsync(
        RowRange range, IReadOnlyList<string> partitions, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(partitions.Select(
            partition => _index.ReadAsync(range with { Partition = partition }, cancellationToken).AsTask()));
        if (found is [var only])
        {
            return (only, only.Count < range.Take);
        }

        // Behind the last row of a partition that has more, its rows are missing.
        var end = found.Where(rows => rows.Count == range.Take).Select(rows => rows[^1].Key)
            .Min(StringComparer.Ordinal);
        // An agent can just be joining: then the call is in both.
        return (
            [
                .. found.SelectMany(rows => rows)
                    .Where(row => end is null || string.CompareOrdinal(row.Key, end) <= 0)
                    .OrderBy(row => row.Key, StringComparer.Ordinal).DistinctBy(row => row.Key),
            ],
            end is null);
    }

    /// <summary>
    /// The next of the calls that no agent has, the newest first, by one query and one read for each.
    /// </summary>
    /// <param name="after">The last that was read before; null to begin.</param>
    /// <param name="take">How many.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <returns>The calls, and the last that was read; null where there are no more.</returns>
    public async Task<(IReadOnlyList<Call> Calls, PageToken? Last)> ReadWithoutAgentAsync(
        PageToken? after, int take, CancellationToken cancellationToken)
    {
        var rows = await _index.ReadAsync(
            new RowRange(Nobody) { From = after?.From, Take = take }, cancellationToken);
        var found = await FollowAsync(rows, cancellationToken);
        return (
            [.. found.Select(each => each.Call)],
            rows.Count == take ? new PageToken(Nobody, rows[^1].Key) : null);
    }

    /// <summary>
    /// The calls since then that came from a number with this key or went to one, the newest first: by one query, and
    /// one read for each.
    /// </summary>
    public async Task<IReadOnlyList<Call>> FindAsync(
        string matchKey, DateTimeOffset since, int take, CancellationToken cancellationToken)
    {
        var range = new RowRange(All)
        {
            Before = Keys.AfterPrefix(Keys.NewestFirst(since)),
            Where = [new ColumnValue(matchKey, AniKeyColumn, DnisKeyColumn)],
            Take = take,
        };
        var rows = await _index.ReadAsync(range, cancellationToken);
        return [.. (await FollowAsync(rows, cancellationToken)).Select(found => found.Call)];
    }

    /// <summary>
    /// The calls since then from this number that nobody took, and whose caller nobody has reached, the newest first:
    /// by one query, and one read for each.
    /// </summary>
    public async Task<IReadOnlyList<Call>> FindMissedAsync(
        string e164, DateTimeOffset since, int take, CancellationToken cancellationToken)
    {
        var range = new RowRange(MissedOf(NumberPartition(e164)))
        {
            Before = Keys.AfterPrefix(Keys.NewestFirst(since)),
            Take = take,
        };
        var rows = await _index.ReadAsync(range, cancellationToken);
        return [.. (await FollowAsync(rows, cancellationToken)).Select(found => found.Call)];
    }

    /// <summary>
    /// The calls of an account that began in this time, with their numbers as they were heard, from the index alone.
    /// </summary>
    public async Task<IReadOnlyList<IndexedCall>> ReadAsync(
        string account, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var range = new RowRange(All)
        {
            From = Keys.NewestFirst(until),
            Before = Keys.AfterPrefix(Keys.NewestFirst(from)),
        };
        var calls = new List<IndexedCall>();
        await foreach (var row in _index.ReadAllAsync(range, cancellationToken))
        {
            if (Stored.FromRow(row) is var key && key.Account == account && Keys.TimeOf(row.Key) is { } time)
            {
                calls.Add(new IndexedCall(key, time, row.Text(AniColumn) ?? "", row.Text(DnisColumn) ?? ""));
            }
        }

        return calls;
    }

    /// <summary>Removes the rows of a call that is no call of its own any more.</summary>
    internal Task RemoveAsync(Call call, CancellationToken cancellationToken) =>
        _index.DeleteManyAsync(RowsOf(call), cancellationToken);

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
        var range = new RowRange(All)
        {
            // A space sorts before every character that a key may hold.
            From = after is null ? Keys.NewestFirst(before.AddTicks(-1)) : after + " ",
            Before = from is { } oldest ? Keys.AfterPrefix(Keys.NewestFirst(oldest)) : null,
            Take = take,
        };
        return [.. (await _index.ReadAsync(range, cancellationToken)).Select(row => (row.Key, Stored.FromRow(row)))];
    }

    /// <summary>
    /// Removes the index rows of a call that is about to be removed itself, but for the one of <see
    /// cref="RemoveLastAsync"/>, by which it is found again if the process ends in between.
    /// </summary>
    internal Task RemoveAllButOneAsync(Call call, CancellationToken cancellationToken) =>
        _index.DeleteManyAsync(
            RowsEver(call).Where(row => row.Partition != All), cancellationToken);

    /// <summary>Removes the last index row of a call, of which nothing else is left.</summary>
    internal async Task RemoveLastAsync(string key, CancellationToken cancellationToken) =>
        await _index.DeleteAsync(All, key, null, cancellationToken);

    /// <summary>
    /// Removes the index rows that the call has no more, those of contacts whom it was once with too: not even a key is
    /// left of them.
    /// </summary>
    internal Task RemoveFormerAsync(Call before, Call now, CancellationToken cancellationToken)
    {
        var has = PartitionsOf(now);
        return _index.DeleteManyAsync(
            RowsEver(before).Where(row => !has.Contains(row.Partition)), cancellationToken);
    }

    /// <summary>When the account's oldest call began that goes on, of those that can; null where none goes on.</summary>
    public async Task<DateTimeOffset?> FindOldestLiveAsync(
        string account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var range = new RowRange(Live)
        {
            Before = Keys.AfterPrefix(Keys.NewestFirst(now - Call.Longest - CallFact.ClockTolerance)),
        };
        DateTimeOffset? oldest = null;
        await foreach (var row in _index.ReadAllAsync(range, cancellationToken))
        {
            var time = Keys.TimeOf(row.Key);
            if (time < (oldest ?? now) && Keys.TimeOf(row.Text(CameColumn) ?? row.Key) >= now - Call.Longest
                && Stored.FromRow(row).Account == account)
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

    /// <summary>Behind all rows of that time.</summary>
    private static PageToken EndOf(string partition, DateTimeOffset since) =>
        new(partition, Keys.Join(Keys.NewestFirst(since), "~"));

    // No contact and no outcome has such a name, and the table service is not asked for it.
    private static bool IsOfNoCall(CallFilter filter) =>
        filter.Number is { MatchKey: "" }
        || new[] { filter.AgentId, filter.ContactId, filter.Outcome }.OfType<string>()
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

    /// <summary>
    /// The rows that are to be written before the call is saved over <paramref name="before"/>: those that it did not
    /// have, and those that hold something else now. Those of the partitions in <paramref name="doubtful"/> in any
    /// case.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="has">Its partitions.</param>
    /// <param name="before">The call whose rows are known to be there; null where none are.</param>
    /// <param name="had">The partitions of <paramref name="before"/>.</param>
    /// <param name="doubtful">Partitions whose row may be of a call that was never saved.</param>
    internal IEnumerable<Row> RowsToWrite(
        Call call,
        IReadOnlyList<string> has,
        Call? before,
        IReadOnlyList<string> had,
        IReadOnlySet<string> doubtful)
    {
        if (before is null)
        {
            had = [];
        }

        var isChanged = before is null || !HoldsTheSame(call, before);
        var isLiveChanged = isChanged || call.State != before!.State || call.OngoingFrom != before.OngoingFrom
            || call.Agents.Count != before.Agents.Count
            || DismissedBy(call) != DismissedBy(before) || LeftBy(call) != LeftBy(before);
        // The file of a contact whom the call is no longer with: its row says so.
        var left = had.Concat(doubtful).Distinct(StringComparer.Ordinal).Where(IsContact).Except(has);
        var write = has.Where(partition => !had.Contains(partition) || doubtful.Contains(partition)
            || (partition == Live ? isLiveChanged : isChanged && !IsMissed(partition))
            || UndocumentedBy(call, partition) != UndocumentedBy(before!, partition));
        return Rows(call, write.Concat(left));
    }

    /// <summary>True for a partition whose row goes when the call is not such a call any more.</summary>
    internal static bool IsTemporary(string partition) => partition is Live or Nobody || IsMissed(partition);

    /// <summary>The partitions that the call stands in.</summary>
    internal static IReadOnlyList<string> PartitionsOf(Call call) =>
    [
        .. LastingOf(call),
        .. call.Agents.Count == 0 ? [Nobody] : Array.Empty<string>(),
        .. call.ContactId is null ? Array.Empty<string>() : [ContactPartition(call.ContactId)],
        .. call.State != CallState.Ended ? [Live] : call.IsMissed ? MissedOf(call) : [],
    ];

    /// <summary>The partitions that a call with these agents may stand in for some time.</summary>
    internal static IReadOnlyList<string> TemporaryOf(Call call) =>
        [Live, Nobody, .. LastingOf(call).Append(Nobody).Concat(NumberOf(call)).Select(MissedOf)];

    private static IEnumerable<string> LastingOf(Call call) =>
    [
        All,
        .. call.Agents.Select(agent => AgentPartition(agent.AgentId)),
        .. TeamsOf(call).Select(TeamPartition),
    ];

    // Where it is dismissed for everybody or returned nothing shows it, and an agent's own list is without what they
    // dismissed, and without what became theirs long after it.
    private static IEnumerable<string> MissedOf(Call call) =>
        call.IsDismissed || call.IsHistory || call.Returned is not null
        ? []
        : LastingOf(call)
            .Except(call.Agents
                .Where(agent => call.IsDismissedFor(agent.AgentId) || call.IsHistoryOf(agent.AgentId))
                .Select(agent => AgentPartition(agent.AgentId)))
            .Concat(call.Agents.Count == 0 ? [Nobody] : [])
            .Concat(NumberOf(call))
            .Select(MissedOf);

    // A caller who hides the number can't be called back.
    private static IEnumerable<string> NumberOf(Call call) =>
        call.Number.E164 is { } e164 ? [NumberPartition(e164)] : [];

    private static IEnumerable<string> TeamsOf(Call call) =>
        call.Agents.Select(agent => agent.Team).OfType<string>().Distinct();

    private IEnumerable<Row> RowsOf(Call call) => Rows(call, PartitionsOf(call));

    // The file of a contact whom the call is with no longer has a row that says so.
    private static IEnumerable<Row> RowsEver(Call call) =>
        PartitionsOf(call)
            .Concat(call.Facts.Decisions.Select(made => made.Contact?.ContactId)
                .Concat(call.Candidates.Select(candidate => candidate.ContactId))
                .OfType<string>().Select(ContactPartition))
            .Distinct(StringComparer.Ordinal)
            .Select(partition => new Row(partition, KeyOf(call)));

    private IEnumerable<Row> Rows(Call call, IEnumerable<string> partitions)
    {
        (string? Ani, string? Dnis)? keys = null;
        var (key, json) = (KeyOf(call), Stored.Serialize(call.Key));
        foreach (var partition in partitions)
        {
            var row = Stored.PutJson(new Row(partition, key), json);
            if (!IsMissed(partition))
            {
                keys ??= (MatchKeyOf(call.Ani), MatchKeyOf(call.Dnis));
                row.Set(DirectionColumn, call.Direction.ToString())
                    .Set(ContactColumn, call.ContactId)
                    .Set(OutcomeColumn, call.Outcome)
                    .Set(AniColumn, Shortened(call.Ani))
                    .Set(DnisColumn, Shortened(call.Dnis))
                    .Set(AniKeyColumn, keys.Value.Ani)
                    .Set(DnisKeyColumn, keys.Value.Dnis);
            }

            yield return partition == Live
                ? row.Set(StateColumn, call.State.ToString())
                    .Set(OngoingColumn, call.OngoingFrom is { } ongoing ? Keys.NewestFirst(ongoing) : null)
                    .Set(CameColumn, call.CameAt is { } came ? Keys.NewestFirst(came) : null)
                    .Set(AgentsColumn, Words(call.Agents.Select(agent => agent.AgentId)))
                    .Set(TeamsColumn, Words(TeamsOf(call)))
                    .Set(DismissedColumn, DismissedBy(call))
                    .Set(LeftColumn, LeftBy(call))
                : Keys.Beginning(partition) == "agent~"
                    ? row.Set(TeamColumn, call.Agents.First(agent => AgentPartition(agent.AgentId) == partition).Team)
                        .Set(UndocumentedColumn, UndocumentedBy(call, partition))
                    : row;
        }
    }

    private string? MatchKeyOf(string phone) =>
        _numbers.ParseCaller(phone).MatchKey is { Length: > 0 } key ? key : null;

    private static bool HoldsTheSame(Call call, Call before) =>
        call.Direction == before.Direction
        && call.ContactId == before.ContactId
        && call.Outcome == before.Outcome
        && call.Ani == before.Ani
        && call.Dnis == before.Dnis;

    private static IReadOnlyList<string> ScopesOf(CallFilter filter) => filter switch
    {
        { AgentId: { } agentId } => [AgentPartition(agentId)],
        { Visible.IsAll: true, ContactId: { } contactId } => [ContactPartition(contactId)],
        { Visible.IsAll: true } => [All],
        { Visible.Team: { } team } => [TeamPartition(team), Nobody],
        _ => [AgentPartition(filter.Visible.AgentId)],
    };

    private static List<ColumnValue> WhereOf(CallFilter filter)
    {
        var where = new List<ColumnValue>();
        // Of another agent a supervisor sees what that agent did in the supervisor's team.
        var isOwn = filter.AgentId is null || filter.AgentId == filter.Visible.AgentId;
        Add(isOwn ? null : filter.Visible.Team, TeamColumn);
        Add(filter.ContactId, ContactColumn);
        Add(filter.Direction?.ToString(), DirectionColumn);
        Add(filter.Outcome, OutcomeColumn);
        Add(filter.Number?.MatchKey, AniKeyColumn, DnisKeyColumn);
        Add(filter.IsUndocumented ? Yes : null, UndocumentedColumn);
        return where;

        void Add(string? value, params IReadOnlyList<string> columns)
        {
            if (value is not null)
            {
                where.Add(new ColumnValue(value, columns));
            }
        }
    }

    private bool Fits(Row row, CallFilter filter, bool isLive) =>
        filter.IsWith(row.Text(AniColumn) ?? "", row.Text(DnisColumn) ?? "", _numbers)
        && (!filter.IsWithoutContact || row.Text(ContactColumn) is null)
        && (!isLive || (
            (!filter.IsLive || Keys.TimeOf(row.Text(CameColumn) ?? row.Key) >= filter.From)
            && (filter.Visible.IsAll
                || Has(row, AgentsColumn, filter.Visible.AgentId)
                || (filter.Visible.Team is { } team
                    && (Has(row, TeamsColumn, team) || string.IsNullOrEmpty(row.Text(AgentsColumn)))))
            && !(filter is { IsLive: true, IsOwn: true } && Has(row, LeftColumn, filter.Visible.AgentId))
            && !(filter.IsLive && (row.Text(DismissedColumn) == Everybody
                || Has(row, DismissedColumn, filter.Visible.AgentId)))
            && (filter.AgentId is null || Has(row, AgentsColumn, filter.AgentId))
            && (filter.State is null || IsShownAs(row, filter))
            && (filter.ContactId is null || row.Text(ContactColumn) == filter.ContactId)
            && (filter.Direction is null || row.Text(DirectionColumn) == filter.Direction.ToString())
            && (filter.Outcome is null || row.Text(OutcomeColumn) == filter.Outcome)));

    /// <summary>For the row of an agent.</summary>
    private static string? UndocumentedBy(Call call, string partition) =>
        call.Agents.FirstOrDefault(agent => AgentPartition(agent.AgentId) == partition) is { } agent
        && call.LacksOutcomeOf(agent.AgentId) ? Yes : null;

    private static string? LeftBy(Call call) =>
        call.Agents.Where(agent => call.GoesOnWithout(agent.AgentId)).Select(agent => agent.AgentId).ToList()
            is { Count: > 0 } agentIds ? Words(agentIds) : null;

    // As Call.StateAt has it.
    private static bool IsShownAs(Row row, CallFilter filter)
    {
        var goesOn = row.Text(StateColumn) == nameof(CallState.Connected)
            || (row.Text(OngoingColumn) is { } ongoing && Keys.TimeOf(ongoing) <= filter.Now);
        return filter.State == (goesOn ? CallState.Connected : CallState.Ringing)
            && Keys.TimeOf(row.Text(CameColumn) ?? row.Key) + Call.Longest > filter.Now;
    }

    private static string? DismissedBy(Call call) =>
        call.IsDismissed ? Everybody : call.DismissedBy is { } agentIds ? Words(agentIds) : null;

    private static string Words(IEnumerable<string?> texts) =>
        string.Join(' ', texts.OfType<string>().Distinct().Select(Keys.Encode));

    private static bool Has(Row row, string column, string text) =>
        row.Text(column) is { } words && words.Split(' ').Contains(Keys.Encode(text), StringComparer.Ordinal);

    // What is longer is no number: the operator's text may be as long as a notification.
    private static string Shortened(string phone) => phone.Length <= 64 ? phone : phone[..64];

    private static bool IsMissed(string partition) => Keys.Beginning(partition) is Missed or Missed + "~";

    internal static bool IsContact(string partition) => Keys.Beginning(partition) == "contact~";

    private static bool IsOurs(string partition) =>
        IsTemporary(partition) || Keys.Beginning(partition) is All or "agent~" or "team~" or "contact~";

    private static string AgentPartition(string agentId) => Keys.Join("agent", Keys.Encode(agentId));

    private static string TeamPartition(string team) => Keys.Join("team", Keys.Encode(team));

    private static string NumberPartition(string e164) => Keys.Join("number", Keys.Encode(e164));

    private static string ContactPartition(string contactId) => Keys.Join("contact", Keys.Encode(contactId));

    private static string MissedOf(string partition) => partition == All ? Missed : Keys.Join(Missed, partition);
}

/// <summary>A call as its index row has it.</summary>
/// <param name="Key">Where it is.</param>
/// <param name="At">The time of its index rows: when it began, as it was first told.</param>
/// <param name="Ani">The caller, as received.</param>
/// <param name="Dnis">The called number, as received.</param>
public sealed record IndexedCall(CallKey Key, DateTimeOffset At, string Ani, string Dnis);
