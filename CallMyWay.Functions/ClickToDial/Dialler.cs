using System.Security.Cryptography;
using System.Text;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Provider;
using CallMyWay.Functions.Telemetry;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>A click that was checked: what is dialled, from which phone, in whose name.</summary>
public sealed record CheckedClick(string AgentId, string Key, string Mark, PhoneNumber Number, string? ContactId, Mapping Endpoint, DialOrder Order, bool Force);

/// <summary>Why a click is not taken. Nothing was sent, and nothing is remembered of it.</summary>
public enum DialRefusal
{
    KeyUsedForAnother,
    Busy,
    SwitchedOff,
    NumberNotAllowed,
    OutsideHours,
    AgentHour,
    AgentDay,
    TotalHour,
    TotalDay,
}

/// <summary>The dial that a click led to, or why it was not taken.</summary>
public sealed record DialResult(Dial? Dial, DialRefusal? Refusal, Busy? Busy = null)
{
    /// <summary>What the account's clocks showed when it was refused, and the hours that hold.</summary>
    public DateTime Local { get; init; }

    public DialHours? Hours { get; init; }
}

/// <summary>
/// Places a call: once for each key, whatever is repeated, and one at a time for each agent. The intent is stored before the operator is
/// asked, so that the call's events find it; nothing is ever asked twice.
/// </summary>
public sealed class Dialler(DialStore dials, DialRulesStore rulesStore, DialGuard guard, CallMyWayClient client, Accounts accounts, PhoneNumberParser numbers, TimeProvider clock)
{
    /// <summary>How many dials of an agent are kept at hand for the events of their calls.</summary>
    private const int KeptIntents = 6;

    /// <summary>What came of the click that had this key before; null where there was none. <paramref name="mark"/> is of what is asked for.</summary>
    public async ValueTask<DialResult?> FindAsync(string agentId, string key, string mark, CancellationToken cancellationToken) =>
        await dials.GetAsync(agentId, IdOf(agentId, key), cancellationToken) is { } placed
            ? placed.Mark == mark ? new DialResult(placed, null) : new DialResult(null, DialRefusal.KeyUsedForAnother)
            : null;

    /// <summary>The phone that the agent dialled from the last time.</summary>
    public async ValueTask<string?> LastEndpointAsync(string agentId, CancellationToken cancellationToken) =>
        (await dials.OfAgentAsync(agentId, cancellationToken)).Dials.LastEndpointId;

    /// <summary>Places the click, which <see cref="FindAsync"/> did not find.</summary>
    public async Task<DialResult> PlaceAsync(CheckedClick click, CancellationToken cancellationToken)
    {
        using var span = Instrumentation.Start("dial");
        var result = await TryPlaceAsync(click, cancellationToken);
        span?.SetTag("callmyway.dial", result.Refusal?.ToString() ?? result.Dial?.State.ToString());
        return result;
    }

