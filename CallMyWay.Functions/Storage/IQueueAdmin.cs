namespace CallMyWay.Functions.Storage;

/// <summary>
/// What an administrator sees and does of queues: their state, and the messages that failed each time and were set
/// aside (the poison queue of each).
/// </summary>
public interface IQueueAdmin
{
    /// <summary>
    /// The body of the message that <see cref="ProbeAsync"/> sends. If a process ends before it has taken the message
    /// back, a queue function may get it, and ignores it.
    /// </summary>
    const string ProbeBody = "probe";

    /// <summary>
    /// Sends a message that is hidden from receivers, and deletes it. Fails if the queue accepts no message, or if
    /// messages can't be deleted from it.
    /// </summary>
    ValueTask ProbeAsync(string queue, CancellationToken cancellationToken);

    /// <summary>How the queue is. The count may be a little late.</summary>
    ValueTask<QueueState> StateAsync(string queue, CancellationToken cancellationToken);

    /// <summary>
    /// How many messages the queue has, also those that are hidden as somebody works on them, or until their delay is
    /// over. It may be a little late.
    /// </summary>
    ValueTask<long> CountAsync(string queue, CancellationToken cancellationToken);

    /// <summary>
    /// Poison messages of the queue, the oldest first, behind the one of the id <paramref name="after"/>: at most
    /// <paramref name="take"/>, or what the storage can show without taking messages (Azure: the first 32). Changes
    /// nothing.
    /// </summary>
    ValueTask<IReadOnlyList<PoisonMessage>> ListPoisonAsync(
        string queue, int take, string? after, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a poison message back to its queue, as one that was never tried: durably there before it is gone here.
    /// Breaking off in between leaves it in both.
    /// </summary>
    ValueTask<PoisonOutcome> ReplayAsync(string queue, string id, CancellationToken cancellationToken);

    /// <summary>
    /// As <see cref="ReplayAsync"/> with up to <paramref name="most"/> of those that are there now, the oldest first.
    /// How many were given back.
    /// </summary>
    ValueTask<int> ReplayManyAsync(string queue, int most, CancellationToken cancellationToken);

    /// <summary>Deletes a poison message for good.</summary>
    ValueTask<PoisonOutcome> DeletePoisonAsync(string queue, string id, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes those poison messages of the queue whose body is meant, also behind those that can be shown. The last
    /// tells whether others have messages in hand, so that not all were looked at: to be tried again in a moment.
    /// </summary>
    async ValueTask<(int Deleted, bool AreInUse)> DeletePoisonAsync(
        string queue, Predicate<string> isMeant, CancellationToken cancellationToken)
    {
        const int PageSize = 100;
        var (deleted, areInUse, after) = (0, false, (string?)null);
        while (await ListPoisonAsync(queue, PageSize, after, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var message in page.Where(message => isMeant(message.Body)))
            {
                var outcome = await DeletePoisonAsync(queue, message.Id, cancellationToken);
                deleted += outcome == PoisonOutcome.Done ? 1 : 0;
                areInUse |= outcome == PoisonOutcome.Busy;
            }

            after = page[^1].Id;
        }

        return (deleted, areInUse);
    }

    /// <summary>
    /// Lets the storage delete none of the queue's poison messages by itself. Messages that it would delete get another
    /// id, and count as set aside now. On most storages there is nothing to do.
    /// </summary>
    ValueTask KeepPoisonAsync(string queue, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}

/// <summary>
/// A queue's state: how many of its messages are poison, and since when the one at its front has been waiting; null
/// where none is. Azure tells when a message was sent and not since when it is due, so that there it is null for
/// <see cref="StorageNames.QueuesWithDelays"/> too.
/// </summary>
public sealed record QueueState(long Poison, DateTimeOffset? OldestSince);

/// <summary>
/// A message that failed each time, as it was sent; <paramref name="SetAsideAt"/> is when it was given up.
/// </summary>
public sealed record PoisonMessage(string Id, string Body, DateTimeOffset SetAsideAt);

/// <summary>What came of doing something with a poison message.</summary>
public enum PoisonOutcome
{
    Done,

    /// <summary>It is not there, or no more.</summary>
    NotThere,

    /// <summary>
    /// Some messages are in other hands just now, and it may be one of them: to be tried again in a moment.
    /// </summary>
    Busy,
}
