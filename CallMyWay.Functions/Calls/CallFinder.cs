using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Calls;

/// <summary>Finds the call that an address names: by the operator's id, and the account where that is told.</summary>
public sealed class CallFinder(CallStore calls)
{
    /// <summary>What a caller is told who names a call that is not there, or that they may not see.</summary>
    public static Phrase NoSuchCall { get; } = new(
        "No hay una llamada con ese código.", "There is no call with that id.");

    /// <summary>
    /// The call, or null where there is none that the caller may see. Of two accounts' calls of one id it is the
    /// newest.
    /// </summary>
    public async ValueTask<Call?> FindAsync(
        string callId, string? account, Func<Call, bool> visible, CancellationToken cancellationToken)
    {
        var id = RouteText.Of(callId);
        var found = string.IsNullOrEmpty(account)
            ? await calls.FindAsync(id, cancellationToken)
            : await calls.GetAsync(new CallKey(id, account), cancellationToken) is { } call ? [call] : [];
        return found.Where(visible).MaxBy(call => call.StartedAt);
    }
}
