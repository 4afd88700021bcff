using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Supervision;

/// <summary>
/// The whole wallboard of a supervisor. All who ask a process within a second share one reading of the floor; the missed
/// calls are those of the supervisor's own list.
/// </summary>
public sealed class Wallboard(Floor floor, CallIndex index, Accounts accounts, TimeProvider clock)
{
    /// <summary>How many missed calls it shows.</summary>
    public const int MostMissed = 50;

    /// <summary>How many pages of missed calls it reads: dismissed ones stand between the others.</summary>
    private const int MostPages = 4;

    private readonly Lock _gate = new();

    private readonly Dictionary<(string? Team, bool IsAll), (long At, Task<IReadOnlyList<Call>> Calls)> _missed = [];

    public async Task<WallboardView> ReadAsync(BoardScope scope, CancellationToken cancellationToken)
    {
        var missing = MissedAsync(scope);
        var view = await floor.ReadAsync(Floor.Shared, cancellationToken);
        var missed = (await missing.WaitAsync(cancellationToken))
            .Where(scope.Shows).Select(call => MissedCall.Of(call, view.Roster)).ToList();
        List<BoardAgent> agents =
        [
            .. scope.AgentsOf(view.Roster).Select(agent => BoardAgent.Of(agent, view.States[agent.AgentId]))
                .OrderBy(agent => agent.AgentId, StringComparer.Ordinal),
        ];
        List<BoardCall> calls =
        [
            .. view.Live.Where(scope.Shows).Select(call => BoardCall.Of(call, view.Roster, view.At))
                .OfType<BoardCall>().OrderByDescending(call => call.StartedAt),
        ];
        List<BoardCall> queue = [.. calls.Where(call => call.Queued).OrderBy(call => call.StartedAt)];
        return new WallboardView(
            view.At,
            scope.TeamsOf(view.Roster),
            agents,
            calls,
            queue,
            missed,
            BoardCounts.Of(agents, queue, missed));
    }

    /// <summary>A missed call was stored: whoever asks next is to see it.</summary>
    public void ForgetMissed()
    {
        lock (_gate)
        {
            _missed.Clear();
        }
    }

    /// <summary>The last missed calls of today that the scope shows, by the rows of missed calls alone.</summary>
    private Task<IReadOnlyList<Call>> MissedAsync(BoardScope scope)
    {
        // Without a team in view, a supervisor of all reads the list of all.
        var team = scope.Visible.Team ?? scope.Team;
        var key = (team, scope.Visible.IsAll);
        lock (_gate)
        {
            foreach (var old in _missed.Where(each => clock.GetElapsedTime(each.Value.At) >= Floor.Shared).ToList())
            {
                _missed.Remove(old.Key);
            }

            if (!_missed.TryGetValue(key, out var reading) || reading.Calls.IsFaulted)
            {
                reading = (clock.GetTimestamp(), Beside.RunAsync(() => ReadMissedAsync(scope, team)));
                _missed[key] = reading;
            }

            return reading.Calls;
        }
    }

    private async Task<IReadOnlyList<Call>> ReadMissedAsync(BoardScope scope, string? team)
    {
        var now = clock.GetUtcNow();
        var zone = accounts.Home.TimeZone;
        var self = scope.Visible.AgentId;
        var filter = new CallFilter
        {
            Visible = team is null ? scope.Visible : VisibleCalls.OfTeam(self, team),
            From = zone.StartOf(zone.DayOf(now)),
            To = CallFilter.EndOf(now),
            Now = now,
            WasMissed = true,
        };
        var missed = new List<Call>();
        PageToken? after = null;
        for (var pages = 0; pages < MostPages && missed.Count < MostMissed && (pages == 0 || after is not null); pages++)
        {
            var page = await index.ListAsync(filter, new PageRequest(MostMissed, after), CancellationToken.None);
            missed.AddRange(page.Items.Where(call => !call.IsDismissed));
            after = page.Next is { } next && PageToken.TryParse(next, out var token) ? token : null;
        }

        return [.. missed.Take(MostMissed)];
    }
}
