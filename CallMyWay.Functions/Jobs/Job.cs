using System.Text.Json.Serialization;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Jobs;

/// <summary>How a job stands.</summary>
public enum JobState
{
    /// <summary>It waits for its first or next step.</summary>
    Queued,

    /// <summary>It has begun.</summary>
    Running,

    Done,

    Cancelled,

    Failed,
}

/// <summary>
/// Long work in steps of at most <see cref="JobRunner.LongestStep"/>. The row has all that a step needs, so that any
/// instance can take the next one.
/// </summary>
public sealed record Job
{
    /// <summary>A GUID of version 7, which tells when the job was created.</summary>
    public required string JobId { get; init; }

    /// <summary>The name of the <see cref="IJobKind"/> that does the work.</summary>
    public required string Kind { get; init; }

    public JobState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent who asked for it; null where the app itself did.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>The operator's account that the work is about, if it is about one.</summary>
    public string? Account { get; init; }

    /// <summary>What is to be done and how far it is, as JSON of the kind's own.</summary>
    public required string Payload { get; init; }

    /// <summary>How far the work is, in words or as a time.</summary>
    public string? ReachedAt { get; init; }

    /// <summary>What was done so far, by names of the kind's own.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; init; } =
        new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Why the job failed, or why its latest try did. It holds no secret.</summary>
    public Phrase? Error { get; init; }

    /// <summary>The step that is next. A message of an earlier step is out of date.</summary>
    public int Step { get; init; }

    /// <summary>How often this step was begun.</summary>
    public int Tries { get; init; }

    /// <summary>When the row was last written.</summary>
    public required DateTimeOffset MovedAt { get; init; }

    /// <summary>When the next step is due.</summary>
    public DateTimeOffset NextAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The run that has the step, of a random name.</summary>
    public string? Holder { get; init; }

    /// <summary>Until when nobody else may take the step.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    [JsonIgnore]
    public string? ETag { get; init; }

    [JsonIgnore]
    public bool IsOver => State is JobState.Done or JobState.Cancelled or JobState.Failed;

    public long Count(string name) => Counts.GetValueOrDefault(name);

    /// <summary>
    /// True while a run has the step. A time that is further ahead than a run can hold it was written before the clock
    /// was set back.
    /// </summary>
    internal bool IsHeldAt(DateTimeOffset now) => HeldUntil > now && HeldUntil - now <= JobRunner.Hold + ClockSkew.Most;
}

/// <summary>What comes after a step.</summary>
public sealed record JobStep
{
    /// <summary>The longest wait before a next step.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    private JobStep(JobState state, Job progress) => (State, Progress) = (state, progress);

    internal JobState State { get; }

    /// <summary>Its payload, counts and <see cref="Job.ReachedAt"/> are stored.</summary>
    internal Job Progress { get; }

    internal TimeSpan Delay { get; private init; }

    internal Phrase? Error { get; private init; }

    /// <summary>Another step follows.</summary>
    public static JobStep GoOn(Job progress, TimeSpan delay = default) =>
        new(JobState.Running, progress) { Delay = delay < LongestDelay ? delay : LongestDelay };

    /// <summary>Another step follows, and why this one did not get on is shown meanwhile.</summary>
    public static JobStep TryAgain(Job progress, Phrase because, TimeSpan delay) =>
        GoOn(progress, delay) with { Error = because };

    public static JobStep Done(Job progress) => new(JobState.Done, progress);

    /// <summary>The work can't be done.</summary>
    public static JobStep Failed(Job progress, Phrase error) => new(JobState.Failed, progress) { Error = error };
}
