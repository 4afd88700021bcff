namespace CallMyWay.Functions.Calls;

/// <summary>
/// What the notifications of one call id say together. Each part is the earliest, the largest or the union of what they
/// say, so that it is the same in whatever order they come.
/// </summary>
public sealed record HeardLeg
{
    /// <summary>The most text that the phones are together; what is beyond it is an attack, no ring group.</summary>
    private const int MaxWeight = 16 * 1024;

    public required string CallId { get; init; }

    /// <summary>When the first notification was received, which tells the next three.</summary>
    public required DateTimeOffset At { get; init; }

    public CallDirection Direction { get; init; }

    public string Ani { get; init; } = "";

    public string Dnis { get; init; } = "";

    /// <summary>When it was detected; when it connected or we first heard of it, where that was not told.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? ConnectedAt { get; init; }

    /// <summary>The last end that was told: each phone of a group may end on its own.</summary>
    public DateTimeOffset? ToldEnd { get; init; }

    /// <summary>When we first heard of an end.</summary>
    public DateTimeOffset? HeardEnd { get; init; }

    /// <summary>The longest duration that an end told.</summary>
    public int? ToldDuration { get; init; }

    /// <summary>The largest cost that an end told.</summary>
    public decimal? Cost { get; init; }

    /// <summary>
    /// True where an end ended the call, whatever other phones do: the end of a conversation, or one that names no
    /// phone.
    /// </summary>
    public bool IsClosed { get; init; }

    /// <summary>The phones that rang or dialled, in the order in which we heard of them.</summary>
    public IReadOnlyList<HeardPhone> Phones { get; init; } = [];

    /// <summary>Where one phone of a group answers, the call ends for the others, and goes on there.</summary>
    internal CallState State =>
        IsClosed || (Phones.Any(phone => phone.IsOver) && Phones.All(phone => phone.IsOver)) ? CallState.Ended
        : ConnectedAt is not null ? CallState.Connected
        : CallState.Ringing;

    internal DateTimeOffset? EndedAt => ToldEnd ?? HeardEnd;

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

            if (ConnectedAt is null)
            {
                return ToldDuration ?? 0;
            }

            // Zero is also what a phone says that did not answer: of a call that connected it tells nothing.
            return ToldEnd >= ConnectedAt ? (int)(ToldEnd.Value - ConnectedAt.Value).TotalSeconds
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
            ConnectedAt = connectedAt,
            ToldEnd = isEnd ? fact.Believed(fact.DisconnectedAt) : null,
            HeardEnd = isEnd ? fact.At : null,
            ToldDuration = isEnd ? fact.Duration : null,
            Cost = isEnd ? fact.Cost : null,
            IsClosed = isEnd && (fact.IsConnected || fact.Duration > 0 || fact.EndpointId is null),
            Phones = fact.EndpointId is { } endpointId
                ? [new HeardPhone(endpointId, fact.At, fact.IsConnected ? fact.At : null, isEnd ? fact.At : null)]
                : [],
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
            ConnectedAt = Min(ConnectedAt, other.ConnectedAt),
            ToldEnd = Max(ToldEnd, other.ToldEnd),
            HeardEnd = Min(HeardEnd, other.HeardEnd),
            ToldDuration = Max(ToldDuration, other.ToldDuration),
            Cost = Max(Cost, other.Cost),
            IsClosed = IsClosed || other.IsClosed,
            Phones = HeardPhone.Union(Phones, other.Phones, MaxWeight),
        };
    }

    // Of two that were received in one instant it is the same one, whichever is looked at first.
    private static bool IsBefore(HeardLeg a, HeardLeg b) =>
        (a.At, a.Direction).CompareTo((b.At, b.Direction)) is not 0 and var order ? order < 0
        : string.CompareOrdinal(a.Ani, b.Ani) is not 0 and var byAni ? byAni < 0
        : string.CompareOrdinal(a.Dnis, b.Dnis) < 0;

    internal static T? Min<T>(T? a, T? b)
        where T : struct, IComparable<T> => a is { } known && !(b?.CompareTo(known) < 0) ? known : b;

    internal static T? Max<T>(T? a, T? b)
        where T : struct, IComparable<T> => a is { } known && !(b?.CompareTo(known) > 0) ? known : b;
}

/// <summary>A phone of a call.</summary>
/// <param name="At">When we first heard of it.</param>
/// <param name="ConnectedAt">When we first heard that it had connected.</param>
/// <param name="OverAt">When we first heard of its end.</param>
public sealed record HeardPhone(
    string EndpointId, DateTimeOffset At, DateTimeOffset? ConnectedAt, DateTimeOffset? OverAt)
{
    internal bool IsOver => OverAt is not null;

    internal HeardPhone And(HeardPhone other) => new(
        EndpointId,
        other.At < At ? other.At : At,
        HeardLeg.Min(ConnectedAt, other.ConnectedAt),
        HeardLeg.Min(OverAt, other.OverAt));

    internal static IReadOnlyList<HeardPhone> Union(
        IReadOnlyList<HeardPhone> phones, IReadOnlyList<HeardPhone> others, int maxWeight = int.MaxValue)
    {
        var all = phones.ToList();
        foreach (var other in others)
        {
            var index = all.FindIndex(phone => phone.EndpointId == other.EndpointId);
            if (index < 0)
            {
                all.Add(other);
            }
            else
            {
                all[index] = all[index].And(other);
            }
        }

        var weight = 0;
        return [.. all.OrderBy(phone => phone.At).ThenBy(phone => phone.EndpointId, StringComparer.Ordinal)
            .TakeWhile(phone => (weight += 40 + phone.EndpointId.Length) <= maxWeight)];
    }
}
