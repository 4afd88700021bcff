using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// The sum of notifications that are not kept one by one any more. Sums add up in any order, so that the same call
/// follows from them as from the notifications.
/// </summary>
public sealed record EarlierFacts
{
    public static readonly EarlierFacts None = new();

    public IReadOnlyList<HeardLeg> Legs { get; init; } = [];

    public IReadOnlyList<HeardAgent> Agents { get; init; } = [];

    public HeardParty? Party { get; init; }

    /// <summary>
    /// Notifications whose content an earlier release did not keep: that and when they came is known, and the marks by
    /// which they are known again.
    /// </summary>
    public IReadOnlyList<TimelineEntry> Timeline { get; init; } = [];

    /// <summary>The sum with one more notification.</summary>
    internal EarlierFacts With(NotificationFact fact)
    {
        var leg = HeardLeg.Of(fact);
        var known = Legs.FirstOrDefault(other => other.CallId == leg.CallId);
        return With(fact.Agents ?? [], fact.At) with
        {
            Legs = known is null
                ? [.. Legs, leg]
                : [.. Legs.Select(other => other == known ? known.And(leg).Bounded() : other)],
            Party = HeardParty.Best([Party, HeardParty.Of(fact)]),
        };
    }

    internal EarlierFacts With(IReadOnlyList<CallAgent> agents, DateTimeOffset at)
    {
        var all = Agents.ToList();
        foreach (var agent in agents)
        {
            var index = all.FindIndex(known => known.IsSame(agent));
            if (index < 0)
            {
                all.Add(new HeardAgent(at, agent));
            }
            else if (at < all[index].At)
            {
                all[index] = new HeardAgent(at, agent);
            }

            if (index >= 0 && all[index].Agent.Colleague is null && agent.Colleague is not null)
            {
                all[index] = all[index] with
                {
                    Agent = all[index].Agent with { Number = agent.Number, Colleague = agent.Colleague },
                };
            }
        }

        return this with { Agents = all };
    }
}

/// <summary>An agent whom the mappings named, and when they did so first.</summary>
public sealed record HeardAgent(DateTimeOffset At, CallAgent Agent)
{
    internal bool IsSame(CallAgent agent) =>
        Agent.AgentId == agent.AgentId && agent.Endpoints.All(endpoint => Agent.IsOn(endpoint));
}

/// <summary>The other party, as a fact told it, and whom the contacts have for it.</summary>
public sealed record HeardParty(DateTimeOffset At, NumberView Number, string Ani, string Dnis, ContactMatch Match)
{
    /// <summary>True where it is the other side of an internal call.</summary>
    public bool IsInternal { get; init; }

    internal static HeardParty? Of(CallFact fact) => fact is { Number: { } number, Match: { } match }
        ? new HeardParty(fact.At, number, fact.Ani, fact.Dnis, match)
        {
            IsInternal = (fact.Direction ?? (fact as NotificationFact)?.Type) == CallDirection.Internal,
        }
        : null;

    /// <summary>
    /// The first that has a number; the first, if none has. A number can be hidden at first and be told later, and an
    /// internal call can turn out to be an outside one that is handed over.
    /// </summary>
    internal static HeardParty? Best(IEnumerable<HeardParty?> parties)
    {
        List<HeardParty> told = [.. parties.OfType<HeardParty>()];
        return told.Count <= 1 ? told.FirstOrDefault() : told.OrderBy(party => party.IsInternal)
            .ThenBy(party => party.Number.Kind != PhoneNumberKind.Number).ThenBy(party => party.At)
            .ThenBy(party => party.Ani, StringComparer.Ordinal).ThenBy(party => party.Dnis, StringComparer.Ordinal)
            .First();
    }
}
