using System.Collections.Concurrent;
using CallMyWay.Functions.Calls;

namespace CallMyWay.Functions.CallFlow;

/// <summary>
/// The messages that this process has brought to the screens. A queue can deliver a message again although it was
/// processed, for example if the request that deletes it failed. The screens are not told a second time then. After a
/// crash the new process knows none, so that a message that had not reached the screens does.
/// </summary>
public sealed class ToldScreens
{
    /// <summary>How many of the latest messages are known.</summary>
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<Message, bool> _messages = new();

    private readonly ConcurrentQueue<Message> _order = new();

    /// <summary>True if the message has been noted.</summary>
    public bool Has(CallKey key, DateTimeOffset receivedAt, string mark) =>
        _messages.ContainsKey(new Message(key, receivedAt, mark));

    /// <summary>
    /// Notes the message. To be called once the screens are told: while a first try hangs or after it failed, the next
    /// delivery tells them.
    /// </summary>
    public void Note(CallKey key, DateTimeOffset receivedAt, string mark)
    {
        var message = new Message(key, receivedAt, mark);
        if (!_messages.TryAdd(message, true))
        {
            return;
        }

        _order.Enqueue(message);
        if (_order.Count > Most && _order.TryDequeue(out var oldest))
        {
            _messages.TryRemove(oldest, out _);
        }
    }

    // Two notifications of a call can be received at the same time: the hash of what they say tells them apart.
    private readonly record struct Message(CallKey Key, DateTimeOffset ReceivedAt, string Mark);
}
