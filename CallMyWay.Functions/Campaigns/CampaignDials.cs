using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.ContactGuard;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Campaigns;

/// <summary>The campaigns, as dialling asks them.</summary>
public sealed class CampaignDials(
    CampaignStore campaigns,
    EntryStore entries,
    CampaignDesk desk,
    CoordinationStore coordination,
    CampaignPace pace,
    PresenceStore presence,
    DialStore dials,
    PersonGuard guard,
    TimeProvider clock) : ICampaignDials
{
    /// <summary>When a dial is looked at first.</summary>
    internal static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(20);

    /// <summary>How long nobody is called again whose dial did not leave this system.</summary>
    private static readonly TimeSpan AfterNotSent = TimeSpan.FromSeconds(15);

    /// <summary>The same where the operator refused; it grows with each refusal.</summary>
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMinutes(1);

    /// <summary>After so many refusals in a row the campaign pauses: calling on would help nobody.</summary>
    private const int MostRefusals = 10;

    public async ValueTask<CampaignCard> FindCardAsync(
        string agentId,
        string campaignId,
        string? e164,
        string? contactId,
        IReadOnlyList<string> endpointIds,
        CancellationToken cancellationToken)
    {
        if (await campaigns.GetAsync(campaignId, cancellationToken) is not { } campaign)
        {
            return new CampaignCard(null, CampaignPhrases.NoSuchCampaign);
        }

        if (await FindWhyNotAsync(campaign, cancellationToken) is { } why)
        {
            return new CampaignCard(null, why);
        }

        List<string> taking = [.. endpointIds.Where(campaign.Has)];
        if (taking.Count == 0 && endpointIds.Count > 0)
        {
            return new CampaignCard(null, CampaignPhrases.NotThatPhone);
        }

        if (await campaigns.FindCardAsync(agentId, cancellationToken) is not { } card || card.CampaignId != campaignId
            || await entries.GetAsync(campaignId, card.EntryId, cancellationToken) is not { } entry
            || !entry.IsOfferedTo(agentId, clock.GetUtcNow()))
        {
            return new CampaignCard(null, CampaignPhrases.NotYours);
        }

        var isTheirs = e164 is null
            ? contactId is not null && contactId == entry.ContactId
            : e164 == entry.Number.E164;
        return isTheirs
            ? new CampaignCard(new CampaignDial(campaignId, entry.EntryId, entry.Tries), null)
            {
                Order = campaign.Order,
                EndpointIds = taking,
            }
            : new CampaignCard(null, CampaignPhrases.NotThatNumber);
    }

    public async Task<Phrase?> BeginAsync(Dial dial)
    {
        var told = dial.Campaign!;
        if (await campaigns.GetAsync(told.CampaignId, CancellationToken.None) is not { } campaign)
        {
            return CampaignPhrases.NoSuchCampaign;
        }

        var agreed = await coordination.GetAsync(CancellationToken.None);
        if (agreed.FindWhyNot(clock.GetUtcNow()) is { } notAgreed)
        {
            return notAgreed;
        }

        if (await FindWhyNotAsync(campaign, CancellationToken.None) is { } why)
        {
            return why;
        }

        if (!campaign.Has(dial.EndpointId))
        {
            return CampaignPhrases.NotThatPhone;
        }

        // Who presses is there. Who is dialled for may have gone since.
        if (campaign.Mode == CampaignMode.Progressive
            && (await presence.GetPauseAsync(dial.AgentId, CancellationToken.None))?.IsOnAt(clock.GetUtcNow()) == true)
        {
            return CampaignPhrases.AgentPaused;
        }

        if (await entries.GetAsync(told.CampaignId, told.EntryId, CancellationToken.None) is not { } seen
            || !IsOf(seen, dial))
        {
            return CampaignPhrases.NotYours;
        }

        if (seen.Attempts >= campaign.Attempts)
        {
            return CampaignPhrases.NoAttemptLeft;
        }

        if (await desk.FindChangeAsync(seen, CancellationToken.None) is { } change)
        {
            // The next look says whose number it is now, or that nobody is to be called.
            return CampaignPhrases.Of(change);
        }

        if (!await pace.TryTakeAsync(campaign.CampaignId, campaign.PerMinute, agreed.PerMinute))
        {
            return CampaignPhrases.TooFast;
        }

        var begun = await entries.ChangeAsync(
            told.CampaignId,
            told.EntryId,
            // The answer of a write can be lost: then it says already what it is to say.
            found => found.State == EntryState.Dialling && found.LastDialId == dial.DialId ? found
                : IsOf(found, dial) ? Dialled(found, dial)
                : null,
            CancellationToken.None);
        if (begun is null)
        {
            return CampaignPhrases.NotYours;
        }

        return null;
    }

    public async Task NotSentAsync(Dial dial)
    {
        var told = dial.Campaign!;
        // What the dial says now: it was stored before.
        var stored = await dials.GetAsync(dial.AgentId, dial.DialId, CancellationToken.None) ?? dial;
        var isRefusal = stored.Problem is not (
            null or DialProblem.NotSent or DialProblem.ContactGuard or DialProblem.Campaign);
        // Where the agent is called first, that a phone is busy says nothing of the person.
        var isOfPerson = isRefusal
            && stored is not { Problem: DialProblem.PhoneBusy, Order: DialOrder.AgentFirst };
        var verdict = stored is { Problem: DialProblem.ContactGuard, Number.E164: { } number }
            ? await guard.CheckAsync(
                number,
                stored.CountedContactId is { } counted ? [counted] : [],
                clock.GetUtcNow(),
                CancellationToken.None)
            : null;
        var isNew = false;
        var after = await entries.ChangeAsync(
            told.CampaignId,
            told.EntryId,
            found =>
            {
                isNew = found.State is EntryState.Dialling or EntryState.Unknown && found.LastDialId == dial.DialId;
                var isOffered = IsOf(found, dial);
                if (!isNew && !isOffered)
                {
                    return null;
                }

                var now = clock.GetUtcNow();
                var refusals = isOfPerson ? found.OperatorRefusals + 1 : found.OperatorRefusals;
                var back = verdict is { Allowed: false }
                    ? found.PutBack(EntryState.Held, verdict.AllowedFrom ?? now + TimeSpan.FromHours(1), verdict.Why)
                    : isOfPerson
                        ? found.PutBack(
                            EntryState.Held,
                            now + (AfterRefusal * Math.Pow(2, Math.Min(refusals - 1, 6))),
                            CampaignPhrases.Of(stored.Problem!.Value))
                        : found.PutBack(
                            EntryState.Waiting,
                            now + AfterNotSent,
                            stored.StoppedBecause ?? (stored.Problem == DialProblem.PhoneBusy
                                ? CampaignPhrases.Of(DialProblem.PhoneBusy)
                                : null));
                return back with
                {
                    Attempts = isNew ? found.Attempts - 1 : found.Attempts,
                    LastAt = !isNew ? found.LastAt
                        : found.Attempts > 1 ? found.LastAtBefore ?? found.LastAt
                        : null,
                    OperatorRefusals = refusals,
                };
            },
            CancellationToken.None);
        if (after is not null && isNew && isRefusal)
        {
            await RefusedAsync(dial);
        }
    }

    public async Task RefusedAsync(Dial dial)
    {
        var campaignId = dial.Campaign!.CampaignId;
        var row = await campaigns.ChangeAsync(
            campaignId, campaign => campaign.RefusedFor(dial.AgentId), CancellationToken.None);
        if (row?.RefusalsInARow >= MostRefusals)
        {
            await campaigns.PauseAsync(campaignId, CampaignPhrases.OperatorRefuses, CancellationToken.None);
        }
    }

    private async ValueTask<Phrase?> FindWhyNotAsync(Campaign campaign, CancellationToken cancellationToken)
    {
        var counts = campaign.Budget is null
            ? new EntryCounts()
            : await entries.CountAsync(campaign.CampaignId, cancellationToken);
        var why = desk.FindWhyClosed(campaign, counts, clock.GetUtcNow());
        if (why == CampaignPhrases.BudgetSpent)
        {
            await campaigns.PauseAsync(campaign.CampaignId, CampaignPhrases.BudgetSpent, cancellationToken);
        }

        return why;
    }

    private bool IsOf(CampaignEntry entry, Dial dial) =>
        entry.IsOfferedTo(dial.AgentId, clock.GetUtcNow()) && entry.Tries == dial.Campaign!.Attempt
        && entry.Number.E164 == dial.Number.E164;

    private CampaignEntry Dialled(CampaignEntry entry, Dial dial)
    {
        var now = clock.GetUtcNow();
        return entry with
        {
            State = EntryState.Dialling,
            Attempts = entry.Attempts + 1,
            LastAt = now,
            LastAtBefore = entry.LastAt,
            LastDialId = dial.DialId,
            LastDialBy = dial.AgentId,
            ClaimedUntil = null,
            LookAt = now + FirstLook,
            Looks = 0,
        };
    }
}
