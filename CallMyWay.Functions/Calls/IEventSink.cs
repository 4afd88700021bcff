namespace CallMyWay.Functions.Calls;

/// <summary>
/// Takes what happens to calls, for other applications that are to be told of it. Whoever changes a call tells it
/// before the change is stored. So no process can end between the two and lose what happened. What was told and never
/// stored is found out later, and nobody hears of it.
/// </summary>
public interface IEventSink
{
    /// <summary>
    /// True where some application is to be told of something. While there is none, that costs one query in some
    /// seconds, however many calls there are.
    /// </summary>
    ValueTask<bool> IsAwaitedAsync(CancellationToken cancellationToken);

    /// <summary>Keeps durably what happens to a call; at most one message is sent. It can be repeated.</summary>
    /// <param name="call">The call.</param>
    /// <param name="happened">What happens to it.</param>
    /// <param name="delay">After how long others may hear of it; null for at once.</param>
    /// <param name="cancellationToken">The caller's.</param>
    ValueTask TellAsync(
        CallKey call, IReadOnlyList<CallHappening> happened, TimeSpan? delay, CancellationToken cancellationToken);
}
