using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Campaigns;

/// <summary>
/// Begins again each minute what has broken off: the runner's beats, and a list that is being built. With no campaign
/// it costs one query.
/// </summary>
public sealed class CampaignClock(
    CampaignStore campaigns, ListBuilder builder, CampaignRunner runner, TimeProvider clock) : IScheduled
{
    /// <summary>So long a request or a job may take until the clock helps.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(5);

    /// <summary>A request that stores a list is over by then.</summary>
    private static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(30);

    private static readonly Phrase NotWhole = new(
        "No se guardó toda la lista: hágala de nuevo.", "The list was not stored whole: make it again.");

    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        var active = await campaigns.ListActiveAsync(cancellationToken);
        if (active.Count == 0)
        {
            return;
        }

        var now = clock.GetUtcNow();
        foreach (var campaign in active.Where(
            each => each.State == CampaignState.Building && now - each.CreatedAt > Patience))
        {
            if (!await builder.BuildAsync(campaign, ListBuilder.InRequest, AtMost, cancellationToken)
                && campaign.Parts > 0 && now - campaign.CreatedAt > LongestRequest
                && !await builder.HasNextAsync(campaign, cancellationToken))
            {
                await campaigns.ChangeAsync(
                    campaign.CampaignId,
                    found => found.State == CampaignState.Building
                        ? found with { State = CampaignState.Stopped, Why = NotWhole, EndedAt = now }
                        : found,
                    cancellationToken);
            }
        }

        await runner.WakeAsync(cancellationToken);
    }
}

/// <summary>Campaigns and their lists: two years. What runs then goes on.</summary>
public sealed class CampaignSweep(ITables tables) : ISweep
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(730);

    public string Table => StorageNames.Campaigns;

    public async Task<IReadOnlyList<SweepRange>> RangesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Newest first: what was made earlier has the greater key.
        var old = new RowRange(CampaignStore.Partition) { From = Keys.NewestFirst(now - KeptFor) };
        var ids = new List<string>();
        await foreach (var row in tables[Table].ReadAllAsync(old, cancellationToken))
        {
            if (IsOver(row))
            {
                ids.Add(CampaignStore.Read(row)!.CampaignId);
            }
        }

        // The partition that names them comes last: all~ is before it.
        return
        [
            .. ids.Select(EntryStore.PartitionOf).Order(StringComparer.Ordinal)
                .Select(partition => new SweepRange(new RowRange(partition), _ => true)),
            new SweepRange(old, IsOver),
        ];
    }

    private static bool IsOver(Row row) => CampaignStore.Read(row) is not { State: CampaignState.Running };
}
