using System.Globalization;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Tests.Proof;

/// <summary>
/// Queues in memory, by the rules of Azure's: at least once, a visibility time-out in whole seconds, another receipt
/// with each delivery and each renewal, at most 32 messages in one request.
/// </summary>
internal sealed class MemoryQueue(TimeProvider time, params IEnumerable<string> names)
    : IQueue, IQueueReceiver, IQueueAdmin
{
    private const int MostAtOnce = 32;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(7);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();

    private readonly Dictionary<string, List<Stored>> _queues = names
        .SelectMany(name => new[] { name, name + StorageNames.PoisonSuffix })
        .ToDictionary(name => name, _ => new List<Stored>(), StringComparer.Ordinal);

    private long _last;

    public ValueTask SendAsync(string queue, string message, TimeSpan? delay, CancellationToken cancellationToken)
    {
        QueueMessage.CheckBody(message);
        cancellationToken.ThrowIfCancellationRequested();
        var due = time.GetUtcNow() + Checked(delay ?? TimeSpan.Zero);
        lock (_gate)
        {
            Of(queue).Add(new Stored(Next(), message, due));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<QueueMessage>> ReceiveAsync(
        string queue, int max, TimeSpan visibility, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(visibility, TimeSpan.Zero);
        lock (_gate)
        {
            var now = time.GetUtcNow();
            List<QueueMessage> received = [];
            foreach (var message in Of(queue).Where(each => each.Due <= now).OrderBy(each => each.Due)
                .Take(Math.Min(max, MostAtOnce)).ToList())
            {
                message.Tries++;
                message.Receipt = Next();
                message.Due = now + Checked(visibility);
                received.Add(message.Of(queue));
            }

            return new(received);
        }
    }

    public ValueTask<QueueMessage?> RenewAsync(
        QueueMessage message, TimeSpan visibility, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Find(message) is not { } stored)
            {
                return new((QueueMessage?)null);
            }

            stored.Receipt = Next();
            stored.Due = time.GetUtcNow() + Checked(visibility);
            return new(stored.Of(message.Queue));
        }
    }

    public ValueTask<bool> DeleteAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(Find(message) is { } stored && Of(message.Queue).Remove(stored));
        }
    }

    public ValueTask<bool> ReleaseAsync(QueueMessage message, TimeSpan delay, CancellationToken cancellationToken)
    {
        var due = time.GetUtcNow() + Checked(delay);
        lock (_gate)
        {
            if (Find(message) is not { } stored)
            {
                return new(false);
            }

            (stored.Due, stored.Receipt) = (due, null);
            return new(true);
        }
    }

    public ValueTask<bool> MoveToPoisonAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Find(message) is not { } stored)
            {
                return new(false);
            }

            Of(message.Queue + StorageNames.PoisonSuffix).Add(new Stored(Next(), stored.Body, time.GetUtcNow()));
            Of(message.Queue).Remove(stored);
            return new(true);
        }
    }

    public async ValueTask<QueueMessage?> WaitAsync(
        string queue, TimeSpan visibility, TimeSpan atMost, CancellationToken cancellationToken)
    {
        await Task.Delay(atMost < Poll ? atMost : Poll, time, cancellationToken);
        return null;
    }

    public ValueTask ProbeAsync(string queue, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _ = Of(queue);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<QueueState> StateAsync(string queue, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var waiting = Of(queue).Where(message => message.Due <= now).Select(message => message.Due).ToList();
            return new(new QueueState(
                Of(queue + StorageNames.PoisonSuffix).Count, waiting.Count == 0 ? null : waiting.Min()));
        }
    }

    public ValueTask<long> CountAsync(string queue, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(Of(queue).Count);
        }
    }

    public ValueTask<IReadOnlyList<PoisonMessage>> ListPoisonAsync(
        string queue, int take, string? after, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new([
                .. Of(queue + StorageNames.PoisonSuffix)
                    .Where(message => after is null || string.CompareOrdinal(message.Id, after) > 0)
                    .Take(take)
                    .Select(message => new PoisonMessage(message.Id, message.Body, message.Due)),
            ]);
        }
    }

    public ValueTask<PoisonOutcome> ReplayAsync(string queue, string id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (Of(queue + StorageNames.PoisonSuffix).Find(message => message.Id == id) is not { } poison)
            {
                return new(PoisonOutcome.NotThere);
            }

            Of(queue).Add(new Stored(Next(), poison.Body, time.GetUtcNow()));
            Of(queue + StorageNames.PoisonSuffix).Remove(poison);
            return new(PoisonOutcome.Done);
        }
    }

    public async ValueTask<int> ReplayManyAsync(string queue, int most, CancellationToken cancellationToken)
    {
        var poison = await ListPoisonAsync(queue, most, null, cancellationToken);
        foreach (var message in poison)
        {
            await ReplayAsync(queue, message.Id, cancellationToken);
        }

        return poison.Count;
    }

    public ValueTask<PoisonOutcome> DeletePoisonAsync(string queue, string id, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(Of(queue + StorageNames.PoisonSuffix).RemoveAll(message => message.Id == id) > 0
                ? PoisonOutcome.Done
                : PoisonOutcome.NotThere);
        }
    }

    private List<Stored> Of(string queue) => _queues.TryGetValue(queue, out var messages)
        ? messages
        : throw new ArgumentException($"There is no queue '{queue}'.", nameof(queue));

    private Stored? Find(QueueMessage message) =>
        Of(message.Queue).Find(each => each.Id == message.Id && each.Receipt == message.Receipt);

    private string Next() => (++_last).ToString("D12", CultureInfo.InvariantCulture);

    private static TimeSpan Checked(TimeSpan delay) => delay < TimeSpan.Zero || delay > LongestDelay
        ? throw new ArgumentException($"A message can be held back for 0 seconds to 7 days, not for {delay}.", nameof(delay))
        : TimeSpan.FromSeconds(Math.Ceiling(delay.TotalSeconds));

    private sealed class Stored(string id, string body, DateTimeOffset due)
    {
        public string Id => id;

        public string Body => body;

        public DateTimeOffset Due { get; set; } = due;

        public int Tries { get; set; }

        public string? Receipt { get; set; }

        public QueueMessage Of(string queue) => new(queue, Id, Receipt!, Body, Tries);
    }
}
