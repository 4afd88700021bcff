using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;

namespace CallMyWay.Functions.Supervision;

/// <summary>
/// Works out what has changed on wallboards since they were last told, and for whom. What looks as before is not told.
/// </summary>
internal sealed class BoardNews
{
    private readonly Dictionary<string, BoardAgent> _agents = new(StringComparer.Ordinal);

    private readonly Dictionary<CallKey, (BoardCall Row, Call Call)> _calls = [];

    private readonly Dictionary<CallKey, MissedCall> _missed = [];

    private readonly Dictionary<string, VisibleCalls?> _visible = new(StringComparer.Ordinal);

    /// <summary>
    /// What was found on the floor before it was told of. What changes is stored first and told of then, so a look in
    /// between finds it already: it has not been told, although it looks as before.
    /// </summary>
    private readonly FoundEarly<string> _agentsFound = new();

    private readonly FoundEarly<CallKey> _callsFound = new();

    private AgentRoster _roster = new([]);

    /// <summary>False until the floor is known: whoever looks has read it.</summary>
    private bool _isBegun;

    private readonly List<AgentChange> _agentChanges = [];

    private readonly List<CallChange> _callChanges = [];

    private readonly List<MissedChange> _missedChanges = [];

    /// <summary>Nobody looks any more: the next who does has read all of it.</summary>
    public void Forget()
    {
        _agents.Clear();
        _calls.Clear();
        _missed.Clear();
        _visible.Clear();
        _agentsFound.Clear();
        _callsFound.Clear();
        _isBegun = false;
    }

    /// <summary>Compares the floor with what was told before.</summary>
    /// <param name="floor">As it stands now.</param>
    /// <param name="isAll">True where all may have changed, and not only what was told here.</param>
    /// <param name="knows">True where this process tells all of it, and so knows what was told before.</param>
    /// <param name="changed">The agents of whom something was told.</param>
    /// <param name="told">The calls that this process has stored since, and whether they went on before.</param>
    /// <param name="today">When the day began.</param>
    public void Compare(
        FloorView floor,
        bool isAll,
        bool knows,
        IReadOnlySet<string> changed,
        IReadOnlyCollection<(Call Call, bool WentOn)> told,
        DateTimeOffset today)
    {
        _agentChanges.Clear();
        _callChanges.Clear();
        _missedChanges.Clear();
        _agentsFound.NextLook();
        _callsFound.NextLook();
        foreach (var agent in floor.Roster.All)
        {
            CompareAgent(agent, floor, isAll, knows, changed);
        }

        foreach (var agentId in _agents.Keys.Where(agentId => floor.Roster.Find(agentId) is null).ToList())
        {
            _agentChanges.Add(new AgentChange(_agents[agentId], null, null, null));
            _agents.Remove(agentId);
        }

        _roster = floor.Roster;
        CompareCalls(floor, isAll && _isBegun, told);
        _isBegun = true;
        foreach (var (call, _) in told.Where(each => each.Call.StartedAt >= today))
        {
            CompareMissed(call, floor.Roster);
        }
    }

    /// <summary>What is told to one supervisor who looks at this; null for nothing.</summary>
    public WallboardChanged? For(string agentId, IReadOnlyList<BoardScope> scopes, DateTimeOffset now)
    {
        var visible = scopes is [var first, ..] ? first.Visible : null;
        // Screens that look at different teams are told the same.
        var team = scopes.Select(scope => scope.OneTeam).Distinct(StringComparer.Ordinal).Take(2).ToList() is [var one]
            ? one
            : null;
        var isOther = _visible.TryGetValue(agentId, out var before) && before != visible;
        _visible[agentId] = visible;
        if (isOther)
        {
            return WallboardChanged.All(now);
        }

        List<BoardAgent> agents =
        [
            .. _agentChanges.Where(each => Shows(each.Agent)).Select(each => scopes[0].Row(each.Now!, each.Call)),
        ];
        List<string> goneAgents =
        [
            .. _agentChanges.Where(each => !Shows(each.Agent) && each.Before is { } row
                    && scopes.Any(scope => scope.ShowsTeam(row.Team)))
                .Select(each => each.Before!.AgentId),
        ];
        List<BoardCall> calls =
            [.. _callChanges.Where(each => each.Now is not null && ShowsCall(each.Call)).Select(CallFor)];
        List<CallKey> goneCalls =
        [
            .. _callChanges.Where(each => each.Before is { } call && ShowsCall(call)
                && (each.Now is null || !ShowsCall(each.Call))).Select(each => each.Call.Key),
        ];
        List<MissedCall> missed =
            [.. _missedChanges.Where(each => each.Now is not null && ShowsCall(each.Call)).Select(MissedFor)];
        List<CallKey> goneMissed =
            [.. _missedChanges.Where(each => each.Now is null && ShowsCall(each.Call)).Select(each => each.Call.Key)];
        var news = new WallboardChanged(
            now, null, Some(agents), Some(goneAgents), Some(calls), Some(goneCalls), Some(missed), Some(goneMissed));
        return news.RowCount > 0 ? news : null;

        bool Shows(Agent? agent) => agent is not null && scopes.Any(scope => scope.Shows(agent));
        BoardCall CallFor(CallChange each) =>
            (team is null ? null : BoardCall.Of(each.Call, _roster, now, team)) ?? each.Now!;
        MissedCall MissedFor(MissedChange each) =>
            team is null ? each.Now! : MissedCall.Of(each.Call, _roster, team);
        bool ShowsCall(Call call) => scopes.Any(scope => scope.Shows(call));
        static List<T>? Some<T>(List<T> items) => items.Count > 0 ? items : null;
    }

