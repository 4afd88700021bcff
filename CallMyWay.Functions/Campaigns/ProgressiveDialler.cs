using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.DiallingRules;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Supervision;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Campaigns;

/// <summary>One free agent, one dial. It never dials more than there are agents to talk.</summary>
public sealed class ProgressiveDialler(
    CampaignStore campaigns,
    EntryStore entries,
    CampaignDesk desk,
    CampaignPhones phones,
    ContactStore contacts,
    ContactMatcher matcher,
    CampaignPace pace,
    CoordinationStore coordination,
    Floor floor,
    Dialler dialler,
    DialRulesStore dialRules,
    RestScreens restScreens,
    PhoneNumberParser numbers,
    IQueue queue,
    TimeProvider clock)
{
    /// <summary>How long a person is an agent's until the dial begins.</summary>
    private static readonly TimeSpan ClaimedFor = TimeSpan.FromSeconds(60);

    /// <summary>How long an agent whose phone is busy gets no further dial.</summary>
    private static readonly TimeSpan RestOfPhone = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the same of an agent for whom the operator refuses, the third time in a row; it doubles. Once or twice,
    /// it can be the person's number.
    /// </summary>
    private static readonly TimeSpan RestOfRefusals = TimeSpan.FromSeconds(30);

    /// <summary>From how many refusals in a row on an agent rests.</summary>
    private const int RefusalsBeforeRest = 3;

    /// <summary>Outside of the hours of the dial rules; nobody says when those end.</summary>
    private static readonly TimeSpan RestOfHours = TimeSpan.FromMinutes(1);

    /// <summary>Claims a person for each agent who is free, and orders the dials.</summary>
    /// <param name="running">The campaigns that dial by themselves.</param>
    /// <param name="turn">A number that rises: by it the campaigns take turns.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<DialsOrdered> OrderAsync(
        IReadOnlyList<Campaign> running, long turn, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var agreed = await coordination.GetAsync(cancellationToken);
        if (agreed.FindWhyNot(now) is { } why)
        {
            foreach (var campaign in running)
            {
                await campaigns.PauseAsync(campaign.CampaignId, why, cancellationToken);
            }

            return DialsOrdered.NothingToDial;
        }

        var free = await ListFreeAsync(cancellationToken);
        if (free.Count == 0)
        {
            return DialsOrdered.NobodyToDialFor;
        }

        var isClosed = true;
        var open = new List<(Campaign Campaign, int Room)>();
        foreach (var campaign in running)
        {
            var counts = campaign.Budget is null
                ? new EntryCounts()
                : await entries.CountAsync(campaign.CampaignId, cancellationToken);
            var mayDial = desk.FindWhyClosed(campaign, counts, now) is null;
            isClosed &= !mayDial;
            var room = mayDial
                ? await pace.FindRoomAsync(
                    campaign.CampaignId, campaign.PerMinute, agreed.PerMinute, cancellationToken)
                : 0;
            if (room > 0)
            {
                open.Add((campaign, room));
            }
        }

        var mappings = await phones.ReadAsync(cancellationToken);
        foreach (var (agentId, had) in open.Count == 0 ? [] : free)
        {
            var card = had;
            for (var i = 0; i < open.Count; i++)
            {
                var at = (int)((turn + i) % open.Count);
                var (campaign, room) = open[at];
                if (room == 0 || phones.Choose(campaign, mappings[agentId]) is not { } phone)
                {
                    continue;
                }

                var taken = await desk.TakeNextAsync(campaign, agentId, card, ClaimedFor, cancellationToken);
                card = taken.Card;
                if (taken.IsOvertaken)
                {
                    // The agent has a card by now.
                    break;
                }
                else if (taken.IsNobodyDue)
                {
                    // Nor for the agents after this one.
                    open[at] = (campaign, 0);
                }
                else if (taken.Entry is { } entry)
                {
                    await queue.SendAsync(
                        StorageNames.CampaignDials,
                        new CampaignMessage
                        {
                            Dial = new OrderedDial(
                                campaign.CampaignId, entry.EntryId, entry.Tries, agentId, phone.EndpointId),
                        }.ToMessage(),
                        null,
                        CancellationToken.None);
                    open = [.. open.Select((each, k) => (
                        each.Campaign,
                        k == at ? room - 1 : Math.Min(each.Room, agreed.PerMinute)))];
                    turn++;
                    break;
                }
            }
        }

        return isClosed ? DialsOrdered.NothingToDial : DialsOrdered.Some;
    }

    /// <summary>Dials for an agent, unless the agent or the person is not to be had any more.</summary>
    public async Task DialAsync(OrderedDial order, CancellationToken cancellationToken)
    {
        var key = $"campaign/{order.CampaignId}/{order.EntryId}/{order.Try}";
        var mark = Dialler.Hash(key)[..16];
        if (await dialler.FindAsync(order.AgentId, key, mark, cancellationToken) is not null
            || await campaigns.GetAsync(order.CampaignId, cancellationToken) is not { } campaign
            || await entries.GetAsync(order.CampaignId, order.EntryId, cancellationToken) is not { } entry
            || !entry.IsOfferedTo(order.AgentId, clock.GetUtcNow()) || entry.Tries != order.Try)
        {
            return;
        }

        // Who has left, paused or taken another call since gets no dial.
        var view = await floor.ReadAsync(TimeSpan.Zero, cancellationToken);
        if (view.States.GetValueOrDefault(order.AgentId)?.Kind != AgentStateKind.Free
            || await phones.FindAsync(campaign, order.EndpointId, order.AgentId, cancellationToken) is not { } phone)
        {
            await PutBackAsync(order, entry => entry.PutBack(EntryState.Waiting, null, null));
            return;
        }

        var person = entry.ContactId is { } contactId ? await contacts.GetAsync(contactId, cancellationToken) : null;
        if (entry.ContactId is not null
            && (person is null || !matcher.Has(person, numbers.Parse(entry.Number.E164))))
        {
            // The next look says whose number it is now, or that nobody is to be called.
            await PutBackAsync(order, entry => entry.PutBack(EntryState.Waiting, null, null));
            return;
        }

        var result = await dialler.PlaceAsync(
            new CheckedClick(
                order.AgentId,
                key,
                mark,
                numbers.Parse(entry.Number.E164),
                person,
                phone,
                campaign.Order,
                Force: false)
            {
                Campaign = new CampaignDial(order.CampaignId, order.EntryId, order.Try),
            },
            cancellationToken);
        if (result.Refusal is not null)
        {
            await TakeRefusalAsync(order, result);
        }
        else if (result.Dial is { State: DialState.Placed })
        {
            if (!ReferenceEquals(campaign.TakenFor(order.AgentId), campaign))
            {
                await campaigns.ChangeAsync(
                    order.CampaignId, found => found.TakenFor(order.AgentId), CancellationToken.None);
            }
        }
        else if (result.Dial?.Problem == DialProblem.PhoneBusy)
        {
            await RestAsync(order, RestOfPhone, CampaignPhrases.Of(DialProblem.PhoneBusy));
        }
        else if (result.Dial is { State: DialState.Refused, Problem: { } problem }
            && problem is DialProblem.OperatorRefused or DialProblem.NotAuthorized or DialProblem.NotReached)
        {
            await RestAfterRefusalsAsync(order, problem);
        }
    }

    /// <summary>
    /// Where the operator refuses again and again for one agent, and takes the dials of others, it is the agent's phone:
    /// it neither uses up the pace of the others nor pauses the campaign. Where it refuses for all, the campaign pauses
    /// soon, and nobody rests.
    /// </summary>
    private async Task RestAfterRefusalsAsync(OrderedDial order, DialProblem problem)
    {
        if (await campaigns.GetAsync(order.CampaignId, CancellationToken.None) is { } campaign
            && campaign.RefusalsFor(order.AgentId) is >= RefusalsBeforeRest and var times
            && campaign.RefusalsInARow <= times)
        {
            var wait = RestOfRefusals * Math.Pow(2, Math.Min(times - RefusalsBeforeRest, 4));
            await RestAsync(
                order,
                wait < AgentCard.LongestRest ? wait : AgentCard.LongestRest,
                CampaignPhrases.Of(problem));
        }
    }

    /// <summary>Nothing was sent. The person is the next agent's, or is held or refused, as the refusal says.</summary>
    private async Task TakeRefusalAsync(OrderedDial order, DialResult result)
    {
        var now = clock.GetUtcNow();
        switch (result.Refusal)
        {
            case DialRefusal.ContactGuard:
                await PutBackAsync(order, entry => entry.PutBack(
                    EntryState.Held, result.Verdict!.AllowedFrom ?? now + TimeSpan.FromHours(1), result.Verdict.Why));
                break;
            case DialRefusal.NumberNotAllowed:
                var since = (await dialRules.GetAsync(CancellationToken.None)).ChangedAt;
                await PutBackAsync(
                    order, entry => entry.RefusedAs(RefusalReason.Foreign, since, now) with { LookAt = null });
                break;
            case DialRefusal.SwitchedOff:
                await PutBackAsync(order, entry => entry.PutBack(EntryState.Waiting, null, null));
                await campaigns.PauseAsync(
                    order.CampaignId, DialPhrases.Of(DialRefusal.SwitchedOff), CancellationToken.None);
                break;
            case DialRefusal.Busy or DialRefusal.KeyUsedForAnother:
                await PutBackAsync(order, entry => entry.PutBack(EntryState.Waiting, null, null));
                await RestAsync(order, TimeSpan.FromSeconds(5), because: null);
                break;
            case DialRefusal.OutsideHours:
                await PutBackAsync(order, entry => entry.PutBack(EntryState.Waiting, null, null));
                await RestAsync(order, RestOfHours, DialPhrases.Outside(result.Hours!, result.Local));
                break;
            default:
                await PutBackAsync(order, entry => entry.PutBack(EntryState.Waiting, null, null));
                await RestAsync(order, result.Wait, CampaignPhrases.Of(result.Refusal!.Value));
                break;
        }
    }

    /// <summary>
    /// The agents who wait for a call and for whom nobody is being dialled, the longest wait first, and the card that
    /// each got last.
    /// </summary>
    private async Task<IReadOnlyList<(string AgentId, AgentCard? Card)>> ListFreeAsync(
        CancellationToken cancellationToken)
    {
        var view = await floor.ReadAsync(Floor.Shared, cancellationToken);
        var now = clock.GetUtcNow();
        List<string> free =
        [
            .. view.States.Where(each => each.Value is { Kind: AgentStateKind.Free, IsOnline: true })
                .OrderBy(each => each.Value.Since ?? DateTimeOffset.MinValue)
                .ThenBy(each => each.Key, StringComparer.Ordinal)
                .Select(each => each.Key),
        ];
        var unanswered = await campaigns.FindUnansweredAsync(free, cancellationToken);
        foreach (var (agentId, dials) in unanswered)
        {
            // A talk, its wrap-up or the end of a pause: the agent is there.
            if (view.States[agentId].Since > dials.At)
            {
                await campaigns.ForgetUnansweredAsync(agentId, cancellationToken);
            }
            else if (dials.FindRestAt(now) is not null)
            {
                free.Remove(agentId);
            }
        }

        var cards = await campaigns.FindCardsAsync(free, cancellationToken);
        var taken = await AtOnce.DoAsync(cards, async each =>
            each.Value.IsRestingAt(now)
            || (await entries.GetAsync(each.Value.CampaignId, each.Value.EntryId, cancellationToken) is { } entry
                && (IsBeingDialled(entry, each.Key, now)
                    // The card of a campaign that has paused or ended since can't be called, and keeps nobody waiting.
                    || (entry.IsOfferedTo(each.Key, now)
                        && await campaigns.GetAsync(entry.CampaignId, cancellationToken) is
                        {
                            State: CampaignState.Running,
                        })))
                ? each.Key
                : null);
        return
        [
            .. free.Except(taken.OfType<string>(), StringComparer.Ordinal)
                .Select(agentId => (agentId, cards.GetValueOrDefault(agentId))),
        ];
    }

    // Its call may not have begun: the agent looks free until then.
    private static bool IsBeingDialled(CampaignEntry entry, string agentId, DateTimeOffset now) =>
        entry.State is EntryState.Dialling or EntryState.Unknown && entry.LastDialBy == agentId
        && entry.Calls.Count < entry.Attempts && (now - entry.LastAt)?.Duration() < DialGuard.SetUpTime;

    private Task<CampaignEntry?> PutBackAsync(OrderedDial order, Func<CampaignEntry, CampaignEntry> change) => entries.ChangeAsync(
        order.CampaignId,
        order.EntryId,
        found => found.State == EntryState.Offered && found.Tries == order.Try ? change(found) : null,
        CancellationToken.None);

    /// <param name="order">The dial that was not made.</param>
    /// <param name="wait">How long there are no more for the agent.</param>
    /// <param name="because">What the agent and who supervises are told; null for a moment of which nobody is.</param>
    private async Task RestAsync(OrderedDial order, TimeSpan wait, Phrase? because)
    {
        var now = clock.GetUtcNow();
        var rest = because is { } why ? new AgentRest(order.AgentId, now + wait, why) : null;
        await campaigns.PutCardAsync(
            order.AgentId,
            new AgentCard(order.CampaignId, order.EntryId)
            {
                RestUntil = now + (wait < AgentCard.LongestRest ? wait : AgentCard.LongestRest),
                Rest = rest,
            },
            CancellationToken.None);
        if (rest is not null)
        {
            await restScreens.TellAsync(rest, CancellationToken.None);
        }
    }
}

/// <summary>What came of a look at who may be dialled for.</summary>
public enum DialsOrdered
{
    /// <summary>There were agents, and campaigns that dial at this time.</summary>
    Some,

    NobodyToDialFor,

    /// <summary>No campaign dials at this time.</summary>
    NothingToDial,
}
