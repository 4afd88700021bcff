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
                if (phone.IsOver)
                {
                    Find(call, phone.EndpointId)?.Calls.Remove(call.CallId);
                }
                else
                {
                    var known = Add(call, phone.EndpointId).Calls;
                    known.TryAdd(call.CallId, phone.HeardAt);
                    if (known.Count > MostAtOnce)
                    {
                        known.Remove(known.MinBy(each => each.Value).Key);
                    }
                }
            }
        }
    }

    /// <summary>
    /// The calls that go on at the phone although this one has connected there later.
    /// </summary>
    public IReadOnlyList<CallKey> Earlier(Call call, string endpointId)
    {
        lock (_gate)
        {
            var heardAt = call.Phones.FirstOrDefault(phone => phone.EndpointId == endpointId)?.HeardAt;
            return
            [
                .. (Find(call, endpointId)?.Calls ?? []).Where(each => each.Key != call.CallId && each.Value <= heardAt)
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
            _phones[key] = phone = new Phone([]);
            _order.Enqueue(key);
            if (_order.Count > Most)
            {
                _phones.Remove(_order.Dequeue());
            }
        }

        return phone;
    }

    /// <param name="Calls">When each was heard first at this phone, by its id.</param>
    private sealed record Phone(Dictionary<string, DateTimeOffset> Calls);
}
