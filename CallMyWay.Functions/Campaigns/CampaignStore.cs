using System.Globalization;
using System.Text.Json.Serialization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Campaigns;

/// <summary>
/// The campaigns: partition <c>campaign</c>, the newest first. Partition <c>active</c> names those of which something is
/// awaited; its row is written before a campaign starts, so that no running one is left out. Partition <c>agent</c> has
/// the card that each agent got last, <c>unanswered</c> how many dials in a row nobody answered.
/// </summary>
public sealed class CampaignStore(ITables tables) : IAgentRemains
{
    internal const string Partition = "campaign";

    internal const string ActivePartition = "active";

    internal const string AgentPartition = "agent";

    internal const string UnansweredPartition = "unanswered";

    private static readonly StoredJson<Campaign> Stored = new(CampaignsJson.Default);

    private static readonly StoredJson<AgentCard> Cards = new(CampaignsJson.Default);

    private static readonly StoredJson<UnansweredDials> Unanswered = new(CampaignsJson.Default);

    private readonly ITable _table = tables[StorageNames.Campaigns];

    /// <summary>The campaign; null where there is none with this id.</summary>
    public async ValueTask<Campaign?> GetAsync(string campaignId, CancellationToken cancellationToken) =>
        KeyOf(campaignId) is { } key ? Read(await _table.GetAsync(Partition, key, cancellationToken)) : null;

