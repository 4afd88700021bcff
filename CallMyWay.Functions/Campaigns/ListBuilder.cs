using CallMyWay.Functions.Jobs;

namespace CallMyWay.Functions.Campaigns;

/// <summary>
/// Builds a campaign's list part by part. How far it is stands with the entries, so that a process can end anywhere and
/// two can build at once: each contact and number is taken once.
/// </summary>
public sealed class ListBuilder(EntryStore entries, CampaignStore campaigns, ListReader reader, TimeProvider clock)
{
    /// <summary>How many entries are read in the request that creates the campaign.</summary>
    public const int InRequest = 2000;

    private const int PageSize = 500;

    /// <summary>Builds until the list is done, so many entries were added, or the time is over. True once done.</summary>
    public async Task<bool> BuildAsync(
        Campaign campaign, int most, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var rules = await reader.ReadRulesAsync(cancellationToken);
        var built = await entries.GetBuiltAsync(campaign.CampaignId, cancellationToken);
        var first = built.List.Next;
        while (!built.List.IsDone)
        {
            if (built.List.Next - first >= most || clock.GetElapsedTime(began) >= atMost
                || cancellationToken.IsCancellationRequested)
            {
                return false;
            }

            if (await ReadNextAsync(campaign, built.List, rules, cancellationToken) is not var (part, after))
            {
                return false;
            }

            var added = await PlacedAsync(campaign.CampaignId, part, built.List.Next, cancellationToken);
            after = after with { Next = built.List.Next + added.Count };
            await entries.AddAsync(campaign.CampaignId, added, built, after, cancellationToken);
            // Also where it was refused: somebody else has built on, or has taken one of the numbers.
            built = await entries.GetBuiltAsync(campaign.CampaignId, cancellationToken);
        }

        await campaigns.ChangeAsync(
            campaign.CampaignId,
            found => found.State == CampaignState.Building ? found with { State = CampaignState.Ready } : found,
            cancellationToken);
        await entries.DeleteSourcesAsync(campaign.CampaignId, cancellationToken);
        return true;
    }

    /// <summary>True where the next part of the list is stored, or comes of a search.</summary>
    internal async Task<bool> HasNextAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var built = await entries.GetBuiltAsync(campaign.CampaignId, cancellationToken);
        return campaign.Query is not null || built.List.IsDone
            || await entries.GetSourcesAsync(campaign.CampaignId, built.List.Part, cancellationToken) is not null;
    }

    /// <summary>What would become of a list: nothing is stored.</summary>
    internal async Task<(EntryCounts Counts, IReadOnlyList<CampaignEntry> Refused, bool IsDone)> PreviewAsync(
        CampaignSource source, int refused, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var rules = await reader.ReadRulesAsync(cancellationToken);
        var known = new HashSet<string>(StringComparer.Ordinal);
        var counts = new EntryCounts();
        var shown = new List<CampaignEntry>();
        var (part, page) = (0, (string?)null);
        while (clock.GetElapsedTime(began) < atMost)
        {
            ReadPart read;
            if (source.Query is { } query)
            {
                read = await reader.ReadPageAsync(query, page, PageSize, rules, cancellationToken);
                page = read.NextPage;
            }
            else if (source.PartAt(part++, EntryStore.MostAdded) is { } listed)
            {
                read = await ReadAsync(listed, rules, cancellationToken);
            }
            else
            {
                return (counts, shown, true);
            }

            foreach (var entry in read.Entries.Select(each => Once(each, known)))
            {
                counts = counts.Plus(EntryCounts.Difference(null, entry));
                if (entry.State == EntryState.Refused && shown.Count < refused)
                {
                    shown.Add(entry);
                }
            }

            if (source.Query is not null && page is null)
            {
                return (counts, shown, true);
            }
        }

        return (counts, shown, false);
    }

    /// <summary>Null where the next part of the list is not stored.</summary>
    private async Task<(ReadPart Part, BuiltList After)?> ReadNextAsync(
        Campaign campaign, BuiltList list, ListRules rules, CancellationToken cancellationToken)
    {
        if (campaign.Query is { } query)
        {
            var page = await reader.ReadPageAsync(
                query, list.Page, EntryStore.MostAdded, rules, cancellationToken);
            return (page, list with { Page = page.NextPage, IsDone = page.NextPage is null });
        }

        return await entries.GetSourcesAsync(campaign.CampaignId, list.Part, cancellationToken) is { } listed
            ? (
                await ReadAsync(listed, rules, cancellationToken),
                list with { Part = list.Part + 1, IsDone = list.Part + 1 == campaign.Parts })
            : null;
    }

    private Task<ReadPart> ReadAsync(
        ListedSources listed, ListRules rules, CancellationToken cancellationToken) => listed.Ids is { } ids
            ? reader.ReadIdsAsync(ids, rules, cancellationToken)
            : reader.ReadNumbersAsync(listed.Numbers ?? [], rules, cancellationToken);

    private async Task<IReadOnlyList<CampaignEntry>> PlacedAsync(
        string campaignId, ReadPart part, int first, CancellationToken cancellationToken)
    {
        var wanted = part.Entries.Where(entry => entry.State != EntryState.Refused)
            .Select(entry => entry.Number.E164!).Distinct().ToList();
        var known = new HashSet<string>(
            await entries.FindKnownAsync(campaignId, wanted, cancellationToken), StringComparer.Ordinal);
        return
        [
            .. part.Entries.Select((entry, i) => Once(entry, known) with
            {
                CampaignId = campaignId,
                EntryId = CampaignEntry.IdOf(first + i),
            }),
        ];
    }

    private static CampaignEntry Once(CampaignEntry entry, HashSet<string> known) =>
        entry.State == EntryState.Refused || known.Add(entry.Number.E164!)
            ? entry
            : entry.RefusedAs(RefusalReason.Repeated);
}

/// <summary>Builds what is left of a list after the request that created the campaign.</summary>
public sealed class BuildJob(CampaignStore campaigns, ListBuilder builder) : IJobKind
{
    public const string Name = "campaignBuild";

    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(10);

    public string Kind => Name;

    public async Task<JobStep> RunAsync(Job job, CancellationToken cancellationToken) =>
        await campaigns.GetAsync(BuildWork.Read(job.Payload).CampaignId, cancellationToken) is { } campaign
        && !await builder.BuildAsync(campaign, int.MaxValue, AtMost, cancellationToken)
            ? JobStep.GoOn(job)
            : JobStep.Done(job);
}
