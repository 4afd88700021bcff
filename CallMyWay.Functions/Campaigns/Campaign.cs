using System.Text.Json.Serialization;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.DiallingRules;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Campaigns;

/// <summary>Who presses.</summary>
public enum CampaignMode
{
    /// <summary>The agent sees the next card, and presses.</summary>
    Preview,

    /// <summary>A free agent gets the next call without pressing: one free agent, one dial.</summary>
    Progressive,
}

/// <summary>How a campaign stands.</summary>
public enum CampaignState
{
    /// <summary>Its list is being built.</summary>
    Building,

    /// <summary>It can be started.</summary>
    Ready,

    Running,

    /// <summary>By a person, or by itself: then it says why.</summary>
    Paused,

    /// <summary>A person ended it for good.</summary>
    Stopped,

    /// <summary>Nobody is left to be called.</summary>
    Done,
}

/// <summary>A list of people to call, and how they are called.</summary>
public sealed record Campaign
{
    private static readonly IReadOnlyDictionary<string, int> NoRefusals =
        new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>A GUID of version 7, which tells when the campaign was created.</summary>
    public required string CampaignId { get; init; }

    public required string Name { get; init; }

    public required CampaignMode Mode { get; init; }

    public required DialOrder Order { get; init; }

    public required CampaignState State { get; init; }

    /// <summary>Why it has paused by itself.</summary>
    public Phrase? Why { get; init; }

    /// <summary>The phones that call for it; null for all.</summary>
    public IReadOnlyList<string>? EndpointIds { get; init; }

    /// <summary>Its own hours within those of the guard, in the first account's zone; null for no others.</summary>
    public DialHours? Hours { get; init; }

    /// <summary>How often a person is called who is not reached.</summary>
    public required int Attempts { get; init; }

    /// <summary>The least number of minutes between two attempts.</summary>
    public required int GapMinutes { get; init; }

    /// <summary>The most dials in a minute.</summary>
    public required int PerMinute { get; init; }

    /// <summary>What its calls may cost, in the first account's currency; null for no limit.</summary>
    public decimal? Budget { get; init; }

    /// <summary>The words by which its contacts are searched; empty for all. Null for a list.</summary>
    public string? Query { get; init; }

    /// <summary>Of how many stored parts its list is built; 0 for a search.</summary>
    public int Parts { get; init; }

    /// <summary>How many dials the operator has refused since it took one.</summary>
    public int RefusalsInARow { get; init; }

    /// <summary>The same of each agent for whom it has refused since it took one for them; null for none.</summary>
    public IReadOnlyDictionary<string, int>? RefusalsByAgent { get; init; }

    /// <summary>How far those whom the contact guard holds were looked at since its rules changed.</summary>
    public HeldLook? HeldLook { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? CreatedBy { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    [JsonIgnore]
    public string? ETag { get; init; }

    /// <summary>The version of the row that lists it as active, where it was read from there.</summary>
    [JsonIgnore]
    public string? ActiveETag { get; init; }

    [JsonIgnore]
    public bool IsOver => State is CampaignState.Stopped or CampaignState.Done;

    /// <summary>True where this phone calls for it.</summary>
    public bool Has(string endpointId) => EndpointIds?.Contains(endpointId, StringComparer.Ordinal) != false;

    /// <summary>The campaign after a dial for this agent that the operator refused.</summary>
    internal Campaign RefusedFor(string agentId) => this with
    {
        RefusalsInARow = RefusalsInARow + 1,
        RefusalsByAgent = new Dictionary<string, int>(RefusalsByAgent ?? NoRefusals, StringComparer.Ordinal)
        {
            [agentId] = RefusalsFor(agentId) + 1,
        },
    };

    /// <summary>How many dials for this agent the operator has refused since it took one.</summary>
    internal int RefusalsFor(string agentId) => (RefusalsByAgent ?? NoRefusals).GetValueOrDefault(agentId);

    /// <summary>The campaign after a dial for this agent that the operator took; the same where nothing changes.</summary>
    internal Campaign TakenFor(string? agentId) =>
        RefusalsInARow == 0 && (agentId is null || RefusalsFor(agentId) == 0) ? this : this with
        {
            RefusalsInARow = 0,
            RefusalsByAgent = (RefusalsByAgent ?? NoRefusals).Where(each => each.Key != agentId)
                .ToDictionary(each => each.Key, each => each.Value, StringComparer.Ordinal),
        };

    /// <summary>True where its settings are the same, whatever its state and version.</summary>
    public bool IsSetAs(Campaign other) =>
        Name == other.Name && Attempts == other.Attempts && GapMinutes == other.GapMinutes
        && PerMinute == other.PerMinute && Budget == other.Budget
        && (EndpointIds ?? []).SequenceEqual(other.EndpointIds ?? [], StringComparer.Ordinal)
        && (EndpointIds is null) == (other.EndpointIds is null)
        && Hours?.From == other.Hours?.From && Hours?.To == other.Hours?.To
        && (Hours?.Days ?? []).SequenceEqual(other.Hours?.Days ?? []);
}