    /// <summary>A page of all campaigns, the newest first.</summary>
    public async Task<Page<Campaign>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await _table.ReadAsync(
            new RowRange(Partition) { From = page.After?.From, Take = page.Take + 1 }, cancellationToken);
        return new Page<Campaign>(
            [.. rows.Take(page.Take).Select(row => Read(row)!)],
            rows.Count > page.Take ? new PageToken(Partition, rows[page.Take - 1].Key).ToString() : null);
    }

    /// <summary>The campaigns that run, or of whose calls something is awaited.</summary>
    public async Task<IReadOnlyList<Campaign>> ListActiveAsync(CancellationToken cancellationToken)
    {
        var active = new List<Row>();
        await foreach (var row in _table.ReadAllAsync(new RowRange(ActivePartition), cancellationToken))
        {
            active.Add(row);
        }

        var rows = await _table.GetManyAsync(
            [.. active.Select(row => (Partition, KeyOf(row.Key)!))], cancellationToken);
        return
        [
            .. active.Zip(rows, (mark, row) => Read(row) is { } campaign
                ? campaign with { ActiveETag = mark.ETag }
                : null).OfType<Campaign>(),
        ];
    }

    public async Task InsertAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        if (await _table.InsertAsync(ToRow(campaign), cancellationToken) is null)
        {
            throw new InvalidOperationException("A new campaign has the id of another.");
        }
    }

    /// <summary>Stores the campaign over the version that was read; null where it has changed.</summary>
    public async Task<Campaign?> ReplaceAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var isRunning = campaign.State == CampaignState.Running;
        if (isRunning)
        {
            // First, so that a process that ends in between leaves out no campaign that runs.
            await MarkActiveAsync(campaign.CampaignId, cancellationToken);
        }

        if (await _table.ReplaceAsync(ToRow(campaign), cancellationToken) is not { } etag)
        {
            return null;
        }

        // Once more: a beat that read it as not running is about to take the mark away, and finds another one.
        await (isRunning ? MarkActiveAsync(campaign.CampaignId, CancellationToken.None) : Task.CompletedTask);
        return campaign with { ETag = etag };
    }

    /// <summary>
    /// Changes a campaign and returns it; null where there is none. Where <paramref name="change"/> returns the same
    /// instance, nothing is written.
    /// </summary>
    public async Task<Campaign?> ChangeAsync(
        string campaignId, Func<Campaign, Campaign> change, CancellationToken cancellationToken)
    {
        while (await GetAsync(campaignId, cancellationToken) is { } before)
        {
            var after = change(before);
            if (ReferenceEquals(after, before))
            {
                return before;
            }

            if (await ReplaceAsync(after, cancellationToken) is { } stored)
            {
                return stored;
            }
        }

        return null;
    }

    /// <summary>Pauses a campaign that runs, and says why.</summary>
    public Task<Campaign?> PauseAsync(string campaignId, Phrase why, CancellationToken cancellationToken) => ChangeAsync(
        campaignId,
        campaign => campaign.State == CampaignState.Running
            ? campaign with { State = CampaignState.Paused, Why = why }
            : campaign,
        cancellationToken);

    /// <summary>
    /// Takes a campaign off those of which something is awaited, unless it was marked again since it was read among them.
    /// </summary>
    internal async Task CloseAsync(Campaign campaign, CancellationToken cancellationToken) =>
        await _table.DeleteAsync(
            ActivePartition,
            campaign.CampaignId,
            campaign.ActiveETag ?? throw new ArgumentException("It was not read among the active.", nameof(campaign)),
            cancellationToken);

    internal async Task MarkActiveAsync(string campaignId, CancellationToken cancellationToken) =>
        await _table.UpsertAsync(new Row(ActivePartition, campaignId), cancellationToken);

    /// <summary>The card that the agent got last; it may be another's by now.</summary>
    public async ValueTask<AgentCard?> FindCardAsync(string agentId, CancellationToken cancellationToken) =>
        ReadCard(await _table.GetAsync(AgentPartition, Keys.Encode(agentId), cancellationToken));

    /// <summary>The same of several agents.</summary>
    public async Task<IReadOnlyDictionary<string, AgentCard>> FindCardsAsync(
        IReadOnlyList<string> agentIds, CancellationToken cancellationToken)
    {
        var rows = await _table.GetManyAsync(
            [.. agentIds.Select(id => (AgentPartition, Keys.Encode(id)))], cancellationToken);
        return agentIds.Zip(rows).Where(each => each.Second is not null)
            .ToDictionary(each => each.First, each => ReadCard(each.Second)!, StringComparer.Ordinal);
    }

    /// <summary>The agents for whom the campaign dials nobody at this time, and why. It is two queries.</summary>
    public async Task<IReadOnlyList<AgentRest>> ListRestsAsync(
        string campaignId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rests = new List<AgentRest>();
        await foreach (var row in _table.ReadAllAsync(new RowRange(AgentPartition), cancellationToken))
        {
            if (Cards.FromRow(row) is { Rest: { } rest } card && card.CampaignId == campaignId && rest.Until > now)
            {
                rests.Add(rest);
            }
        }

        await foreach (var row in _table.ReadAllAsync(new RowRange(UnansweredPartition), cancellationToken))
        {
            if (Unanswered.FromRow(row) is var dials && dials.CampaignId == campaignId
                && dials.FindRestAt(now) is { } rest && rests.All(other => other.AgentId != rest.AgentId))
            {
                rests.Add(rest);
            }
        }

        return rests;
    }

    /// <summary>Why nobody is dialled for the agent at this time; null where somebody is.</summary>
    public async ValueTask<AgentRest?> FindRestAsync(
        string agentId, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await FindCardAsync(agentId, cancellationToken))?.Rest is { } rest && rest.Until > now
            ? rest
            : (await FindUnansweredAsync(agentId, cancellationToken))?.FindRestAt(now);

    /// <summary>The dials in a row for the agent that nobody answered; null for none.</summary>
    public async ValueTask<UnansweredDials?> FindUnansweredAsync(
        string agentId, CancellationToken cancellationToken) =>
        Unanswered.FromRow(await _table.GetAsync(UnansweredPartition, Keys.Encode(agentId), cancellationToken));

    /// <summary>The same of several agents.</summary>
    public async Task<IReadOnlyDictionary<string, UnansweredDials>> FindUnansweredAsync(
        IReadOnlyList<string> agentIds, CancellationToken cancellationToken)
    {
        var rows = await _table.GetManyAsync(
            [.. agentIds.Select(id => (UnansweredPartition, Keys.Encode(id)))], cancellationToken);
        return agentIds.Zip(rows).Where(each => each.Second is not null)
            .ToDictionary(each => each.First, each => Unanswered.FromRow(each.Second!), StringComparer.Ordinal);
    }

    /// <summary>Counts one more. One agent has one dial at a time: nobody else writes it.</summary>
    internal async Task<UnansweredDials> CountUnansweredAsync(string agentId, string campaignId, DateTimeOffset at)
    {
        var before = await FindUnansweredAsync(agentId, CancellationToken.None);
        var dials = new UnansweredDials(agentId, campaignId, (before?.Count ?? 0) + 1, at);
        await _table.UpsertAsync(
            Unanswered.ToRow(UnansweredPartition, Keys.Encode(agentId), dials), CancellationToken.None);
        return dials;
    }

    internal async Task ForgetUnansweredAsync(string agentId, CancellationToken cancellationToken) =>
        await _table.DeleteAsync(UnansweredPartition, Keys.Encode(agentId), null, cancellationToken);

    /// <summary>
    /// Stores the agent's card over the version in its ETag, over any where that is null. Null where another has been
    /// stored meanwhile.
    /// </summary>
    public async Task<AgentCard?> PutCardAsync(string agentId, AgentCard card, CancellationToken cancellationToken) =>
        await _table.PutAsync(
            Cards.ToRow(AgentPartition, Keys.Encode(agentId), card, card.ETag), cancellationToken) is { } etag
            ? card with { ETag = etag }
            : null;

    /// <summary>Removes the card of a deleted agent.</summary>
    public async Task ForgetAsync(string agentId, CancellationToken cancellationToken)
    {
        await _table.DeleteAsync(AgentPartition, Keys.Encode(agentId), null, cancellationToken);
        await ForgetUnansweredAsync(agentId, cancellationToken);
    }

    private static AgentCard? ReadCard(Row? row) =>
        row is null ? null : Cards.FromRow(row) with { ETag = row.ETag };

    internal static Campaign? Read(Row? row) => row is null ? null : Stored.FromRow(row) with { ETag = row.ETag };

    private static Row ToRow(Campaign campaign) =>
        Stored.ToRow(Partition, KeyOf(campaign.CampaignId)!, campaign, campaign.ETag);

    // The first 48 bits of the id are the time: milliseconds since 1970.
    internal static string? KeyOf(string campaignId) =>
        Guid.TryParseExact(campaignId, "N", out var id) && id.Version == 7 && campaignId == id.ToString("N")
        && long.Parse(campaignId.AsSpan(0, 12), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is var milliseconds
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? Keys.Join(Keys.NewestFirst(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)), campaignId)
            : null;
}

