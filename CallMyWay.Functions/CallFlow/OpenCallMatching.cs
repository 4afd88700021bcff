using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.WrapUps;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.CallFlow;

/// <summary>
/// Brings a contact that was saved or deleted to the open calls of its numbers: those that go on, and those that are
/// still on an agent's screen. Each is matched as a new call would be. What an agent has decided stands, and so does
/// the contact that a call is tied to as long as that contact has the number.
/// </summary>
public sealed partial class OpenCallMatching(
    CallIndex index,
    CallStore calls,
    CallWriter writer,
    CallerChoices callers,
    ContactMatcher matcher,
    WrapUpDueItems dueItems,
    PopUpStore popUps,
    PopUpScreens screens,
    PhoneNumberParser numbers,
    TimeProvider clock,
    ILogger<OpenCallMatching> logger) : IContactNews
{
    /// <summary>The newest calls of a number that are looked at: more are hardly open at once.</summary>
    private const int MostCalls = 50;

    public Task StoredAsync(Contact contact, Contact? before) => MatchAsync(contact, before, but: null);

    public Task DeletedAsync(Contact contact) => MatchAsync(contact, before: null, but: null);

    /// <param name="contact">The contact as it is stored, or as it was where it is deleted.</param>
    /// <param name="before">As it was; null for a new one, and where all of it may be news.</param>
    /// <param name="but">A call that is not looked at.</param>
    public async Task MatchAsync(Contact contact, Contact? before, CallKey? but)
    {
        if (before is not null && before.Title == contact.Title && before.Numbers.SequenceEqual(contact.Numbers))
        {
            return;
        }

        try
        {
            foreach (var call in await FindAsync(contact.Numbers.Concat(before?.Numbers ?? [])))
            {
                if (call.Key != but)
                {
                    await MatchAsync(call.Key);
                }
            }
        }
        catch (StorageException exception)
        {
            // The contact is stored. That is what was asked for, and no reason to do it again.
            Log.NotMatched(logger, exception);
        }
    }

    private async Task<IEnumerable<Call>> FindAsync(IEnumerable<string> typed)
    {
        var now = clock.GetUtcNow();
        var found = new List<Call>();
        // Each reads its calls at once: so the numbers come one after the other.
        foreach (var key in typed.SelectMany(numbers.ParseAll).SelectMany(numbers.KeysOf).Distinct())
        {
            // A call of an operator whose clock is behind stands further back.
            var since = now - PopUpStore.OpenFor - CallFact.ClockTolerance;
            found.AddRange(await index.FindAsync(key, since, MostCalls, CancellationToken.None));
        }

        return found.DistinctBy(call => call.Key).Where(IsOpen);
    }

    private async Task MatchAsync(CallKey key)
    {
        Call? before = null;
        ContactMatch? match = null;
        var saved = await writer.ChangeAsync(
            async token =>
            {
                (before, match) = (await calls.GetAsync(key, token), null);
                if (before is null || !IsOpen(before) || before.Match is MatchKind.Dialled or MatchKind.Private
                    || callers.NumberOf(before) is not { } number)
                {
                    return null;
                }

                var known = CallDerivation.MatchOf(before.Facts);
                match = await matcher.MatchAsync(number, token, known.ContactId);
                return match.IsSame(known) ? null : before;
            },
            call => call.Facts.With(new LaterMatch(clock.GetUtcNow(), call.Number, match!)),
            CancellationToken.None);
        if (saved is not null)
        {
            if (saved.ContactId != before!.ContactId)
            {
                await dueItems.TieAsync(saved, CancellationToken.None);
            }

            await screens.ShowAsync(saved, before, CancellationToken.None);
        }
        else if (match is not null)
        {
            // The call has it already. Whoever matched it may not have come to tell the screens.
            await screens.ShowAgainAsync(before!, CancellationToken.None);
        }
    }

    private bool IsOpen(Call call) => call.Direction != CallDirection.Internal && !call.IsNoted
        && (call.StateAt(clock.GetUtcNow()) != CallState.Ended
            || call.Agents.Any(agent => popUps.IsOpen(call, agent.AgentId)));

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "A contact was saved, but the open calls of its numbers may not show it: an agent can choose it there.")]
        public static partial void NotMatched(ILogger logger, Exception exception);
    }
}
