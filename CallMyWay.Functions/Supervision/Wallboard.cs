using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Desk;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Supervision;

/// <summary>
/// The whole wallboard of a supervisor. All who ask a process within a second share one reading of the floor, and those
/// of one team one of its missed calls.
/// </summary>
public sealed class Wallboard(
    Floor floor, CallIndex index, AgentNames names, Accounts accounts, TimeProvider clock)
{
    /// <summary>How many missed calls it shows.</summary>
    public const int MostMissed = 50;

    /// <summary>How many pages of returned calls it reads: open and dismissed ones stand between them.</summary>
    private const int MostPages = 4;

    private readonly Lock _gate = new();

    private readonly Dictionary<(string? Team, bool IsAll), (long At, Task<MissedToday> Calls)> _missed = [];

    public async Task<WallboardView> ReadAsync(BoardScope scope, CancellationToken cancellationToken)
    {
        var missing = MissedAsync(scope);
        var view = await floor.ReadAsync(Floor.Shared, cancellationToken);
        var today = await missing.WaitAsync(cancellationToken);
        var listed = today.Listed.Where(scope.Shows).ToList();
        var roster = await names.WithFormerAsync(
            view.Roster, listed.SelectMany(MissedCall.AgentIdsOf), cancellationToken);
        var missed = listed.Select(call => MissedCall.Of(call, roster, scope.OneTeam)).ToList();
        List<BoardAgent> agents =
        [
            .. scope.AgentsOf(view.Roster).Select(agent => BoardAgent.Of(agent, view.States[agent.AgentId]))
                .Select(row => scope.Visible.IsAll ? row : scope.Row(row, row.CallOf(view.Live)))
                .OrderBy(agent => agent.AgentId, StringComparer.Ordinal),
        ];
        List<BoardCall> calls =
        [
            .. view.Live.Where(scope.Shows).Select(call => BoardCall.Of(call, view.Roster, view.At, scope.OneTeam))
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
            BoardCounts.Of(
                agents,
                queue,
                missed.Count(call => call.Open)
                    // Of another team than their own supervisors see nothing.
                    + (scope.Visible.Team is null || scope.Team is null || scope.Team == scope.Visible.Team
                        ? today.OpenBeyond
                        : 0)));
    }

    /// <summary>A missed call was stored: whoever asks next is to see it.</summary>
    public void ForgetMissed()
    {
        lock (_gate)
        {
            _missed.Clear();
        }
    }

    /// <summary>The missed calls of today that the scope shows, by the rows of missed calls alone.</summary>
    private Task<MissedToday> MissedAsync(BoardScope scope)
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

    private async Task<MissedToday> ReadMissedAsync(BoardScope scope, string? team)
    {
        var now = clock.GetUtcNow();
        var zone = accounts.Home.TimeZone;
        // Several share it: what one of them has put away for themselves is in it.
        const string nobody = "";
        var filter = new CallFilter
        {
            Visible = team is not null ? VisibleCalls.OfTeam(nobody, team)
                : scope.Visible.IsAll ? VisibleCalls.All(nobody)
                : scope.Visible,
            From = zone.StartOf(zone.DayOf(now)),
            To = CallFilter.EndOf(now),
            Now = now,
        };
        var open = await index.ListAsync(
            filter with { IsMissed = true }, new PageRequest(MostMissed, null), CancellationToken.None);
        var beyond = open.Next is null
            ? 0
            : await index.CountOpenAsync(filter with { IsMissed = true }, CancellationToken.None) - open.Items.Count;
        var missed = open.Items.ToList();
        PageToken? after = null;
        for (var pages = 0; pages < MostPages && missed.Count < MostMissed && (pages == 0 || after is not null); pages++)
        {
            var page = await index.ListAsync(
                filter with { WasMissed = true }, new PageRequest(MostMissed, after), CancellationToken.None);
            missed.AddRange(page.Items.Where(
                call => !call.IsDismissed && missed.TrueForAll(known => known.Key != call.Key)));
            after = page.Next is { } next && PageToken.TryParse(next, out var token) ? token : null;
        }

        return new MissedToday([.. missed.Take(MostMissed)], Math.Max(0, beyond));
    }

    /// <param name="Listed">Those that are shown.</param>
    /// <param name="OpenBeyond">How many more are to be returned.</param>
    private sealed record MissedToday(IReadOnlyList<Call> Listed, int OpenBeyond);
}
