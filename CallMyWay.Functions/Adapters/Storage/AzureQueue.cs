using System.Collections.Frozen;
using Azure.Storage.Queues;
using CallMyWay.Functions.Storage;
using QueueMessage = CallMyWay.Functions.Storage.QueueMessage;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// The queues of a storage account. Bodies are Base64 of UTF-8, as the Functions host's queue trigger expects. The
/// service counts time in whole seconds; fractions are rounded up, so that no message comes early.
/// </summary>
internal sealed class AzureQueue(QueueServiceClient service, AzureStorageNames names) : IQueue, IQueueReceiver
{
    /// <summary>A time to live. By default the service deletes a message after 7 days.</summary>
    public static readonly TimeSpan NeverExpires = TimeSpan.FromSeconds(-1);

    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(7);

    private readonly FrozenDictionary<string, Known> _queues =
        names.AllQueues.ToFrozenDictionary(
            name => name, name => new Known(service.GetQueueClient(name)), StringComparer.Ordinal);

    public async ValueTask SendAsync(string queue, string message, TimeSpan? delay, CancellationToken cancellationToken)
    {
        var to = Queue(queue);
        QueueMessage.CheckBody(message);
        var hidden = WholeSeconds(delay ?? TimeSpan.Zero, nameof(delay));
        using var limit = new TimeLimit(TimeLimit.OfMessage, cancellationToken);
        await to.Client.AskAsync(
            to.Client.SendMessageAsync(QueueRequests.Encode(message), hidden, NeverExpires, limit.Token), limit);
        if (hidden == TimeSpan.Zero)
        {
            to.Polling.Wake();
        }
    }

    public async ValueTask<IReadOnlyList<QueueMessage>> ReceiveAsync(
        string queue, int max, TimeSpan visibility, CancellationToken cancellationToken)
    {
        var from = Queue(queue);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(visibility, TimeSpan.Zero);
        var hidden = WholeSeconds(visibility, nameof(visibility));
        from.Polling.Ask();
        var response = await from.Client.AskAsync(
            from.Client.ReceiveMessagesAsync(Math.Min(max, QueueRequests.MostAtOnce), hidden, cancellationToken));
        from.Polling.Answered(response!.Value.Length);
        return Array.ConvertAll(response.Value, one => new QueueMessage(
            queue, one.MessageId, one.PopReceipt, QueueRequests.Decode(one.MessageText), (int)one.DequeueCount));
    }

    public async ValueTask<QueueMessage?> RenewAsync(
        QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken)
    {
        var from = Queue(message.Queue);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(visibility, TimeSpan.Zero);
        return await HideAsync(
            from,
            message,
            WholeSeconds(visibility, nameof(visibility)),
            cancellationToken) is { } receipt ? message with { Receipt = receipt } : null;
    }

    public async ValueTask<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        var from = Queue(message.Queue);
        return await from.Client.AskAsync(
            from.Client.DeleteMessageAsync(message.Id, message.Receipt, cancellationToken)) is not null;
    }

    public async ValueTask<bool> ReleaseAsync(QueueMessage message, TimeSpan delay, CancellationToken cancellationToken)
    {
        var from = Queue(message.Queue);
        var hidden = WholeSeconds(delay, nameof(delay));
        if (await HideAsync(from, message, hidden, cancellationToken) is null)
        {
            return false;
        }

        if (hidden == TimeSpan.Zero)
        {
            from.Polling.Wake();
        }

        return true;
    }

    public async ValueTask<bool> MoveToPoisonAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        var from = Queue(message.Queue);
        // Checks that the receipt is still valid, and hides the message from others until it is in both queues.
        if (await HideAsync(from, message, TimeSpan.FromMinutes(1), cancellationToken) is not { } receipt)
        {
            return false;
        }

        await SendAsync(message.Queue + StorageNames.PoisonSuffix, message.Body, null, cancellationToken);
        return await DeleteAsync(message with { Receipt = receipt }, cancellationToken);
    }

    public async ValueTask<QueueMessage?> WaitAsync(
        string queue, TimeSpan visibility, TimeSpan atMost, CancellationToken cancellationToken)
    {
        await Queue(queue).Polling.WaitAsync(atMost, cancellationToken);
        return null;
    }

    private static TimeSpan WholeSeconds(TimeSpan delay, string parameter) =>
        delay < TimeSpan.Zero || delay > LongestDelay
        ? throw new ArgumentException(
            $"A message can be held back for 0 seconds to 7 days, not for {delay}.", parameter)
        : TimeSpan.FromSeconds(Math.Ceiling(delay.TotalSeconds));

    /// <summary>The new receipt; null if the current one is no longer valid.</summary>
    private static async Task<string?> HideAsync(
        Known queue, QueueMessage message, TimeSpan hidden, CancellationToken cancellationToken) =>
        (await queue.Client.AskAsync(queue.Client.UpdateMessageAsync(message.Id, message.Receipt, (string?)null, hidden, cancellationToken)))?.Value.PopReceipt;

    private Known Queue(string name) => _queues.TryGetValue(name, out var queue)
        ? queue
        : throw new ArgumentException($"There is no queue '{name}'.", nameof(name));

    private sealed record Known(QueueClient Client)
    {
        public Polling Polling { get; } = new();
    }
}