    private void CompareAgent(
        Agent agent, FloorView floor, bool isAll, bool knows, IReadOnlySet<string> changed)
    {
        var known = _agents.GetValueOrDefault(agent.AgentId);
        var isNamed = changed.Contains(agent.AgentId);
        // Whoever looks has read how all others stand.
        if (!isAll && !isNamed && known is not null)
        {
            return;
        }

        var now = BoardAgent.Of(agent, floor.States[agent.AgentId]);
        _agents[agent.AgentId] = now;
        var isUntold = isNamed && (known is null || !knows || _agentsFound.Has(agent.AgentId));
        if (isUntold || (known is not null && now != known))
        {
            _agentChanges.Add(new AgentChange(known, agent, now, now.CallOf(floor.Live)));
            _agentsFound.Remove(agent.AgentId);
        }
        else if (known is null)
        {
            _agentsFound.Add(agent.AgentId);
        }
    }

    private void CompareCalls(
        FloorView floor, bool isAll, IReadOnlyCollection<(Call Call, bool WentOn)> told)
    {
        var named = told.Select(each => each.Call.Key).ToHashSet();
        var live = floor.Live.ToDictionary(call => call.Key);
        foreach (var call in live.Values)
        {
            var isKnown = _calls.TryGetValue(call.Key, out var known);
            if (BoardCall.Of(call, floor.Roster, floor.At) is not { } row)
            {
                continue;
            }

            _calls[call.Key] = (row, call);
            var isUntold = named.Contains(call.Key) && (!isKnown || _callsFound.Has(call.Key));
            if (isUntold || (isKnown ? row != known.Row || call.Agents.Count != known.Call.Agents.Count : isAll))
            {
                _callChanges.Add(new CallChange(isKnown ? known.Call : null, call, row));
                _callsFound.Remove(call.Key);
            }
            else if (!isKnown)
            {
                _callsFound.Add(call.Key);
            }
        }

        var gone = _calls.Values.Where(
            each => !live.TryGetValue(each.Call.Key, out var call) || BoardCall.Of(call, floor.Roster, floor.At) is null);
        foreach (var (_, call) in gone.ToList())
        {
            _calls.Remove(call.Key);
            _callChanges.Add(new CallChange(call, call, null));
        }

        // Whoever looks has read them before they were told of here.
        var over = told.Where(each => each.Call.State == CallState.Ended ? each.WentOn : each.Call.IsDismissed)
            .Select(each => each.Call)
            .Where(call => _callChanges.TrueForAll(each => each.Call.Key != call.Key));
        _callChanges.AddRange(over.Select(call => new CallChange(call, call, null)).ToList());
    }

    private void CompareMissed(Call call, AgentRoster roster)
    {
        var known = _missed.GetValueOrDefault(call.Key);
        var row = call.IsMissed && !call.IsDismissed && !call.IsHistory ? MissedCall.Of(call, roster) : null;
        if (row is not null && row != known)
        {
            _missed[call.Key] = row;
            _missedChanges.Add(new MissedChange(call, row));
        }
        else if (row is null && (_missed.Remove(call.Key) || (call.IsMissed && call.IsDismissed)))
        {
            _missedChanges.Add(new MissedChange(call, null));
        }
    }

    /// <summary>What was found and not told, for a few looks: by then it has been told of, or was there before.</summary>
    private sealed class FoundEarly<T>
        where T : notnull
    {
        private const int Looks = 10;

        private readonly Dictionary<T, int> _foundAt = [];

        private int _look;

        public void NextLook()
        {
            _look++;
            foreach (var key in _foundAt.Where(each => _look - each.Value > Looks).Select(each => each.Key).ToList())
            {
                _foundAt.Remove(key);
            }
        }

        public bool Has(T key) => _foundAt.ContainsKey(key);

        public void Add(T key) => _foundAt[key] = _look;

        public void Remove(T key) => _foundAt.Remove(key);

        public void Clear() => _foundAt.Clear();
    }

    /// <param name="Agent">As in the roster now; null where they are not in it any more.</param>
    /// <param name="Call">The call that the row is of.</param>
    private sealed record AgentChange(BoardAgent? Before, Agent? Agent, BoardAgent? Now, Call? Call);

    private sealed record CallChange(Call? Before, Call Call, BoardCall? Now);

    private sealed record MissedChange(Call Call, MissedCall? Now);
}
