using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.ClickToDial;

/// <summary>
/// Sends a stored dial to the operator, once, and notes what came of it. Before the first byte it stores that the dial
/// is being sent. So where a process ended in between, it is known whether there can be a call.
/// </summary>
public sealed class DialSender(
    DialStore dials, DialTotals totals, CallMyWayClient client, PhoneNumberParser numbers, TimeProvider clock)
{
    /// <summary>
    /// How long a click may wait to be sent: connecting takes seconds at most, and so does each write.
    /// </summary>
    private static readonly TimeSpan MostBeforeSending = TimeSpan.FromSeconds(20);

    /// <summary>How long it may take from the operator's answer to its being stored.</summary>
    private static readonly TimeSpan MostAfterAnswer = TimeSpan.FromSeconds(15);

    /// <param name="dial">The dial, as this request has stored it.</param>
    /// <param name="phone">The agent's phone, as the mapping has it.</param>
    /// <param name="number">The other party's number, as the operator is to dial it.</param>
    /// <param name="ofAgent">
    /// The agent's hour in which it was counted: it is taken back there where nothing is sent.
    /// </param>
    /// <param name="ofAll">The same in the total of all agents.</param>
    public async Task<Dial> SendAsync(Dial dial, string phone, string number, DateTime ofAgent, DateTime ofAll)
    {
        var (first, second) = dial.Order == DialOrder.AgentFirst
            ? (OwnPhone(phone), number)
            : (number, OwnPhone(phone));
        var isReached = false;
        var answer = await client.ClickToDialAsync(dial.Account, first, second, () =>
        {
            isReached = true;
            return MarkAsBeingSentAsync(dial);
        });
        var (state, problem) = Read(answer, isReached);
        if (answer.Result == ClickResult.NotSent)
        {
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
            // An event of the call may have been faster than the answer.
            stored => stored with
            {
                State = state,
                Problem = problem,
                AnswerStatus = answer.Status == 0 ? null : answer.Status,
                Answer = answer.Text.Length == 0 ? null : answer.Text,
            },
            CancellationToken.None);
        return stored ?? dial with { State = state, Problem = problem };
    }

    /// <summary>
    /// The dial as it stands now, although its process may have ended. Where it was never marked as being sent it was
    /// not sent: this is stored, so that it holds, and the agent can dial again. Otherwise nobody knows.
    /// </summary>
    public async ValueTask<Dial> SettleAsync(Dial dial)
    {
        // A clock that was set back does not tell how long ago it was: the difference counts in either direction.
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
            await RemoveIntentAsync(dial, counted: null);
        }

        var sent = (clock.GetUtcNow() - (dial.SendingAt ?? dial.RequestedAt)).Duration();
        return dial.State == DialState.Placing && sent > client.Timeout + MostAfterAnswer
            ? dial with { State = DialState.Unknown, Problem = DialProblem.NoAnswer }
            : dial;
    }

    /// <summary>Notes that the dial is being sent; false where it has been told as not sent meanwhile.</summary>
    private async Task<bool> MarkAsBeingSentAsync(Dial dial)
    {
        var isOurs = false;
        await dials.ChangeAsync(
            dial.AgentId,
            dial.DialId,
            stored =>
            {
                isOurs = stored is { State: DialState.Placing, SendingAt: null } && stored.Attempt == dial.Attempt;
                return isOurs ? stored with { SendingAt = clock.GetUtcNow() } : stored;
            },
            CancellationToken.None);
        return isOurs;
    }

    // Nothing was asked of the operator: it is as if the agent had not dialled.
    private Task<bool> RemoveIntentAsync(Dial dial, DateTime? counted) => dials.ChangeAgentAsync(
        dial,
        (before, intent) => before with
        {
            Recent = [.. before.Recent.Where(each => each != intent)],
            Count = counted is { } hour ? before.Count.Remove(hour) : before.Count,
        });

    // The agent can dial again. The dial stays counted, so that who tries numbers at random is held up too. Where there
    // may be a call all the same, its events find the intent.
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

    // The account's own phone is a username or a number, and goes out as an administrator wrote it: a username may look
    // like a number. Only what stands between the digits of a number, for people to read, is left out.
    private string OwnPhone(string kept)
    {
        var compact = string.Concat(kept.Where(c => c is not (' ' or '-' or '.' or '(' or ')' or '/')));
        var isNumber = compact.AsSpan().TrimStart('+').IndexOfAnyExceptInRange('0', '9') < 0
            && numbers.Parse(kept).E164 is not null;
        return isNumber ? compact : kept.Trim();
    }
}
