namespace CallMyWay.Functions.Calls;

/// <summary>
/// What the notifications of one call id say together. Each part is the earliest, the largest or the union of what they
/// say, so that it is the same in whatever order they come.
/// </summary>
public sealed record HeardLeg
{
    /// <summary>
    /// The most stored text that the phones of a sum are together, some 150 phones; what is beyond it is an attack, no
    /// ring group.
    /// </summary>
    internal const int MaxLength = 56 * 1024;

    public required string CallId { get; init; }

    /// <summary>
    /// When the notification was received that tells the next three: the first, but for one that tells of an internal
    /// call before it turns out to be an outside one.
    /// </summary>
    public required DateTimeOffset At { get; init; }

    public CallDirection Direction { get; init; }

    public string Ani { get; init; } = "";

    public string Dnis { get; init; } = "";

    /// <summary>When it was detected; when it connected or we first heard of it, where that was not told.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>
    /// True where the operator told a beginning that is too far from when we heard of it: ours stands then.
    /// </summary>
    public bool HasWrongTime { get; init; }

    /// <summary>True where nobody would tell that it was answered: so it was with the account's calls before.</summary>
    public bool IsAnswerUntold { get; init; }

    /// <summary>True where the operator's list of calls that go on told all of it, and no notification did.</summary>
    public bool? IsOfLiveAlone { get; init; }

    /// <summary>The first and the last of all times that the operator told, whether they are believed or not.</summary>
    public DateTimeOffset? ToldFrom { get; init; }

    public DateTimeOffset? ToldUntil { get; init; }

    public DateTimeOffset? ConnectedAt { get; init; }

    /// <summary>The last end that was told: each phone of a group may end on its own.</summary>
    public DateTimeOffset? ToldEnd { get; init; }

    /// <summary>When we first heard of an end.</summary>
    public DateTimeOffset? HeardEnd { get; init; }

    /// <summary>The last end of a conversation that was told; a phone may ring on for another agent after it.</summary>
    public DateTimeOffset? TalkedUntil { get; init; }

    /// <summary>The longest duration that an end told.</summary>
    public int? ToldDuration { get; init; }

    /// <summary>The largest cost that an end told.</summary>
    public decimal? Cost { get; init; }

    /// <summary>
    /// True where an end named no phone: all phones that rang or talked by then have stopped. An earlier release also
    /// set it at the end of a conversation.
    /// </summary>
    public bool IsClosed { get; init; }

    /// <summary>The latest of the operator's times of such an end.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The last detect time of a start that named no phone.</summary>
    public DateTimeOffset? RingAt { get; init; }

    /// <summary>The phones that rang or dialled, in the order in which we heard of them.</summary>
    public IReadOnlyList<HeardPhone> Phones { get; init; } = [];

    private bool IsInternal => Direction == CallDirection.Internal;

    /// <summary>When the call was over, if it is. No call ends before it connects.</summary>
    internal DateTimeOffset? EndedAt => (ToldEnd ?? HeardEnd) is not { } end ? null
        : ConnectedAt > end ? ConnectedAt.Value.AddSeconds(ToldDuration ?? 0)
        : end;

    /// <summary>By the operator's times where it told any: until then all phones have stopped.</summary>
    internal DateTimeOffset? ClosedUntil => !IsClosed ? null : ClosedAt ?? ToldEnd ?? HeardEnd;

    /// <summary>
    /// The document leaves the unit of the notification's duration open; the two times, where both are there, leave no
    /// doubt. They are the call's: the end of a phone that did not answer says nothing of how long was spoken on
    /// another.
    /// </summary>
    internal int? DurationSeconds
    {
        get
        {
            if (EndedAt is null)
            {
                return null;
            }

            // Where nobody answered, a duration tells how long it rang.
            if (ConnectedAt is null)
            {
                return 0;
            }

            // Zero is also what a phone says that did not answer: of a call that connected it tells nothing.
            var end = TalkedUntil ?? ToldEnd;
            return end >= ConnectedAt ? (int)(end.Value - ConnectedAt.Value).TotalSeconds
                : ToldDuration is > 0 ? ToldDuration
                : null;
        }
    }

    internal static HeardLeg Of(NotificationFact fact)
    {
        var isEnd = fact.Action == CallAction.End;
        var connectedAt = fact.Believed(fact.ConnectedAt);
        return new HeardLeg
        {
            CallId = fact.CallId,
            At = fact.At,
            Direction = fact.Direction ?? fact.Type ?? CallDirection.In,
            Ani = fact.Ani,
            Dnis = fact.Dnis,
            StartedAt = fact.Believed(fact.DetectedAt) ?? connectedAt ?? fact.At,
            HasWrongTime = fact.HasWrongTime,
            IsAnswerUntold = fact.IsAnswerUntold == true,
            IsOfLiveAlone = fact.IsLive,
            ToldFrom = FirstTold(fact),
            ToldUntil = LastTold(fact),
            ConnectedAt = connectedAt,
            ToldEnd = isEnd ? fact.Believed(fact.DisconnectedAt) : null,
            HeardEnd = isEnd ? fact.At : null,
            TalkedUntil = isEnd && fact.IsConnected ? fact.Believed(fact.DisconnectedAt) : null,
            ToldDuration = isEnd ? fact.Duration : null,
            Cost = isEnd ? fact.Cost : null,
            IsClosed = isEnd && fact.EndpointId is null,
            ClosedAt = isEnd && fact.EndpointId is null ? LastTime(fact) : null,
            RingAt = !isEnd && fact.EndpointId is null ? fact.Believed(fact.DetectedAt) : null,
            Phones = fact.EndpointId is { } endpointId ? [HeardPhone.Of(fact, endpointId)] : [],
        };
    }

