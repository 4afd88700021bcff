using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// What is learned from a call of whom a number belongs to, and unlearned again. The other side of an internal call is
/// a colleague, of whom nothing is learned.
/// </summary>
public sealed class CallerChoices(ContactChoices choices, PhoneNumberParser numbers)
{
    /// <summary>The next call of this number offers the contact that was chosen.</summary>
    public Task LearnAsync(Call call, string contactId, DateTimeOffset at, CancellationToken cancellationToken) =>
        NumberOf(call) is { } number
            ? choices.RememberAsync(number, contactId, at, cancellationToken)
            : Task.CompletedTask;

    /// <summary>What was learned of the call's number until then is forgotten.</summary>
    public Task UnlearnAsync(Call call, DateTimeOffset until, CancellationToken cancellationToken) =>
        NumberOf(call) is { } number
            ? choices.ForgetAsync(number, until, cancellationToken)
            : Task.CompletedTask;

    /// <summary>
    /// What was unlearned by mistake is learned again: the contact that was chosen for the call, else the one that had
    /// been chosen for its number before.
    /// </summary>
    public Task LearnAgainAsync(Call call, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var contactId = call.Facts.LastOfContact is { } decided
            ? decided.Contact?.ContactId
            : call.Candidates.FirstOrDefault(candidate => candidate.Reason == MatchReason.ChosenBefore)?.ContactId;
        return contactId is null ? Task.CompletedTask : LearnAsync(call, contactId, at, cancellationToken);
    }

    /// <summary>The other party's number; null for an internal call.</summary>
    public PhoneNumber? NumberOf(Call call) => call.Direction switch
    {
        CallDirection.In => numbers.ParseCaller(call.Ani),
        CallDirection.Out => numbers.ParseCaller(call.Dnis),
        _ => null,
    };
}
