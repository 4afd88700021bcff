using System.Text.Json.Serialization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.DiallingRules;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Campaigns;

/// <summary>Shows campaigns with their counts.</summary>
public sealed class CampaignViews(
    EntryStore entries, CampaignStore campaigns, Accounts accounts, TimeProvider clock)
{
    internal const int ShownRefusals = 100;

    /// <summary>The campaign with the first of those who are not called.</summary>
    internal async Task<CampaignView> OfAsync(
        HttpRequest request, Campaign campaign, CancellationToken cancellationToken)
    {
        var counts = await entries.CountAsync(campaign.CampaignId, cancellationToken);
        var refused = counts.Of(EntryState.Refused) == 0
            ? []
            : (await entries.ListAsync(
                campaign.CampaignId,
                EntryState.Refused,
                new PageRequest(ShownRefusals, null),
                cancellationToken)).Items;
        var view = CampaignView.Of(campaign, counts, refused, accounts.Home.Currency, request.Language());
        return campaign is { Mode: CampaignMode.Progressive, State: CampaignState.Running }
            ? view with
            {
                Resting =
                [
                    .. (await campaigns.ListRestsAsync(campaign.CampaignId, clock.GetUtcNow(), cancellationToken))
                        .OrderBy(each => each.AgentId, StringComparer.Ordinal)
                        .Select(each => new RestingAgent(
                            each.AgentId, each.Until, each.Because.In(request.Language()))),
                ],
            }
            : view;
    }
}

/// <summary>A campaign as it is shown.</summary>
/// <param name="CampaignId">Its id in addresses.</param>
/// <param name="Why">A sentence: why it has paused by itself.</param>
/// <param name="Refused">The first hundred who are not called; in a list of campaigns it is empty.</param>
/// <param name="RefusedReasons">How many are not called, by reason, the most first.</param>
/// <param name="EndpointIds">The phones that call; missing where all do.</param>
/// <param name="Hours">Its own hours, in the first account's zone.</param>
/// <param name="Attempts">How often a person is called who is not reached.</param>
/// <param name="PerMinute">The most dials in a minute.</param>
/// <param name="Budget">What its calls may cost, in the currency; missing for no limit.</param>
/// <param name="Spent">What its calls have cost so far, in the currency; costs come after the calls.</param>
/// <param name="Unpriced">How many of its calls have no known cost yet.</param>
/// <param name="SpentOtherwise">What its calls have cost in other currencies: no budget counts it.</param>
public sealed record CampaignView(
    string CampaignId,
    string Name,
    CampaignMode Mode,
    DialOrder Order,
    CampaignState State,
    string? Why,
    CampaignCounts Counts,
    IReadOnlyList<RefusedPerson> Refused,
    IReadOnlyList<RefusedCount> RefusedReasons,
    IReadOnlyList<OutcomeCount> Outcomes,
    IReadOnlyList<string>? EndpointIds,
    DialHours? Hours,
    int Attempts,
    int GapMinutes,
    int PerMinute,
    decimal? Budget,
    decimal Spent,
    long Unpriced,
    IReadOnlyList<SpentAmount> SpentOtherwise,
    string Currency,
    DateTimeOffset CreatedAt,
    string? CreatedBy,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    [property: JsonPropertyName("etag")] string? ETag)
{
    /// <summary>
    /// The agents for whom it dials nobody now though they may be free, and until when; in a list of campaigns it is
    /// empty.
    /// </summary>
    public IReadOnlyList<RestingAgent> Resting { get; init; } = [];

    internal static CampaignView Of(
        Campaign campaign,
        EntryCounts counts,
        IReadOnlyList<CampaignEntry> refused,
        string currency,
        string language) => new(
            campaign.CampaignId,
            campaign.Name,
            campaign.Mode,
            campaign.Order,
            campaign.State,
            campaign.Why?.In(language),
            CampaignCounts.Of(counts),
            [
                .. refused.Where(entry => entry.Reason is not null).Select(entry => new RefusedPerson(
                    entry.Number.Display.Length == 0 ? null : entry.Number.Display,
                    entry.ContactId,
                    entry.Name,
                    entry.Reason!.Value,
                    CampaignPhrases.Of(entry.Reason.Value).In(language))),
            ],
            [
                .. counts.Reasons.Where(each => each.Value > 0).OrderByDescending(each => each.Value)
                    .Select(each => new RefusedCount(Enum.Parse<RefusalReason>(each.Key), each.Value)),
            ],
            [
                .. counts.Outcomes.Where(each => each.Value > 0).OrderByDescending(each => each.Value)
                    .ThenBy(each => each.Key, StringComparer.Ordinal)
                    .Select(each => new OutcomeCount(each.Key, each.Value)),
            ],
            campaign.EndpointIds,
            campaign.Hours,
            campaign.Attempts,
            campaign.GapMinutes,
            campaign.PerMinute,
            campaign.Budget,
            counts.Spent,
            counts.Unpriced,
            [
                .. counts.SpentOtherwise.Where(each => each.Value != 0).OrderBy(each => each.Key, StringComparer.Ordinal)
                    .Select(each => new SpentAmount(each.Value, each.Key)),
            ],
            currency,
            campaign.CreatedAt,
            campaign.CreatedBy,
            campaign.StartedAt,
            campaign.EndedAt,
            campaign.ETag);
}

