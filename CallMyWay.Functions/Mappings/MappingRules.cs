using System.Globalization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Mappings;

/// <summary>
/// The body of a request that creates or changes a mapping. <paramref name="Account"/> is by default the one that the
/// mapping has, and that of a new one the first account of the settings; <paramref name="Phone"/> is the endpoint's id.
/// </summary>
public sealed record MappingInput(
    string? EndpointId,
    string? Account,
    [property: Needed] string? AgentId,
    string? Phone,
    string? Label,
    string? CallerId,
    bool Private,
    bool Primary)
{
    /// <summary>When a shared phone is whose instead of <see cref="AgentId"/>'s.</summary>
    public IReadOnlyList<ShiftInput?>? Shifts { get; init; }
}

/// <summary>A shift as it is given: the days of the week from 0, Sunday, and times such as 08:00.</summary>
public sealed record ShiftInput(
    [property: Needed] string? AgentId,
    [property: Needed] IReadOnlyList<int>? Days,
    [property: Needed] string? From,
    [property: Needed] string? To);

/// <summary>Checks a mapping as it is given, and makes one of it.</summary>
public sealed class MappingRules(Accounts accounts, AgentStore agents)
{
    /// <summary>More shifts than a week of a phone has.</summary>
    internal const int MostShifts = 50;

    private const int Longest = 128;

    /// <summary>The mapping; null where something is wrong with it, which <paramref name="errors"/> then say.</summary>
    /// <param name="endpointId">The endpoint's id.</param>
    /// <param name="input">What was given.</param>
    /// <param name="before">What is stored; null for a new mapping.</param>
    /// <param name="errors">Gets what is wrong.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<Mapping?> ReadAsync(
        string endpointId,
        MappingInput input,
        Mapping? before,
        FieldErrors errors,
        CancellationToken cancellationToken)
    {
        var named = (input.Shifts ?? []).Select(shift => shift?.AgentId).Append(input.AgentId)
            .Select(PlainText.Trimmed).OfType<string>().Distinct().Take(MostShifts + 1);
        var known = await AtOnce.DoAsync(named, id => agents.GetAsync(id, cancellationToken).AsTask());
        var ids = known.OfType<Agent>().Select(agent => agent.AgentId).ToHashSet(StringComparer.Ordinal);
        return Read(endpointId, input, before, ids.Contains, errors);
    }

    /// <summary>The same where it is known who is an agent.</summary>
    public Mapping? Read(
        string endpointId, MappingInput input, Mapping? before, Func<string, bool> isAgent, FieldErrors errors)
    {
        Check(endpointId, input, errors);
        CheckAccount(PlainText.Trimmed(input.Account), before, errors);
        CheckAgent("agentId", input.AgentId, isAgent, errors);
        var shifts = ReadShifts(input.Shifts ?? [], isAgent, errors);
        return errors.Any ? null : new Mapping
        {
            EndpointId = endpointId,
            Account = PlainText.Trimmed(input.Account) is { } account
                ? accounts.Find(account).Username
                : before?.Account ?? accounts.All[0].Username,
            AgentId = input.AgentId!.Trim(),
            Shifts = shifts.Count == 0 ? null : shifts,
            Phone = PlainText.Trimmed(input.Phone) ?? endpointId,
            Label = PlainText.Trimmed(input.Label),
            CallerId = PlainText.Trimmed(input.CallerId),
            Private = input.Private,
            Primary = input.Primary,
        };
    }

    private static void Check(string endpointId, MappingInput input, FieldErrors errors)
    {
        if (string.IsNullOrWhiteSpace(endpointId) || endpointId.Length > Longest)
        {
            errors.Add(
                "endpointId",
                "Escriba el código del teléfono, de hasta 128 caracteres.",
                "Write the phone's id, of at most 128 characters.");
        }

        if (input.EndpointId is { } id && id != endpointId)
        {
            errors.Add("endpointId", "No es el de la dirección.", "It is not the one in the address.");
        }

        foreach (var (field, value) in new[] { ("account", input.Account), ("phone", input.Phone), ("label", input.Label), ("callerId", input.CallerId) })
        {
            if (value?.Length > Longest)
            {
                errors.Add(field, "Pasa de 128 caracteres.", "It is longer than 128 characters.");
            }
        }
    }

    // A mapping of an account that the settings had once stays as it is, and can be changed otherwise.
    private void CheckAccount(string? account, Mapping? before, FieldErrors errors)
    {
        if (account is null && before is null && accounts.All.Count == 0)
        {
            errors.Add(
                "account",
                "Escriba la cuenta: la configuración no tiene ninguna.",
                "Write the account: the settings have none.");
        }
        else if (account is { Length: <= Longest } && account != before?.Account && accounts.All.Count > 0
            && accounts.Listed(account) is null)
        {
            var all = string.Join(", ", accounts.All.Select(each => each.Username));
            errors.Add(
                "account",
                $"La configuración no tiene esa cuenta. Use una de estas: {all}.",
                $"The settings have no such account. Use one of these: {all}.");
        }
    }

    private static void CheckAgent(string field, string? agentId, Func<string, bool> isAgent, FieldErrors errors)
    {
        if (PlainText.Trimmed(agentId) is not { } id)
        {
            errors.Add(field, "Elija el agente.", "Choose the agent.");
        }
        else if (!isAgent(id))
        {
            errors.Add(field, "No hay un agente con ese código.", "There is no agent with that id.");
        }
    }

    private static List<Shift> ReadShifts(
        IReadOnlyList<ShiftInput?> given, Func<string, bool> isAgent, FieldErrors errors)
    {
        if (given.Count > MostShifts)
        {
            errors.Add(
                "shifts", $"Escriba {MostShifts} turnos como máximo.", $"Write {MostShifts} shifts at most.");
            return [];
        }

        var shifts = new List<Shift>();
        foreach (var (place, shift) in given.Index())
        {
            var field = $"shifts[{place}]";
            CheckAgent($"{field}.agentId", shift?.AgentId, isAgent, errors);
            if (shift?.Days is not { Count: > 0 } days || days.Any(day => day is < 0 or > 6))
            {
                errors.Add(
                    $"{field}.days",
                    "Elija los días, de 0 (domingo) a 6 (sábado).",
                    "Choose the days, from 0 (Sunday) to 6 (Saturday).");
                days = [];
            }

            var from = Time($"{field}.from", shift?.From, errors);
            var to = Time($"{field}.to", shift?.To, errors);
            shifts.Add(new Shift(PlainText.Trimmed(shift?.AgentId) ?? "", [.. days.Distinct().Order()], from, to));
        }

        foreach (var (place, shift) in shifts.Index())
        {
            var other = shifts.FindIndex(another => another != shift && another.Overlaps(shift));
            if (!errors.Any && other >= 0 && other < place)
            {
                errors.Add(
                    $"shifts[{place}].from",
                    $"Se cruza con el turno {other + 1}: a esa hora el teléfono sería de dos.",
                    $"It overlaps with shift {other + 1}: the phone would be of two at that time.");
            }
        }

        return shifts;
    }

    private static TimeOnly Time(string field, string? text, FieldErrors errors)
    {
        if (TimeOnly.TryParseExact(
            text?.Trim(), ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            && time.Second == 0)
        {
            return time;
        }

        errors.Add(field, "Escriba una hora, como 07:00.", "Write a time of day, such as 07:00.");
        return default;
    }
}
