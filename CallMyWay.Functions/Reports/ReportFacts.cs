using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.WrapUps;

namespace CallMyWay.Functions.Reports;

/// <summary>A wrap-up that was sent, and the promise that was made in it.</summary>
public sealed record SentWrapUp(WrapUp WrapUp, PromiseToPay? Promise);

/// <summary>
/// What a call counts for in the reports: the one place that decides it. See docs/reports.md.
/// </summary>
public static class ReportFacts
{
    /// <summary>A call that is taken within this time was taken soon.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    /// <summary>
    /// A wrap-up that is sent later was not what the agent did in between: it counts as much, and no more.
    /// </summary>
    public static readonly TimeSpan LongestWrapUp = TimeSpan.FromMinutes(15);

    /// <param name="call">The call.</param>
    /// <param name="sent">Its wrap-ups that were sent.</param>
    /// <param name="account">Its account, by whose zone it has a day.</param>
    public static CallFigures Of(Call call, IReadOnlyList<SentWrapUp> sent, Account account)
    {
        var local = account.LocalTime(call.IndexedAt);
        var shares = AgentsOf(call, sent);
        return new CallFigures(
            DateOnly.FromDateTime(local),
            local.Hour,
            call.Outcome,
            call.ContactId,
            WholeOf(call, sent),
            [.. shares.GroupBy(share => share.Team, StringComparer.Ordinal)
                .Select(team => new TeamShare(team.Key, TeamOf(call, [.. team])))],
            shares);
    }

    private static Figures WholeOf(Call call, IReadOnlyList<SentWrapUp> sent)
    {
        var whole = new Figures();
        var isTalked = call.ConnectedAt is not null;
        Count(whole, call, isTalked, IsSoon(call, call.ConnectedAt));
        whole.TalkSeconds = isTalked && call.Direction != CallDirection.Internal ? call.DurationSeconds ?? 0 : 0;
        AddCost(whole, call);
        foreach (var each in sent)
        {
            AddWrapUp(whole, each, EndOf(call, WhoseOf(call, each.WrapUp)));
        }

        return whole;
    }

    private static List<AgentShare> AgentsOf(Call call, IReadOnlyList<SentWrapUp> sent)
    {
        var talkers = call.TalkerIds();
        var holder = HolderOf(call);
        var shares = new List<AgentShare>();
        // Whom a past call was handed over to had no part in it.
        foreach (var agent in call.Agents.Where(agent => agent.HandedFrom is null))
        {
            var figures = new Figures();
            var isTalker = talkers.Contains(agent.AgentId, StringComparer.Ordinal);
            // What a colleague took is not this agent's call.
            if (isTalker || call.ConnectedAt is null)
            {
                var connectedAt = agent.Part is null ? call.ConnectedAt : agent.Part.ConnectedAt;
                Count(figures, call, isTalker, IsSoon(call, connectedAt));
                if (isTalker && call.Direction != CallDirection.Internal)
                {
                    figures.TalkSeconds = (Call.TalkOf(agent) is { } part ? part.DurationSeconds : call.DurationSeconds)
                        ?? 0;
                }
            }

            if (agent == holder)
            {
                AddCost(figures, call);
            }

            foreach (var each in sent.Where(each => WhoseOf(call, each.WrapUp) == agent))
            {
                AddWrapUp(figures, each, EndOf(call, agent));
            }

            if (!figures.IsNone)
            {
                shares.Add(new AgentShare(agent.AgentId, agent.Team, figures));
            }
        }

        return shares;
    }

    private static CallAgent? HolderOf(Call call) => call.Holder() ?? call.Agents.FirstOrDefault();

    /// <summary>
    /// Whose figures a wrap-up is in: where somebody else wrote it, such as a supervisor, those of the call's holder.
    /// </summary>
    private static CallAgent? WhoseOf(Call call, WrapUp wrapUp) =>
        call.AgentOf(wrapUp.WhoseId) is { HandedFrom: null } own ? own : HolderOf(call);

