using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.ContactGuard;
using CallMyWay.Functions.DiallingRules;
using CallMyWay.Functions.DoNotCall;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Campaigns;

/// <summary>
/// Gives agents the next person of a campaign. It takes a few point reads and one write, however long the list is: what
/// is due stands first in the index.
/// </summary>
public sealed class CampaignDesk(
    CampaignStore campaigns,
    EntryStore entries,
    ContactStore contacts,
    ContactMatcher matcher,
    PhoneNumberParser numbers,
    PersonGuard guard,
    DoNotCallStore doNotCall,
    DialRulesStore dialRules,
    CallStore calls,
    CallReach reach,
    Accounts accounts,
    TimeProvider clock)
{
    /// <summary>How long a card is an agent's; asking for it again begins it anew.</summary>
    public static readonly TimeSpan ClaimedFor = TimeSpan.FromMinutes(5);

    /// <summary>A claim is renewed once so much of it has passed: not each question is a write.</summary>
    private static readonly TimeSpan RenewAfter = TimeSpan.FromMinutes(1);

    /// <summary>How many persons are looked at until one may be called.</summary>
    private const int MostLooked = 8;

    /// <summary>How long a person is held of whom no time is known at which they may be called.</summary>
    private static readonly TimeSpan HeldWithoutTime = TimeSpan.FromHours(1);

    /// <summary>Why the campaign dials nobody at this moment; null where it does.</summary>
    public Phrase? FindWhyClosed(Campaign campaign, EntryCounts counts, DateTimeOffset now) =>
        campaign.State != CampaignState.Running ? CampaignPhrases.NotRunning
        : counts.Spent >= campaign.Budget ? CampaignPhrases.BudgetSpent
        : campaign.Hours?.Include(accounts.Home.LocalTime(now)) == false ? CampaignPhrases.OutsideHours
        : null;

    /// <summary>The first time from then on within the campaign's own hours; null where there is none.</summary>
    public DateTimeOffset? FindOpening(Campaign campaign, DateTimeOffset from) =>
        campaign.Hours is not { } hours || hours.Include(accounts.Home.LocalTime(from)) ? from
        : hours.FirstFrom(accounts.Home.LocalTime(from)) is { } opening ? accounts.Home.TimeZone.ToInstant(opening)
        : null;

    /// <summary>The person whom the agent has already; none where they are gone or may not be called now.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="card">The card that the agent got last, as it was read.</param>
    /// <param name="open">The campaigns that call now.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <param name="claims">
    /// True where the agent may get a new person now: then the one whom another window is about to claim is claimed.
    /// </param>
    public async Task<FoundMine> FindMineAsync(
        string agentId,
        AgentCard? card,
        IReadOnlyList<Campaign> open,
        CancellationToken cancellationToken,
        bool claims = false)
    {
        var now = clock.GetUtcNow();
        if (card is null
            || open.FirstOrDefault(each => each.CampaignId == card.CampaignId) is not { } campaign
            || await entries.GetAsync(card.CampaignId, card.EntryId, cancellationToken) is not { } entry)
        {
            return new FoundMine(null);
        }

        var isToBeClaimed = IsToBeClaimed(entry);
        if (!entry.IsOfferedTo(agentId, now) && !(claims && isToBeClaimed))
        {
            return new FoundMine(null) { IsToBeClaimed = isToBeClaimed };
        }

        // The agent may just have written down who it is.
        var (person, mayBeCalled) = await FindPersonAsync(campaign, entry, now, cancellationToken);
        if (!mayBeCalled)
        {
            return new FoundMine(null);
        }

        return new FoundMine(IdOf(entry, person) == entry.ContactId && person?.Title == entry.Name
            && entry.ClaimedUntil - now > ClaimedFor - RenewAfter
            ? entry
            : await entries.ChangeAsync(
                entry.CampaignId,
                entry.EntryId,
                found => claims && IsToBeClaimed(found) ? Claimed(found, person, agentId, now + ClaimedFor)
                    : found.IsOfferedTo(agentId, now) && found.Tries == (card.Try ?? entry.Tries)
                        ? Shown(found, person, now + ClaimedFor)
                        : null,
                cancellationToken));

        // Another window of the agent is about to claim it, or its process has ended before it could.
        bool IsToBeClaimed(CampaignEntry found) => card.Try == found.Tries + 1 && IsDue(found, now);
    }

    /// <summary>
    /// Claims the next person of the first of these campaigns that has one. Where two windows of an agent ask at once,
    /// both get the same.
    /// </summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="card">The card that the agent got last, as it was read: one that is stored since stands.</param>
    /// <param name="open">The campaigns.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<CampaignEntry?> TakeFirstAsync(
        string agentId, AgentCard? card, IReadOnlyList<Campaign> open, CancellationToken cancellationToken)
    {
        foreach (var campaign in open)
        {
            var taken = await TakeNextAsync(campaign, agentId, card, ClaimedFor, cancellationToken);
            if (taken.IsOvertaken)
            {
                card = await campaigns.FindCardAsync(agentId, cancellationToken);
                return (await FindMineAsync(agentId, card, open, cancellationToken, claims: true)).Entry
                    ?? await TakeFirstAsync(agentId, card, open, cancellationToken);
            }

            if (taken.Entry is not null)
            {
                return taken.Entry;
            }

            card = taken.Card;
        }

        return null;
    }

    /// <summary>Claims the next person of a campaign for an agent, over the card that they had.</summary>
    public async Task<TakenEntry> TakeNextAsync(
        Campaign campaign, string agentId, AgentCard? card, TimeSpan claimedFor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var held = await entries.ListDueAsync(
            campaign.CampaignId, EntryState.Held, now, MostLooked, cancellationToken);
        var waiting = await entries.ListDueAsync(
            campaign.CampaignId, EntryState.Waiting, now, MostLooked, cancellationToken);
        // Who was held has waited longest, but not all of the looks are theirs.
        foreach (var entryId in held.Take(MostLooked / 2).Concat(waiting).Take(MostLooked))
        {
            var entry = await entries.GetAsync(campaign.CampaignId, entryId, cancellationToken);
            if (entry is null || !IsDue(entry, now))
            {
                continue;
            }

            var (person, mayBeCalled) = await FindPersonAsync(campaign, entry, now, cancellationToken);
            if (!mayBeCalled)
            {
                continue;
            }

            // First, so that a process that ends behind the claim leaves the agent their card. It is stored over the
            // version that was read: an agent has one.
            var put = await campaigns.PutCardAsync(
                agentId,
                new AgentCard(campaign.CampaignId, entryId)
                {
                    Try = entry.Tries + 1,
                    ETag = card is null ? Row.NoVersion : card.ETag,
                },
                cancellationToken);
            if (put is null)
            {
                return new TakenEntry(null, card, IsNobodyDue: false) { IsOvertaken = true };
            }

            card = put;
            var claimed = await entries.ChangeAsync(
                campaign.CampaignId,
                entryId,
                found => IsDue(found, now) ? Claimed(found, person, agentId, now + claimedFor)
                    // By another window of the agent, which has read the new card.
                    : found.IsOfferedTo(agentId, now) && found.Tries == put.Try ? found
                    : null,
                cancellationToken);
            if (claimed is not null)
            {
                return new TakenEntry(claimed, card, IsNobodyDue: false);
            }
        }

        return new TakenEntry(null, card, IsNobodyDue: held.Count == 0 && waiting.Count == 0);
    }

    /// <summary>
    /// What has changed since the entry got its contact: the contact is gone, their file does not have the number any
    /// more, or they are called by another number since a merge. Null for nothing.
    /// </summary>
    public async ValueTask<RefusalReason?> FindChangeAsync(CampaignEntry entry, CancellationToken cancellationToken) =>
        (await FindChangeAsync(entry, await FindContactAsync(entry, cancellationToken), cancellationToken)).Reason;

    /// <summary>Puts the agent's card back; false where it is not the agent's any more.</summary>
    public async Task<bool> PutBackAsync(
        string campaignId,
        string entryId,
        string agentId,
        DateTimeOffset nextAt,
        Phrase because,
        CancellationToken cancellationToken) => await entries.ChangeAsync(
            campaignId,
            entryId,
            found => found.State == EntryState.Offered && found.AgentId == agentId
                ? found.PutBack(EntryState.Waiting, nextAt, because)
                : null,
            cancellationToken) is not null;

    /// <summary>
    /// Who is to be called, and whether they may be called now. Where not, the entry says so: it is held, or not called
    /// any more.
    /// </summary>
    private async Task<(Contact? Person, bool MayBeCalled)> FindPersonAsync(
        Campaign campaign, CampaignEntry entry, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (entry.Attempts >= campaign.Attempts)
        {
            // Fewer are allowed since the person was called last.
            await SetAsync(entry, found => found.PutBack(EntryState.Exhausted, null, null), cancellationToken);
            return (null, false);
        }

        var person = await FindContactAsync(entry, cancellationToken);
        var (change, otherPlace) = await FindChangeAsync(entry, person, cancellationToken);
        if (otherPlace is { IsCalled: false } other)
        {
            // There the person is only about to be called. Whoever comes to nothing there is called here.
            var until = other.ClaimedUntil ?? other.NextAt;
            await SetAsync(
                entry,
                found => found.PutBack(
                    EntryState.Held,
                    until > now ? until : now + ClaimedFor,
                    CampaignPhrases.Of(RefusalReason.Repeated)),
                cancellationToken);
            return (null, false);
        }

        if (change is { } reason && !(entry.IsNumberAlone && reason == RefusalReason.NumberChanged))
        {
            // First, so that a process that ends in between leaves nobody out.
            await (entry.Number.E164 is { } number
                ? entries.PassOnAsync(entry, number, cancellationToken)
                : Task.CompletedTask);
            await SetAsync(entry, found => found.RefusedAs(reason), cancellationToken);
            return (null, false);
        }

        person = change is null && person is not null ? person : await FindOwnerAsync(entry, cancellationToken);
        return (person, await MayBeCalledAsync(entry, person, now, cancellationToken));
    }

    private async ValueTask<Contact?> FindContactAsync(CampaignEntry entry, CancellationToken cancellationToken) =>
        entry.ContactId is { } contactId ? await contacts.GetAsync(contactId, cancellationToken) : null;

    /// <summary>The change, and where the person is called by another number the place of that.</summary>
    private async ValueTask<(RefusalReason? Reason, CampaignEntry? OtherPlace)> FindChangeAsync(
        CampaignEntry entry, Contact? person, CancellationToken cancellationToken) =>
        entry.ContactId is null ? (null, null)
        : person is null ? (RefusalReason.UnknownContact, null)
        : !matcher.Has(person, numbers.Parse(entry.Number.E164)) ? (RefusalReason.NumberChanged, null)
        : await FindOtherPlaceAsync(entry, person, cancellationToken) is { } other ? (RefusalReason.Repeated, other)
        : (null, null);

    /// <summary>
    /// Where the person stands in the list once more, as a contact that was merged since the list was built, and goes
    /// before this place. The kept contact has the numbers of both, so these lead there; whoever was never merged costs
    /// nothing. Null for none.
    /// </summary>
    private async Task<CampaignEntry?> FindOtherPlaceAsync(
        CampaignEntry entry, Contact person, CancellationToken cancellationToken)
    {
        // A list of numbers says of each that it is to be called.
        if (entry.IsNumberAlone || person.Merged is not { Count: > 0 })
        {
            return null;
        }

        var others = person.Numbers.SelectMany(numbers.ParseAll).Select(number => number.E164).OfType<string>()
            .Where(number => number != entry.Number.E164).Distinct(StringComparer.Ordinal);
        return (await entries.FindByNumbersAsync(entry.CampaignId, others, cancellationToken))
            .Where(other => other.ContactId is { } contactId && contactId != entry.ContactId
                && person.Ids.Contains(contactId, StringComparer.Ordinal) && other.GoesBefore(entry))
            .OrderByDescending(other => other.IsCalled)
            .FirstOrDefault();
    }

    /// <summary>
    /// Whose number it is, where the list has the number alone: the one contact in whose file the whole number is. It is
    /// looked up when the person is due, so that contacts who were made since the list was are found too, and a list of
    /// numbers costs nothing more to build.
    /// </summary>
    private async Task<Contact?> FindOwnerAsync(CampaignEntry entry, CancellationToken cancellationToken)
    {
        var owners = await matcher.FindAsync(numbers.Parse(entry.Number.E164), cancellationToken);
        return owners.Where(match => match.IsCertain).ToList() is [var only] ? only.Contact : null;
    }

    private async Task<bool> MayBeCalledAsync(
        CampaignEntry entry, Contact? person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (entry.Number.E164 is not { } number)
        {
            return false;
        }

        if (await doNotCall.FindAsync(number, cancellationToken) is { } listed)
        {
            await SetAsync(
                entry,
                found => found.RefusedAs(RefusalReason.DoNotCall, listed.First.AddedAt, now),
                cancellationToken);
            return false;
        }

        if (await dialRules.GetAsync(cancellationToken) is var rules && !rules.Allow(number))
        {
            await SetAsync(
                entry, found => found.RefusedAs(RefusalReason.Foreign, rules.ChangedAt, now), cancellationToken);
            return false;
        }

        // The notification of it was lost, and its record has come since.
        if (entry.Calls is [.., var last]
            && await calls.GetAsync(new CallKey(last.CallId, last.Account), cancellationToken) is { } call
            && (await reach.ReadAsync([call], cancellationToken))(call))
        {
            await entries.ChangeAsync(
                entry.CampaignId,
                entry.EntryId,
                // What it cost is taken by the next look.
                found => found.State == entry.State && found.Tries == entry.Tries
                    ? CampaignSettler.Reached(found) with { LookAt = now }
                    : null,
                cancellationToken);
            return false;
        }

        var verdict = await guard.CheckAsync(number, person?.Ids ?? [], now, cancellationToken);
        if (verdict.Allowed)
        {
            return true;
        }

        await HoldAsync(entry, verdict, cancellationToken);
        return false;
    }

    /// <summary>Holds a person until the guard allows a call.</summary>
    internal Task<bool> HoldAsync(CampaignEntry entry, GuardVerdict verdict, CancellationToken cancellationToken) =>
        SetAsync(
            entry,
            found => found.PutBack(
                EntryState.Held, verdict.AllowedFrom ?? clock.GetUtcNow() + HeldWithoutTime, verdict.Why),
            cancellationToken);

    private async Task<bool> SetAsync(
        CampaignEntry seen, Func<CampaignEntry, CampaignEntry> change, CancellationToken cancellationToken) =>
        await entries.ChangeAsync(
            seen.CampaignId,
            seen.EntryId,
            found => found.State == seen.State && found.Tries == seen.Tries ? change(found) with { LookAt = null } : null,
            cancellationToken) is not null;

    // A contact of the list keeps the id that the list has: it leads to the contact that it was merged into, and to its
    // own file again where that is undone.
    private static string? IdOf(CampaignEntry entry, Contact? person) =>
        entry.IsNumberAlone ? person?.ContactId : entry.ContactId ?? person?.ContactId;

    private static CampaignEntry Claimed(
        CampaignEntry entry, Contact? person, string agentId, DateTimeOffset until) => Shown(entry, person, until) with
        {
            State = EntryState.Offered,
            AgentId = agentId,
            Tries = entry.Tries + 1,
            NextAt = null,
            Because = null,
        };

    private static CampaignEntry Shown(CampaignEntry entry, Contact? person, DateTimeOffset until) => entry with
    {
        ContactId = IdOf(entry, person),
        Name = person?.Title,
        ClaimedUntil = until,
        LookAt = until,
    };

    private static bool IsDue(CampaignEntry entry, DateTimeOffset now) =>
        entry.State is EntryState.Waiting or EntryState.Held && !(entry.NextAt > now);
}

/// <summary>What came of a look for the person whom the agent has already.</summary>
/// <param name="Entry">The person; null for none.</param>
public sealed record FoundMine(CampaignEntry? Entry)
{
    /// <summary>True where another window of the agent is about to claim the person of the card.</summary>
    public bool IsToBeClaimed { get; init; }
}

/// <summary>What came of a look for the next person.</summary>
/// <param name="Entry">The person who was claimed; null for none.</param>
/// <param name="Card">The agent's card as it is stored now.</param>
/// <param name="IsNobodyDue">True where nobody was due, for any agent.</param>
public sealed record TakenEntry(CampaignEntry? Entry, AgentCard? Card, bool IsNobodyDue)
{
    /// <summary>True where somebody else has stored a card for the agent meanwhile.</summary>
    public bool IsOvertaken { get; init; }
}
