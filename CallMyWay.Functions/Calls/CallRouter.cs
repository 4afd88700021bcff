using System.Text.Json;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// The parties of a call as a notification gives them: the direction, the other party, and the agents whose phones are
/// involved.
/// </summary>
/// <param name="Other">The other party's number, parsed.</param>
/// <param name="UnmappedEndpoint">The phone, if it has no mapping, neither by its id nor by its number.</param>
public sealed record CallParties(
    CallDirection Direction,
    PhoneNumber Other,
    NumberView Number,
    string? EndpointId,
    IReadOnlyList<CallAgent> Agents,
    UnmappedEndpoint? UnmappedEndpoint)
{
    /// <summary>True for a start of an account whose calls were never notified when they connected.</summary>
    public bool IsAnswerUntold { get; init; }
}

/// <summary>
/// Finds a call's agents by the mappings: by the endpoint that the operator names, else by the phone that calls or is
/// called.
/// </summary>
public sealed class CallRouter(
    MappingStore mappings,
    AgentStore agentStore,
    AgentDirectory directory,
    PhoneNumberParser numbers,
    Accounts accounts)
{
    /// <summary>
    /// Reads the mappings for a notification. If the call already has an agent for the endpoint, reads nothing.
    /// </summary>
    public async ValueTask<CallParties> RouteAsync(
        Call? call,
        CallEvent callEvent,
        Account account,
        DateTimeOffset receivedAt,
        CancellationToken cancellationToken)
    {
        var parties = await FindPartiesAsync(call, callEvent, account, receivedAt, cancellationToken);
        // The outside direction that was told first stays. A notification with the other one is of a forwarded leg:
        // its numbers are the office's own and the one forwarded to, and say nothing of who calls.
        return call is { Legs: null, Direction: CallDirection.In or CallDirection.Out }
            && parties.Direction != CallDirection.Internal && parties.Direction != call.Direction
            ? parties with { Direction = call.Direction, Other = PhoneNumber.Private(""), Number = call.Number }
            : parties;
    }

    private async ValueTask<CallParties> FindPartiesAsync(
        Call? call,
        CallEvent callEvent,
        Account account,
        DateTimeOffset receivedAt,
        CancellationToken cancellationToken)
    {
        // Which side is which follows from the dial. Of any other call each notification may say it anew.
        var told = call?.Legs is not null ? call.Direction : callEvent.Type ?? call?.Direction;
        // The call already has an agent for this endpoint, so the notification names nobody new, and no read is needed.
        if (call is not null
            && call.Agents.Any(agent => agent.TiedAt is null && agent.IsOn(callEvent.EndpointId))
            && told is not (null or CallDirection.Internal))
        {
            var heard = numbers.ParseCaller(OtherParty(told.Value, callEvent));
            return new CallParties(
                told.Value,
                heard,
                call.Direction == told && call.Number.Kind == PhoneNumberKind.Number
                    ? call.Number
                    : numbers.View(heard),
                call.EndpointId,
                [],
                null);
        }

        var named = callEvent.EndpointId is null
            ? null
            : await mappings.GetAsync(callEvent.EndpointId, cancellationToken);
        var direction = told
            ?? await FindDirectionAsync(named, account, callEvent, cancellationToken);
        var found = direction == CallDirection.Internal
            ? await FindBothSidesAsync(named, account, callEvent, cancellationToken)
            : await FindOneSideAsync(
                named,
                direction == CallDirection.In ? callEvent.Dnis : callEvent.Ani,
                account,
                callEvent,
                cancellationToken);
        var local = LocalStart(call, callEvent, account, receivedAt);
        found = [.. found.Select(mapping => mapping.At(local))];

        var isInternal = direction == CallDirection.Internal;
        var other = isInternal
            ? numbers.ParsePhone(OtherParty(direction, callEvent))
            : numbers.ParseCaller(OtherParty(direction, callEvent));
        if (other.NeedsMapping && !isInternal
            && (mappings.IsElsewhere(OtherParty(direction, callEvent))
                || (await ListInAccountAsync(other.Extension!, account, cancellationToken)).Count == 0))
        {
            // A word in place of a number, and no phone of ours: it identifies nobody.
            other = PhoneNumber.Private(other.Received) with { Name = other.Name };
        }

        List<CallAgent> agents = [.. found.Select(
            mapping => new CallAgent(mapping.AgentId, mapping.EndpointId)).DistinctBy(agent => agent.AgentId)];
        var known = await FindAsync(agents, cancellationToken);
        agents = [.. agents.Select(agent => agent with { Team = known.GetValueOrDefault(agent.AgentId)?.Team })];
        if (isInternal)
        {
            agents = [.. agents.Select(agent => WithOtherSide(agent, found, callEvent, known))];
        }

        return new CallParties(
            direction,
            other,
            numbers.View(other),
            callEvent.EndpointId ?? found.FirstOrDefault()?.EndpointId,
            agents,
            Unmapped(named, found, direction, callEvent, account, receivedAt));
    }

    // A shared phone is whose it was when the call began. A time of the operator's that can't be is none.
    private static DateTime LocalStart(Call? call, CallEvent callEvent, Account account, DateTimeOffset receivedAt)
    {
        var told = account.FirstInstantOf(callEvent.DetectTime, receivedAt);
        return account.LocalTime(call?.StartedAt
            ?? (told is { } at && (receivedAt - at).Duration() <= CallDerivation.News ? at : receivedAt));
    }

    // Ring groups and simple accounts name no endpoint, or one without a mapping. Then the phone's number decides.
    private async ValueTask<IReadOnlyList<Mapping>> FindOneSideAsync(
        Mapping? named, string phone, Account account, CallEvent callEvent, CancellationToken cancellationToken)
    {
        if (named is not null)
        {
            return [named];
        }

        if (phone.Length > 0 && await ListInAccountAsync(phone, account, cancellationToken) is { Count: > 0 } byPhone)
        {
            return byPhone;
        }

        return callEvent.EndpointId is { } endpointId && endpointId != phone
            ? await ListInAccountAsync(endpointId, account, cancellationToken)
            : [];
    }

    private ValueTask<IReadOnlyList<Mapping>> ListInAccountAsync(
        string phone, Account account, CancellationToken cancellationToken) =>
        mappings.FindPhonesAsync(phone, mapping => IsInAccount(account, mapping), cancellationToken);

    // If there is one account, a mapping whose account is not in the settings can mean only that one.
    private bool IsInAccount(Account account, Mapping mapping) =>
        mapping.Account == account.Username || (accounts.All.Count == 1 && accounts.Listed(mapping.Account) is null);

    private async ValueTask<IReadOnlyList<Mapping>> FindBothSidesAsync(
        Mapping? named, Account account, CallEvent callEvent, CancellationToken cancellationToken)
    {
        var sides = new List<Mapping>();
        if (named is not null)
        {
            sides.Add(named);
        }

        foreach (var phone in new[] { callEvent.Ani, callEvent.Dnis }.Where(phone => phone.Length > 0))
        {
            sides.AddRange(await ListInAccountAsync(phone, account, cancellationToken));
        }

        return [.. sides.DistinctBy(mapping => mapping.EndpointId)];
    }

    // The document promises a type. If it is missing, the side of our phone decides.
    private async ValueTask<CallDirection> FindDirectionAsync(
        Mapping? named, Account account, CallEvent callEvent, CancellationToken cancellationToken)
    {
        if (named is not null)
        {
            return IsPhoneOf(named, callEvent.Ani) ? CallDirection.Out : CallDirection.In;
        }

        return callEvent.Ani.Length > 0
            && (await ListInAccountAsync(callEvent.Ani, account, cancellationToken)).Count > 0
            ? CallDirection.Out
            : CallDirection.In;
    }

    private static string OtherParty(CallDirection direction, CallEvent callEvent) =>
        direction == CallDirection.Out ? callEvent.Dnis : callEvent.Ani;

    /// <summary>
    /// The agents' rows, of a scan that is half a minute old at most. Who is not in it may be new, and is read.
    /// </summary>
    private async Task<Dictionary<string, Agent>> FindAsync(
        List<CallAgent> wanted, CancellationToken cancellationToken)
    {
        if (wanted.Count == 0)
        {
            return [];
        }

        var roster = await TryAsync(() => directory.ReadAsync(cancellationToken));
        var found = await AtOnce.DoAsync(
            wanted,
            async agent => roster?.Find(agent.AgentId)
                ?? await TryAsync(() => agentStore.GetAsync(agent.AgentId, cancellationToken).AsTask()));
        return found.OfType<Agent>().ToDictionary(agent => agent.AgentId, StringComparer.Ordinal);
    }

    // A row that can't be read costs a call its team and a name. It does not keep the call from its agents.
    private static async Task<T?> TryAsync<T>(Func<Task<T>> read)
        where T : class?
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            return null;
        }
    }

    private CallAgent WithOtherSide(
        CallAgent agent, IReadOnlyList<Mapping> sides, CallEvent callEvent, Dictionary<string, Agent> known)
    {
        var other = sides.FirstOrDefault(mapping => mapping.AgentId != agent.AgentId) is { AgentId: var id }
            ? known.GetValueOrDefault(id)
            : null;
        return agent with
        {
            Number = ViewOtherSide(sides.First(mapping => mapping.EndpointId == agent.EndpointId), callEvent),
            Colleague = other is null ? null : new Colleague(other.AgentId, other.Name),
        };
    }

    private NumberView ViewOtherSide(Mapping mapping, CallEvent callEvent) =>
        numbers.View(numbers.ParsePhone(IsPhoneOf(mapping, callEvent.Ani) ? callEvent.Dnis : callEvent.Ani));

    private bool IsPhoneOf(Mapping mapping, string phone) =>
        mappings.IsPhone(mapping.Phone, mapping.EndpointId, phone);

    // A phone whose number leads to an agent is mapped, whatever id the operator gives it.
    private UnmappedEndpoint? Unmapped(
        Mapping? named,
        IReadOnlyList<Mapping> found,
        CallDirection direction,
        CallEvent callEvent,
        Account account,
        DateTimeOffset receivedAt)
    {
        var phone = direction == CallDirection.Out ? callEvent.Ani : callEvent.Dnis;
        var isKnown = named is not null || (callEvent.EndpointId is { } id
            ? found.Any(mapping => IsPhoneOf(mapping, id) || IsPhoneOf(mapping, phone))
            : found.Count > 0);
        return !isKnown && (callEvent.EndpointId ?? phone) is { Length: > 0 } endpointId
            ? new UnmappedEndpoint(endpointId, account.Username, phone.Length > 0 ? phone : null, receivedAt)
            : null;
    }
}
