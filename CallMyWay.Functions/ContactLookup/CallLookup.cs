using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.ContactLookup;

/// <summary>
/// Has the CRM asked at the first news of a call that has a number. The call's pop-up is sent by then, with what is known
/// here; the asking is beside it, and nothing waits for it.
/// </summary>
/// <param name="store">The settings.</param>
/// <param name="asking">
/// Made when it is needed: it stores contacts, which reach open calls, whose changes are told here.
/// </param>
public sealed class CallLookup(LookupStore store, Lazy<LookupAsking> asking) : ICallNews
{
    public void Tell(Call call, Call? before)
    {
        if (!IsAsked(call) || (before is not null && IsAsked(before) && before.Number.E164 == call.Number.E164)
            || store.Recent is { Settings.IsOn: false })
        {
            return;
        }

        var question = new LookupQuestion(
            call.Number.E164!, call.Number.Display, call.Direction, call.CallId, call.Account);
        var known = call.Match == MatchKind.Dialled ? null : call.Candidates;
        Beside.Start((asking, question, known), static work => _ = AskAsync(work.asking, work.question, work.known));
    }

    // An exception of the work itself would end the process.
    private static async Task AskAsync(
        Lazy<LookupAsking> asking, LookupQuestion question, IReadOnlyList<Candidate>? known)
    {
        try
        {
            await asking.Value.RunAsync(question, known);
        }
        catch (ObjectDisposedException)
        {
            // The host is ending: nobody waits for the answer any more.
        }
    }

    // Of a call that is over when we hear of it, or that a person noted, no card opens.
    private static bool IsAsked(Call call) =>
        call.Number.E164 is not null && call.Direction != CallDirection.Internal && call.State != CallState.Ended
        && !call.IsNoted && !call.IsHistory;
}
