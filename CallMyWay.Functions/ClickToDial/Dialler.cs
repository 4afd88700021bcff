using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.ContactGuard;
using CallMyWay.Functions.DiallingRules;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Telemetry;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>
/// Places calls: one for each key, even if the request is repeated, and one at a time for each agent. The dial and its
/// intent are stored before the request is sent, so that the call's events find them. No request is ever sent twice.
/// </summary>
public sealed class Dialler(
    DialStore dials,
    DialTotals totals,
    DialRulesStore rulesStore,
    DialGuard guard,
    PersonGuard persons,
    DialSender sender,
    Accounts accounts,
    PhoneNumberParser numbers,
    TimeProvider clock)
{
    /// <summary>How many of an agent's dials are kept for matching the events of their calls.</summary>
    private const int KeptIntents = 6;

    /// <summary>
    /// The result of an earlier click with this key; null if there was none. <paramref name="mark"/> is the hash of
    /// what is asked for now.
    /// </summary>
    public async ValueTask<DialResult?> FindAsync(
        string agentId, string key, string mark, CancellationToken cancellationToken) =>
        await dials.GetAsync(agentId, IdOf(agentId, key), cancellationToken) is { } placed
            ? ResultOf(placed, mark)
            : null;

    /// <summary>The phone of the agent's last dial.</summary>
    public async ValueTask<string?> LastEndpointAsync(string agentId, CancellationToken cancellationToken) =>
        (await dials.GetRecentAsync(agentId, cancellationToken)).Dials.LastEndpointId;

    /// <summary>Places a click that <see cref="FindAsync"/> did not find.</summary>
    public async Task<DialResult> PlaceAsync(CheckedClick click, CancellationToken cancellationToken)
    {
        using var span = Instrumentation.Start("dial");
        var result = await TryPlaceAsync(click, cancellationToken);
        span?.SetTag("callmyway.dial", result.Refusal?.ToString() ?? result.Dial?.State.ToString());
        return result;
    }

    private async Task<DialResult> TryPlaceAsync(CheckedClick click, CancellationToken cancellationToken)
    {
        var rules = await rulesStore.GetAsync(cancellationToken);
        var account = accounts.Find(click.Endpoint.Account);
        var dialled = click.Colleague is { } colleague
            ? sender.FormOf(colleague.Phone)
            : FormatForOperator(numbers, account, click.Number.E164!);
        if (click.Colleague is null && numbers.Parse(dialled).E164 != click.Number.E164)
        {
            // The rules check the number, but the operator gets the digits. If these mean another number, such as a
            // foreign one, nothing is sent.
            return new DialResult(null, DialRefusal.NumberNotAllowed);
        }

        // Read once: whose number it is doesn't change while an agent's row is fought over.
        var person = click.Colleague is null
            ? await persons.FindAsync(click.Number, click.Contact, cancellationToken)
            : null;
        var attempt = Guid.NewGuid().ToString("N");
        var counted = default(DateTime);
        while (true)
        {
            var now = clock.GetUtcNow();
            // All limits use one clock, whichever accounts the phones belong to.
            var local = accounts.Home.LocalTime(now);
            var (before, etag) = await dials.GetRecentAsync(click.AgentId, cancellationToken);
            var dial = NewDial(click, person?.ContactId, attempt, now);
            // Read after the agent's row: since the first look, another request with this key may have stored a dial.
            if (await dials.GetAsync(click.AgentId, dial.DialId, cancellationToken) is { } stored)
            {
                // This request stored the dial, but the response to its write was lost.
                return stored.Attempt == attempt
                    ? await SendAsync(click, stored, dialled, rules, counted, read: null)
                    : ResultOf(stored, click.Mark);
            }

            if (before.Recent.FirstOrDefault(
                intent => intent.DialId == dial.DialId && intent.Legs.Count > 0) is { } heard)
            {
                // The dial is missing, as earlier releases stored it after the intent. But its call has begun, so the
                // request was sent.
                return heard.Number == IntentOf(dial).Number
                    ? new DialResult(await dials.RestoreAsync(RebuildDial(dial, heard), cancellationToken), null)
                    : new DialResult(null, DialRefusal.KeyUsedForAnother);
            }

            var checkedNumber = click.Colleague is null ? click.Number.E164 : null;
            if (CheckRules(rules, checkedNumber, account.LocalTime(now)) is { } refusal)
            {
                return refusal;
            }

            if (person is not null
                && await persons.CheckAsync(person, now, cancellationToken) is { Allowed: false } no)
            {
                return new DialResult(null, DialRefusal.ContactGuard) { Verdict = no };
            }

            var (count, hour) = before.Count.At(local);
            var reached = count.Reached(hour, rules.PerAgentHour, rules.PerAgentDay);
            if (RefusalAt(reached, DialRefusal.AgentHour, DialRefusal.AgentDay, hour, local) is { } over)
            {
                return over;
            }

            if (!click.Force && await guard.FindBusyAsync(click.AgentId, before, cancellationToken) is { } busy)
            {
                if (await TryReleaseAsync(click.AgentId, busy, cancellationToken))
                {
                    continue;
                }

                return new DialResult(null, DialRefusal.Busy, busy);
            }

            var total = await totals.GetAsync(cancellationToken);
            if (CheckTotal(total.Count, rules, local) is { } overTotal)
            {
                return overTotal;
            }

            counted = hour;
            var after = before with
            {
                Recent = [.. before.Recent.TakeLast(KeptIntents - 1), IntentOf(dial)],
                LastEndpointId = click.Endpoint.EndpointId,
                Count = count.Add(hour),
            };
            // From here on nothing is cancelled: the intent keeps the agent busy, and soon the operator may have the
            // request.
            if (await WriteOrForgetAsync(dial, counted, () => dials.BeginAsync(dial, after, etag)))
            {
                return await SendAsync(click, dial, dialled, rules, counted, total);
            }
        }
    }

    // Only the request that stored the dial counts it in the total, so that refused clicks use up none of it.
    private async Task<DialResult> SendAsync(
        CheckedClick click,
        Dial dial,
        string dialled,
        DialRules rules,
        DateTime ofAgent,
        (DialCount Count, string? ETag)? read)
    {
        var local = accounts.Home.LocalTime(dial.RequestedAt);
        DialResult? over = null;
        var ofAll = default(DateTime);
        var isCounted = await WriteOrForgetAsync(dial, ofAgent, () => totals.ChangeAsync(
            total =>
            {
                (total, ofAll) = total.At(local);
                return (over = CheckTotal(total, rules, local)) is null ? total.Add(ofAll) : null;
            },
            read));
        if (!isCounted)
        {
            await ForgetAsync(dial, ofAgent);
            return over!;
        }

        return new DialResult(await sender.SendAsync(dial, click.Endpoint.Phone, dialled, ofAgent, ofAll), null);
    }

    // If a write fails, nothing was sent: the agent may try again, with this key or another.
    private async Task<bool> WriteOrForgetAsync(Dial dial, DateTime counted, Func<Task<bool>> write)
    {
        try
        {
            return await write();
        }
        catch
        {
            await ForgetAsync(dial, counted);
            throw;
        }
    }

    private Task<bool> ForgetAsync(Dial dial, DateTime counted) => dials.ChangeAgentAsync(
        dial,
        (before, intent) => before with
        {
            Recent = [.. before.Recent.Where(each => each != intent)],
            Count = before.Count.Remove(counted),
        },
        isDeleted: true);

    // A dial that keeps the agent busy may have been abandoned before it was sent. If so, it is stored as not sent.
    private async Task<bool> TryReleaseAsync(string agentId, Busy busy, CancellationToken cancellationToken) =>
        busy is { CallId: null, DialId: { } dialId }
        && await dials.GetAsync(agentId, dialId, cancellationToken) is { } dial
        && await sender.SettleAsync(dial) is { State: DialState.Refused, Problem: DialProblem.NotSent };

    /// <summary>What the rules say against a dial now, whatever the limits; null if nothing.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="number">
    /// In E.164; null for a phone of the office: which ones there are, an administrator says in the mappings. Their
    /// usernames can look like any number.
    /// </param>
    /// <param name="local">The account's time.</param>
    internal static DialResult? CheckRules(DialRules rules, string? number, DateTime local)
    {
        if (!rules.Enabled)
        {
            return new DialResult(null, DialRefusal.SwitchedOff);
        }

        if (number is not null && !rules.Allow(number))
        {
            return new DialResult(null, DialRefusal.NumberNotAllowed);
        }

        return rules.Hours?.Include(local) == false
            ? new DialResult(null, DialRefusal.OutsideHours) { Local = local, Hours = rules.Hours }
            : null;
    }

    private static DialResult? CheckTotal(DialCount total, DialRules rules, DateTime local)
    {
        var (count, hour) = total.At(local);
        var reached = count.Reached(hour, rules.TotalHour, rules.TotalDay);
        return RefusalAt(reached, DialRefusal.TotalHour, DialRefusal.TotalDay, hour, local);
    }

    private static DialResult? RefusalAt(
        DialLimit limit, DialRefusal ofHour, DialRefusal ofDay, DateTime hour, DateTime local)
    {
        return limit switch
        {
            DialLimit.Hour => new DialResult(null, ofHour) { Wait = hour.AddHours(1) - local },
            DialLimit.Day => new DialResult(null, ofDay) { Wait = hour.Date.AddDays(1) - local },
            _ => null,
        };
    }

    private static DialResult ResultOf(Dial dial, string mark) =>
        dial.Mark == mark ? new DialResult(dial, null) : new DialResult(null, DialRefusal.KeyUsedForAnother);

    /// <summary>The number as the operator is asked for it.</summary>
    internal static string FormatForOperator(PhoneNumberParser numbers, Account account, string e164) =>
        account.DialFormat == AccountOptions.E164Format ? e164 : numbers.DialledAtHome(e164);

    private Dial NewDial(CheckedClick click, string? countedId, string attempt, DateTimeOffset now) => new()
    {
        DialId = IdOf(click.AgentId, click.Key),
        AgentId = click.AgentId,
        EndpointId = click.Endpoint.EndpointId,
        Account = click.Endpoint.Account,
        Number = numbers.View(click.Number),
        ContactId = click.Contact?.ContactId,
        CountedContactId = countedId,
        Campaign = click.Campaign,
        Colleague = click.Colleague,
        Order = click.Order,
        State = DialState.Placing,
        RequestedAt = now,
        Mark = click.Mark,
        Attempt = attempt,
    };

    private static Dial RebuildDial(Dial dial, DialIntent intent) => dial with
    {
        State = DialState.Placed,
        EndpointId = intent.EndpointId,
        Account = intent.Account,
        RequestedAt = intent.RequestedAt,
        CallId = intent.Legs[0].CallId,
    };

    private static DialIntent IntentOf(Dial dial) => new()
    {
        DialId = dial.DialId,
        EndpointId = dial.EndpointId,
        Account = dial.Account,
        Number = dial.Number.E164 ?? dial.Colleague!.Phone,
        ContactId = dial.ContactId,
        Colleague = dial.Colleague,
        Order = dial.Order,
        RequestedAt = dial.RequestedAt,
        Campaign = dial.Campaign is { } told ? new CampaignPerson(told.CampaignId, told.EntryId) : null,
    };

    // The id is derived from the key, so the key needs no row of its own.
    private static string IdOf(string agentId, string key) => Hash($"{agentId}\n{key}")[..32];

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
