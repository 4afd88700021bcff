using System.Collections.Concurrent;
using CallMyWay.Functions.Calls;

namespace CallMyWay.Functions.CallFlow;

/// <summary>
/// The messages that this process has brought to the screens, or is about to bring. A queue can deliver a message again
/// although it was processed, for example if the request that deletes it failed. The screens are not told a second
/// time then. After a crash the new process knows none, so that a message that had not reached the screens does.
/// </summary>
public sealed class ToldScreens
{
    /// <summary>How many of the latest messages are known.</summary>
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<(CallKey Key, DateTimeOffset ReceivedAt), bool> _messages = new();

    private readonly ConcurrentQueue<(CallKey Key, DateTimeOffset ReceivedAt)> _order = new();

    /// <summary>True if the message has been noted.</summary>
    public bool Has(CallKey key, DateTimeOffset receivedAt) => _messages.ContainsKey((key, receivedAt));

    /// <summary>Notes the message. To be called before the call is saved.</summary>
    public void Note(CallKey key, DateTimeOffset receivedAt)
    {
        if (!_messages.TryAdd((key, receivedAt), true))
        {
            return;
        }

        _order.Enqueue((key, receivedAt));
        if (_order.Count > Most && _order.TryDequeue(out var oldest))
        {
            _messages.TryRemove(oldest, out _);
        }
    }

    /// <summary>Forgets the message: its processing failed, and its next delivery tells the screens.</summary>
    public void Forget(CallKey key, DateTimeOffset receivedAt) => _messages.TryRemove((key, receivedAt), out _);
}
