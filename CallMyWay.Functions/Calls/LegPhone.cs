namespace CallMyWay.Functions.Calls;

/// <summary>
/// What a phone of a call does, as it follows from what was heard of all its phones: it rings, talks or has stopped.
/// </summary>
internal sealed record LegPhone
{
    /// <summary>By how much two of the operator's times of one moment may differ.</summary>
    internal static readonly TimeSpan Rounding = TimeSpan.FromSeconds(2);

    /// <summary>By how much the start of a phone of a group may come late.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    public required HeardPhone Heard { get; init; }

    /// <summary>Its conversations, by the time at which each began.</summary>
    public required IReadOnlyList<HeardTalk> Talks { get; init; }

    /// <summary>True where it has stopped.</summary>
    public bool IsOver { get; init; }

    /// <summary>True while it talks.</summary>
    public bool IsTalking { get; init; }

    /// <summary>
    /// True where what it does is its own: it rings for somebody else than the phone that talks, or joined a
    /// conversation that went on. The other phones of an outgoing or internal call are sides of one conversation.
    /// </summary>
    public bool IsOnItsOwn { get; init; }

    /// <summary>When it stopped, by the operator's times where it told any.</summary>
    public DateTimeOffset? OverAt { get; init; }

    /// <summary>When we heard of that.</summary>
    public DateTimeOffset? OverHeardAt { get; init; }

    /// <summary>The phone that took the call while this one rang beside it.</summary>
    public string? TakenBy { get; init; }

    /// <summary>The phones of a leg.</summary>
    public static IReadOnlyList<LegPhone> Of(HeardLeg leg)
    {
        List<(HeardPhone Phone, HeardTalk Talk)> talks =
            [.. leg.Phones.SelectMany(phone => TalksOf(phone, leg).Select(talk => (phone, talk)))];
        return [.. leg.Phones.Select(phone => Of(leg, phone, talks))];
    }

    /// <summary>The phone, where it has a part in two legs: it has stopped where it has left one of them.</summary>
    public LegPhone And(LegPhone other) => this with
    {
        Heard = Heard.And(other.Heard),
        Talks = [.. Talks, .. other.Talks],
        IsOver = IsOver || other.IsOver,
        IsTalking = !(IsOver || other.IsOver) && (IsTalking || other.IsTalking),
        IsOnItsOwn = IsOnItsOwn || other.IsOnItsOwn,
        OverAt = HeardLeg.Max(OverAt, other.OverAt),
        OverHeardAt = HeardLeg.Max(OverHeardAt, other.OverHeardAt),
        TakenBy = TakenBy ?? other.TakenBy,
    };

    /// <summary>
    /// True where the phone began to ring when the other had connected or, if nobody answered that one, had stopped. The
    /// operator's times tell it.
    /// </summary>
    public bool IsAfter(LegPhone other) =>
        Heard.RingAt > (other.Talks.Count > 0 ? other.Talks[0].ConnectedAt : other.Heard.EndAt - Rounding);

    /// <summary>How far the leg has come, with these phones.</summary>
    public static CallState StateOf(HeardLeg leg, IReadOnlyList<LegPhone> phones) =>
        !GoesOn(leg, phones) ? CallState.Ended
        : leg.ConnectedAt is not null ? CallState.Connected
        : CallState.Ringing;

    // A start or an end that names no phone is of the whole call.
    private static bool GoesOn(HeardLeg leg, IReadOnlyList<LegPhone> phones) =>
        phones.Any(phone => !phone.IsOver)
        || (phones.Count == 0
            ? leg.ClosedUntil is not { } closed || leg.RingAt > closed
            : leg.RingAt > HeardLeg.Max(leg.ClosedUntil, phones.Max(phone => phone.OverAt)));