    /// <summary>
    /// With phones that have stopped without our being told. Where it was told after all, that stands.
    /// </summary>
    internal HeardLeg With(IReadOnlyList<SettledPhone> settled)
    {
        if (settled.Count == 0)
        {
            return this;
        }

        // A call that waits is answered once the other is over.
        var open = LegPhone.Of(this).Where(phone => !phone.IsOver).Select(phone => phone.Heard).ToList();
        var stopped = settled.Where(phone => open.Exists(known => known.EndpointId == phone.EndpointId
            && known.Talks?.Any(talk => talk.ConnectedAt > phone.Until) != true)).ToList();
        return stopped.Count == 0
            ? this
            : this with
            {
                HeardEnd = Min(HeardEnd, stopped.Min(phone => phone.At)),
                Phones = HeardPhone.Union(Phones, [.. stopped.Select(HeardPhone.Of)]),
            };
    }

    /// <summary>What both say.</summary>
    internal HeardLeg And(HeardLeg other)
    {
        var first = IsBefore(other, this) ? other : this;
        return new HeardLeg
        {
            CallId = CallId,
            At = first.At,
            Direction = first.Direction,
            Ani = first.Ani,
            Dnis = first.Dnis,
            StartedAt = other.StartedAt < StartedAt ? other.StartedAt : StartedAt,
            HasWrongTime = HasWrongTime || other.HasWrongTime,
            IsAnswerUntold = IsAnswerUntold || other.IsAnswerUntold,
            IsOfLiveAlone = IsOfLiveAlone == true && other.IsOfLiveAlone == true ? true : null,
            ToldFrom = Min(ToldFrom, other.ToldFrom),
            ToldUntil = Max(ToldUntil, other.ToldUntil),
            ConnectedAt = Min(ConnectedAt, other.ConnectedAt),
            ToldEnd = Max(ToldEnd, other.ToldEnd),
            HeardEnd = Min(HeardEnd, other.HeardEnd),
            TalkedUntil = Max(TalkedUntil, other.TalkedUntil),
            ToldDuration = Max(ToldDuration, other.ToldDuration),
            Cost = Max(Cost, other.Cost),
            IsClosed = IsClosed || other.IsClosed,
            ClosedAt = Max(ClosedAt, other.ClosedAt),
            RingAt = Max(RingAt, other.RingAt),
            Phones = HeardPhone.Union(Phones, other.Phones),
        };
    }

    /// <summary>As it is stored as a sum, which has no end otherwise.</summary>
    internal HeardLeg Bounded() => this with { Phones = HeardPhone.Bounded(Phones, MaxLength) };

    // Of two that were received in one instant it is the same one, whichever is looked at first.
    private static bool IsBefore(HeardLeg a, HeardLeg b) =>
        (a.IsInternal, a.At, a.Direction).CompareTo((b.IsInternal, b.At, b.Direction)) is not 0 and var order
            ? order < 0
        : string.CompareOrdinal(a.Ani, b.Ani) is not 0 and var byAni ? byAni < 0
        : string.CompareOrdinal(a.Dnis, b.Dnis) < 0;

    /// <summary>The first of the operator's times in a notification, whether it is believed or not.</summary>
    internal static DateTimeOffset? FirstTold(NotificationFact fact) =>
        Min(fact.DetectedAt, Min(fact.ConnectedAt, fact.DisconnectedAt));

    /// <summary>The last of them, whether it is believed or not.</summary>
    internal static DateTimeOffset? LastTold(NotificationFact fact) =>
        Max(fact.DisconnectedAt, Max(fact.ConnectedAt, fact.DetectedAt));

    /// <summary>The last of the operator's times in a notification.</summary>
    internal static DateTimeOffset? LastTime(NotificationFact fact) => Max(
        fact.Believed(fact.DisconnectedAt),
        Max(fact.Believed(fact.ConnectedAt), fact.Believed(fact.DetectedAt)));

    internal static T? Min<T>(T? a, T? b)
        where T : struct, IComparable<T> => a is { } known && !(b?.CompareTo(known) < 0) ? known : b;

    internal static T? Max<T>(T? a, T? b)
        where T : struct, IComparable<T> => a is { } known && !(b?.CompareTo(known) > 0) ? known : b;
}
