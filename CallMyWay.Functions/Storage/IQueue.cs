using System.Text;

namespace CallMyWay.Functions.Storage;

/// <summary>
/// The queues of the app, to send to. See <see cref="StorageNames"/> for all there are. Delivery is at least once, in
/// no sure order.
/// </summary>
public interface IQueue
{
    /// <summary>The largest message, in bytes of UTF-8: what Azure's 64 KB hold of it in Base64.</summary>
    const int MaxBytes = 48 * 1024;

    /// <summary>
    /// Stores the message durably before it returns; it is delivered at once, or after <paramref name="delay"/> (at
    /// most 7 days).
    /// </summary>
    /// <exception cref="ArgumentException">The message is too large, or the delay negative or too long.</exception>
    ValueTask SendAsync(string queue, string message, TimeSpan? delay, CancellationToken cancellationToken);

    /// <summary>
    /// True while so many messages are being sent that long work should leave the machine to the senders. Always false
    /// where the storage is another machine's.
    /// </summary>
    bool IsInStorm => false;
}

/// <summary>
/// The receiving side, for a host that runs the queue functions itself (the Functions host has its own).
/// </summary>
public interface IQueueReceiver
{
    /// <summary>
    /// False where the adapter knows, without asking the storage, that the queue has no message that is due.
    /// </summary>
    bool MayBeDue(string queue) => true;

    /// <summary>
    /// Up to <paramref name="max"/> messages that are due, hidden from others for <paramref name="visibility"/>. Empty
    /// when none is due. Each receipt counts as a try.
    /// </summary>
    ValueTask<IReadOnlyList<QueueMessage>> ReceiveAsync(
        string queue, int max, TimeSpan visibility, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps the message hidden for <paramref name="visibility"/> from now on. The message as it is settled after that;
    /// null where its visibility had run out and another has it.
    /// </summary>
    ValueTask<QueueMessage?> RenewAsync(QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken);

    /// <summary>The message is done with. False where its visibility had run out and another has it.</summary>
    ValueTask<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken);

    /// <summary>
    /// Gives the message back, to be delivered again after <paramref name="delay"/>. False as in
    /// <see cref="DeleteAsync"/>.
    /// </summary>
    ValueTask<bool> ReleaseAsync(QueueMessage message, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>
    /// Gives the message back as if it had not been received. A storage account counts the receipt itself, so there it
    /// is a try all the same. False as in <see cref="DeleteAsync"/>.
    /// </summary>
    ValueTask<bool> GiveBackAsync(QueueMessage message, CancellationToken cancellationToken) =>
        ReleaseAsync(message, TimeSpan.Zero, cancellationToken);

    /// <summary>
    /// Moves the message to the queue's <c>-poison</c> queue, durably there before it is gone here. False as in
    /// <see cref="DeleteAsync"/>.
    /// </summary>
    ValueTask<bool> MoveToPoisonAsync(QueueMessage message, CancellationToken cancellationToken);

    /// <summary>
    /// For a queue that was found empty. Completes when messages may be due: at once where the adapter knows of a send,
    /// else after
    /// <paramref name="atMost"/>. Where it can, an adapter hands over the message that is being sent, received as by
    /// <see cref="ReceiveAsync"/>; its sender may not have its answer yet. Null: ask.
    /// </summary>
    ValueTask<QueueMessage?> WaitAsync(
        string queue, TimeSpan visibility, TimeSpan atMost, CancellationToken cancellationToken);
}

/// <summary>
/// A message that was received: its <paramref name="Id"/>, the <paramref name="Receipt"/> of this delivery, the count
/// of deliveries so far.
/// </summary>
public sealed record QueueMessage(string Queue, string Id, string Receipt, string Body, int DequeueCount)
{
    /// <summary>What can be sent, checked in the same words by every adapter.</summary>
    /// <exception cref="ArgumentException">
    /// The body is too large, or half of a surrogate pair is in it, which UTF-8 can't hold.
    /// </exception>
    public static void CheckBody(string body)
    {
        if (!Row.IsWellFormed(body))
        {
            throw new ArgumentException("The message holds half of a surrogate pair, which is no text.", nameof(body));
        }

        var bytes = Encoding.UTF8.GetByteCount(body);
        if (bytes > IQueue.MaxBytes)
        {
            throw new ArgumentException(
                $"The message has {bytes} bytes; a queue takes at most {IQueue.MaxBytes}.", nameof(body));
        }
    }
}
