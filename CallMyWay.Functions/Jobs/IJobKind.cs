namespace CallMyWay.Functions.Jobs;

/// <summary>A kind of long work. The feature that has such work adds one to the services.</summary>
public interface IJobKind
{
    /// <summary>Its name in the rows. It is never changed: earlier jobs have it.</summary>
    string Kind { get; }

    /// <summary>
    /// Does some of the work, for about <see cref="JobRunner.LongestStep"/> at most, and answers with the progress. A
    /// step can be repeated: what it did is done again where the process ended before the progress was stored. A step
    /// that throws is tried again, five times in all.
    /// </summary>
    Task<JobStep> RunAsync(Job job, CancellationToken cancellationToken);
}
