using System.Globalization;
using System.Numerics;
using System.Text.Json.Serialization;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Campaigns;

/// <summary>How it stands with a person of a campaign.</summary>
public enum EntryState
{
    /// <summary>To be called, from <see cref="CampaignEntry.NextAt"/> on.</summary>
    Waiting,

    /// <summary>Not to be called now: by the contact guard, or as the operator refused.</summary>
    Held,

    /// <summary>On an agent's screen, or about to be dialled for an agent.</summary>
    Offered,

    Dialling,

    /// <summary>What the operator answered is not known: events or the record tell.</summary>
    Unknown,

    /// <summary>Reached.</summary>
    Done,

    /// <summary>Called as often as is allowed, and not reached.</summary>
    Exhausted,

    /// <summary>Not to be called at all.</summary>
    Refused,
}

/// <summary>Why somebody of a list is not called.</summary>
public enum RefusalReason
{
    /// <summary>It is no number that can be dialled.</summary>
    Invalid,

    /// <summary>The dial rules don't allow the number.</summary>
    Foreign,

    /// <summary>The number is on the do-not-call list.</summary>
    DoNotCall,

    /// <summary>The number is in the campaign already, or the person by another number.</summary>
    Repeated,

    /// <summary>The contact has no number that can be dialled.</summary>
    NoNumber,

    /// <summary>There is no such contact, or it was deleted.</summary>
    UnknownContact,

    /// <summary>The number is a phone of the office.</summary>
    OwnPhone,

    /// <summary>The person's data were erased.</summary>
    Erased,

    /// <summary>The number is not in the contact's file any more: it may be somebody else's.</summary>
    NumberChanged,
}

/// <summary>A person of a campaign's list.</summary>
public sealed record CampaignEntry
{
    public required string CampaignId { get; init; }

    /// <summary>The place in the list: seven digits.</summary>
    public required string EntryId { get; init; }

    public string? ContactId { get; init; }

    /// <summary>
    /// True where the list had the number alone: whose it is, is looked up each time. False in entries of earlier
    /// releases.
    /// </summary>
    public bool IsNumberAlone { get; init; }

    public string? Name { get; init; }

    public required NumberView Number { get; init; }

    public required EntryState State { get; init; }

    /// <summary>How often the person was called, without those of which there was surely no call.</summary>
    public int Attempts { get; init; }

    /// <summary>How often the entry was given to an agent: each has its own dial.</summary>
    public int Tries { get; init; }

    /// <summary>From when on the person may be called; null for at once.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>When the person was called last.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>The same before the last dial, which may turn out to have been no call.</summary>
    public DateTimeOffset? LastAtBefore { get; init; }

    public string? LastDialId { get; init; }

    /// <summary>The agent whose dial it was.</summary>
    public string? LastDialBy { get; init; }

    /// <summary>The code of the outcome that an agent sent.</summary>
    public string? LastOutcome { get; init; }

    /// <summary>The agent who has it on the screen, or talks.</summary>
    public string? AgentId { get; init; }

    /// <summary>Until when an agent has it.</summary>
    public DateTimeOffset? ClaimedUntil { get; init; }

    public RefusalReason? Reason { get; init; }

    /// <summary>Why the person is not called, or not now.</summary>
    public Phrase? Because { get; init; }

    /// <summary>How often the operator has refused in a row.</summary>
    public int OperatorRefusals { get; init; }

    /// <summary>The calls that it led to, and what each cost.</summary>
    public IReadOnlyList<EntryCall> Calls { get; init; } = [];

    /// <summary>
    /// True where the campaign's outcomes have those of all its calls. False until the entry is written again: in those
    /// of who was not called yet, and in those of earlier releases, of which the outcomes have the last one alone.
    /// </summary>
    public bool CountsEachCall { get; init; }

    /// <summary>When the stored dial or call is looked at; null where nothing is awaited.</summary>
    public DateTimeOffset? LookAt { get; init; }

    /// <summary>How often it was looked at since the last change of state.</summary>
    public int Looks { get; init; }

    [JsonIgnore]
    public string? ETag { get; init; }

    [JsonIgnore]
    public int Place => int.Parse(EntryId, CultureInfo.InvariantCulture);

    [JsonIgnore]
    public decimal Spent => Calls.Where(call => call.Currency is null).Sum(call => call.Cost ?? 0);

    /// <summary>
    /// What the campaign's outcomes have of it: one for each call. Where no call says its own, as earlier releases
    /// stored it, it is the last one that was sent.
    /// </summary>
    [JsonIgnore]
    public IEnumerable<string> Outcomes =>
        CountsEachCall && Calls.Any(call => call.Outcome is not null)
            ? Calls.Select(call => call.Outcome).OfType<string>()
        : LastOutcome is { } last ? [last]
        : [];

    /// <summary>True where the agent has it, to be dialled.</summary>
    public bool IsOfferedTo(string agentId, DateTimeOffset now) =>
        State == EntryState.Offered && AgentId == agentId && ClaimedUntil > now;

    /// <summary>
    /// True where this entry of the same person is called, and the other is not any more. Of two of which that could be
    /// said it is the one whose call has come further, else the one that comes first: each of them is looked at by
    /// itself, and one must stay.
    /// </summary>
    internal bool GoesBefore(CampaignEntry other) => Rank != other.Rank
        ? Rank > other.Rank
        : Rank > 0 && Place < other.Place;