    private async Task<DialResult> TryPlaceAsync(CheckedClick click, CancellationToken cancellationToken)
    {
        var dialId = IdOf(click.AgentId, click.Key);
        var rules = await rulesStore.GetAsync(cancellationToken);
        var account = accounts.Find(click.Endpoint.Account);
        var dialled = InFormatOf(account, click.Number.E164!);
        if (numbers.Parse(dialled).E164 != click.Number.E164)
        {
            // The rules look at the number, the operator at the digits: should they ever mean another, abroad say, nothing is sent.
            return new DialResult(null, DialRefusal.NumberNotAllowed);
        }

        var isCounted = false;
        while (true)
        {
            var now = clock.GetUtcNow();
            var local = account.LocalTime(now);
            var (before, etag) = await dials.OfAgentAsync(click.AgentId, cancellationToken);
            // Read after the agent's row: another request with the key may have come and gone since it was looked for the first time.
            if (await FindAsync(click.AgentId, click.Key, click.Mark, cancellationToken) is { } placed)
            {
                return placed;
            }

            var dial = NewDial(click, dialId, now);
            if (before.Recent.FirstOrDefault(intent => intent.DialId == dialId) is { } begun)
            {
                if (!IsOf(click, begun))
                {
                    return new DialResult(null, DialRefusal.KeyUsedForAnother);
                }

                // The same click, on its way in another request, or broken off before it was sent. Later it begins anew.
                if (rules.Enabled && begun.Legs.Count == 0 && now - begun.RequestedAt < DialGuard.SetUpTime)
                {
                    return await SendAsync(click, dial, account, dialled);
                }
            }

            if (Check(rules, before.Count, click.Number, local) is { } refusal)
            {
                return new DialResult(null, refusal) { Local = local, Hours = rules.Hours };
            }

            if (!click.Force && await guard.OfAsync(click.AgentId, before, cancellationToken) is { } busy)
            {
                return new DialResult(null, DialRefusal.Busy, busy);
            }

            // Before the intent, after which nothing is refused. Of clicks at once those that are too late stay counted.
            if (!isCounted && await CountAsync(rules, local, cancellationToken) is { } over)
            {
                return new DialResult(null, over) { Local = local };
            }

            isCounted = true;
            var after = before with
            {
                Recent = [.. before.Recent.Where(intent => intent.DialId != dialId).TakeLast(KeptIntents - 1), IntentOf(dial)],
                LastEndpointId = click.Endpoint.EndpointId,
                Count = before.Count.Add(local),
            };
            // From here on nothing is cancelled: the intent holds the agent, and then the operator may have the request.
            if (await OrLetGoAsync(dial, () => dials.SaveAsync(click.AgentId, after, etag, CancellationToken.None)))
            {
                return await SendAsync(click, dial, account, dialled);
            }
        }
    }

    /// <summary>As it can be said now: what was being sent when the process ended is not known to have been sent or not.</summary>
    public Dial AsOfNow(Dial dial) =>
        dial.State == DialState.Placing && clock.GetUtcNow() - dial.RequestedAt > client.Timeout + TimeSpan.FromSeconds(15)
            ? dial with { State = DialState.Unknown, Problem = DialProblem.NoAnswer }
            : dial;

    // Of all requests with the click's key the one that stores the dial sends it.
    private async Task<DialResult> SendAsync(CheckedClick click, Dial dial, Account account, string dialled)
    {
        if (!await OrLetGoAsync(dial, () => dials.InsertAsync(dial, CancellationToken.None)))
        {
            return await FindAsync(click.AgentId, click.Key, click.Mark, CancellationToken.None) ?? new DialResult(dial, null);
        }

        var phone = OwnPhone(click.Endpoint.Phone);
        var (first, second) = click.Order == DialOrder.AgentFirst ? (phone, dialled) : (dialled, phone);
        var answer = await client.ClickToDialAsync(account.Username, first, second);
        var (state, problem) = Read(answer);
        if (state == DialState.Refused)
        {
            await LetGoAsync(dial, isForgotten: answer.IsSurelyNoCall);
        }

        var stored = await dials.ChangeAsync(
            dial.AgentId,
            dial.DialId,
            // An event of the call may have been faster than the answer.
            stored => stored with { State = state, Problem = problem, AnswerStatus = answer.Status == 0 ? null : answer.Status, Answer = answer.Text.Length == 0 ? null : answer.Text },
            CancellationToken.None);
        return new DialResult(stored ?? dial with { State = state, Problem = problem }, null);
    }

    // Where it fails nothing was sent: the agent may try again, with this key or with another.
    private async Task<bool> OrLetGoAsync(Dial dial, Func<Task<bool>> write)
    {
        try
        {
            return await write();
        }
        catch
        {
            await LetGoAsync(dial, isForgotten: true);
            throw;
        }
    }

    /// <summary>Lets the agent dial again. The dial stays counted: whoever tries numbers at random is held up too.</summary>
    /// <param name="isForgotten">False where there may be a call all the same, which its events then find.</param>
    private async Task LetGoAsync(Dial dial, bool isForgotten)
    {
        while (true)
        {
            var (before, etag) = await dials.OfAgentAsync(dial.AgentId, CancellationToken.None);
            if (before.Recent.FirstOrDefault(each => each.DialId == dial.DialId) is not { } intent)
            {
                return;
            }

            IEnumerable<DialIntent> recent = isForgotten
                ? before.Recent.Where(each => each != intent)
                : before.Recent.Select(each => each == intent ? intent with { IsReleased = true } : each);
            if (await dials.SaveAsync(dial.AgentId, before with { Recent = [.. recent] }, etag, CancellationToken.None))
            {
                return;
            }
        }
    }

