using System.Collections.Concurrent;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.CallFlow;

/// <summary>
/// Which accounts' calls are notified when they connect. The document leaves open whether a start comes when a call is
/// answered: where only one comes, at the ringing, nobody hears of the answer before the end. What was heard before
/// this process began is not known here.
/// </summary>
public sealed class AnswerNews
{
    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);

    public void Note(Account account) => _told.TryAdd(account.Username, true);

    /// <summary>True where a call of the account was notified when it connected.</summary>
    public bool Has(Account account) => _told.ContainsKey(account.Username);
}
