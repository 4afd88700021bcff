using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Calls;

/// <summary>Finds the call that a request names: by the operator's id and, if the request has it, the account.</summary>
public sealed class CallFinder(CallStore calls)
{
    /// <summary>The answer if there is no such call, or the caller may not see it.</summary>
    public static Phrase NoSuchCall { get; } = new(
        "No hay una llamada con ese código.", "There is no call with that id.");

    /// <summary>
    /// The call of an address; null if there is none that the caller may see. If two accounts have a call with this id,
    /// it is the newest.
    /// </summary>
    public async ValueTask<Call?> FindAsync(
        string callId, string? account, Func<Call, bool> visible, CancellationToken cancellationToken)
    {
        // An id with a literal %2F stands in the path as it is; one with a slash can look the same.
        var found = RouteText.HasSlash(callId) ? await ReadAsync(callId, account, cancellationToken) : [];
        if (found.Count == 0)
        {
            found = await ReadAsync(RouteText.CallIdOf(callId), account, cancellationToken);
        }

        return found.Where(visible).MaxBy(call => call.StartedAt);
    }

    /// <summary>The same where the id is written as it is, and not as an address needs it.</summary>
    public async ValueTask<Call?> FindByIdAsync(
        string callId, string? account, Func<Call, bool> visible, CancellationToken cancellationToken) =>
        (await ReadAsync(callId, account, cancellationToken)).Where(visible).MaxBy(call => call.StartedAt);

    private async ValueTask<IReadOnlyList<Call>> ReadAsync(
        string callId, string? account, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(account) ? await calls.FindAsync(callId, cancellationToken)
            : await calls.GetAsync(new CallKey(callId, account), cancellationToken) is { } call ? [call]
            : [];
}
