using System.Collections.Concurrent;
using CallMyWay.Functions.Api;

namespace CallMyWay.Functions.Jobs;

/// <summary>
/// Begins the night's work: each kind once a day, from 08:00 UTC on, which is two in the morning in Costa Rica, and not
/// while its last job is at work.
/// </summary>
public sealed class NightlyJobs(JobStore jobs, JobQueue queue, TimeProvider clock)
{
    /// <summary>In UTC.</summary>
    public const int Hour = 8;

    // The nights that this process knows to be begun: the minutes after that cost nothing.
    private readonly ConcurrentDictionary<string, DateOnly> _begun = new(StringComparer.Ordinal);

    /// <summary>When the last night before a time began, or that very time.</summary>
    public static DateTimeOffset NightBefore(DateTimeOffset time) =>
        new(time.UtcDateTime.AddHours(-Hour).Date.AddHours(Hour), TimeSpan.Zero);

    /// <summary>To be called each minute.</summary>
    /// <param name="kind">The name of the <see cref="IJobKind"/>.</param>
    /// <param name="payloadOf">What is to be done tonight; null for nothing.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task BeginDueAsync(
        string kind, Func<CancellationToken, Task<string?>> payloadOf, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var tonight = DateOnly.FromDateTime(now);
        if (now.Hour < Hour || (_begun.TryGetValue(kind, out var begun) && begun == tonight))
        {
            return;
        }

        var last = (await jobs.ListAsync(kind, new PageRequest(1, null), cancellationToken)).Items.FirstOrDefault();
        if (last is { IsOver: false })
        {
            return;
        }

        if ((last is null || DateOnly.FromDateTime(last.CreatedAt.UtcDateTime) != tonight)
            && await payloadOf(cancellationToken) is { } payload)
        {
            await queue.StartAsync(kind, payload, account: null, createdBy: null, cancellationToken);
        }

        _begun[kind] = tonight;
    }
}