    private async Task<DialRefusal?> CountAsync(DialRules rules, DateTime local, CancellationToken cancellationToken)
    {
        DialRefusal? refusal = null;
        await dials.CountAsync(
            local,
            1,
            count =>
            {
                refusal = count.OfHour(local) >= rules.TotalHour ? DialRefusal.TotalHour : count.OfDay(local) >= rules.TotalDay ? DialRefusal.TotalDay : null;
                return refusal is null;
            },
            cancellationToken);
        return refusal;
    }

    private static DialRefusal? Check(DialRules rules, DialCount count, PhoneNumber number, DateTime local)
    {
        if (!rules.Enabled)
        {
            return DialRefusal.SwitchedOff;
        }

        var begins = (string prefix) => number.E164!.StartsWith(prefix, StringComparison.Ordinal);
        if ((rules.AllowedPrefixes.Count > 0 && !rules.AllowedPrefixes.Any(begins)) || rules.DeniedPrefixes.Any(begins))
        {
            return DialRefusal.NumberNotAllowed;
        }

        return rules.Hours?.Include(local) == false ? DialRefusal.OutsideHours
            : count.OfHour(local) >= rules.PerAgentHour ? DialRefusal.AgentHour
            : count.OfDay(local) >= rules.PerAgentDay ? DialRefusal.AgentDay
            : null;
    }

    private static (DialState State, DialProblem? Problem) Read(ClickAnswer answer) => answer.Result switch
    {
        ClickResult.Accepted => (DialState.Placed, null),
        ClickResult.NotSent => (DialState.Refused, DialProblem.NotReached),
        ClickResult.Unknown => (DialState.Unknown, DialProblem.NoAnswer),
        _ => (DialState.Refused, answer.Status is 401 or 403 ? DialProblem.NotAuthorized : answer.Status is 409 ? DialProblem.PhoneBusy : DialProblem.OperatorRefused),
    };

    // The account's own phone is a username or a number of the account, and goes out as an administrator wrote it: a username may look like a
    // number. What stands between the digits of one is for people.
    private string OwnPhone(string kept)
    {
        var compact = string.Concat(kept.Where(c => c is not (' ' or '-' or '.' or '(' or ')' or '/')));
        return compact.AsSpan().TrimStart('+').IndexOfAnyExceptInRange('0', '9') < 0 && numbers.Parse(kept).E164 is not null ? compact : kept.Trim();
    }

    private string InFormatOf(Account account, string e164) => account.DialFormat == AccountOptions.E164Format ? e164 : numbers.DialledAtHome(e164);

    private Dial NewDial(CheckedClick click, string dialId, DateTimeOffset now) => new()
    {
        DialId = dialId,
        AgentId = click.AgentId,
        EndpointId = click.Endpoint.EndpointId,
        Account = click.Endpoint.Account,
        Number = numbers.View(click.Number),
        ContactId = click.ContactId,
        Order = click.Order,
        State = DialState.Placing,
        RequestedAt = now,
        Mark = click.Mark,
    };

    private static DialIntent IntentOf(Dial dial) => new()
    {
        DialId = dial.DialId,
        EndpointId = dial.EndpointId,
        Account = dial.Account,
        Number = dial.Number.E164!,
        ContactId = dial.ContactId,
        Order = dial.Order,
        RequestedAt = dial.RequestedAt,
        Mark = dial.Mark,
    };

    // Two requests with one key must not mix: the intent would be of one call, and the other would be sent.
    private static bool IsOf(CheckedClick click, DialIntent intent) =>
        (intent.Mark ?? click.Mark) == click.Mark && intent.Number == click.Number.E164 && intent.EndpointId == click.Endpoint.EndpointId;

    // The id follows from the key, so that the key needs no row of its own.
    private static string IdOf(string agentId, string key) => Hash($"{agentId}\n{key}")[..32];

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
