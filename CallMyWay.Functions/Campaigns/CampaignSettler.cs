using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Campaigns;

/// <summary>
/// Finds out what became of a dial, by the stored dial and its call: they are the truth. News of a call only lets it be
/// looked at earlier.
/// </summary>
public sealed class CampaignSettler(
    CampaignStore campaigns,
    EntryStore entries,
    ICampaignDials campaignDials,
    DialStore dials,
    DialSender sender,
    CallStore calls,
    CallIndex index,
    RecordPullStore pulls,
    CallReach reach,
    RestScreens restScreens,
    PhoneNumberParser numbers,
    Accounts accounts,
    TimeProvider clock)
{
    /// <summary>Between two looks at a call that goes on.</summary>
    private static readonly TimeSpan WhileItGoesOn = TimeSpan.FromSeconds(15);

    /// <summary>From when on a dial without a call is not known to have led to one.</summary>
    private static readonly TimeSpan WithoutCall = TimeSpan.FromMinutes(4);

    /// <summary>How far the operator's clock may be off where a dial's call is looked for by its number.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(10);

    /// <summary>
    /// After that, an accepted dial that neither a notification nor the records know led to no call.
    /// </summary>
    private static readonly TimeSpan NoCall = TimeSpan.FromMinutes(30);

    /// <summary>When a call that is over is looked at again: its cost and its outcome come later.</summary>
    private static readonly TimeSpan[] Later =
    [
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(3), TimeSpan.FromHours(26),
    ];

    /// <summary>
    /// How long after its last call a campaign goes on if an agent says that nobody was reached: the form is open for
    /// some time after a call. Who says so the next day changes the results alone.
    /// </summary>
    private static readonly TimeSpan TakenUpAgainWithin = TimeSpan.FromHours(1);

    /// <summary>How often a dial is looked at of which nothing comes to be known, hour by hour.</summary>
    private const int MostLooks = 24 * 14;

    /// <summary>Looks at what is due of a campaign. How many entries that were.</summary>
    public async Task<int> LookAsync(Campaign campaign, int most, CancellationToken cancellationToken)
    {
        var due = await entries.ListToLookAtAsync(campaign.CampaignId, clock.GetUtcNow(), most, cancellationToken);
        await Storage.AtOnce.DoAsync(due, async entry =>
        {
            await LookAsync(campaign, entry, cancellationToken);
            return true;
        });
        return due.Count;
    }

    /// <summary>Looks at the person of a call that has changed: now, or long after the campaign.</summary>
    public async Task LookAsync(ChangedCall changed, CancellationToken cancellationToken)
    {
        if (await campaigns.GetAsync(changed.CampaignId, cancellationToken) is not { } campaign
            || await entries.GetAsync(changed.CampaignId, changed.EntryId, cancellationToken) is not { } entry)
        {
            return;
        }

        var call = await calls.GetAsync(new CallKey(changed.CallId, changed.Account), cancellationToken);
        if (entry.State is not (EntryState.Offered or EntryState.Dialling or EntryState.Unknown))
        {
            if (call is not null && !IsKnown(entry, call))
            {
                // It was given up before it was heard of.
                entry = await ChangeAsync(entry, found => WithCall(found, call), cancellationToken) ?? entry;
            }

            await FollowAsync(campaign, entry, cancellationToken);
            return;
        }

        // The person is called again, or about to be. What is new can be of a call before.
        if (call is not null
            && (entry.State == EntryState.Offered || call.DialId != entry.LastDialId || IsKnown(entry, call)))
        {
            await ChangeAsync(entry, found => WithCall(found, call), cancellationToken);
        }
        else if (entry.State != EntryState.Offered)
        {
            await SettleAsync(campaign, entry, cancellationToken);
        }
    }

    private async Task LookAsync(Campaign campaign, CampaignEntry entry, CancellationToken cancellationToken)
    {
        switch (entry.State)
        {
            case EntryState.Offered:
                await ReleaseAsync(entry, cancellationToken);
                break;
            case EntryState.Dialling or EntryState.Unknown:
                await SettleAsync(campaign, entry, cancellationToken);
                break;
            default:
                await FollowAsync(campaign, entry, cancellationToken);
                break;
        }
    }

    /// <summary>A card that nobody asked for any more is the next one's.</summary>
    private async Task ReleaseAsync(CampaignEntry entry, CancellationToken cancellationToken) =>
        await entries.ChangeAsync(
            entry.CampaignId,
            entry.EntryId,
            found => found.State != EntryState.Offered ? null
                : found.ClaimedUntil > clock.GetUtcNow() ? found with { LookAt = found.ClaimedUntil }
                : found.PutBack(EntryState.Waiting, null, null),
            cancellationToken);

    private async Task SettleAsync(Campaign campaign, CampaignEntry entry, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var dial = entry is { LastDialBy: { } agentId, LastDialId: { } dialId }
            ? await dials.GetAsync(agentId, dialId, cancellationToken)
            : null;
        if (dial is not null)
        {
            dial = await sender.SettleAsync(dial);
            if (IsSurelyNoCall(dial))
            {
                // Its process may have ended before it could say so.
                await campaignDials.NotSentAsync(dial);
                return;
            }
        }

        var call = dial is null ? null : await FindCallAsync(entry, dial, cancellationToken);
        if (call is not null && call.StateAt(now) == CallState.Ended)
        {
            await EndAsync(campaign, entry, call, cancellationToken);
            return;
        }

        if (call is null && dial is not null && await IsNoCallAsync(dial, now, cancellationToken))
        {
            await ChangeAsync(entry, found => NotReached(campaign, found, now), cancellationToken);
            return;
        }

        var since = (now - (entry.LastAt ?? now)).Duration();
        var isUnknown = call is null
            && (since > WithoutCall || dial is null or { State: DialState.Unknown or DialState.Refused });
        await ChangeAsync(
            entry,
            found => isUnknown && found.Looks >= MostLooks
                // The campaign is not to wait for it without end.
                ? found.PutBack(EntryState.Exhausted, null, null)
                : found with
                {
                    State = isUnknown ? EntryState.Unknown : EntryState.Dialling,
                    Looks = found.Looks + 1,
                    LookAt = now + NextLook(call, since),
                },
            cancellationToken);
    }

    private async Task EndAsync(
        Campaign campaign, CampaignEntry entry, Call call, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var isReached = await reach.ReadAsync([call], cancellationToken);
        var ended = await ChangeAsync(
            entry,
            found =>
            {
                var with = WithCall(found, call);
                return isReached(call)
                    ? Reached(with) with { Looks = 0, LookAt = now + Later[0] }
                    : NotReached(campaign, with, call.EndedAt is { } at && at < now ? at : now) with
                    {
                        LookAt = now + Later[0],
                    };
            },
            cancellationToken);
        if (!ReferenceEquals(campaign.TakenFor(entry.LastDialBy), campaign))
        {
            await campaigns.ChangeAsync(
                campaign.CampaignId, found => found.TakenFor(entry.LastDialBy), cancellationToken);
        }

        if (ended is not null && campaign.Mode == CampaignMode.Progressive && entry.LastDialBy is { } agentId)
        {
            await NoteAnswerAsync(campaign, agentId, call, now);
        }
    }

    /// <summary>
    /// Counts the dials in a row that nobody answered. The operator mostly does not tell whether it was the agent or
    /// the person, so an agent who is not at the phone is known by their number alone.
    /// </summary>
    private async Task NoteAnswerAsync(Campaign campaign, string agentId, Call call, DateTimeOffset now)
    {
        if (call.ConnectedAt is not null || call.Phones.Any(phone => phone.ConnectedAt is not null))
        {
            await campaigns.ForgetUnansweredAsync(agentId, CancellationToken.None);
        }
        else if ((await campaigns.CountUnansweredAsync(agentId, campaign.CampaignId, now)).FindRestAt(now) is { } rest)
        {
            await restScreens.TellAsync(rest, CancellationToken.None);
        }
    }

    /// <summary>Takes the cost and the outcome of calls that are over, as they come.</summary>
    private async Task FollowAsync(Campaign campaign, CampaignEntry entry, CancellationToken cancellationToken)
    {
        var found = await calls.GetManyAsync(
            entry.Calls.Select(call => new CallKey(call.CallId, call.Account)), cancellationToken);
        var isReached = await reach.ReadAsync(found, cancellationToken);
        var now = clock.GetUtcNow();
        var isOpen = !campaign.IsOver || IsToBeTakenUpAgain(campaign, now);
        var changed = await ChangeAsync(
            entry,
            before =>
            {
                var after = found.Aggregate(before, WithCall);
                var last = found.FirstOrDefault(call => call.CallId == before.Calls.LastOrDefault()?.CallId);
                if (after.State == EntryState.Done && last is not null && !isReached(last) && isOpen)
                {
                    // The agent has said so after the end.
                    after = NotReached(campaign, after, last.EndedAt ?? now);
                }
                else if (last is not null && isReached(last) && IsThoughtNotReached(after))
                {
                    // The notification of it was lost, and the record tells.
                    after = Reached(after);
                }

                var looks = before.Looks + 1;
                return after with
                {
                    Looks = looks,
                    LookAt = looks < Later.Length && before.Calls.Count > 0 ? now + Later[looks] : null,
                };
            },
            cancellationToken);
        if (changed?.State == EntryState.Waiting && IsToBeTakenUpAgain(campaign, now))
        {
            // Repeated with the next look, if the process ends here.
            await campaigns.ChangeAsync(
                campaign.CampaignId,
                before => IsToBeTakenUpAgain(before, now)
                    ? before with { State = CampaignState.Running, EndedAt = null }
                    : before,
                cancellationToken);
        }
    }

    private static bool IsToBeTakenUpAgain(Campaign campaign, DateTimeOffset now) =>
        campaign is { State: CampaignState.Done, EndedAt: { } ended } && (now - ended).Duration() < TakenUpAgainWithin;

    // What another has changed meanwhile was looked at by that one.
    private async Task<CampaignEntry?> ChangeAsync(
        CampaignEntry seen, Func<CampaignEntry, CampaignEntry> change, CancellationToken cancellationToken) =>
        await entries.ChangeAsync(
            seen.CampaignId,
            seen.EntryId,
            found => found.State == seen.State && found.LastDialId == seen.LastDialId && found.Tries == seen.Tries
                ? change(found)
                : null,
            cancellationToken);

    private async ValueTask<Call?> FindCallAsync(CampaignEntry entry, Dial dial, CancellationToken cancellationToken)
    {
        if (dial.CallId is { } callId)
        {
            return await calls.GetAsync(new CallKey(callId, dial.Account), cancellationToken);
        }

        if ((clock.GetUtcNow() - dial.RequestedAt).Duration() < WithoutCall || dial.Number.E164 is null)
        {
            return null;
        }

        // A record that comes after many more dials of the agent finds its own no more.
        var filter = new CallFilter
        {
            Visible = VisibleCalls.All(dial.AgentId),
            Number = numbers.Parse(dial.Number.E164),
            From = dial.RequestedAt - ClockTolerance,
            To = dial.RequestedAt + WithoutCall + ClockTolerance,
            Now = clock.GetUtcNow(),
        };
        var page = await index.ListAsync(filter, new Api.PageRequest(10, null), cancellationToken);
        return page.Items
            .Where(call => (call.DialId is null ? !IsKnown(entry, call) : call.DialId == dial.DialId)
                && call.Account == dial.Account && call.Direction == CallDirection.Out
                && call.AgentOf(dial.AgentId) is not null)
            .MinBy(call => (call.StartedAt - dial.RequestedAt).Duration());
    }

    /// <summary>
    /// True where there was no call. Of an answer that is not known only the records can tell: they were read up to a
    /// time at which the record of the longest call would have come.
    /// </summary>
    private async Task<bool> IsNoCallAsync(Dial dial, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if ((now - dial.RequestedAt).Duration() < NoCall)
        {
            return false;
        }

        var read = (await pulls.GetAsync(dial.Account, cancellationToken)).Watermark;
        return dial.State == DialState.Unknown || dial.State == DialState.Refused
            ? read > dial.RequestedAt + RecordPull.DeepReach + RecordPull.Reach
            : read is null || read > dial.RequestedAt + NoCall;
    }

    private static bool IsSurelyNoCall(Dial dial) => dial.State == DialState.Refused
        && (dial.AnswerStatus >= 400
            || dial.Problem is DialProblem.NotSent or DialProblem.NotReached or DialProblem.ContactGuard
                or DialProblem.Campaign);

    /// <summary>The entry of whom somebody talked to, and who is not called again.</summary>
    internal static CampaignEntry Reached(CampaignEntry entry) => WithOutcome(entry with
    {
        State = EntryState.Done,
        AgentId = null,
        ClaimedUntil = null,
        NextAt = null,
        Because = null,
        OperatorRefusals = 0,
    });

    private static bool IsThoughtNotReached(CampaignEntry entry) =>
        entry.State is EntryState.Waiting or EntryState.Held or EntryState.Exhausted;

    private static bool IsKnown(CampaignEntry entry, Call call) =>
        entry.Calls.Any(each => each.CallId == call.CallId && each.Account == call.Account);

    private CampaignEntry WithCall(CampaignEntry entry, Call call)
    {
        // A budget is in the first account's currency, and another one is never added to it.
        var known = new EntryCall(
            call.CallId,
            call.Account,
            call.Cost,
            call.Currency == accounts.Home.Currency ? null : call.Currency,
            call.Outcome);
        var at = entry.Calls.ToList().FindIndex(
            each => each.CallId == call.CallId && each.Account == call.Account);
        return WithOutcome(entry with
        {
            Calls = at >= 0 ? [.. entry.Calls.Take(at), known, .. entry.Calls.Skip(at + 1)]
                : call.DialId is null || call.DialId == entry.LastDialId ? [.. entry.Calls, known]
                // One that is heard of after the next one's dial stands before it.
                : [known, .. entry.Calls],
        });
    }

    /// <summary>
    /// The entry with what its calls say now, also where an outcome was taken back. Of who was reached it is what was
    /// said of the last call, of who was not, what was said last.
    /// </summary>
    private static CampaignEntry WithOutcome(CampaignEntry entry) => entry with
    {
        LastOutcome = entry.State == EntryState.Done
            ? entry.Calls.LastOrDefault()?.Outcome
            : entry.Calls.LastOrDefault(call => call.Outcome is not null)?.Outcome,
    };

    private static CampaignEntry NotReached(Campaign campaign, CampaignEntry entry, DateTimeOffset at) =>
        entry.PutBack(
            entry.Attempts < campaign.Attempts ? EntryState.Waiting : EntryState.Exhausted,
            entry.Attempts < campaign.Attempts ? at + TimeSpan.FromMinutes(campaign.GapMinutes) : null,
            null) with
        {
            OperatorRefusals = 0,
        };

    private static TimeSpan NextLook(Call? call, TimeSpan since) =>
        call is not null || since < WithoutCall ? WhileItGoesOn
        : since < NoCall ? TimeSpan.FromMinutes(2)
        : TimeSpan.FromHours(1);
}
