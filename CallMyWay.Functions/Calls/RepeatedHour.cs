namespace CallMyWay.Functions.Calls;

/// <summary>
/// Reads the local times of an hour that comes twice, where a zone sets its clock back. Each of them can be the earlier
/// or the later instant. Which one is meant follows from all notifications of the call together, in whatever order they
/// came:
/// <list type="bullet">
/// <item>No time lies ahead of the first notification that told it.</item>
/// <item>No call connects before it was detected, or ends before it connects. A told duration is kept to.</item>
/// <item>The call began as late as that allows. From then on each time is the first that agrees, so that the hour is
/// added to no call; but what was told as it happened is of that moment.</item>
/// </list>
/// </summary>
internal sealed class RepeatedHour
{
    /// <summary>By how much a told duration may differ from the times: it may count whole minutes.</summary>
    private static readonly TimeSpan DurationTolerance = TimeSpan.FromMinutes(1);

    /// <summary>How long a notification that is told at once may take.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMinutes(2);

    private readonly List<Told> _told;

    /// <summary>The last instant that a time can be, and the first.</summary>
    private readonly Dictionary<Time, DateTimeOffset> _last = [];

    private readonly Dictionary<Time, DateTimeOffset> _first = [];

    private RepeatedHour(IEnumerable<NotificationFact> facts)
    {
        _told = [.. facts.Select(fact => new Told(fact))];
        // The same local time in two notifications is the same instant.
        foreach (var (time, later) in _told.SelectMany(told => told.Times))
        {
            var last = later ?? time.Earlier;
            _last[time] = _last.TryGetValue(time, out var known) && known < last ? known : last;
        }
    }

    private enum Role
    {
        Detect,
        Connect,
        Disconnect,
    }

    /// <summary>The notifications of a call with the instants that are meant, in the same order.</summary>
    /// <param name="began">A time of the call that is known beside them; null where there is none.</param>
    public static IReadOnlyList<NotificationFact> Read(
        IReadOnlyList<NotificationFact> facts, DateTimeOffset? began = null)
    {
        if (facts.All(fact => fact.Later is null))
        {
            return facts;
        }

        var hour = new RepeatedHour(facts);
        hour.FindLast();
        hour.FindFirst(began);
        return [.. facts.Select(fact => fact.Later is null ? fact : hour.Read(fact))];
    }

    private NotificationFact Read(NotificationFact fact) => fact with
    {
        DetectedAt = Of(Role.Detect, fact.DetectedAt),
        ConnectedAt = Of(Role.Connect, fact.ConnectedAt),
        DisconnectedAt = Of(Role.Disconnect, fact.DisconnectedAt),
        Later = null,
    };

    private DateTimeOffset? Of(Role role, DateTimeOffset? earlier) =>
        earlier is { } known ? _first[new Time(role, known)] : null;

    private void FindLast()
    {
        bool isChanged;
        do
        {
            isChanged = false;
            foreach (var told in _told)
            {
                for (var i = told.Times.Count - 2; i >= 0; i--)
                {
                    var (time, next) = (told.Times[i].Time, told.Times[i + 1].Time);
                    isChanged |= _last[time] > _last[next] && Lower(time, time.Earlier);
                }

                if (Agreeing(told, time => [time.Earlier, _last[time]]) is { Count: > 0 } agreeing)
                {
                    isChanged |= Lower(told.Connect!, agreeing.Max(pair => pair.From));
                    isChanged |= Lower(told.Disconnect!, agreeing.Max(pair => pair.Until));
                }
            }
        }
        while (isChanged);

        bool Lower(Time time, DateTimeOffset to)
        {
            var isLower = to < _last[time];
            _last[time] = isLower ? to : _last[time];
            return isLower;
        }
    }

    private void FindFirst(DateTimeOffset? began)
    {
        var start = HeardLeg.Min(_last.Values.Min(), began);
        foreach (var (time, last) in _last)
        {
            _first[time] = time.Earlier >= start ? time.Earlier : last;
        }

        foreach (var told in _told.Where(told => Agreeing(told, Possible).Count == 0))
        {
            var (time, later) = told.Times.LastOrDefault();
            _ = later >= told.At - AtOnce && Raise(time, later.Value);
        }

        bool isChanged;
        do
        {
            isChanged = false;
            foreach (var told in _told)
            {
                for (var i = 1; i < told.Times.Count; i++)
                {
                    isChanged |= Raise(told.Times[i].Time, _first[told.Times[i - 1].Time]);
                }

                if (Agreeing(told, Possible) is { Count: > 0 } agreeing)
                {
                    isChanged |= Raise(told.Connect!, agreeing.Min(pair => pair.From));
                    isChanged |= Raise(told.Disconnect!, agreeing.Min(pair => pair.Until));
                }
            }
        }
        while (isChanged);

        IEnumerable<DateTimeOffset> Possible(Time time) => [_first[time], _last[time]];

        // To the later instant, where it can be that one.
        bool Raise(Time time, DateTimeOffset to)
        {
            var isHigher = _first[time] < to && _first[time] < _last[time];
            _first[time] = isHigher ? _last[time] : _first[time];
            return isHigher;
        }
    }

    /// <summary>The instants of a conversation that last as long as was told.</summary>
    private static List<(DateTimeOffset From, DateTimeOffset Until)> Agreeing(
        Told told, Func<Time, IEnumerable<DateTimeOffset>> possible) =>
        told is { Connect: { } connect, Disconnect: { } disconnect, Length: { } length }
            ?
            [
                .. from connected in possible(connect)
                   from disconnected in possible(disconnect)
                   where (disconnected - connected - length).Duration() <= DurationTolerance
                   select (connected, disconnected),
            ]
            : [];

    /// <summary>A local time, by the earlier of its instants.</summary>
    private sealed record Time(Role Role, DateTimeOffset Earlier)
    {
        public static Time? Of(Role role, DateTimeOffset? earlier) =>
            earlier is { } known ? new Time(role, known) : null;
    }

    /// <summary>What a notification told, in the order in which it happens.</summary>
    private sealed class Told(NotificationFact fact)
    {
        public DateTimeOffset At => fact.At;

        public Time? Connect { get; } = Time.Of(Role.Connect, fact.ConnectedAt);

        public Time? Disconnect { get; } = Time.Of(Role.Disconnect, fact.DisconnectedAt);

        public TimeSpan? Length => fact.Duration is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;

        public IReadOnlyList<(Time Time, DateTimeOffset? Later)> Times { get; } =
        [
            .. new (Time? Time, DateTimeOffset? Later)[]
                {
                    (Time.Of(Role.Detect, fact.DetectedAt), fact.Later?.DetectedAt),
                    (Time.Of(Role.Connect, fact.ConnectedAt), fact.Later?.ConnectedAt),
                    (Time.Of(Role.Disconnect, fact.DisconnectedAt), fact.Later?.DisconnectedAt),
                }
                .Where(told => told.Time is not null)
                .Select(told => (told.Time!, told.Later)),
        ];
    }
}

/// <summary>
/// The later instants of a notification's times that came twice; null where a time came once, or where the later one
/// had not come yet.
/// </summary>
public sealed record LaterTimes(
    DateTimeOffset? DetectedAt, DateTimeOffset? ConnectedAt, DateTimeOffset? DisconnectedAt);
