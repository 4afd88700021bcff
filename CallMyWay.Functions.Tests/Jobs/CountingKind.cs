using System.Globalization;
using CallMyWay.Functions.Jobs;

namespace CallMyWay.Functions.Tests.Jobs;

/// <summary>Work that counts up to the number of its payload, one for each step.</summary>
internal sealed class CountingKind : IJobKind
{
    public const string Name = "counting";

    private int _runs;

    public string Kind => Name;

    /// <summary>How often a step was begun.</summary>
    public int Runs => Volatile.Read(ref _runs);

    /// <summary>What a step does before it counts.</summary>
    public Func<Job, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>How long the next step waits.</summary>
    public TimeSpan Delay { get; set; }

    public async Task<JobStep> RunAsync(Job job, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _runs);
        await Before(job, cancellationToken);
        var count = job.Count("counted") + 1;
        var progress = job with
        {
            Counts = new Dictionary<string, long>(StringComparer.Ordinal) { ["counted"] = count },
            ReachedAt = count.ToString(CultureInfo.InvariantCulture),
        };
        return count == int.Parse(job.Payload, CultureInfo.InvariantCulture)
            ? JobStep.Done(progress)
            : JobStep.GoOn(progress, Delay);
    }
}