/// <summary>The card that an agent got last.</summary>
public sealed record AgentCard(string CampaignId, string EntryId)
{
    /// <summary>After this the dialler tries again, even if the rules name a later time.</summary>
    internal static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The entry's <see cref="CampaignEntry.Tries"/> once it is claimed; null in cards of earlier releases. Where the
    /// entry has not come so far, it is about to be claimed for the agent.
    /// </summary>
    public int? Try { get; init; }

    /// <summary>Until when nobody is dialled for the agent: they may not, or their phone can't.</summary>
    public DateTimeOffset? RestUntil { get; init; }

    /// <summary>What they and who supervises are told of it; null for a rest of a few seconds.</summary>
    public AgentRest? Rest { get; init; }

    [JsonIgnore]
    public string? ETag { get; init; }

    /// <summary>A rest that lies too far ahead was written before the clock was set back: it is over.</summary>
    internal bool IsRestingAt(DateTimeOffset now) =>
        RestUntil > now && RestUntil - now <= LongestRest + ClockSkew.Most;
}

/// <summary>Why nobody is dialled for an agent.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Until">
/// From when on it goes on. It is tried sooner than that: who changes the rules does not wait for the hour.
/// </param>
public sealed record AgentRest(string AgentId, DateTimeOffset Until, Phrase Because);

/// <summary>The dials of campaigns for an agent that nobody answered, without a sign of the agent in between.</summary>
/// <param name="CampaignId">The campaign of the last one.</param>
/// <param name="At">When the last one was over.</param>
public sealed record UnansweredDials(string AgentId, string CampaignId, int Count, DateTimeOffset At)
{
    /// <summary>From how many on the agent rests: then it is more likely that nobody is at the phone.</summary>
    internal const int BeforeRest = 10;

    /// <summary>Why nobody is dialled for the agent; null where that is no reason, or not any more.</summary>
    internal AgentRest? FindRestAt(DateTimeOffset now) =>
        Count >= BeforeRest && (now - At).Duration() < AgentCard.LongestRest
            ? new AgentRest(AgentId, At + AgentCard.LongestRest, CampaignPhrases.NobodyAnswered(Count))
            : null;
}
