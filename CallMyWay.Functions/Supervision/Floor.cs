using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Supervision;

/// <summary>
/// What this process knows of the floor: read from the tables where somebody looks, shared by all who look within a
/// second, and kept current by what this process itself changes. What is read grows with the agents and the calls that
/// go on, and not with the calls of the day.
/// </summary>
public sealed class Floor(
    PresenceStore presence, LiveCalls liveCalls, CallStore calls, AgentDirectory agents, TimeProvider time)
{
    /// <summary>Whoever asks within this time shares one reading.</summary>
    public static readonly TimeSpan Shared = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A call in whose wrap-up an agent is, is read again after this: another process may have taken the wrap-up.
    /// </summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();

    /// <summary>What was told since the reading under way began: it may lack it.</summary>
    private readonly List<Action<FloorSigns>> _toldMeanwhile = [];

    private Task<FloorSigns>? _reading;

    private long _beganAt;

    private FloorSigns? _signs;

    /// <summary>What follows from the signs, for all who ask at the same time; null once they have changed.</summary>
    private (long At, FloorView View)? _view;

    /// <summary>The floor, from a reading that began at most so long ago.</summary>
    public async Task<FloorView> ReadAsync(TimeSpan oldest, CancellationToken cancellationToken)
    {
        Task<FloorSigns> reading;
        lock (_gate)
        {
            // One at a time: what is told while it is under way is put on top of it.
            if (_reading is null || (_reading.IsCompleted
                && (time.GetElapsedTime(_beganAt) >= oldest || !_reading.IsCompletedSuccessfully)))
            {
                _beganAt = time.GetTimestamp();
                _toldMeanwhile.Clear();
                var (before, known) = (_signs, _signs?.LiveKnown ?? FloorSigns.NothingLive);
                _reading = Beside.RunAsync(() => ReadAsync(before, known));
            }

            reading = _reading;
        }

        // Who goes away ends the reading for nobody else.
        var read = await reading.WaitAsync(cancellationToken);
        var roster = await agents.ReadAsync(cancellationToken);
        lock (_gate)
        {
            if (_signs is null)
            {
                // Nobody looks any more, and it was forgotten meanwhile.
                return read.ViewAt(time.GetUtcNow(), roster);
            }

            if (_view is not { } known || known.View.Roster != roster || time.GetElapsedTime(known.At) >= Shared)
            {
                _view = known = (time.GetTimestamp(), _signs.ViewAt(time.GetUtcNow(), roster));
            }

            return known.View;
        }
    }

    /// <summary>Takes what this process has stored. It waits for nothing.</summary>
    internal void Tell(Action<FloorSigns> change)
    {
        lock (_gate)
        {
            _view = null;
            if (_signs is not null)
            {
                change(_signs);
            }

            if (_reading is { IsCompleted: false })
            {
                _toldMeanwhile.Add(change);
            }
        }
    }

    /// <summary>
    /// To be called where nobody looks any more. Otherwise each call that another process ends would stay in memory.
    /// </summary>
    internal void Forget()
    {
        lock (_gate)
        {
            if (_reading is not { IsCompleted: false })
            {
                (_signs, _view, _reading) = (null, null, null);
            }
        }
    }

    private async Task<FloorSigns> ReadAsync(FloorSigns? before, IReadOnlyDictionary<string, LiveCall> known)
    {
        var beats = presence.ListBeatsAsync(CancellationToken.None);
        var pauses = presence.ListPausesAsync(CancellationToken.None);
        var talks = presence.ListTalksAsync(CancellationToken.None);
        var live = liveCalls.ReadAsync(known, CancellationToken.None);
        await Task.WhenAll(beats, pauses, talks, live);
        var signs = new FloorSigns(await beats, await pauses, await talks, await live);
        await ReadWrapUpsAsync(signs, before);
        lock (_gate)
        {
            foreach (var change in _toldMeanwhile)
            {
                change(signs);
            }

            _toldMeanwhile.Clear();
            _view = null;
            return _signs = signs;
        }
    }

    /// <summary>
    /// Reads the calls whose wrap-ups may go on: each once, and those of which it does again after a while.
    /// </summary>
    private async Task ReadWrapUpsAsync(FloorSigns signs, FloorSigns? before)
    {
        var now = time.GetUtcNow();
        var unread = new List<Talk>();
        foreach (var talk in signs.Talks.Values)
        {
            if (now - talk.EndedAt >= AgentState.LongestWrapUp)
            {
                continue;
            }

            if (before?.LastCallOf(talk) is { } known
                && (!known.Call.LacksOutcomeOf(talk.AgentId) || time.GetElapsedTime(known.ReadAt) < Recheck))
            {
                signs.TakeLastCall(talk.AgentId, known);
            }
            else
            {
                unread.Add(talk);
            }
        }

        var readAt = time.GetTimestamp();
        var read = await calls.GetManyAsync(unread.Select(talk => talk.Call).Distinct(), CancellationToken.None);
        var byKey = read.ToDictionary(call => call.Key, call => new LiveCall(null, readAt, call.WithoutFacts()));
        foreach (var talk in unread)
        {
            if (byKey.TryGetValue(talk.Call, out var call))
            {
                signs.TakeLastCall(talk.AgentId, call);
            }
        }
    }
}

/// <summary>The floor at one time: each agent's state, and the calls that go on.</summary>
/// <param name="Roster">The agents.</param>
/// <param name="States">The state of each agent of the roster.</param>
/// <param name="Live">The calls that go on, with those that are over since a moment.</param>
public sealed record FloorView(
    DateTimeOffset At,
    AgentRoster Roster,
    IReadOnlyDictionary<string, AgentState> States,
    IReadOnlyList<Call> Live);
