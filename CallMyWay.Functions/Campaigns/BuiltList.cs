using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Campaigns;

/// <summary>How far a list is built. It is stored with the entries that it counts, in one operation.</summary>
public sealed record BuiltList
{
    /// <summary>The place of the next entry.</summary>
    public int Next { get; init; }

    /// <summary>The part of the list as it came that is next.</summary>
    public int Part { get; init; }

    /// <summary>The page of the search that is next; null for the first.</summary>
    public string? Page { get; init; }

    public bool IsDone { get; init; }
}

/// <summary>A part of a list as it came: ids of contacts, or numbers.</summary>
public sealed record ListedSources
{
    public IReadOnlyList<string>? Ids { get; init; }

    public IReadOnlyList<string>? Numbers { get; init; }
}

/// <summary>What a job builds.</summary>
public sealed record BuildWork(string CampaignId)
{
    private static readonly StoredJson<BuildWork> Stored = new(CampaignsJson.Default);

    public string ToJson() => Stored.Serialize(this);

    public static BuildWork Read(string json) => Stored.Deserialize(json);
}
