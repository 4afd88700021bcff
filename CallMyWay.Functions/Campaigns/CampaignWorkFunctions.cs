using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Campaigns;

/// <summary>What an agent has to do for campaigns.</summary>
/// <param name="Card">The next person; null where there is none now.</param>
/// <param name="Why">Why there is none.</param>
/// <param name="Message">The same in a sentence.</param>
/// <param name="NextAt">When there will be one, where that is known.</param>
/// <param name="Campaigns">The campaigns that run and that a phone of the agent's calls for.</param>
public sealed record CampaignWork(
    WorkCard? Card,
    NoWork? Why,
    string? Message,
    DateTimeOffset? NextAt,
    IReadOnlyList<WorkCampaign> Campaigns)
{
    /// <summary>Why the progressive ones dial nobody for the agent now; missing where they do.</summary>
    public WorkRest? Rest { get; init; }
}

/// <summary>Why nobody is dialled for an agent who may be free.</summary>
/// <param name="Until">From when on it goes on.</param>
/// <param name="Message">A sentence: why.</param>
public sealed record WorkRest(DateTimeOffset Until, string Message);

/// <summary>Why an agent gets no card.</summary>
public enum NoWork
{
    /// <summary>No campaign has anybody for them.</summary>
    None,

    /// <summary>Nobody may be called now.</summary>
    Later,

    /// <summary>It is not confirmed that campaigns were coordinated with the operator.</summary>
    Coordination,

    /// <summary>The agent is in a call.</summary>
    Busy,

    /// <summary>The agent has paused.</summary>
    Paused,
}

/// <summary>The next person.</summary>
/// <param name="CampaignId">The campaign: the press on the card sends it.</param>
/// <param name="CampaignName">Its name.</param>
/// <param name="Attempt">Which call to the person it would be, from 1.</param>
/// <param name="Attempts">How many there are at most.</param>
/// <param name="LastAt">When the person was called last; missing where it was never.</param>
/// <param name="LastOutcome">The code of what came of it.</param>
/// <param name="ClaimedUntil">Until when no other agent gets it; asking again begins that anew.</param>
public sealed record WorkCard(
    string CampaignId,
    string CampaignName,
    string EntryId,
    string? ContactId,
    string? Name,
    NumberView Number,
    int Attempt,
    int Attempts,
    DialOrder Order,
    DateTimeOffset? LastAt,
    string? LastOutcome,
    DateTimeOffset ClaimedUntil);

/// <summary>A campaign that the agent works in.</summary>
/// <param name="CampaignId">Its id.</param>
/// <param name="Waiting">How many are left to be called.</param>
public sealed record WorkCampaign(string CampaignId, string Name, CampaignMode Mode, long Waiting);

/// <summary>The body of a request that leaves a card for later.</summary>
/// <param name="CampaignId">The card's campaign.</param>
/// <param name="EntryId">The card's place in the list.</param>
/// <param name="Until">When it comes again; by default in two hours.</param>
public sealed record SkipInput(
    [property: Needed] string? CampaignId, [property: Needed] string? EntryId, DateTimeOffset? Until);

