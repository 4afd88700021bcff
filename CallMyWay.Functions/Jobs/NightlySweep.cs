using CallMyWay.Functions.Api;
using CallMyWay.Functions.Sweeping;

namespace CallMyWay.Functions.Jobs;

/// <summary>
/// The night's work: deletes rows that are over, and then repairs the indexes, in steps of some seconds. A step that
/// ends in between is gone on with by the next.
/// </summary>
/// <param name="sweeper">Made when it is used: it sweeps the jobs of all kinds, this one too.</param>
/// <param name="repair">The repair.</param>
public sealed class NightlySweep(Lazy<Sweeper> sweeper, IndexRepair repair) : IJobKind
{
    public const string Name = "nightlySweep";

    /// <summary>How many steps of a night repair, so that a large office pays little for it.</summary>
    internal const int Repairs = 24;

    private const string Repaired = "repairSteps";

    private const string Swept = "sweepSteps";

    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    public string Kind => Name;

    public async Task<JobStep> RunAsync(Job job, CancellationToken cancellationToken)
    {
        if (job.Count(Repaired) == 0 && !await sweeper.Value.RunAsync(AtMost, cancellationToken))
        {
            return JobStep.GoOn(With(Swept), Rest);
        }

        var isThrough = await repair.RunAtNightAsync(AtMost, cancellationToken);
        var next = With(Repaired);
        return isThrough || next.Count(Repaired) >= Repairs
            ? JobStep.Done(next)
            // What leads nowhere is looked at again after a while.
            : JobStep.GoOn(next, repair.Patience > Rest ? repair.Patience : Rest);

        Job With(string name) => job with
        {
            Counts = new Dictionary<string, long>(StringComparer.Ordinal)
            {
                [Swept] = job.Count(Swept),
                [Repaired] = job.Count(Repaired),
                [name] = job.Count(name) + 1,
            },
        };
    }
}

/// <summary>Begins the night's sweep.</summary>
internal sealed class NightlySweepSchedule(NightlyJobs nights) : IScheduled
{
    public Task RunDueAsync(CancellationToken cancellationToken) =>
        nights.BeginDueAsync(NightlySweep.Name, _ => Task.FromResult<string?>("{}"), cancellationToken);
}
