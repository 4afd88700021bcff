using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// Finds the direction and the agents of a record, which names neither: the side that is a phone of ours is the
/// agent's. Where no phone is known, the side with a CallMyWay user is.
/// </summary>
public sealed class RecordRouter(MappingStore mappings, PhoneNumberParser numbers, Accounts accounts)
{
    /// <param name="record">The record.</param>
    /// <param name="account">Its account.</param>
    /// <param name="phones">The mappings.</param>
    /// <param name="agents">The agents, for their teams and names.</param>
    /// <param name="receivedAt">When the record was received.</param>
    public CallParties Route(
        CallRecord record, Account account, MappedPhones phones, AgentRoster agents, DateTimeOffset receivedAt)
    {
        var callers = Find(phones, account, record.Ani, record.AniUser, record.BeganAt);
        var called = Find(phones, account, record.Dnis, record.DnisUser, record.BeganAt);
        var direction = (callers.Count > 0, called.Count > 0) switch
        {
            (true, true) => CallDirection.Internal,
            (true, false) => CallDirection.Out,
            (false, true) => CallDirection.In,
            _ => (record.AniUser, record.DnisUser) switch
            {
                ({ }, { }) => CallDirection.Internal,
                ({ }, null) => CallDirection.Out,
                (null, { }) => CallDirection.In,
                // Only outgoing calls have a destination with a name.
                _ => record.RouteName is null ? CallDirection.In : CallDirection.Out,
            },
        };
        var text = direction == CallDirection.Out ? record.Dnis : record.Ani;
        var other = direction == CallDirection.Internal ? numbers.ParsePhone(text) : numbers.ParseCaller(text);
        if (other.NeedsMapping && direction != CallDirection.Internal)
        {
            // A word in place of a number, and no phone of ours: it identifies nobody.
            other = PhoneNumber.Private(other.Received) with { Name = other.Name };
        }

        List<Mapping> own = direction switch
        {
            CallDirection.Out => callers,
            CallDirection.In => called,
            _ => [.. callers.Concat(called).DistinctBy(mapping => mapping.EndpointId)],
        };
        return new CallParties(
            direction,
            other,
            numbers.View(other),
            own.FirstOrDefault()?.EndpointId,
            [
                .. own.DistinctBy(mapping => mapping.AgentId).Select(mapping => direction == CallDirection.Internal
                    ? AgentOf(mapping, agents, (record.Ani, callers), (record.Dnis, called))
                    : AgentOf(mapping, agents)),
            ],
            own.Count == 0 ? Unmapped(record, account, direction, receivedAt) : null);
    }

    /// <summary>The agent of a phone.</summary>
    internal static CallAgent AgentOf(Mapping mapping, AgentRoster agents) =>
        new(mapping.AgentId, mapping.EndpointId) { Team = agents.Find(mapping.AgentId)?.Team };

    /// <summary>The agent of a phone in an internal call, with who is on the other side.</summary>
    /// <param name="mapping">The phone.</param>
    /// <param name="agents">The agents, for their teams and names.</param>
    /// <param name="caller">The caller as received, and its phones.</param>
    /// <param name="called">The called side.</param>
    internal CallAgent AgentOf(
        Mapping mapping,
        AgentRoster agents,
        (string Number, IReadOnlyList<Mapping> Phones) caller,
        (string Number, IReadOnlyList<Mapping> Phones) called)
    {
        var isCaller = caller.Phones.Any(phone => phone.EndpointId == mapping.EndpointId);
        var (number, phones) = isCaller ? called : caller;
        var colleague = phones.FirstOrDefault(phone => phone.AgentId != mapping.AgentId) is { } side
            ? agents.Find(side.AgentId)
            : null;
        return AgentOf(mapping, agents) with
        {
            Number = numbers.View(numbers.ParsePhone(number)),
            Colleague = colleague is null ? null : new Colleague(colleague.AgentId, colleague.Name),
        };
    }

    /// <summary>
    /// True where a text of a call and one of a record name the same phone or number, as far as they tell.
    /// </summary>
    public bool IsSameParty(string heard, string told, MappedPhones phones, Account account)
    {
        if (string.Equals(heard, told, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var (a, b) = (numbers.ParseCaller(heard), numbers.ParseCaller(told));
        if (a.Kind == PhoneNumberKind.Private || b.Kind == PhoneNumberKind.Private)
        {
            return a.Kind == b.Kind;
        }

        if (numbers.Compare(a, b) >= NumberMatch.National)
        {
            return true;
        }

        var known = Find(phones, account, heard, null).Select(mapping => mapping.EndpointId);
        return Find(phones, account, told, null).Any(mapping => known.Contains(mapping.EndpointId));
    }

    /// <summary>The same, as phones of the agents whose they were when the call began, by the account's clock.</summary>
    internal List<Mapping> Find(MappedPhones phones, Account account, string number, string? user, DateTime began) =>
        [.. Find(phones, account, number, user).Select(mapping => mapping.At(began))];

    /// <summary>
    /// The phones of ours on one side of a call. Of several with one number the user tells which, and of several with
    /// one user the number.
    /// </summary>
    internal List<Mapping> Find(MappedPhones phones, Account account, string number, string? user)
    {
        var byNumber = phones.Find(number, IsOurs);
        var byUser = user is null ? [] : phones.Find(user, IsOurs);
        List<Mapping> both = [.. byNumber.Where(mapping => byUser.Any(other => other.EndpointId == mapping.EndpointId))];
        return both.Count > 0 ? both : [.. byNumber.Count > 0 ? byNumber : byUser];

        bool IsOurs(Mapping mapping) => mapping.Account == account.Username
            || (accounts.All.Count == 1 && accounts.Listed(mapping.Account) is null);
    }

    private UnmappedEndpoint? Unmapped(
        CallRecord record, Account account, CallDirection direction, DateTimeOffset receivedAt)
    {
        var (phone, user) = direction == CallDirection.Out
            ? (record.Ani, record.AniUser)
            : (record.Dnis, record.DnisUser);
        return (phone.Length > 0 ? phone : user) is { Length: > 0 } endpointId && !mappings.IsElsewhere(endpointId)
            ? new UnmappedEndpoint(endpointId, account.Username, phone.Length > 0 ? phone : null, receivedAt)
            : null;
    }
}