/// <summary>Gives an agent the next card, and takes one back.</summary>
[Tags("Campaigns")]
public sealed class CampaignWorkFunctions(
    EntryStore entries,
    CampaignDesk desk,
    CampaignStore campaigns,
    CampaignPhones phones,
    CoordinationStore coordination,
    PresenceStore presence,
    DialStore dials,
    DialGuard guard,
    Accounts accounts,
    TimeProvider clock)
{
    private static readonly TimeSpan SkippedFor = TimeSpan.FromHours(2);

    private static readonly TimeSpan LongestSkip = TimeSpan.FromDays(60);

    [Function("GetCampaignWork"), Allow(Role.Agent)]
    [Answers(StatusCodes.Status200OK, typeof(CampaignWork))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "campaign-work")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var agentId = request.HttpContext.User.RequiredAgentId();
        var mine = await phones.ListCampaignsAsync(agentId, cancellationToken);
        var counts = await Storage.AtOnce.DoAsync(
            mine, campaign => entries.CountAsync(campaign.CampaignId, cancellationToken));
        List<WorkCampaign> shown =
        [
            .. mine.Zip(counts, (campaign, count) => new WorkCampaign(
                campaign.CampaignId,
                campaign.Name,
                campaign.Mode,
                count.Of(EntryState.Waiting) + count.Of(EntryState.Held))),
        ];
        var now = clock.GetUtcNow();
        var rest = mine.Any(campaign => campaign.Mode == CampaignMode.Progressive)
            && await campaigns.FindRestAsync(agentId, now, cancellationToken) is { } found
            ? new WorkRest(found.Until, found.Because.In(request.Language()))
            : null;
        List<(Campaign Campaign, Phrase? Closed)> preview =
        [
            .. mine.Zip(counts).Where(each => each.First.Mode == CampaignMode.Preview)
                .Select(each => (each.First, desk.FindWhyClosed(each.First, each.Second, now))),
        ];
        if (preview.Count == 0)
        {
            return Nothing(NoWork.None, new(
                "No hay campañas en las que deba llamar.", "There is no campaign for which to call."));
        }

        if ((await coordination.GetAsync(cancellationToken)).FindWhyNot(now) is { } why)
        {
            return Nothing(NoWork.Coordination, why);
        }

        var open = preview.Where(each => each.Closed is null).Select(each => each.Campaign).ToList();
        var card = await campaigns.FindCardAsync(agentId, cancellationToken);
        var onCard = await desk.FindMineAsync(agentId, card, open, cancellationToken);
        if (onCard.Entry is { } again)
        {
            return Next(again);
        }

        if ((await presence.GetPauseAsync(agentId, cancellationToken))?.IsOnAt(now) == true)
        {
            return Nothing(NoWork.Paused, new("Usted está en pausa.", "You are on a break."));
        }

        var (recent, _) = await dials.GetRecentAsync(agentId, cancellationToken);
        if (await guard.FindBusyAsync(agentId, recent, cancellationToken) is not null)
        {
            return Nothing(NoWork.Busy, new("Usted está en una llamada.", "You are in a call."));
        }

        if (onCard.IsToBeClaimed
            && await desk.FindMineAsync(agentId, card, open, cancellationToken, claims: true) is { Entry: { } claimed })
        {
            return Next(claimed);
        }

        if (await desk.TakeFirstAsync(agentId, card, open, cancellationToken) is { } next)
        {
            return Next(next);
        }

        var nextAt = await FindNextAsync(
            preview.Where(each => each.Closed is null || each.Closed == CampaignPhrases.OutsideHours)
                .Select(each => each.Campaign),
            cancellationToken);
        return nextAt is null && preview.FirstOrDefault(each => each.Closed is not null) is (_, { } closed)
            ? Nothing(NoWork.Later, closed)
            : nextAt is null
                ? Nothing(NoWork.None, new("No queda nadie por llamar.", "Nobody is left to be called."))
                : Nothing(
                    NoWork.Later,
                    open.Count == 0
                        ? CampaignPhrases.OutsideHours
                        : new("Ahora no se puede llamar a nadie más.", "Nobody else may be called now."),
                    nextAt);

        IResult Next(CampaignEntry entry) => TypedResults.Ok(
            new CampaignWork(ViewOf(entry, open), null, null, null, shown) { Rest = rest });

        IResult Nothing(NoWork reason, Phrase message, DateTimeOffset? at = null) => TypedResults.Ok(
            new CampaignWork(null, reason, message.In(request.Language()), at, shown) { Rest = rest });
    }

    /// <summary>Leaves the agent's card for later.</summary>
    [Function("SkipCampaignWork"), Allow(Role.Agent)]
    [NotAudited("It is in the campaign's list.")]
    [Refuses(StatusCodes.Status404NotFound)]
    [Takes(typeof(SkipInput)), Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> Skip(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "campaign-work/skip")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<SkipInput>(accounts.Home.TimeZone, cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var now = clock.GetUtcNow();
        if (input.Until is { } given && (given <= now || given > now + LongestSkip))
        {
            return request.Invalid(new FieldErrors().Add(
                "until",
                "Escriba una hora dentro de los próximos 60 días.",
                "Write a time within the next 60 days."));
        }

        return await desk.PutBackAsync(
            PlainText.Trimmed(input.CampaignId) ?? "",
            PlainText.Trimmed(input.EntryId) ?? "",
            request.HttpContext.User.RequiredAgentId(),
            input.Until ?? now + SkippedFor,
            CampaignPhrases.Skipped,
            cancellationToken)
            ? TypedResults.NoContent()
            : request.NotFound(CampaignPhrases.NotYours);
    }

    /// <summary>When the first person is due at a time at which their campaign calls.</summary>
    private async Task<DateTimeOffset?> FindNextAsync(
        IEnumerable<Campaign> running, CancellationToken cancellationToken)
    {
        // Someone who is due already was another agent's in this moment, or is behind those that were looked at.
        var soonest = clock.GetUtcNow().AddSeconds(5);
        return (await Storage.AtOnce.DoAsync(
            running.SelectMany(campaign => new[] { EntryState.Waiting, EntryState.Held }
                .Select(state => (Campaign: campaign, State: state))),
            async each => await entries.FindFirstDueAsync(each.Campaign.CampaignId, each.State, cancellationToken)
                is { } due
                ? desk.FindOpening(each.Campaign, due > soonest ? due : soonest)
                : null)).Min();
    }

    private static WorkCard ViewOf(CampaignEntry entry, IReadOnlyList<Campaign> open)
    {
        var campaign = open.First(each => each.CampaignId == entry.CampaignId);
        return new WorkCard(
            entry.CampaignId,
            campaign.Name,
            entry.EntryId,
            entry.ContactId,
            entry.Name,
            entry.Number,
            entry.Attempts + 1,
            campaign.Attempts,
            campaign.Order,
            entry.LastAt,
            entry.LastOutcome,
            entry.ClaimedUntil!.Value);
    }
}