    private static LegPhone Of(HeardLeg leg, HeardPhone phone, List<(HeardPhone Phone, HeardTalk Talk)> talks)
    {
        var own = talks.Where(each => each.Phone.EndpointId == phone.EndpointId).Select(each => each.Talk).ToList();
        var others = talks.Where(each => each.Phone.EndpointId != phone.EndpointId).ToList();
        var isIn = leg.Direction == CallDirection.In;
        var current = own.LastOrDefault(talk => phone.OverAt is null || talk.ConnectedAt > phone.EndAt);
        var result = new LegPhone
        {
            Heard = phone,
            Talks = own,
            IsOnItsOwn = isIn || others.Any(other => BeganDuring(phone, other.Phone, other.Talk)),
        };
        if (phone.IsStopped)
        {
            // Where the others stop because one of them has answered, the end of each may be the first news of it.
            var by = isIn && own.Count == 0 ? Taker(phone, others) : null;
            return result with
            {
                IsOver = true,
                OverAt = phone.EndAt ?? phone.OverAt,
                OverHeardAt = phone.OverAt,
                TakenBy = by?.Phone.EndpointId,
            };
        }

        if (leg.ClosedUntil is { } closed && !(phone.RingAt > closed))
        {
            return result with { IsOver = true, OverAt = closed, OverHeardAt = leg.HeardEnd };
        }

        if (current is null && isIn && Taker(phone, others) is { } taker)
        {
            return result with
            {
                IsOver = true,
                OverAt = taker.Talk.ConnectedAt,
                OverHeardAt = taker.Talk.HeardAt,
                TakenBy = taker.Phone.EndpointId,
            };
        }

        // An outgoing or internal call is one conversation, which ends for all of its sides, but for who joined it.
        var ended = isIn ? [] : others.Where(other => IsEnded(other.Phone, other.Talk) && (current is null
            ? !BeganDuring(phone, other.Phone, other.Talk)
            : other.Talk.ConnectedAt == current.ConnectedAt)).ToList();
        return ended.Count == 0
            ? result with { IsTalking = current is not null }
            : result with
            {
                IsOver = true,
                OverAt = ended.Max(other => other.Talk.EndedAt ?? other.Phone.EndAt ?? other.Phone.OverAt),
                OverHeardAt = ended.Min(other => other.Talk.EndHeardAt ?? other.Phone.OverAt),
            };
    }

    /// <summary>Whoever took an incoming call first while this phone rang.</summary>
    private static (HeardPhone Phone, HeardTalk Talk)? Taker(
        HeardPhone phone, List<(HeardPhone Phone, HeardTalk Talk)> others)
    {
        var takers = others.Where(other => !BeganDuring(phone, other.Phone, other.Talk)).ToList();
        return takers.Count == 0 ? null
            : takers.OrderBy(other => other.Talk.ConnectedAt)
                .ThenBy(other => other.Phone.EndpointId, StringComparer.Ordinal).First();
    }

    /// <summary>
    /// True where the phone began to ring when another was in conversation, or later: that one has not taken the call
    /// from it. The operator's times decide. Where they say no more than that it did not ring later, as an operator may
    /// tell the same detect time for all phones of a call, it decides in which order, and how much later, we heard of
    /// them.
    /// </summary>
    private static bool BeganDuring(HeardPhone phone, HeardPhone talker, HeardTalk talk)
    {
        if (phone.RingAt > talk.ConnectedAt)
        {
            return true;
        }

        var heardAt = phone.RingHeardAt ?? phone.At;
        // An answer can be told with the end alone. The ring was heard long after it, compared with the talker's.
        var isAfterAnswer = phone.RingAt is { } ring && ring == talker.RingAt
            && heardAt - talker.RingHeardAt > talk.ConnectedAt - ring + Late;
        return (talk.HeardAt < heardAt || isAfterAnswer)
            && !(talk.EndHeardAt <= heardAt) && !(talker.OverAt <= heardAt);
    }

    private static bool IsEnded(HeardPhone phone, HeardTalk talk) => talk.EndHeardAt is not null || phone.IsStopped;

    // An earlier release kept only that the phone had connected.
    private static IReadOnlyList<HeardTalk> TalksOf(HeardPhone phone, HeardLeg leg) =>
        phone.Talks ?? (phone.ConnectedAt is { } heardAt
            ? [new HeardTalk(leg.ConnectedAt ?? heardAt, heardAt, null, null)]
            : []);
}
