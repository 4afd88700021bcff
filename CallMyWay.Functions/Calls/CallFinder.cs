using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Calls;

/// <summary>Finds the call of an address: by the operator's id and, if the address has it, the account.</summary>
public sealed class CallFinder(CallStore calls)
{
    /// <summary>The answer if there is no such call, or the caller may not see it.</summary>
    public static Phrase NoSuchCall { get; } = new(
        "No hay una llamada con ese código.", "There is no call with that id.");

    /// <summary>
    /// The call; null if there is none that the caller may see. If two accounts have a call with this id, it is the
    /// newest.
    /// </summary>
    public async ValueTask<Call?> FindAsync(
        string callId, string? account, Func<Call, bool> visible, CancellationToken cancellationToken)
    {
        var id = RouteText.CallIdOf(callId);
        var found = string.IsNullOrEmpty(account)
            ? await calls.FindAsync(id, cancellationToken)
            : await calls.GetAsync(new CallKey(id, account), cancellationToken) is { } call ? [call] : [];
        return found.Where(visible).MaxBy(call => call.StartedAt);
    }
}