/// <summary>What calls have cost in a currency.</summary>
public sealed record SpentAmount(decimal Amount, string Currency);

/// <summary>An agent for whom a campaign dials nobody now.</summary>
/// <param name="Until">From when on it goes on.</param>
/// <param name="Message">A sentence: why.</param>
public sealed record RestingAgent(string AgentId, DateTimeOffset Until, string Message);

/// <summary>How many are in each state.</summary>
/// <param name="Total">All of the list.</param>
/// <param name="Waiting">To be called, now or from a time on.</param>
/// <param name="Held">Not to be called now.</param>
/// <param name="Offered">On an agent's screen, or about to be dialled.</param>
/// <param name="Dialling">Being called, or in the call.</param>
/// <param name="Unknown">Dialled, and it is not known whether there was a call.</param>
/// <param name="Done">Reached.</param>
/// <param name="Exhausted">Not reached, and called as often as is allowed.</param>
/// <param name="Refused">Not called at all.</param>
public sealed record CampaignCounts(
    long Total,
    long Waiting,
    long Held,
    long Offered,
    long Dialling,
    long Unknown,
    long Done,
    long Exhausted,
    long Refused)
{
    internal static CampaignCounts Of(EntryCounts counts) => new(
        counts.Total,
        counts.Of(EntryState.Waiting),
        counts.Of(EntryState.Held),
        counts.Of(EntryState.Offered),
        counts.Of(EntryState.Dialling),
        counts.Of(EntryState.Unknown),
        counts.Of(EntryState.Done),
        counts.Of(EntryState.Exhausted),
        counts.Of(EntryState.Refused));
}

/// <summary>Somebody who is not called.</summary>
/// <param name="Number">As it is shown; what is no number stands as it came.</param>
/// <param name="Message">The reason in a sentence.</param>
public sealed record RefusedPerson(
    string? Number, string? ContactId, string? Name, RefusalReason Reason, string Message);

/// <summary>How many are not called for a reason.</summary>
public sealed record RefusedCount(RefusalReason Reason, long Count);

/// <summary>How many calls came to an outcome.</summary>
/// <param name="Outcome">Its code.</param>
public sealed record OutcomeCount(string Outcome, long Count);

/// <summary>A person of a campaign's list.</summary>
/// <param name="Attempts">How often the person was called.</param>
/// <param name="NextAt">From when on the person may be called; missing for at once.</param>
/// <param name="LastAt">When the person was called last.</param>
/// <param name="LastDialId">The dial of the last call.</param>
/// <param name="LastOutcome">The code of the last outcome that an agent sent.</param>
/// <param name="AgentId">Who has the person on the screen, or called last.</param>
/// <param name="RefusedBecause">A sentence: why the person is not called, or not now.</param>
public sealed record CampaignContact(
    string EntryId,
    string? ContactId,
    string? Name,
    NumberView Number,
    EntryState State,
    int Attempts,
    DateTimeOffset? NextAt,
    DateTimeOffset? LastAt,
    string? LastDialId,
    string? LastOutcome,
    string? AgentId,
    string? RefusedBecause)
{
    internal static CampaignContact Of(CampaignEntry entry, string language) => new(
        entry.EntryId,
        entry.ContactId,
        entry.Name,
        entry.Number,
        entry.State,
        entry.Attempts,
        entry.NextAt,
        entry.LastAt,
        entry.LastDialId,
        entry.LastOutcome,
        entry.AgentId ?? entry.LastDialBy,
        entry.State is EntryState.Refused or EntryState.Held ? entry.Because?.In(language) : null);
}
