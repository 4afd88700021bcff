using System.Runtime.CompilerServices;
using Azure.Storage.Queues;
using CallMyWay.Functions.Storage;
using QueueMessage = Azure.Storage.Queues.Models.QueueMessage;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// The queues of a storage account, for an administrator. Listing peeks at messages, which leaves them in place.
/// Deleting one needs the receipt of receiving it, so the messages in front of it are received too, and released.
/// </summary>
internal sealed class AzureQueueAdmin(QueueServiceClient service, AzureStorageNames names, IQueue queues) : IQueueAdmin
{
    /// <summary>The year of the time that the service tells where a message never expires.</summary>
    private const int Never = 9999;

    /// <summary>
    /// How long received messages are hidden from others. If this process ends, they reappear after that.
    /// </summary>
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a probe is hidden: longer than it takes to delete it. It expires a second later, as the service wants
    /// the one before the other.
    /// </summary>
    private static readonly TimeSpan ProbeHidden = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan ProbeExpires = ProbeHidden + TimeSpan.FromSeconds(1);

    private static readonly ParallelOptions Parallelism = new() { MaxDegreeOfParallelism = 16 };

    public async ValueTask ProbeAsync(string queue, CancellationToken cancellationToken)
    {
        var client = Client(queue);
        using var limit = new TimeLimit(TimeLimit.OfMessage, cancellationToken);
        var body = QueueRequests.Encode(IQueueAdmin.ProbeBody);
        var sent = await client.AskAsync(
            client.SendMessageAsync(body, ProbeHidden, ProbeExpires, limit.Token), limit);
        await client.AskAsync(
            client.DeleteMessageAsync(sent!.Value.MessageId, sent.Value.PopReceipt, limit.Token), limit);
    }

    public async ValueTask<QueueState> StateAsync(string queue, CancellationToken cancellationToken)
    {
        // The service tells when a message was sent. With a delay, that is not since when it has waited.
        var client = StorageNames.QueuesWithDelays.Contains(queue, StringComparer.Ordinal) ? null : Client(queue);
        var front = client is null ? null : await client.AskAsync(client.PeekMessageAsync(cancellationToken));
        return new QueueState(await CountAsync(Poison(queue), cancellationToken), front?.Value?.InsertedOn);
    }

    public async ValueTask<long> CountAsync(string queue, CancellationToken cancellationToken) =>
        await CountAsync(Client(queue), cancellationToken);

    public async ValueTask<IReadOnlyList<PoisonMessage>> ListPoisonAsync(
        string queue, int take, string? after, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(take);
        var client = Poison(queue);
        var front = await client.AskAsync(client.PeekMessagesAsync(QueueRequests.MostAtOnce, cancellationToken));
        var shown = front!.Value.Select(one => new PoisonMessage(
            one.MessageId, QueueRequests.Decode(one.MessageText), one.InsertedOn ?? DateTimeOffset.UnixEpoch));
        return [.. (after is null ? shown : shown.SkipWhile(one => one.Id != after).Skip(1)).Take(take)];
    }

    public async ValueTask<PoisonOutcome> ReplayAsync(string queue, string id, CancellationToken cancellationToken)
    {
        var (outcome, message) = await TakeAsync(Poison(queue), id, cancellationToken);
        if (message is not null)
        {
            await ReplayAsync(queue, message);
        }

        return outcome;
    }

    public async ValueTask<int> ReplayManyAsync(string queue, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        var client = Poison(queue);
        // At most as many as there are now: messages that fail again meanwhile are added at the end.
        var left = (int)Math.Min(most, await CountAsync(client, cancellationToken));
        var replayed = 0;
        while (left > 0 && await ReceiveAsync(
            client, Math.Min(left, QueueRequests.MostAtOnce), cancellationToken) is { Length: > 0 } some)
        {
            await Parallel.ForEachAsync(some, Parallelism, (message, _) => ReplayAsync(queue, message));
            left -= some.Length;
            replayed += some.Length;
        }

        return replayed;
    }

    public async ValueTask<PoisonOutcome> DeletePoisonAsync(
        string queue, string id, CancellationToken cancellationToken)
    {
        var client = Poison(queue);
        var (outcome, message) = await TakeAsync(client, id, cancellationToken);
        if (message is not null)
        {
            await client.AskAsync(
                client.DeleteMessageAsync(message.MessageId, message.PopReceipt, CancellationToken.None));
        }

        return outcome;
    }

