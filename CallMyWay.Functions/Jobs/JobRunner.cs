using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Jobs;

/// <summary>
/// Runs a step of a job. The queue delivers a message at least once, and a process can end anywhere. So a run first
/// takes the step in the job's row, by its ETag. Another delivery of the same message meanwhile comes again later. What
/// has moved on to a later step is left alone.
/// </summary>
public sealed partial class JobRunner(
    JobStore jobs, JobQueue queue, IEnumerable<IJobKind> kinds, TimeProvider clock, ILogger<JobRunner> logger)
{
    /// <summary>How long a step should take at most.</summary>
    public static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A step is cancelled then, and counts as failed. It is longer than the operator may take for an answer.
    /// </summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>
    /// How long a run has a step for itself. While it runs, it renews that, so that no two run side by side. If its
    /// process ends, another run takes the step after this time.
    /// </summary>
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often a step is begun. The row counts them, as the queue also counts deliveries that nothing was wrong with.
    /// </summary>
    public const int MaxTries = 5;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Renewal = Hold / 3;

    public async Task RunAsync(JobMessage message, CancellationToken cancellationToken)
    {
        if (await TakeAsync(message, cancellationToken) is not { } taken)
        {
            return;
        }

        JobStep step;
        try
        {
            step = await StepAsync(taken, cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops. Another one takes the step at once, and this was no try.
            await SettleAsync(taken, job => job with { Tries = job.Tries - 1 });
            return;
        }
        catch (Exception error)
        {
            var isLast = taken.Tries >= MaxTries;
            Log.Failed(
                logger,
                isLast ? LogLevel.Error : LogLevel.Warning,
                taken.Kind,
                taken.JobId,
                taken.Step,
                taken.Tries,
                MaxTries,
                error);
            var because = new Phrase(
                $"El paso falló {taken.Tries} veces ({error.GetType().Name}). La bitácora del sistema dice por qué.",
                $"The step failed {taken.Tries} times ({error.GetType().Name}). The log says why.");
            await SettleAsync(taken, job => job.IsOver ? job : isLast ? Failed(job, because) : job with
            {
                Error = because,
                NextAt = clock.GetUtcNow() + (FirstDelay * Math.Pow(2, taken.Tries - 1)),
            });
            return;
        }

        await SettleAsync(taken, job => With(job, step));
    }

    /// <summary>Takes the step; null where it is not to be run, or not now.</summary>
    private async Task<Job?> TakeAsync(JobMessage message, CancellationToken cancellationToken)
    {
        while (await jobs.GetAsync(message.Kind, message.JobId, cancellationToken) is { } job)
        {
            if (job.IsOver || job.Step != message.Step)
            {
                return null;
            }

            var now = clock.GetUtcNow();
            if (job.IsHeldAt(now))
            {
                await queue.SendAsync(job with { NextAt = job.HeldUntil!.Value }, cancellationToken);
                return null;
            }

            if (job.Tries >= MaxTries)
            {
                await SettleAsync(job, last => last.IsOver ? last : Failed(last, new Phrase(
                    $"El paso empezó {last.Tries} veces y no terminó ninguna.",
                    $"The step began {last.Tries} times and never ended.")));
                return null;
            }

            if (await jobs.ReplaceAsync(
                job with
                {
                    State = JobState.Running,
                    Tries = job.Tries + 1,
                    Holder = Guid.NewGuid().ToString("N"),
                    HeldUntil = now + Hold,
                    MovedAt = now,
                },
                cancellationToken) is { } taken)
            {
                return taken;
            }
        }

        return null;
    }

    private async Task<JobStep> StepAsync(Job job, CancellationToken cancellationToken)
    {
        if (kinds.FirstOrDefault(kind => kind.Kind == job.Kind) is not { } kind)
        {
            return JobStep.Failed(job, new Phrase(
                "Esta versión del programa no conoce este trabajo.", "This release does not know this kind of work."));
        }

        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var step = kind.RunAsync(job, either.Token);
        await HoldAsync(job, step, either);
        return await step;
    }

    /// <summary>Keeps the step until it has ended, and cancels it where another run has it.</summary>
    private async Task HoldAsync(Job taken, Task step, CancellationTokenSource run)
    {
        while (true)
        {
            await step.WaitAsync(Renewal, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (step.IsCompleted)
            {
                return;
            }

            try
            {
                if (!await RenewAsync(taken))
                {
                    await run.CancelAsync();
                    return;
                }
            }
            catch (StorageException error)
            {
                // There is time to try again.
                Log.CannotRenew(logger, taken.Kind, taken.JobId, taken.Step, error);
            }
        }
    }

    /// <summary>False where another run has the step.</summary>
    private async Task<bool> RenewAsync(Job taken)
    {
        var job = await jobs.GetAsync(taken.Kind, taken.JobId, CancellationToken.None);
        if (job is null || job.Holder != taken.Holder || job.Step != taken.Step)
        {
            return false;
        }

        // Refused where the job has changed just now, as by its cancelling. The next renewal sees it.
        await jobs.ReplaceAsync(job with { HeldUntil = clock.GetUtcNow() + Hold }, CancellationToken.None);
        return true;
    }

    private Job With(Job job, JobStep step)
    {
        var now = clock.GetUtcNow();
        var next = job with
        {
            Payload = step.Progress.Payload,
            Counts = step.Progress.Counts,
            ReachedAt = step.Progress.ReachedAt,
            Error = step.Error,
            Step = job.Step + 1,
            Tries = 0,
            NextAt = now + step.Delay,
        };
        // Who cancelled it meanwhile has the last word; the progress is stored all the same.
        return job.IsOver ? next with { Error = job.Error }
            : next with { State = step.State, FinishedAt = step.State == JobState.Running ? null : now };
    }

    private Job Failed(Job job, Phrase error) =>
        job with { State = JobState.Failed, Error = error, FinishedAt = clock.GetUtcNow() };

    /// <summary>
    /// Stores what came of the step and gives it back. Then the message of the next one is sent. Where another run has
    /// taken the step, because this one took too long, nothing is stored.
    /// </summary>
    private async Task SettleAsync(Job taken, Func<Job, Job> change)
    {
        Job? job = taken;
        while (job is not null && job.Holder == taken.Holder && job.Step == taken.Step)
        {
            if (await jobs.ReplaceAsync(
                change(job) with { Holder = null, HeldUntil = null, MovedAt = clock.GetUtcNow() },
                CancellationToken.None) is { } stored)
            {
                await (stored.IsOver
                    ? jobs.CloseAsync(stored.JobId, CancellationToken.None)
                    : queue.SendAsync(stored, CancellationToken.None).AsTask());
                return;
            }

            job = await jobs.GetAsync(taken.Kind, taken.JobId, CancellationToken.None);
        }

        Log.TakenOver(logger, taken.Kind, taken.JobId, taken.Step);
    }

    private static partial class Log
    {
        [LoggerMessage(Message = "The job {JobId} ({Kind}) failed at step {Step}, try {Try} of {Tries}.")]
        public static partial void Failed(
            ILogger logger,
            LogLevel level,
            string kind,
            string jobId,
            int step,
            int @try,
            int tries,
            Exception exception);

        [LoggerMessage(
            LogLevel.Warning,
            "Step {Step} of the job {JobId} ({Kind}) could not be kept in the storage; another run may begin it too.")]
        public static partial void CannotRenew(
            ILogger logger, string kind, string jobId, int step, Exception exception);

        [LoggerMessage(
            LogLevel.Warning, "A run of step {Step} of the job {JobId} ({Kind}) took so long that another one has it.")]
        public static partial void TakenOver(ILogger logger, string kind, string jobId, int step);
    }
}
