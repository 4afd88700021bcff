using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Poison;

/// <summary>
/// Keeps poison messages until an administrator decides: on Azure they would be deleted after seven days. It looks each
/// hour, and at the start of the process. On Azure that costs one storage request for each queue where no message is
/// set aside.
/// </summary>
internal sealed class KeepPoison(IQueueAdmin queues, TimeProvider clock) : IScheduled
{
    private static readonly TimeSpan Each = TimeSpan.FromHours(1);

    private DateTimeOffset _next = DateTimeOffset.MinValue;

    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (now < _next)
        {
            return;
        }

        foreach (var queue in StorageNames.Queues)
        {
            await queues.KeepPoisonAsync(queue, cancellationToken);
        }

        _next = now + Each;
    }
}