    /// <summary>All messages are received, as only the first of them can be shown.</summary>
    public async ValueTask<(int Deleted, bool AreInUse)> DeletePoisonAsync(
        string queue, Predicate<string> isMeant, CancellationToken cancellationToken)
    {
        var client = Poison(queue);
        var others = new Dictionary<string, QueueMessage>(StringComparer.Ordinal);
        var deleted = 0;
        await foreach (var message in ReceiveAllAsync(
            client, one => isMeant(QueueRequests.Decode(one.MessageText)), others, cancellationToken))
        {
            await client.AskAsync(
                client.DeleteMessageAsync(message.MessageId, message.PopReceipt, CancellationToken.None));
            deleted++;
        }

        return (deleted, await CountAsync(client, cancellationToken) > others.Count);
    }

    /// <summary>
    /// The Functions host sets messages aside with the service's own time to live, after which the service deletes
    /// them (https://github.com/Azure/azure-webjobs-sdk-extensions/issues/891). A message's time can't be changed.
    /// </summary>
    public async ValueTask KeepPoisonAsync(string queue, CancellationToken cancellationToken)
    {
        var client = Poison(queue);
        await foreach (var message in ReceiveAllAsync(client, one => one.ExpiresOn?.Year < Never, [], cancellationToken))
        {
            // As it stands: it may be no message of ours.
            await client.AskAsync(client.SendMessageAsync(
                message.MessageText, TimeSpan.Zero, AzureQueue.NeverExpires, CancellationToken.None));
            await client.AskAsync(
                client.DeleteMessageAsync(message.MessageId, message.PopReceipt, CancellationToken.None));
        }
    }

    private async ValueTask ReplayAsync(string queue, QueueMessage message)
    {
        var client = Poison(queue);
        await queues.SendAsync(queue, QueueRequests.Decode(message.MessageText), null, CancellationToken.None);
        await client.AskAsync(client.DeleteMessageAsync(message.MessageId, message.PopReceipt, CancellationToken.None));
    }

    /// <summary>Receives the message with this id.</summary>
    private static async Task<(PoisonOutcome Outcome, QueueMessage? Message)> TakeAsync(
        QueueClient client, string id, CancellationToken cancellationToken)
    {
        // The service's ids are GUIDs. For any other id, the queue is not searched.
        if (!Guid.TryParse(id, out _))
        {
            return (PoisonOutcome.NotThere, null);
        }

        var others = new Dictionary<string, QueueMessage>(StringComparer.Ordinal);
        var found = await ReceiveAllAsync(client, one => one.MessageId == id, others, cancellationToken)
            .FirstOrDefaultAsync(cancellationToken);
        if (found is not null)
        {
            return (PoisonOutcome.Done, found);
        }

        var isBusy = await CountAsync(client, cancellationToken) > others.Count;
        return (isBusy ? PoisonOutcome.Busy : PoisonOutcome.NotThere, null);
    }

    /// <summary>
    /// Receives the messages, and gives the caller those that are meant. The <paramref name="others"/> are released at
    /// the end.
    /// </summary>
    private static async IAsyncEnumerable<QueueMessage> ReceiveAllAsync(
        QueueClient client,
        Predicate<QueueMessage> isMeant,
        Dictionary<string, QueueMessage> others,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            // If a message comes a second time, the queue is too long to be searched while its first messages are
            // hidden.
            while (await ReceiveAsync(client, QueueRequests.MostAtOnce, cancellationToken) is { Length: > 0 } some
                && !some.Any(one => others.ContainsKey(one.MessageId)))
            {
                foreach (var one in some.Where(one => !isMeant(one)))
                {
                    others.Add(one.MessageId, one);
                }

                foreach (var one in some.Where(one => isMeant(one)))
                {
                    yield return one;
                }
            }
        }
        finally
        {
            // If the receipt is no longer valid, another process has the message.
            await Parallel.ForEachAsync(others.Values, Parallelism, async (one, _) =>
                await client.AskAsync(client.UpdateMessageAsync(one.MessageId, one.PopReceipt, (string?)null, TimeSpan.Zero, CancellationToken.None)));
        }
    }

    private static async Task<QueueMessage[]> ReceiveAsync(
        QueueClient client, int most, CancellationToken cancellationToken) =>
        (await client.AskAsync(client.ReceiveMessagesAsync(most, Hidden, cancellationToken)))!.Value;

    /// <summary>Includes messages that others have received.</summary>
    private static async Task<long> CountAsync(QueueClient client, CancellationToken cancellationToken) =>
        (await client.AskAsync(client.GetPropertiesAsync(cancellationToken)))!.Value.ApproximateMessagesCount;

    private QueueClient Poison(string queue) => Client(queue + StorageNames.PoisonSuffix);

    private QueueClient Client(string name) => names.AllQueues.Contains(name, StringComparer.Ordinal)
        ? service.GetQueueClient(name)
        : throw new ArgumentException($"There is no queue '{name}'.", nameof(name));
}
