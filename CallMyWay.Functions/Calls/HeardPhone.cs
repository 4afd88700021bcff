using System.Text.Json;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// What was heard of a phone of a call. A phone can ring several times: in a transfer, or where a group is rung again.
/// </summary>
/// <param name="At">When we first heard of it.</param>
/// <param name="ConnectedAt">When we first heard that it had connected.</param>
/// <param name="OverAt">When we first heard of its end.</param>
public sealed record HeardPhone(
    string EndpointId, DateTimeOffset At, DateTimeOffset? ConnectedAt, DateTimeOffset? OverAt)
{
    /// <summary>How many conversations of a phone are added up one by one; of more, the first are made one.</summary>
    private const int MaxTalks = 8;

    /// <summary>How long a time is in the stored text, with its name.</summary>
    private const int TimeLength = 52;

    /// <summary>The last detect time of its starts, and when we first heard of that.</summary>
    public DateTimeOffset? RingAt { get; init; }

    public DateTimeOffset? RingHeardAt { get; init; }

    /// <summary>The last of the operator's times in its ends.</summary>
    public DateTimeOffset? EndAt { get; init; }

    /// <summary>Its conversations, by the time at which each began; null where there was none.</summary>
    public IReadOnlyList<HeardTalk>? Talks { get; init; }

    /// <summary>True where a later call alone says that it has stopped. It is not stored.</summary>
    internal bool IsSettled { get; init; }

    /// <summary>
    /// True where it was heard to stop and has not begun to ring again. A start is a new ring where it was detected
    /// after the end; any other start is late news.
    /// </summary>
    internal bool IsStopped => OverAt is not null && !(RingAt > EndAt);

    internal static HeardPhone Of(NotificationFact fact, string endpointId)
    {
        var isEnd = fact.Action == CallAction.End;
        var detectedAt = fact.Believed(fact.DetectedAt);
        return new HeardPhone(endpointId, fact.At, fact.IsConnected ? fact.At : null, isEnd ? fact.At : null)
        {
            RingAt = isEnd ? null : detectedAt,
            RingHeardAt = isEnd ? null : fact.At,
            EndAt = isEnd ? HeardLeg.LastTime(fact) : null,
            Talks = fact.Believed(fact.ConnectedAt) is { } connectedAt
                ?
                [
                    new HeardTalk(
                        connectedAt,
                        fact.At,
                        isEnd ? fact.Believed(fact.DisconnectedAt) : null,
                        isEnd ? fact.At : null),
                ]
                : null,
        };
    }

    internal static HeardPhone Of(SettledPhone phone) =>
        new(phone.EndpointId, phone.At, null, phone.At) { EndAt = phone.Until, IsSettled = true };

    internal HeardPhone And(HeardPhone other)
    {
        // The later ring stands. Of one ring that is told again, when we first heard of it.
        var ring = Nullable.Compare(RingAt, other.RingAt);
        return new HeardPhone(
            EndpointId,
            other.At < At ? other.At : At,
            HeardLeg.Min(ConnectedAt, other.ConnectedAt),
            HeardLeg.Min(OverAt, other.OverAt))
        {
            RingAt = HeardLeg.Max(RingAt, other.RingAt),
            RingHeardAt = ring > 0 ? RingHeardAt
                : ring < 0 ? other.RingHeardAt
                : HeardLeg.Min(RingHeardAt, other.RingHeardAt),
            EndAt = HeardLeg.Max(EndAt, other.EndAt),
            Talks = HeardTalk.Union(Talks, other.Talks),
            IsSettled = IsSettled || other.IsSettled,
        };
    }

    internal static IReadOnlyList<HeardPhone> Union(
        IReadOnlyList<HeardPhone> phones, IReadOnlyList<HeardPhone> others)
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

        return [.. all.OrderBy(phone => phone.At).ThenBy(phone => phone.EndpointId, StringComparer.Ordinal)];
    }

    /// <summary>The first of the phones, as far as they fit into so much stored text.</summary>
    internal static IReadOnlyList<HeardPhone> Bounded(IReadOnlyList<HeardPhone> phones, int maxLength)
    {
        var length = 0;
        return
        [
            .. phones.Select(phone => phone with { Talks = HeardTalk.AtMost(phone.Talks, MaxTalks) })
                .TakeWhile(phone => (length += phone.Length) <= maxLength),
        ];
    }

    /// <summary>About how long it is as stored text, and not less.</summary>
    private int Length => 64 + JsonEncodedText.Encode(EndpointId).Value.Length + (6 * TimeLength)
        + ((Talks?.Count ?? 0) * 5 * TimeLength);
}

/// <summary>A conversation of a phone, or several that were made one.</summary>
/// <param name="ConnectedAt">When it began, as the operator told.</param>
/// <param name="HeardAt">When we first heard of it.</param>
/// <param name="EndedAt">The last end of it that the operator told.</param>
/// <param name="EndHeardAt">When we first heard of its end.</param>
public sealed record HeardTalk(
    DateTimeOffset ConnectedAt, DateTimeOffset HeardAt, DateTimeOffset? EndedAt, DateTimeOffset? EndHeardAt)
{
    /// <summary>How long nobody talked between several that were made one; null for one alone.</summary>
    public TimeSpan? Pause { get; init; }

    internal HeardTalk And(HeardTalk other) => new(
        ConnectedAt,
        other.HeardAt < HeardAt ? other.HeardAt : HeardAt,
        HeardLeg.Max(EndedAt, other.EndedAt),
        HeardLeg.Min(EndHeardAt, other.EndHeardAt))
    {
        Pause = HeardLeg.Max(Pause, other.Pause),
    };

    internal static IReadOnlyList<HeardTalk>? Union(
        IReadOnlyList<HeardTalk>? talks, IReadOnlyList<HeardTalk>? others) =>
        talks is null ? others
        : others is null ? talks
        : [.. talks.Concat(others).GroupBy(talk => talk.ConnectedAt)
            .Select(same => same.Aggregate((a, b) => a.And(b)))
            .OrderBy(talk => talk.ConnectedAt)];

    /// <summary>
    /// At most so many, which are as long together: the first that have ended are made one, as nothing more is likely
    /// to be heard of them.
    /// </summary>
    internal static IReadOnlyList<HeardTalk>? AtMost(IReadOnlyList<HeardTalk>? talks, int most)
    {
        if (talks is null || talks.Count <= most)
        {
            return talks;
        }

        var all = talks.ToList();
        while (all.Count > most)
        {
            var first = Enumerable.Range(0, all.Count - 1)
                .FirstOrDefault(i => all[i].EndedAt is not null && all[i + 1].EndedAt is not null);
            all[first] = all[first].Before(all[first + 1]);
            all.RemoveAt(first + 1);
        }

        return all;
    }

    // How long one talked whose end is not known, nobody knows.
    private HeardTalk Before(HeardTalk next)
    {
        var between = next.ConnectedAt - (EndedAt ?? ConnectedAt);
        var silent = between > TimeSpan.Zero ? between : TimeSpan.Zero;
        return new HeardTalk(
            ConnectedAt,
            HeardAt,
            HeardLeg.Max(EndedAt, next.EndedAt),
            HeardLeg.Max(EndHeardAt, next.EndHeardAt))
        {
            Pause = (Pause ?? TimeSpan.Zero) + (next.Pause ?? TimeSpan.Zero)
                + (next.EndedAt is null ? TimeSpan.Zero : silent),
        };
    }
}
