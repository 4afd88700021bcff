using System.Globalization;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Retention;

/// <summary>
/// Goes over the calls that are older than the rules keep them, a few at a time, and rests between two steps. It does
/// nothing while notifications storm in.
/// </summary>
public sealed partial class RetentionJob(
    CallIndex index,
    OldCalls old,
    RetentionStore rules,
    RetentionProgress progress,
    IQueue queue,
    AuditLog audit,
    TimeProvider clock,
    ILogger<RetentionJob> logger) : IJobKind
{
    public const string Name = "retention";

    internal const string Calls = "calls";

    internal const string Changed = "changed";

    internal const string Failed = "failed";

    internal const int PageSize = 100;

    /// <summary>How many calls are worked on at once.</summary>
    private const int AtOnceMost = 4;

    /// <summary>A step begins no further page after this.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan RestInStorm = TimeSpan.FromMinutes(1);

    public string Kind => Name;

    public async Task<JobStep> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        var work = RetentionWork.Read(job.Payload);
        var asked = await rules.GetAsync(cancellationToken);
        while (work.Spans.Count > 0 && clock.GetElapsedTime(began) < AtMost)
        {
            var span = work.Spans[0];
            if (queue.IsInStorm)
            {
                return JobStep.GoOn(job, RestInStorm);
            }

            // What an administrator has taken back since the run began goes no further.
            if (!(RetentionSpan.EndOf(span.Stage, asked, work.At) >= span.Before))
            {
                work = work with { Spans = [.. work.Spans.Skip(1)], After = null };
                job = job with { Payload = work.ToJson() };
                continue;
            }

            var page = await index.ReadKeysAsync(work.After, span.From, span.Before, PageSize, cancellationToken);
            if (page.Count > 0 && work.After is null)
            {
                // Before the first call of a stage goes. A step that is repeated writes it again.
                await audit.WriteAsync(
                    (string?)null,
                    AuditChange.Of("calls.erased", "retention", null, new { span.Stage, span.Before }),
                    cancellationToken);
            }

            var (changed, failed) = (0, 0);
            await Parallel.ForEachAsync(
                page,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnceMost, CancellationToken = cancellationToken },
                async (row, token) =>
                {
                    try
                    {
                        if (await old.TreatAsync(span.Stage, row.Key, row.Call, token))
                        {
                            Interlocked.Increment(ref changed);
                        }
                    }
                    catch (Exception error) when (error is not (OperationCanceledException or StorageException))
                    {
                        // One that can't be read, as it is damaged or of a later release, is in no other's way.
                        Interlocked.Increment(ref failed);
                        Log.Left(logger, span.Stage, error);
                    }
                });
            if (page.Count == PageSize)
            {
                work = work with { After = page[^1].Key };
            }
            else
            {
                await progress.PutAsync(span.Stage, span.Before, cancellationToken);
                work = work with { Spans = [.. work.Spans.Skip(1)], After = null };
            }

            job = job with
            {
                Payload = work.ToJson(),
                ReachedAt = page.Count > 0 && Keys.TimeOf(page[^1].Key) is { } time
                    ? time.ToString("O", CultureInfo.InvariantCulture)
                    : job.ReachedAt,
                Counts = new Dictionary<string, long>(StringComparer.Ordinal)
                {
                    [Calls] = job.Count(Calls) + page.Count,
                    [Changed] = job.Count(Changed) + changed,
                    [Failed] = job.Count(Failed) + failed,
                },
            };
        }

        return work.Spans.Count == 0 ? JobStep.Done(job) : JobStep.GoOn(job, Rest);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "An old call could not be dealt with ({Stage}), and is left as it is.")]
        public static partial void Left(ILogger logger, RetentionStage stage, Exception exception);
    }
}
