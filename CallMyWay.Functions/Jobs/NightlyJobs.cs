using CallMyWay.Functions.Api;

namespace CallMyWay.Functions.Jobs;

/// <summary>
/// Says when the night's work of a kind is to be begun: once a day, from 08:00 UTC on, which is two in the morning in
/// Costa Rica, and not while the last one is at work.
/// </summary>
public sealed class NightlyJobs(JobStore jobs, TimeProvider clock)
{
    /// <summary>In UTC.</summary>
    public const int Hour = 8;

    /// <summary>The day (UTC) whose night has begun; null before <see cref="Hour"/>.</summary>
    public DateOnly? Tonight => clock.GetUtcNow().UtcDateTime is { Hour: >= Hour } now
        ? DateOnly.FromDateTime(now)
        : null;

    /// <summary>True where no job of this kind was begun since the night began, and the last one is over.</summary>
    public async Task<bool> IsToBeginAsync(string kind, CancellationToken cancellationToken)
    {
        var last = (await jobs.ListAsync(kind, new PageRequest(1, null), cancellationToken)).Items;
        return Tonight is { } tonight
            && (last.Count == 0 || (last[0].IsOver && DateOnly.FromDateTime(last[0].CreatedAt.UtcDateTime) != tonight));
    }
}
