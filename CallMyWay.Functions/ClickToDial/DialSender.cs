using CallMyWay.Functions.ContactGuard;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>
/// Sends a stored dial to the operator, once, and stores the result. Before the first byte it stores that the dial is
/// being sent. So if the process ends, it is known whether there can be a call.
/// </summary>
public sealed class DialSender(
    DialStore dials,
    DialTotals totals,
    PersonGuard guard,
    ICampaignDials campaigns,
    CallMyWayClient client,
    PhoneNumberParser numbers,
    TimeProvider clock)
{
    /// <summary>How long a click may wait before it is sent: connecting and each write take seconds at most.</summary>
    private static readonly TimeSpan MostBeforeSending = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long after the last look at hours and counts a dial may leave. The next call to the person may follow the
    /// gap of the contact guard after that look. Where the storage is slower, the dial is stored as not sent: the agent
    /// clicks again, and a campaign dials later.
    /// </summary>
    private static readonly TimeSpan MostAfterCheck = TimeSpan.FromSeconds(3);

    /// <summary>How long storing the operator's answer may take.</summary>
    private static readonly TimeSpan MostAfterAnswer = TimeSpan.FromSeconds(15);

    /// <param name="dial">The dial, which this request has stored.</param>
    /// <param name="phone">The agent's phone, as in the mapping.</param>
    /// <param name="number">The other party's number, in the form that the operator dials.</param>
    /// <param name="ofAgent">
    /// The hour in which the agent's dial was counted. If nothing is sent, the count is taken back there.
    /// </param>
    /// <param name="ofAll">The same for the total of all agents.</param>
    public async Task<Dial> SendAsync(Dial dial, string phone, string number, DateTime ofAgent, DateTime ofAll)
    {
        var (first, second) = dial.Order == DialOrder.AgentFirst
            ? (FormOf(phone), number)
            : (number, FormOf(phone));
        var isReached = false;
        Stop? stop = null;
        var answer = await client.ClickToDialAsync(dial.Account, first, second, async () =>
        {
            isReached = true;
            var (looked, began) = (clock.GetUtcNow(), clock.GetTimestamp());
            stop = await FindStopAsync(dial);
            return stop is null && await MarkAsBeingSentAsync(dial)
                && (dial.Colleague is not null || IsSoonAfter(looked, began));
        });
        var (state, problem) = Read(answer, isReached);
        if (answer.Result == ClickResult.NotSent)
        {
            problem = stop?.Problem ?? problem;
            await RemoveIntentAsync(dial, ofAgent);
            await totals.ChangeAsync(count => count.Remove(ofAll));
        }
        else if (state == DialState.Refused)
        {
            await ReleaseAgentAsync(dial, answer);
        }

        var stored = await dials.ChangeAsync(
            dial.AgentId,
            dial.DialId,
            // An event of the call may have changed the dial before the answer came.
            stored => stored with
            {
                State = state,
                Problem = problem,
                StoppedBecause = stop?.Why,
                AnswerStatus = answer.Status == 0 ? null : answer.Status,
                Answer = answer.Text.Length == 0 ? null : answer.Text,
            },
            CancellationToken.None);
        // Last: if this process ends before it, one call too many is counted, which is the safe side.
        await (answer.IsSurelyNoCall ? GiveBackAsync(dial)
            : state == DialState.Refused && dial.Campaign is not null ? campaigns.RefusedAsync(dial)
            : Task.CompletedTask);
        return stored ?? dial with { State = state, Problem = problem, StoppedBecause = stop?.Why };
    }

    /// <summary>
    /// The dial's state now, even if the process that was sending it has ended. If the dial was never marked as being
    /// sent, it was not sent: that is stored, so that it stays so, and the agent can dial again. If it was marked and
    /// has no answer, its result is unknown.
    /// </summary>
    public async ValueTask<Dial> SettleAsync(Dial dial)
    {
        // The clock may have been set back, so the difference counts in both directions.
        var age = (clock.GetUtcNow() - dial.RequestedAt).Duration();
        if (dial.State == DialState.Placing
            && dial is { Attempt: not null, SendingAt: null }
            && age > MostBeforeSending)
        {
            dial = await dials.ChangeAsync(
                dial.AgentId,
                dial.DialId,
                stored => stored is { State: DialState.Placing, SendingAt: null }
                    ? stored with { State = DialState.Refused, Problem = DialProblem.NotSent }
                    : stored,
                CancellationToken.None) ?? dial;
        }

        if (dial is { State: DialState.Refused, Problem: DialProblem.NotSent })
        {
            await GiveBackAsync(dial);
            await RemoveIntentAsync(dial, counted: null);
        }

        var sent = (clock.GetUtcNow() - (dial.SendingAt ?? dial.RequestedAt)).Duration();
        return dial.State == DialState.Placing && sent > client.Timeout + MostAfterAnswer
            ? dial with { State = DialState.Unknown, Problem = DialProblem.NoAnswer }
            : dial;
    }

    /// <summary>
    /// What is against the dial in the last instant: minutes can lie between the check of the click and this. From here
    /// on the dial counts for the person, and the attempt for the campaign.
    /// </summary>
    private async Task<Stop?> FindStopAsync(Dial dial)
    {
        if (dial is { Colleague: null, Number.E164: { } number })
        {
            var verdict = await guard.ReserveAsync(dial.DialId, number, dial.CountedContactId);
            if (!verdict.Allowed)
            {
                return new Stop(DialProblem.ContactGuard, verdict.Why);
            }
        }

        return dial.Campaign is not null && await campaigns.BeginAsync(dial) is { } why
            ? new Stop(DialProblem.Campaign, why)
            : null;
    }

    // The clock may have been set meanwhile, also back.
    private bool IsSoonAfter(DateTimeOffset looked, long began) =>
        clock.GetElapsedTime(began) < MostAfterCheck && (clock.GetUtcNow() - looked).Duration() < MostAfterCheck;

    // There was surely no call: neither the person nor the campaign has one more.
    private async Task GiveBackAsync(Dial dial)
    {
        if (dial is { Colleague: null, Number.E164: { } number })
        {
            await guard.ReleaseAsync(dial.DialId, number, dial.CountedContactId);
        }

        await (dial.Campaign is null ? Task.CompletedTask : campaigns.NotSentAsync(dial));
    }

    /// <summary>
    /// Stores that the dial is being sent. False if it was already stored as not sent. It is the last write before the
    /// operator is asked, and outlasts a power cut with all that was written before it: the dial, its count, and the
    /// campaign's attempt. So whoever repeats the work finds the dial, and does not ask again.
    /// </summary>
    private async Task<bool> MarkAsBeingSentAsync(Dial dial)
    {
        var isOurs = false;
        await LastingWrites.DoAsync(() => dials.ChangeAsync(
            dial.AgentId,
            dial.DialId,
            stored =>
            {
                isOurs = stored is { State: DialState.Placing, SendingAt: null } && stored.Attempt == dial.Attempt;
                return isOurs ? stored with { SendingAt = clock.GetUtcNow() } : stored;
            },
            CancellationToken.None));
        return isOurs;
    }

    // Nothing was sent: the dial is undone as if the agent had not dialled.
    private Task<bool> RemoveIntentAsync(Dial dial, DateTime? counted) => dials.ChangeAgentAsync(
        dial,
        (before, intent) => before with
        {
            Recent = [.. before.Recent.Where(each => each != intent)],
            Count = counted is { } hour ? before.Count.Remove(hour) : before.Count,
        });

    // The agent can dial again. The dial stays counted, so that trying numbers at random uses up the limit. If there
    // may be a call, the intent stays, so that the call's events find it.
    private Task<bool> ReleaseAgentAsync(Dial dial, ClickAnswer answer) => dials.ChangeAgentAsync(
        dial,
        (before, intent) => before with
        {
            Recent = answer.IsSurelyNoCall
                ? [.. before.Recent.Where(each => each != intent)]
                : [.. before.Recent.Select(each => each == intent ? intent with { IsReleased = true } : each)],
        });

    private static (DialState State, DialProblem? Problem) Read(ClickAnswer answer, bool isReached) => answer.Result switch
    {
        ClickResult.Accepted => (DialState.Placed, null),
        ClickResult.NotSent => (DialState.Refused, isReached ? DialProblem.NotSent : DialProblem.NotReached),
        ClickResult.Unknown => (DialState.Unknown, DialProblem.NoAnswer),
        _ => (DialState.Refused, answer.Status switch
        {
            401 or 403 => DialProblem.NotAuthorized,
            409 => DialProblem.PhoneBusy,
            _ => DialProblem.OperatorRefused,
        }),
    };

    /// <summary>
    /// How the operator is asked for a phone of the office: a username or a number. It is sent as the administrator
    /// wrote it, because a username can look like a number. Only separators between a number's digits are removed.
    /// </summary>
    public string FormOf(string kept)
    {
        var compact = string.Concat(kept.Where(c => c is not (' ' or '-' or '.' or '(' or ')' or '/')));
        var isNumber = compact.AsSpan().TrimStart('+').IndexOfAnyExceptInRange('0', '9') < 0
            && numbers.Parse(kept).E164 is not null;
        return isNumber ? compact : kept.Trim();
    }

    /// <summary>Why a dial is stopped in the last instant.</summary>
    private sealed record Stop(DialProblem Problem, Phrase? Why);
}
