using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Mappings;

/// <summary>Says whose a phone is now, by its shifts and the clock of its account.</summary>
public sealed class MappingClock(Accounts accounts, TimeProvider clock)
{
    /// <summary>The mapping with the agent whose phone it is now.</summary>
    public Mapping Now(Mapping mapping) => mapping.At(accounts.Find(mapping.Account).LocalTime(clock.GetUtcNow()));

    /// <summary>Those of the phones that are the agent's now.</summary>
    public IReadOnlyList<Mapping> OfNow(IReadOnlyList<Mapping> phones, string agentId) =>
        [.. phones.Select(Now).Where(phone => phone.AgentId == agentId)];
}
