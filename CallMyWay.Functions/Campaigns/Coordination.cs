using System.Text.Json.Serialization;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Campaigns;

/// <summary>What was agreed with the operator: it asks that campaigns be coordinated beforehand.</summary>
public sealed record Coordination
{
    /// <summary>False until an administrator says that it was agreed: no campaign runs.</summary>
    public bool Confirmed { get; init; }

    /// <summary>The most dials in a minute, over all campaigns.</summary>
    public int PerMinute { get; init; } = 10;

    /// <summary>When the agreement ends; null where it has no end.</summary>
    public DateTimeOffset? Until { get; init; }

    [JsonPropertyName("etag")]
    public string? ETag { get; init; }

    /// <summary>Why no campaign may run; null where they may.</summary>
    public Phrase? FindWhyNot(DateTimeOffset now) =>
        !Confirmed ? CampaignPhrases.NotCoordinated
        : Until <= now ? CampaignPhrases.NoLongerCoordinated
        : null;
}

/// <summary>The agreement with the operator: one row. Until an administrator writes it, there is none.</summary>
public sealed class CoordinationStore(ITables tables)
{
    internal const string Partition = "coordination";

    private static readonly StoredJson<Coordination> Stored = new(CampaignsJson.Default);

    private readonly ITable _table = tables[StorageNames.Campaigns];

    public async ValueTask<Coordination> GetAsync(CancellationToken cancellationToken) =>
        await _table.GetAsync(Partition, Partition, cancellationToken) is { } row
            ? Stored.FromRow(row) with { ETag = row.ETag }
            : new Coordination();

    /// <summary>Replaces the version in the ETag; without one writes the first. Null where it has changed.</summary>
    internal async Task<Coordination?> PutAsync(Coordination coordination, CancellationToken cancellationToken)
    {
        var row = Stored.ToRow(Partition, Partition, coordination with { ETag = null }, coordination.ETag);
        var etag = coordination.ETag is null or Row.NoVersion
            ? await _table.InsertAsync(row, cancellationToken)
            : await _table.ReplaceAsync(row, cancellationToken);
        return etag is null ? null : coordination with { ETag = etag };
    }
}
