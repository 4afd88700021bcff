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
                var ring = call.RingOf(phone);
                // A record ends a call whose phones were not heard to stop.
                if (phone.IsOver || call.State == CallState.Ended)
                {
                    Find(call, phone.EndpointId)?.Calls.Remove(call.CallId);
                }
                else
                {
                    var known = Add(call, phone.EndpointId).Calls;
                    known[call.CallId] = ring;
                    if (known.Count > MostAtOnce)
                    {
                        known.Remove(known.MinBy(each => each.Value.HeardAt).Key);
                    }
                }

                // An internal call settles nothing: it is how a call is handed over.
                if (phone.ConnectedAt is not null && call.Direction != CallDirection.Internal
                    && TalkOf(call, phone, ring) is { } talk)
                {
                    var known = Add(call, phone.EndpointId);
                    known.Last = known.Last?.Ring.IsToldAfter(talk.Ring) == true ? known.Last : talk;
                }
            }
        }
    }

    /// <summary>
    /// The phone's conversation in the call; null where the operator told no time of the ring, or one that can't be.
    /// </summary>
    private static PhoneTalk? TalkOf(Call call, CallPhone phone, PhoneRing ring)
    {
        // Of a phone that has rung again since, the ring that it answered is not known: not before the call began,
        // which is the first of all times that were told. Nor is that of one that was told the detect time of the whole
        // call.
        var first = call.CameAt is null && call.IsOurTime is null && phone.RingAt is not null
            ? call.StartedAt
            : (DateTimeOffset?)null;
        var connectedAt = call.ConnectedAtOf(phone.EndpointId);
        var answered = ring with { ToldAt = connectedAt < ring.ToldAt ? first : ring.ToldAt ?? first };
        return answered.ToldAt is { } told && !answered.IsAhead
            ? new PhoneTalk(call.CallId, answered, connectedAt ?? told)
            : null;
    }

    /// <summary>
    /// The call in which the phone talks although it rang for it later than for this one: this one was heard of late.
    /// Null where there is none, for a call that has gone from phone to phone, and where the operator told no time of
    /// the ring or one that is far from ours. One that is over ends no other: what is told with a time far back rings
    /// as now.
    /// </summary>
    public PhoneTalk? Later(Call call, CallPhone phone)
    {
        if (call.Phones.Count != 1)
        {
            return null;
        }

        lock (_gate)
        {
            return Find(call, phone.EndpointId) is { Last: { } last } known && last.CallId != call.CallId
                && known.Calls.ContainsKey(last.CallId) && last.Ring.IsToldAfter(call.RingOf(phone)) ? last : null;
        }
    }

    /// <summary>
    /// The calls that go on at the phone although it has connected there in this one, for which it rang later.
    /// </summary>
    public IReadOnlyList<CallKey> Earlier(Call call, string endpointId)
    {
        lock (_gate)
        {
            var ring = call.RingOf(call.Phones.First(phone => phone.EndpointId == endpointId));
            return
            [
                .. (Find(call, endpointId)?.Calls ?? [])
                    .Where(each => each.Key != call.CallId && each.Value.IsNotAfter(ring))
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
        /// <summary>When each began to ring at this phone, by its id.</summary>
        public Dictionary<string, PhoneRing> Calls { get; } = new(StringComparer.Ordinal);

        /// <summary>The last call that it was heard to talk in. It ends others only while it goes on.</summary>
        public PhoneTalk? Last { get; set; }
    }
}

/// <summary>A call that a phone was heard to talk in.</summary>
/// <param name="Ring">When the phone rang for it, or not before that.</param>
/// <param name="ConnectedAt">When it connected, by the operator's clock.</param>
public sealed record PhoneTalk(string CallId, PhoneRing Ring, DateTimeOffset ConnectedAt);
