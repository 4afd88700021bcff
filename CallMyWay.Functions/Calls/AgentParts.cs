namespace CallMyWay.Functions.Calls;

/// <summary>
/// What part each agent has in a call. Most calls have one agent, whose part is the whole call. In others colleagues'
/// phones ring beside each other, or the call is handed over.
/// </summary>
internal static class AgentParts
{
    /// <summary>The agents whom the mappings named, each once, with their part.</summary>
    /// <param name="named">The agents in the order in which they were named; one may be there several times.</param>
    /// <param name="legs">The legs of the call.</param>
    /// <param name="recorded">What the records say of each phone, where they alone tell.</param>
    public static IEnumerable<CallAgent> Of(
        List<CallAgent> named, DerivedLegs legs, IReadOnlyList<RecordedPart> recorded)
    {
        // The agent's leg of a dialled call may look as if the agent were called by the contact, or by nobody. And an
        // internal call to a colleague can become the call that is handed over to that colleague.
        var isPlain = legs.Direction != CallDirection.Internal;
        List<CallAgent> agents = named is [] or [{ HandedFrom: null }] ? named :
        [
            .. named.GroupBy(agent => agent.AgentId).Select(Own)
                .Select(same => same.Skip(1).SelectMany(agent => agent.Endpoints)
                    .Aggregate(same.First(), (agent, endpoint) => agent.With(endpoint)) with
                    {
                        Number = same.Select(agent => agent.Number).FirstOrDefault(number => number is not null),
                        Colleague = same.Select(agent => agent.Colleague).FirstOrDefault(other => other is not null),
                    }),
        ];
        return agents.Select(agent => agent with
        {
            Part = recorded.Count > 0 ? RecordedPart.PartOf(agent, recorded) : PartOf(agent, agents, legs),
            Number = isPlain ? null : agent.Number,
            Colleague = isPlain ? null : agent.Colleague,
        });
    }

    // Whom a part is handed over to gets none of the other's phones, where they were in the call themselves.
    private static IReadOnlyList<CallAgent> Own(IEnumerable<CallAgent> same)
    {
        var all = same.ToList();
        var handedFrom = all.LastOrDefault(agent => agent.HandedFrom is not null)?.HandedFrom;
        var own = all.FindAll(agent => agent.HandedFrom is null);
        own = own.Count > 0 ? own : all;
        return handedFrom is null ? own : [own[0] with { FinishesFor = handedFrom }, .. own.Skip(1)];
    }

    /// <summary>
    /// The agent's part in the call, where it is not the whole of it: a colleague took the call, or it was handed over.
    /// </summary>
    private static AgentPart? PartOf(CallAgent agent, List<CallAgent> agents, DerivedLegs legs)
    {
        var (whole, phones) = (legs.Whole, legs.Phones);
        var own = phones.Where(phone => agent.IsOn(phone.Heard.EndpointId)).ToList();
        if (legs.Dial is { } dial && agent.IsOn(dial.EndpointId))
        {
            if (!legs.HandedTo.Any(phone => !agent.IsOn(phone.Heard.EndpointId)))
            {
                return null;
            }

            // That the agent's own phone has answered is not yet the call that was dialled: that is the contact's leg.
            var hasStopped = own.Count > 0 && own.All(phone => phone.IsOver);
            var overAt = own.Max(phone => phone.OverAt);
            own =
            [
                .. legs.Contact!.Phones.Where(phone => agent.IsOn(phone.Heard.EndpointId))
                    .Select(phone => hasStopped
                        ? phone with { IsOver = true, IsTalking = false, OverAt = phone.OverAt ?? overAt }
                        : phone),
            ];
        }

        var goesOn = whole.State != CallState.Ended;
        if (own.Count == 0)
        {
            return !goesOn && IsOfOthers(agent, agents, legs)
                ? new AgentPart { State = CallState.Ended, EndedAt = whole.EndedAt, DurationSeconds = 0 }
                : null;
        }

        var isOver = !goesOn || own.All(phone => phone.IsOver);
        var isTalking = !isOver && own.Any(phone => phone.IsTalking);
        var hasTalked = own.Any(phone => phone.Talks.Count > 0);
        var isOnItsOwn = own.Any(phone => phone.IsOnItsOwn);
        var haveOthers = phones.Any(phone => phone.Talks.Count > 0 && !agent.IsOn(phone.Heard.EndpointId));
        // Of a call of an earlier release nobody knows who talked how long.
        var isEarlier = !goesOn && phones.Any(phone => phone.Heard is { Talks: null, ConnectedAt: not null });
        var isWhole = isEarlier || (goesOn
            ? !isOver && (isTalking ? !haveOthers : !isOnItsOwn || !(hasTalked || haveOthers))
            : whole.ConnectedAt is null || !haveOthers || (!hasTalked && !isOnItsOwn));
        if (isWhole)
        {
            return null;
        }

        var takenBy = isOver && !hasTalked
            ? own.Select(phone => phone.TakenBy).OfType<string>().FirstOrDefault()
            : null;
        return new AgentPart
        {
            State = isOver ? CallState.Ended : isTalking ? CallState.Connected : CallState.Ringing,
            StartedAt = own.Min(phone => phone.Heard.RingAt),
            ConnectedAt = own.SelectMany(phone => phone.Talks).Select(talk => (DateTimeOffset?)talk.ConnectedAt).Min(),
            EndedAt = isOver ? own.Max(phone => phone.OverAt) ?? whole.EndedAt : null,
            DurationSeconds = isOver ? TalkedFor(own) : null,
            IsTaken = takenBy is not null,
            TakenBy = takenBy is null ? null : agents.FirstOrDefault(other => other.IsOn(takenBy))?.AgentId,
        };
    }

    /// <summary>
    /// True where other agents talked in the call, and nobody else: of this agent's phones nothing was heard. The agent
    /// was the other side of an internal call that turned out to be an outside one. Of a phone that has no mapping
    /// nobody knows whose it is.
    /// </summary>
    private static bool IsOfOthers(CallAgent agent, List<CallAgent> agents, DerivedLegs legs)
    {
        var talked = legs.Phones.Where(phone => phone.Talks.Count > 0).ToList();
        // An earlier release did not keep who talked.
        return legs.Dial is null && talked.Count > 0 && talked.TrueForAll(phone => phone.Heard.Talks is not null)
            && legs.Direction != CallDirection.Internal && talked.TrueForAll(phone => agents.Exists(
                other => other.AgentId != agent.AgentId && other.IsOn(phone.Heard.EndpointId)));
    }

    /// <summary>How long somebody talked on these phones; null where no end of it is known.</summary>
    private static int? TalkedFor(List<LegPhone> phones)
    {
        var talks = phones
            .SelectMany(phone => phone.Talks.Select(
                talk => (From: talk.ConnectedAt, Until: talk.EndedAt ?? phone.OverAt, talk.Pause)))
            .OrderBy(talk => talk.From).ToList();
        var (seconds, until) = (0.0, DateTimeOffset.MinValue);
        foreach (var (from, end, pause) in talks.Where(talk => talk.Until >= talk.From))
        {
            var since = from > until ? from : until;
            // Several conversations that were made one.
            var silent = since == from ? pause?.TotalSeconds ?? 0 : 0;
            seconds += end > since ? (end.Value - since).TotalSeconds - silent : 0;
            until = end > until ? end.Value : until;
        }

        return talks.Count > 0 && talks.All(talk => talk.Until is null) ? null : (int)seconds;
    }
}
