using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>What keeps an agent busy: a call, or a dial whose call has not begun yet.</summary>
public sealed record Busy(string? CallId, string? DialId);

/// <summary>Tells whether an agent is free to dial: in no call, and with no call being set up.</summary>
public sealed class DialGuard(CallStore calls, CallIndex index, TimeProvider clock)
{
    /// <summary>How long a set-up without any event keeps the agent busy.</summary>
    public static readonly TimeSpan SetUpTime = TimeSpan.FromMinutes(2);

    /// <summary>What keeps the agent busy; null if the agent is free.</summary>
    public async ValueTask<Busy?> FindBusyAsync(string agentId, AgentDials dials, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // If the clock was set back, an intent can lie in the future. One that is far in the future counts like an old
        // one.
        var setUps = dials.Recent.Where(intent => (now - intent.RequestedAt).Duration() < SetUpTime).ToList();
        if (setUps.FirstOrDefault(intent => !intent.IsReleased && intent.Legs.Count == 0) is { } setUp)
        {
            return new Busy(null, setUp.DialId);
        }

        // A dialled call that has just begun may not be in the index yet.
        var dialled = await calls.GetManyAsync(dials.Recent.Where(intent => intent.Legs.Count > 0).Select(
            intent => new CallKey(intent.Legs[0].CallId, intent.Account)), cancellationToken);
        var live = dialled.FirstOrDefault(call => call.OpenSince > now - Call.Longest && call.IsOnPhoneOf(agentId))
            ?? await FindLiveAsync(agentId, now, cancellationToken);
        if (live is not null)
        {
            return new Busy(live.CallId, null);
        }

        // An intent gets its leg a moment before the call is stored.
        return setUps.FirstOrDefault(intent => intent.Legs.Count > 0 && dialled.All(
            call => call.CallId != intent.Legs[0].CallId)) is { } begun ? new Busy(null, begun.DialId) : null;
    }

    // Of all that go on: a ring group can bring an agent any number of calls that others took.
    private async ValueTask<Call?> FindLiveAsync(
        string agentId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var filter = new CallFilter
        {
            Visible = VisibleCalls.Own(agentId),
            From = now - Call.Longest,
            To = now.AddDays(1),
            Now = now,
            IsLive = true,
        };
        PageToken? after = null;
        do
        {
            var page = await index.ListAsync(filter, new PageRequest(PageRequest.MaxTake, after), cancellationToken);
            if (page.Items.FirstOrDefault(each => each.IsOnPhoneOf(agentId)) is { } call)
            {
                return call;
            }

            after = page.Next is not null && PageToken.TryParse(page.Next, out var next) ? next : null;
        }
        while (after is not null);
        return null;
    }
}