    /// <summary>True where the person is being called, or was called and is not any more.</summary>
    [JsonIgnore]
    internal bool IsCalled => Rank == Called;

    private const int Called = 3;

    /// <summary>How far the person's call has come; 0 where there was none, or will be none.</summary>
    private int Rank => State switch
    {
        EntryState.Refused => 0,
        EntryState.Waiting or EntryState.Held => Attempts > 0 ? 1 : 0,
        EntryState.Offered => 2,
        _ => Called,
    };

    internal static string IdOf(int place) => place.ToString("D7", CultureInfo.InvariantCulture);
}

/// <summary>A call of an entry.</summary>
/// <param name="Cost">Null while it is not known.</param>
/// <param name="Currency">
/// Of the cost, where it is not the first account's, in which budgets are; else null.
/// </param>
/// <param name="Outcome">
/// The code of the outcome that an agent sent. Missing in calls of earlier releases until they are looked at again.
/// </param>
public sealed record EntryCall(
    string CallId, string Account, decimal? Cost, string? Currency = null, string? Outcome = null);

/// <summary>How many entries are in each state, and what came of them.</summary>
public sealed record EntryCounts
{
    private static readonly IReadOnlyDictionary<string, long> None =
        new Dictionary<string, long>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> States { get; init; } = None;

    public IReadOnlyDictionary<string, long> Outcomes { get; init; } = None;

    public IReadOnlyDictionary<string, long> Reasons { get; init; } = None;

    /// <summary>What the calls have cost, in the first account's currency.</summary>
    public decimal Spent { get; init; }

    /// <summary>What calls have cost in other currencies, which no budget counts.</summary>
    public IReadOnlyDictionary<string, decimal> SpentOtherwise { get; init; } =
        new Dictionary<string, decimal>(StringComparer.Ordinal);

    /// <summary>How many calls there were whose cost is not known yet.</summary>
    public long Unpriced { get; init; }

    /// <summary>True where nothing is counted, or where nothing changes.</summary>
    [JsonIgnore]
    public bool IsNothing => Spent == 0 && Unpriced == 0
        && States.Count == 0 && Outcomes.Count == 0 && Reasons.Count == 0 && SpentOtherwise.Count == 0;

    public long Of(EntryState state) => States.GetValueOrDefault(state.ToString());

    [JsonIgnore]
    public long Total => States.Values.Sum();

    /// <summary>How many may still be called, or are being called.</summary>
    [JsonIgnore]
    public long Open => Of(EntryState.Waiting) + Of(EntryState.Held) + Of(EntryState.Offered)
        + Of(EntryState.Dialling) + Of(EntryState.Unknown);

    public EntryCounts Plus(EntryCounts other) => new()
    {
        States = Sum(States, other.States),
        Outcomes = Sum(Outcomes, other.Outcomes),
        Reasons = Sum(Reasons, other.Reasons),
        Spent = Spent + other.Spent,
        SpentOtherwise = Sum(SpentOtherwise, other.SpentOtherwise),
        Unpriced = Unpriced + other.Unpriced,
    };

    /// <summary>What a change of an entry changes in the counts.</summary>
    public static EntryCounts Difference(CampaignEntry? before, CampaignEntry? after) => new()
    {
        States = Change(before?.State.ToString(), after?.State.ToString()),
        Outcomes = Count(after?.Outcomes ?? [], before?.Outcomes ?? []),
        Reasons = Change(before?.Reason?.ToString(), after?.Reason?.ToString()),
        Spent = (after?.Spent ?? 0) - (before?.Spent ?? 0),
        SpentOtherwise = Otherwise(after?.Calls ?? [])
            .Concat(Otherwise(before?.Calls ?? []).Select(each => KeyValuePair.Create(each.Key, -each.Value)))
            .GroupBy(each => each.Key, each => each.Value, StringComparer.Ordinal)
            .Where(each => each.Sum() != 0)
            .ToDictionary(each => each.Key, each => each.Sum(), StringComparer.Ordinal),
        Unpriced = Unknown(after) - Unknown(before),
    };

    private static long Unknown(CampaignEntry? entry) => entry?.Calls.Count(call => call.Cost is null) ?? 0;

    private static IEnumerable<KeyValuePair<string, decimal>> Otherwise(IReadOnlyList<EntryCall> calls) => calls
        .Where(call => call.Currency is not null && call.Cost is not null)
        .Select(call => KeyValuePair.Create(call.Currency!, call.Cost!.Value));

    private static Dictionary<string, long> Change(string? before, string? after) =>
        Count(after is null ? [] : [after], before is null ? [] : [before]);

    /// <summary>How often each of these is there, less how often it is among those that are taken away.</summary>
    private static Dictionary<string, long> Count(IEnumerable<string> names, IEnumerable<string> less) => names
        .Select(name => (Name: name, By: 1L)).Concat(less.Select(name => (Name: name, By: -1L)))
        .GroupBy(each => each.Name, each => each.By, StringComparer.Ordinal)
        .Where(each => each.Sum() != 0)
        .ToDictionary(each => each.Key, each => each.Sum(), StringComparer.Ordinal);

    private static Dictionary<string, T> Sum<T>(
        IReadOnlyDictionary<string, T> one, IReadOnlyDictionary<string, T> other)
        where T : struct, INumber<T>
    {
        var sum = new Dictionary<string, T>(one, StringComparer.Ordinal);
        foreach (var (name, count) in other)
        {
            sum[name] = sum.GetValueOrDefault(name) + count;
        }

        return sum;
    }
}
