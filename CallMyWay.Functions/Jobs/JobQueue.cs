using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Jobs;

/// <summary>Starts, cancels and resumes jobs.</summary>
public sealed partial class JobQueue(JobStore jobs, IQueue queue, TimeProvider clock, ILogger<JobQueue> logger)
{
    /// <summary>How long after its time a step counts as lost, and is sent once more.</summary>
    public static readonly TimeSpan Lost = TimeSpan.FromMinutes(3);

    /// <summary>An id for a job that is about to start.</summary>
    public string NewId() => Guid.CreateVersion7(clock.GetUtcNow()).ToString("N");

    /// <summary>
    /// Starts a job, which is stored before its first message is sent. Where the queue does not take the message, the
    /// job begins some minutes later: whoever asked would otherwise ask again, and the work would be done twice.
    /// </summary>
    /// <param name="kind">The name of the <see cref="IJobKind"/>.</param>
    /// <param name="payload">What is to be done, as JSON of the kind's own.</param>
    /// <param name="account">The account that it is about, if it is about one.</param>
    /// <param name="createdBy">The agent who asks for it; null for the app itself.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <param name="jobId">
    /// A new id of <see cref="NewId"/>, where something is stored under it before the job starts.
    /// </param>
    public async Task<Job> StartAsync(
        string kind,
        string payload,
        string? account,
        string? createdBy,
        CancellationToken cancellationToken,
        string? jobId = null)
    {
        var now = clock.GetUtcNow();
        var job = await jobs.InsertAsync(
            new Job
            {
                JobId = jobId ?? NewId(),
                Kind = kind,
                CreatedAt = now,
                CreatedBy = createdBy,
                Account = account,
                Payload = payload,
                MovedAt = now,
                NextAt = now,
            },
            cancellationToken);
        try
        {
            // The caller may go away now: the job is stored, and so it is begun.
            await SendAsync(job, CancellationToken.None);
        }
        catch (StorageException error)
        {
            Log.NotSent(logger, kind, job.JobId, Lost.TotalMinutes, error);
        }

        return job;
    }

    /// <summary>
    /// Ends a job before its next step. A step that is under way ends by itself, and its progress is stored. A job that
    /// is over stays as it is. Null where there is no such job.
    /// </summary>
    public async Task<Job?> CancelAsync(string kind, string jobId, CancellationToken cancellationToken)
    {
        while (await jobs.GetAsync(kind, jobId, cancellationToken) is { } job)
        {
            if (job.IsOver)
            {
                return job;
            }

            var now = clock.GetUtcNow();
            var cancelled = job with { State = JobState.Cancelled, MovedAt = now, FinishedAt = now };
            if (await jobs.ReplaceAsync(cancelled, cancellationToken) is { } stored)
            {
                await jobs.CloseAsync(jobId, CancellationToken.None);
                return stored;
            }
        }

        return null;
    }

    /// <summary>
    /// Sends the next step of each job that has not moved for long after it was due. Its message was lost: a process
    /// can end between the write of a row and the sending, and the queue can refuse it. Called each minute. With no
    /// open job it costs one query.
    /// </summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await foreach (var (kind, jobId, createdAt) in jobs.ListOpenAsync(cancellationToken))
        {
            var job = await jobs.GetAsync(kind, jobId, cancellationToken);
            if (job is null ? now - createdAt > Lost : job.IsOver)
            {
                await jobs.CloseAsync(jobId, cancellationToken);
            }
            else if (job is not null && IsLost(job, now)
                && await jobs.ReplaceAsync(job with { MovedAt = now, NextAt = now }, cancellationToken) is { } moved)
            {
                Log.Resumed(logger, kind, jobId);
                await SendAsync(moved, cancellationToken);
            }
        }
    }

    /// <summary>Sends the message of the job's next step, to come when that is due.</summary>
    internal ValueTask SendAsync(Job job, CancellationToken cancellationToken)
    {
        var wait = job.NextAt - clock.GetUtcNow();
        return queue.SendAsync(
            StorageNames.Jobs,
            JobMessage.Of(job).ToMessage(),
            wait > TimeSpan.Zero ? wait : null,
            cancellationToken);
    }

    private static bool IsLost(Job job, DateTimeOffset now)
    {
        var due = job.IsHeldAt(now) ? job.HeldUntil!.Value : job.NextAt > job.MovedAt ? job.NextAt : job.MovedAt;
        // No step is due that far ahead: the clock was set back.
        return now - due > Lost || due - now > JobStep.LongestDelay + Lost;
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "The queue did not take the first step of the job {JobId} ({Kind}). It is sent in {Minutes} minutes.")]
        public static partial void NotSent(
            ILogger logger, string kind, string jobId, double minutes, Exception exception);

        [LoggerMessage(
            LogLevel.Warning, "The job {JobId} ({Kind}) had not moved for some minutes. Its step is sent again.")]
        public static partial void Resumed(ILogger logger, string kind, string jobId);
    }
}
