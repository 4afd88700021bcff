using CallMyWay.Functions.Api;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// Where <see cref="CallIndex"/> looks for the calls of a filter: in the partition with the fewest rows that has all of
/// them. Pure.
/// </summary>
internal sealed record CallSearch
{
    /// <summary>The partitions that have the calls; the first one names the search in a page's token.</summary>
    public required IReadOnlyList<string> Partitions { get; init; }

    /// <summary>What their rows are to hold.</summary>
    public IReadOnlyList<ColumnValue> Where { get; init; } = [];

    /// <summary>What the rows of each partition are to hold as well, in the order of these; null for nothing.</summary>
    public IReadOnlyList<ColumnValue>? WhereOfEach { get; init; }

    /// <summary>True where the calls that go on are looked through.</summary>
    public bool IsLive { get; init; }

    /// <summary>True where the partition is that of the other party's number.</summary>
    public bool IsByNumber { get; init; }

    /// <summary>
    /// True where rows of others stand between the viewer's. They are passed over before their calls are read: a call
    /// has several agents, which no column can be compared with.
    /// </summary>
    public bool HasOthers { get; init; }

    /// <summary>
    /// True where few rows are those of the page, and which calls are wanted is seen when they are read: the page is
    /// filled all the same.
    /// </summary>
    public bool FillsUp { get; init; }

    /// <summary>True where few of very many rows may be wanted.</summary>
    public bool LooksThrough { get; init; }

    /// <param name="filter">What is looked for.</param>
    /// <param name="isOffice">True for a number of the office: each of its calls has it on the other side.</param>
    /// <param name="after">The page goes on where this one of the same search has ended.</param>
    public static CallSearch Of(CallFilter filter, bool isOffice, PageToken? after)
    {
        // The few that go on are looked through: a call has several agents, which no column can be compared with.
        if (filter.IsLive || filter.State is CallState.Ringing or CallState.Connected)
        {
            return new CallSearch { Partitions = [CallIndexRows.Live], IsLive = true };
        }

        var hasOthers = !filter.Visible.IsAll || filter.AgentId is not null || filter.TeamId is not null;
        if (filter is { ContactId: { } contactId, IsMissed: false, IsUndocumented: false })
        {
            IReadOnlyList<string> contactIds = [contactId, .. filter.MergedIds];
            return new CallSearch
            {
                Partitions = [.. contactIds.Select(CallIndexRows.ContactPartition)],
                // A call that the contact is no longer with has its row still.
                WhereOfEach = [.. contactIds.SelectMany(id => Column(id, CallIndexRows.ContactColumn))],
                Where =
                [
                    .. Column(filter.Direction?.ToString(), CallIndexRows.DirectionColumn),
                    .. Column(filter.Number?.MatchKey, CallIndexRows.AniKeyColumn, CallIndexRows.DnisKeyColumn),
                ],
                HasOthers = hasOthers,
                FillsUp = AsksWhatOnlyCallsHold(filter) || filter.WasMissed,
            };
        }

        // An extension and a name are also looked for on the office's side.
        if (filter is
            {
                Number: { Kind: PhoneNumberKind.Number, NeedsMapping: false } number,
                IsMissed: false,
                IsUndocumented: false,
            }
            && !isOffice && (after is null || CallIndexRows.IsNumber(after.Partition)))
        {
            return new CallSearch
            {
                Partitions = [CallIndexRows.NumberPartition(number.MatchKey)],
                Where =
                [
                    .. Column(filter.Direction?.ToString(), CallIndexRows.DirectionColumn),
                    .. Column(filter.WasMissed ? CallIndexRows.Yes : null, CallIndexRows.MissedColumn),
                ],
                IsByNumber = true,
                HasOthers = hasOthers,
                FillsUp = AsksWhatOnlyCallsHold(filter) || filter.IsWithoutContact,
            };
        }

        var scopes = ScopesOf(filter);
        if (filter.IsMissed || filter.WasMissed)
        {
            return new CallSearch
            {
                Partitions = [.. scopes.Select(CallIndexRows.MissedOf)],
                Where = [.. Column(filter.IsMissed ? CallIndexRows.Yes : null, CallIndexRows.OpenColumn)],
                LooksThrough = filter.WasMissed && (AsksWhatOnlyCallsHold(filter) || filter.Number is not null),
            };
        }

        List<ColumnValue> where = [.. ColumnsOf(filter)];
        return new CallSearch
        {
            Partitions = scopes,
            Where = where,
            LooksThrough = where.Count > 0 || filter.Number is not null || filter.IsAnswered || filter.IsWithoutContact,
        };
    }

