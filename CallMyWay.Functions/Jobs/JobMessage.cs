using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Jobs;

/// <summary>A message in the queue of jobs: which step of which job is due.</summary>
public sealed record JobMessage(string Kind, string JobId, int Step)
{
    private static readonly StoredJson<JobMessage> Stored = new(JobsJson.Default);

    public static JobMessage Of(Job job) => new(job.Kind, job.JobId, job.Step);

    public string ToMessage() => Stored.Serialize(this);

    public static JobMessage Read(string message) => Stored.Deserialize(message);
}
