using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Campaigns;

/// <summary>A message of the queue <c>campaign-dials</c>. It has one of its parts.</summary>
public sealed record CampaignMessage
{
    private static readonly StoredJson<CampaignMessage> Stored = new(CampaignsJson.Default);

    /// <summary>A beat of the runner, by its number.</summary>
    public long? Beat { get; init; }

    /// <summary>A dial for a free agent.</summary>
    public OrderedDial? Dial { get; init; }

    /// <summary>A person whose call is over, or of whose call something new is known.</summary>
    public ChangedCall? Changed { get; init; }

    public string ToMessage() => Stored.Serialize(this);

    public static CampaignMessage Read(string message) => Stored.Deserialize(message);
}

/// <summary>A person who is to be dialled for an agent.</summary>
/// <param name="Try">The entry's try; the dial's key has it, so that a message that comes twice is one dial.</param>
/// <param name="EndpointId">The agent's phone.</param>
public sealed record OrderedDial(string CampaignId, string EntryId, int Try, string AgentId, string EndpointId);

/// <summary>A call of a person of a campaign's list.</summary>
public sealed record ChangedCall(string CampaignId, string EntryId, string CallId, string Account);
