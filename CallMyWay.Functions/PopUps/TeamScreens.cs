using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.PopUps;

/// <summary>
/// Keeps lists of calls current. Whoever may see a call and has no open pop-up of it is told of its changes: the
/// team's supervisors, the administrators, and the call's own agents who are done with it. The work is done beside the
/// notification, which neither waits for these screens nor fails with them. Each viewer gets at most one message a
/// second, with all that changed meanwhile; beyond <see cref="MostInOne"/> calls it is several. What is lost is read
/// again by the consoles each minute.
/// </summary>
public sealed partial class TeamScreens(
    ScreensCircuit circuit,
    PopUpStore popUps,
    AgentDirectory agents,
    IEnumerable<ICallNews> others,
    TimeProvider time,
    ILogger<TeamScreens> logger)
    : IDisposable
{
    /// <summary>The time between two messages to a viewer.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>How many calls a message carries: Azure SignalR bills each 2 KB as a message of its own.</summary>
    internal const int MostInOne = 50;

    private readonly Lock _gate = new();

    private readonly Dictionary<CallKey, Change> _waiting = [];

    private readonly CancellationTokenSource _stop = new();

    private bool _isSending;

    // Of one roster; used by the sending alone.
    private (AgentRoster Roster, IReadOnlyList<Viewer> Viewers)? _known;

    /// <summary>
    /// Tells of the call as it is stored now. To be called once its agents' pop-ups are sent. Waits for nothing.
    /// </summary>
    /// <param name="call">The call as it was saved.</param>
    /// <param name="before">As it was before; null where it is to be told whether it looks as before or not.</param>
    public void Tell(Call call, Call? before)
    {
        foreach (var other in others)
        {
            other.Tell(call, before);
        }

        lock (_gate)
        {
            _waiting[call.Key] = new Change(call.WithoutFacts(), before?.WithoutFacts())
                .After(_waiting.GetValueOrDefault(call.Key));
            if (_isSending)
            {
                return;
            }

            _isSending = true;
        }

        // Not a part of the function that called: neither its trace nor its request goes along.
        Beside.Start(this, static me => _ = me.SendAllAsync());
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    // Ends where nothing has changed for a second; the next change begins it anew.
    private async Task SendAllAsync()
    {
        var stopping = _stop.Token;
        while (true)
        {
            IReadOnlyList<Change> changes;
            lock (_gate)
            {
                if (_waiting.Count == 0 || stopping.IsCancellationRequested)
                {
                    _isSending = false;
                    return;
                }

                changes = [.. _waiting.Values];
                _waiting.Clear();
            }

            var pause = Task.Delay(Pace, time, stopping);
            try
            {
                await SendAsync(changes, stopping);
            }
            catch (Exception exception)
            {
                // Whatever it is, the next changes are told: nobody is there to begin this anew.
                Log.NotTold(logger, exception);
            }

            await pause.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SendAsync(IReadOnlyList<Change> changes, CancellationToken stopping)
    {
        var roster = await agents.ReadAsync(stopping);
        if (_known?.Roster != roster)
        {
            var overseers = CallScope.OverseersOf(roster);
            _known = (
                roster,
                [.. overseers.Select(each => new Viewer(each.AgentId, each.Visible.Includes, IsOverseer: true))]);
        }

        var viewers = _known.Value.Viewers;
        var known = viewers.Select(viewer => viewer.AgentId).ToHashSet(StringComparer.Ordinal);
        // Each agent with their own calls alone: in a storm there are thousands of changes and hundreds of agents.
        var own =
            from change in changes
            from agent in change.Call.Agents
            where !known.Contains(agent.AgentId)
            group change by agent.AgentId into changesOfAgent
            let agentId = changesOfAgent.Key
            select (
                Viewer: new Viewer(agentId, call => IsWithoutPopUp(call, agentId), IsOverseer: false),
                Changes: (IEnumerable<Change>)changesOfAgent);
        var messages =
            from each in viewers.Select(viewer => (Viewer: viewer, Changes: changes.AsEnumerable())).Concat(own)
            from calls in each.Changes.Select(change => change.NewsTo(each.Viewer)).OfType<ListedCall>()
                .Select(call => call.With(roster))
                .Chunk(MostInOne)
            select (each.Viewer.AgentId, Message: new CallsChanged(calls));
        var failures = await AtOnce.DoAsync(
            messages, message => SendAsync(message.AgentId, message.Message, stopping));
        if (failures.OfType<Exception>().ToList() is { Count: > 0 } failed)
        {
            Log.NotSent(logger, failed.Count, failures.Count, failed[0]);
        }
    }

    /// <summary>True for an agent of the call to whom no message of a pop-up is sent.</summary>
    private bool IsWithoutPopUp(Call call, string agentId) =>
        call.AgentOf(agentId) is not null && !popUps.IsOpen(call, agentId);

    /// <summary>What went wrong, for one viewer alone.</summary>
    private async Task<Exception?> SendAsync(
        string agentId, CallsChanged message, CancellationToken cancellationToken)
    {
        try
        {
            await circuit.SendBesideAsync(agentId, ScreenMessage.CallsChanged, message, cancellationToken);
            return null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return exception;
        }
    }

    /// <param name="AgentId">Who is told.</param>
    /// <param name="Sees">True for a call that is in the viewer's lists and of which no pop-up tells.</param>
    /// <param name="IsOverseer">True where it is so for all of the viewer's calls.</param>
    private sealed record Viewer(string AgentId, Func<Call, bool> Sees, bool IsOverseer);

    /// <summary>A call, and how it was when its viewers were last told.</summary>
    private sealed record Change(Call Call, Call? Before)
    {
        /// <summary>This change on top of one that was not sent yet.</summary>
        public Change After(Change? earlier) => earlier is null
            ? this
            : new Change(
                // Two notifications that were processed at once may tell in the other order.
                earlier.Call.Revision > Call.Revision ? earlier.Call : Call,
                Before is null ? null : earlier.Before);

        /// <summary>What the viewer's lists show now; null where they show it already, and where they don't.</summary>
        public ListedCall? NewsTo(Viewer viewer)
        {
            // The revision grows with each saved change. By itself it changes nothing that a row shows.
            var before = Before is not null && viewer.Sees(Before)
                ? ListedCall.Of(Before, viewer.AgentId) with { Revision = Call.Revision }
                : null;
            if (!viewer.Sees(Call))
            {
                // A call of nobody was in each supervisor's lists, until an agent of another team joined.
                return viewer.IsOverseer && before is not null ? before with { Gone = true } : null;
            }

            var now = ListedCall.Of(Call, viewer.AgentId);
            return now == before ? null : now;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "{Failed} of {All} messages about changed calls did not reach the lists of those who see them, which show "
            + "the calls when they are read again.")]
        public static partial void NotSent(ILogger logger, int failed, int all, Exception exception);

        [LoggerMessage(
            LogLevel.Warning,
            "The lists of those who see them were not told of changed calls, and show them when they are read again.")]
        public static partial void NotTold(ILogger logger, Exception exception);
    }
}
