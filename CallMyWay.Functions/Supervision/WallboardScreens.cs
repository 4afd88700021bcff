using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Desk;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Supervision;

/// <summary>
/// Tells wallboards that are open what changes: at most one message a second to each supervisor, and none where nothing
/// that they see has changed. It works beside what changes, which neither waits for it nor fails with it. Each process
/// tells at once what it has stored itself. One that pages ask also tells each 15 seconds what the time alone has
/// changed, and what others have stored: by then it has mostly been told, and it is one message for all of it. While
/// nobody looks it does nothing.
/// </summary>
public sealed partial class WallboardScreens(
    ScreensCircuit circuit,
    Floor floor,
    Wallboard wallboard,
    Watchers watchers,
    AgentNames names,
    Accounts accounts,
    TimeProvider time,
    ILogger<WallboardScreens> logger) : ICallNews, IPresenceNews, IDisposable
{
    /// <summary>The time between two messages to a supervisor.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>How often a process that pages ask looks for what has changed otherwise.</summary>
    internal static readonly TimeSpan Otherwise = TimeSpan.FromSeconds(15);

    /// <summary>How often another process reads the tables, beside what it stores itself.</summary>
    internal static readonly TimeSpan Reread = TimeSpan.FromMinutes(1);

    /// <summary>With more than this the page reads all of it: a message is not to be longer than the channel takes.</summary>
    internal const int MostInOne = 500;

    /// <summary>More of what changed in one second is left to the page's next reading.</summary>
    private const int MostWaiting = 10_000;

    private readonly Lock _gate = new();

    private readonly Dictionary<CallKey, (Call Call, bool WentOn)> _calls = [];

    private readonly HashSet<string> _agents = new(StringComparer.Ordinal);

    private readonly BoardNews _news = new();

    private readonly CancellationTokenSource _stop = new();

    private bool _isRunning;

    private bool _isDisposed;

    private long? _comparedAt;

    /// <summary>A call was stored. It waits for nothing.</summary>
    public void Tell(Call call, Call? before)
    {
        var now = time.GetUtcNow();
        var ended = before is null ? [] : Talk.EndedBy(call, before, now).ToList();
        var bare = call.WithoutFacts();
        var at = time.GetTimestamp();
        floor.Tell(signs => signs.TakeCall(bare, ended, at));
        if (call.IsMissed)
        {
            wallboard.ForgetMissed();
        }

        if (watchers.IsNobody())
        {
            return;
        }

        lock (_gate)
        {
            if (_calls.Count >= MostWaiting)
            {
                return;
            }

            var waiting = _calls.TryGetValue(call.Key, out var known);
            var wentOn = before is not null && before.State != CallState.Ended;
            _calls[call.Key] = (
                waiting && known.Call.Revision > call.Revision ? known.Call : bare, wentOn || known.WentOn);
            _agents.UnionWith(call.Agents.Select(agent => agent.AgentId));
        }

        Start();
    }

    public void TellBeat(string agentId, ScreenBeat beat)
    {
        floor.Tell(signs => signs.TakeBeat(agentId, beat));
        lock (_gate)
        {
            // Nothing begins with it: there is one each second, and hardly one changes anything.
            if (_isRunning)
            {
                _agents.Add(agentId);
            }
        }
    }

    public void TellPause(Pause pause)
    {
        floor.Tell(signs => signs.TakePause(pause));
        lock (_gate)
        {
            _agents.Add(pause.AgentId);
        }

        Start();
    }

    /// <summary>To be called once somebody looks at the wallboard.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_isRunning || _isDisposed)
            {
                return;
            }

            _isRunning = true;
        }

        // Not a part of the function that called: neither its trace nor its request goes along.
        Beside.Start(this, static me => _ = me.RunAsync());
    }

    /// <summary>It is registered under several types, each of which disposes of it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
        }

        _stop.Cancel();
        _stop.Dispose();
    }

    // Ends where nobody looks any more; who does then begins it anew.
    private async Task RunAsync()
    {
        CancellationToken stopping;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            stopping = _stop.Token;
        }

        while (!stopping.IsCancellationRequested)
        {
            var pace = Pace;
            try
            {
                var watches = await watchers.ReadAsync(stopping);
                lock (_gate)
                {
                    if (watches.Count == 0 && watchers.IsNobody())
                    {
                        (_isRunning, _comparedAt) = (false, null);
                        _calls.Clear();
                        _agents.Clear();
                        _news.Forget();
                        floor.Forget();
                        return;
                    }
                }

                await TellAsync(watches, stopping);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                // Whatever it is, the next changes are told: nobody is there to begin this anew.
                Log.NotTold(logger, exception);
                pace = Otherwise;
            }

            await Task.Delay(pace, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TellAsync(IReadOnlyList<Watch> watches, CancellationToken stopping)
    {
        List<(Call Call, bool WentOn)> calls;
        HashSet<string> agents;
        lock (_gate)
        {
            calls = [.. _calls.Values];
            agents = new(_agents, StringComparer.Ordinal);
            _calls.Clear();
            _agents.Clear();
        }

        var isHere = watchers.AreHere();
        var isAll = isHere && (_comparedAt is not { } before || time.GetElapsedTime(before) >= Otherwise);
        if (isAll)
        {
            _comparedAt = time.GetTimestamp();
        }

        var view = await floor.ReadAsync(isAll ? Pace : isHere ? Otherwise * 2 : Reread, stopping);
        view = view with
        {
            Roster = await names.WithFormerAsync(
                view.Roster,
                calls.Where(each => each.Call.IsMissed).SelectMany(each => MissedCall.AgentIdsOf(each.Call)),
                stopping),
        };
        var now = view.At;
        var zone = accounts.Home.TimeZone;
        _news.Compare(view, isAll, isHere, agents, calls, zone.StartOf(zone.DayOf(now)));
        var overseers = CallScope.OverseersOf(view.Roster)
            .ToDictionary(each => each.AgentId, each => each.Visible, StringComparer.Ordinal);
        var messages =
            from watch in watches
            group watch by watch.AgentId into theirs
            let visible = overseers.GetValueOrDefault(theirs.Key)
            let scopes = visible is null ? [] : theirs.Select(each => new BoardScope(visible, each.Team)).ToList()
            let changed = _news.For(theirs.Key, scopes, now)
            where changed is not null
            select (AgentId: theirs.Key, Message: changed.RowCount > MostInOne ? WallboardChanged.All(now) : changed);
        var failures = await AtOnce.DoAsync(
            messages, message => SendAsync(message.AgentId, message.Message, stopping));
        if (failures.OfType<Exception>().ToList() is { Count: > 0 } failed)
        {
            Log.NotSent(logger, failed.Count, failures.Count, failed[0]);
        }
    }

    /// <summary>What went wrong, for one supervisor alone.</summary>
    private async Task<Exception?> SendAsync(
        string agentId, WallboardChanged message, CancellationToken cancellationToken)
    {
        try
        {
            await circuit.SendBesideAsync(agentId, ScreenMessage.Wallboard, message, cancellationToken);
            return null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return exception;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "{Failed} of {All} messages about the floor did not reach the wallboards, which read it again each minute.")]
        public static partial void NotSent(ILogger logger, int failed, int all, Exception exception);

        [LoggerMessage(
            LogLevel.Warning, "The wallboards were not told of changes on the floor, and read it again each minute.")]
        public static partial void NotTold(ILogger logger, Exception exception);
    }
}
