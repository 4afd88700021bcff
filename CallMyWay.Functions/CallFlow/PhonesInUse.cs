using CallMyWay.Functions.Calls;

namespace CallMyWay.Functions.CallFlow;

/// <summary>
/// The calls that this process has heard to go on at each phone. A phone talks in one call at a time, so an earlier one
/// that it has not been heard to leave is over. What another process has heard is not known here: those calls end by
/// their age.
/// </summary>
public sealed class PhonesInUse
{
    /// <summary>How many phones are known; of more, some that were not heard of lately are forgotten.</summary>
    private const int Most = 10_000;

    /// <summary>How many calls of a phone are known; of more, the last.</summary>
    private const int MostAtOnce = 20;

    /// <summary>How far the operator's clock may be ahead of ours where its times are compared.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();

    private readonly Dictionary<(string Account, string EndpointId), Phone> _phones = [];

    private readonly Queue<(string Account, string EndpointId)> _order = new();

    /// <summary>Notes the call as it was saved.</summary>
    public void Note(Call call)
    {
        lock (_gate)
        {
            foreach (var phone in call.Phones)
            {
                var rangAt = call.RangAt(phone);
                if (phone.IsOver)
                {
                    Find(call, phone.EndpointId)?.Calls.Remove(call.CallId);
                }
                else
                {
                    var known = Add(call, phone.EndpointId).Calls;
                    known[call.CallId] = (rangAt, phone.HeardAt);
                    if (known.Count > MostAtOnce)
                    {
                        known.Remove(known.MinBy(each => each.Value).Key);
                    }
                }

                // An internal call settles nothing: it is how a call is handed over.
                if (phone.ConnectedAt is not null && call is { CameAt: null, Direction: not CallDirection.Internal })
                {
                    var known = Add(call, phone.EndpointId);
                    var connectedAt = call.ConnectedAt ?? rangAt;
                    // Of a phone that has rung again since, or whose start was not told, the ring that it answered is
                    // not known: not before the call began.
                    rangAt = connectedAt < rangAt ? call.StartedAt : rangAt;
                    // Only times that the operator told are compared: the operator's clock is not ours. A ring that
                    // lies ahead of when we heard of it has a wrong time. Beside it, each new call of the phone would
                    // count as heard of late.
                    if (phone.RingAt is not null && rangAt <= phone.HeardAt + MostAhead
                        && !(known.Last?.RangAt > rangAt))
                    {
                        known.Last = new PhoneTalk(call.CallId, rangAt, connectedAt);
                    }
                }
            }
        }
    }

    /// <summary>
    /// The call in which the phone was heard to talk although it rang for it later than for this one: this one was
    /// heard of late. Null where there is none, for a call that has gone from phone to phone, and where the operator told
    /// no time of the ring or one that is far from ours.
    /// </summary>
    public PhoneTalk? Later(Call call, CallPhone phone)
    {
        if (call is not { CameAt: null, Phones.Count: 1 } || phone.RingAt is null)
        {
            return null;
        }

        lock (_gate)
        {
            return Find(call, phone.EndpointId)?.Last is { } last && last.CallId != call.CallId
                && last.RangAt > call.RangAt(phone) ? last : null;
        }
    }

    /// <summary>
    /// The calls that go on at the phone although it has connected there in this one, for which it rang later.
    /// </summary>
    public IReadOnlyList<CallKey> Earlier(Call call, string endpointId)
    {
        lock (_gate)
        {
            var own = call.Phones.First(phone => phone.EndpointId == endpointId);
            return
            [
                .. (Find(call, endpointId)?.Calls ?? []).Where(each => each.Key != call.CallId
                        && each.Value.CompareTo((call.RangAt(own), own.HeardAt)) <= 0)
                    .Select(each => new CallKey(each.Key, call.Account)),
            ];
        }
    }

    private Phone? Find(Call call, string endpointId) => _phones.GetValueOrDefault((call.Account, endpointId));

    private Phone Add(Call call, string endpointId)
    {
        var key = (call.Account, endpointId);
        if (!_phones.TryGetValue(key, out var phone))
        {
            _phones[key] = phone = new Phone();
            _order.Enqueue(key);
            if (_order.Count > Most)
            {
                _phones.Remove(_order.Dequeue());
            }
        }

        return phone;
    }

    private sealed class Phone
    {
        /// <summary>When each began to ring at this phone, by its id, and when we first heard of that.</summary>
        public Dictionary<string, (DateTimeOffset RangAt, DateTimeOffset HeardAt)> Calls { get; } =
            new(StringComparer.Ordinal);

        /// <summary>The last call that it was heard to talk in; also once that is over.</summary>
        public PhoneTalk? Last { get; set; }
    }
}

/// <summary>A call that a phone was heard to talk in.</summary>
/// <param name="RangAt">When the phone rang for it.</param>
/// <param name="ConnectedAt">When it connected.</param>
public sealed record PhoneTalk(string CallId, DateTimeOffset RangAt, DateTimeOffset ConnectedAt);