    /// <summary>When the agent's conversation ended: of one who handed the call over, before the call did.</summary>
    private static DateTimeOffset? EndOf(Call call, CallAgent? agent) => Call.TalkOf(agent)?.EndedAt ?? call.EndedAt;

    /// <summary>The team's call is one call, however many of its agents had a part in it.</summary>
    private static Figures TeamOf(Call call, IReadOnlyList<AgentShare> shares)
    {
        var team = new Figures();
        foreach (var share in shares)
        {
            team.Add(share.Figures);
        }

        team.In = Math.Min(team.In, 1);
        team.Out = Math.Min(team.Out, 1);
        team.Internal = Math.Min(team.Internal, 1);
        team.Missed = Math.Min(team.Missed, 1);
        team.Answered = Math.Min(team.Answered, 1);
        team.AnsweredWithin20 = Math.Min(team.AnsweredWithin20, 1);
        team.Reached = Math.Min(team.Reached, 1);
        team.Documented = Math.Min(team.Documented, 1);
        (team.Returned, team.CallBackSeconds) = team.Missed > 0 && CallBackOf(call) is { } seconds ? (1, seconds) : (0, 0);
        return team;
    }

    private static void Count(Figures figures, Call call, bool isTalked, bool isSoon)
    {
        switch (call.Direction)
        {
            case CallDirection.In:
                figures.In = 1;
                figures.Answered = isTalked ? 1 : 0;
                figures.AnsweredWithin20 = isTalked && isSoon ? 1 : 0;
                break;
            case CallDirection.Out:
                figures.Out = 1;
                figures.Reached = isTalked ? 1 : 0;
                break;
            default:
                figures.Internal = 1;
                break;
        }

        figures.Missed = call.IsMissed ? 1 : 0;
        figures.Documented = call.Outcome is null ? 0 : 1;
        (figures.Returned, figures.CallBackSeconds) = CallBackOf(call) is { } seconds ? (1, seconds) : (0, 0);
    }

    /// <summary>How long a caller whom nobody took waited to be reached; null where nobody has reached them.</summary>
    private static long? CallBackOf(Call call) =>
        call is { IsMissed: true, Returned: { } returned }
            ? SecondsOf(returned.At - (call.EndedAt ?? call.StartedAt))
            : null;

    // Nobody knows how long a call rang that an agent noted by hand.
    private static bool IsSoon(Call call, DateTimeOffset? connectedAt) =>
        !call.IsNoted && connectedAt - call.StartedAt <= Soon;

    private static void AddCost(Figures figures, Call call)
    {
        if (call.Cost is { } cost and not 0)
        {
            figures.AmountsIn(call.Currency).Cost += cost;
        }
    }

    private static void AddWrapUp(Figures figures, SentWrapUp sent, DateTimeOffset? endedAt)
    {
        var wrapUp = sent.WrapUp;
        if (endedAt is { } ended)
        {
            figures.WrapUps++;
            figures.WrapUpSeconds += Math.Min(
                SecondsOf((wrapUp.SentAt ?? wrapUp.UpdatedAt) - ended), (long)LongestWrapUp.TotalSeconds);
        }

        if (wrapUp.Charge is { Amount: { } charged, Currency: { } chargedIn })
        {
            var amounts = figures.AmountsIn(chargedIn);
            amounts.Charges += charged;
            amounts.ChargeCount++;
        }

        if (wrapUp.Promise is { Amount: { } promised, Currency: { } promisedIn })
        {
            figures.PromisesMade++;
            figures.PromisesKept += sent.Promise?.State == PromiseState.Kept ? 1 : 0;
            var amounts = figures.AmountsIn(promisedIn);
            amounts.Promised += promised;
            amounts.Paid += sent.Promise switch
            {
                { PaidAmount: { } paid } => paid,
                { State: PromiseState.Kept } kept => kept.Amount,
                _ => 0,
            };
        }
    }

    private static long SecondsOf(TimeSpan time) => Math.Max(0, (long)time.TotalSeconds);
}
