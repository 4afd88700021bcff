using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Presence;

namespace CallMyWay.Functions.Supervision;

/// <summary>What is known of the floor, as rows and messages tell it. Its owner sees to it that one thread uses it.</summary>
internal sealed class FloorSigns
{
    internal static readonly IReadOnlyDictionary<string, LiveCall> NothingLive =
        new Dictionary<string, LiveCall>(StringComparer.Ordinal);

    private readonly Dictionary<string, ScreenBeat> _beats;

    private readonly Dictionary<string, Pause> _pauses;

    private readonly Dictionary<string, Talk> _talks;

    private readonly IReadOnlyDictionary<string, LiveCall> _liveRead;

    private readonly Dictionary<CallKey, Call> _live;

    private readonly Dictionary<string, LiveCall> _lastCalls = new(StringComparer.Ordinal);

    public FloorSigns(
        IReadOnlyDictionary<string, ScreenBeat> beats,
        IEnumerable<Pause> pauses,
        IEnumerable<Talk> talks,
        IReadOnlyDictionary<string, LiveCall> live)
    {
        _beats = new(beats, StringComparer.Ordinal);
        _pauses = pauses.ToDictionary(pause => pause.AgentId, StringComparer.Ordinal);
        _talks = talks.ToDictionary(talk => talk.AgentId, StringComparer.Ordinal);
        _liveRead = live;
        _live = [];
        foreach (var each in live.Values)
        {
            Take(each.Call);
        }
    }

    /// <summary>
    /// The calls that go on, as they were read, or as this process was told since: a copy, for who reads them again.
    /// </summary>
    public IReadOnlyDictionary<string, LiveCall> LiveKnown => _liveRead.ToDictionary(
        each => each.Key,
        each => _live.GetValueOrDefault(each.Value.Call.Key) is { } told && IsLater(told, each.Value.Call)
            ? each.Value with { Call = told }
            : each.Value,
        StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Talk> Talks => _talks;

    /// <summary>The call of an agent's last talk, where it was read.</summary>
    public LiveCall? LastCallOf(Talk talk) =>
        _lastCalls.GetValueOrDefault(talk.AgentId) is { } last && last.Call.Key == talk.Call ? last : null;

    public void TakeLastCall(string agentId, LiveCall call)
    {
        if (_lastCalls.GetValueOrDefault(agentId) is not { } known || !IsLater(known.Call, call.Call))
        {
            _lastCalls[agentId] = call;
        }
    }

    public void TakeBeat(string agentId, ScreenBeat beat) => _beats[agentId] = beat;

    public void TakePause(Pause pause) => _pauses[pause.AgentId] = pause;

    /// <summary>A call that this process has stored, and the talks that it has ended.</summary>
    public void TakeCall(Call call, IReadOnlyList<Talk> ended, long at)
    {
        Take(call);
        foreach (var talk in ended)
        {
            // An earlier call can be told to have ended after a later one.
            if (_talks.GetValueOrDefault(talk.AgentId) is not { } known || known.EndedAt <= talk.EndedAt)
            {
                _talks[talk.AgentId] = talk;
            }
        }

        foreach (var agent in call.Agents)
        {
            if (_talks.GetValueOrDefault(agent.AgentId) is { } talk && talk.Call == call.Key)
            {
                TakeLastCall(agent.AgentId, new LiveCall(null, at, call));
            }
        }
    }

    public FloorView ViewAt(DateTimeOffset now, AgentRoster roster)
    {
        var callsOf = new Dictionary<string, List<Call>>(StringComparer.Ordinal);
        foreach (var call in _live.Values)
        {
            foreach (var agent in call.Agents)
            {
                if (!callsOf.TryGetValue(agent.AgentId, out var theirs))
                {
                    callsOf[agent.AgentId] = theirs = [];
                }

                theirs.Add(call);
            }
        }

        var states = roster.All.ToDictionary(
            agent => agent.AgentId,
            agent => AgentState.Of(SignsOf(agent.AgentId, callsOf.GetValueOrDefault(agent.AgentId)), now),
            StringComparer.Ordinal);
        return new FloorView(now, roster, states, [.. _live.Values]);
    }

    private AgentSigns SignsOf(string agentId, IReadOnlyList<Call>? theirs)
    {
        var talk = _talks.GetValueOrDefault(agentId);
        var isKnown = _beats.TryGetValue(agentId, out var beat);
        return new AgentSigns(agentId)
        {
            BeatAt = isKnown ? beat.At : null,
            HasLeft = beat.HasLeft,
            Pause = _pauses.GetValueOrDefault(agentId),
            Calls = theirs ?? [],
            LastTalk = talk,
            LastCall = talk is null ? null : LastCallOf(talk)?.Call,
        };
    }

    private void Take(Call call)
    {
        if (_live.GetValueOrDefault(call.Key) is { } known && IsLater(known, call))
        {
            return;
        }

        if (call.State == CallState.Ended)
        {
            _live.Remove(call.Key);
        }
        else
        {
            _live[call.Key] = call;
        }
    }

    // Two notifications that were processed at once may be told in the other order.
    private static bool IsLater(Call call, Call than) => call.Key == than.Key && call.Revision > than.Revision;
}