    /// <summary>False for a row whose call is surely not wanted.</summary>
    public bool Fits(Row row, CallFilter filter, PhoneNumberParser numbers) =>
        (CallIndexRows.IsTemporary(row.Partition) && !IsLive)
        || (filter.IsWith(row.Text(CallIndexRows.AniColumn) ?? "", row.Text(CallIndexRows.DnisColumn) ?? "", numbers)
            && (!filter.IsWithoutContact || IsByNumber || row.Text(CallIndexRows.ContactColumn) is null)
            && (!HasOthers || IsVisible(row, filter))
            && (!IsLive || (IsVisible(row, filter) && GoesOn(row, filter))));

    private static IReadOnlyList<string> ScopesOf(CallFilter filter) => filter switch
    {
        { AgentId: { } agentId } => [CallIndexRows.AgentPartition(agentId)],
        { TeamId: { } team } => [CallIndexRows.TeamPartition(team)],
        { Visible.IsAll: true } => [CallIndexRows.All],
        { Visible.Team: { } team } => [CallIndexRows.TeamPartition(team), CallIndexRows.Nobody],
        _ => [CallIndexRows.AgentPartition(filter.Visible.AgentId)],
    };

    private static IEnumerable<ColumnValue> ColumnsOf(CallFilter filter)
    {
        // Of another agent a supervisor sees what that agent did in the supervisor's team.
        var isOwn = filter.AgentId == filter.Visible.AgentId;
        var team = filter.TeamId ?? (isOwn ? null : filter.Visible.Team);
        return
        [
            .. Column(filter.AgentId is null ? null : team, CallIndexRows.TeamColumn),
            .. Column(filter.Direction?.ToString(), CallIndexRows.DirectionColumn),
            .. Column(filter.Outcome, CallIndexRows.OutcomeColumn),
            .. Column(filter.IsFollowUpOpen ? CallIndexRows.Yes : null, CallIndexRows.FollowUpColumn),
            .. Column(
                filter.IsTied is { } isTied ? isTied ? CallIndexRows.Yes : CallIndexRows.No : null,
                CallIndexRows.TiedColumn),
            .. Column(filter.Number?.MatchKey, CallIndexRows.AniKeyColumn, CallIndexRows.DnisKeyColumn),
            .. Column(filter.IsUndocumented ? CallIndexRows.Yes : null, CallIndexRows.UndocumentedColumn),
        ];
    }

    private static IEnumerable<ColumnValue> Column(string? value, params IReadOnlyList<string> columns) =>
        value is null ? [] : [new ColumnValue(value, columns)];

    // The rows of a contact and of a number don't hold this: the calls are read.
    private static bool AsksWhatOnlyCallsHold(CallFilter filter) =>
        filter.Outcome is not null || filter.IsFollowUpOpen || filter.IsTied is not null || filter.IsAnswered;

    private static bool IsVisible(Row row, CallFilter filter) =>
        (filter.Visible.IsAll
            || CallIndexRows.Has(row, CallIndexRows.AgentsColumn, filter.Visible.AgentId)
            || (filter.Visible.Team is { } team
                && (CallIndexRows.Has(row, CallIndexRows.TeamsColumn, team)
                    || string.IsNullOrEmpty(row.Text(CallIndexRows.AgentsColumn)))))
        && (filter.AgentId is null || CallIndexRows.Has(row, CallIndexRows.AgentsColumn, filter.AgentId))
        && (filter.TeamId is null || CallIndexRows.Has(row, CallIndexRows.TeamsColumn, filter.TeamId));

    private static bool GoesOn(Row row, CallFilter filter) =>
        (!filter.IsLive || Keys.TimeOf(row.Text(CallIndexRows.CameColumn) ?? row.Key) >= filter.From)
        && !(filter is { IsLive: true, IsOwn: true }
            && CallIndexRows.Has(row, CallIndexRows.LeftColumn, filter.Visible.AgentId))
        && !(filter.IsLive && (row.Text(CallIndexRows.DismissedColumn) == CallIndexRows.Everybody
            || CallIndexRows.Has(row, CallIndexRows.DismissedColumn, filter.Visible.AgentId)))
        && (filter.State is null || IsShownAs(row, filter))
        && (filter.ContactId is null || filter.IsOfContact(row.Text(CallIndexRows.ContactColumn)))
        && (filter.Direction is null || row.Text(CallIndexRows.DirectionColumn) == filter.Direction.ToString())
        && (filter.Outcome is null || row.Text(CallIndexRows.OutcomeColumn) == filter.Outcome);

    // As Call.StateAt has it.
    private static bool IsShownAs(Row row, CallFilter filter)
    {
        var goesOn = row.Text(CallIndexRows.StateColumn) == nameof(CallState.Connected)
            || (row.Text(CallIndexRows.OngoingColumn) is { } ongoing && Keys.TimeOf(ongoing) <= filter.Now);
        return filter.State == (goesOn ? CallState.Connected : CallState.Ringing)
            && Keys.TimeOf(row.Text(CallIndexRows.CameColumn) ?? row.Key) + Call.Longest > filter.Now;
    }
}
