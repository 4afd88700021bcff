using CallMyWay.Functions.Api;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.CallRecords;

/// <summary>The body of a request for a backfill.</summary>
/// <param name="Account">The account's username, or another of its ids.</param>
/// <param name="From">ISO 8601; without an offset it is in the account's zone.</param>
/// <param name="To">As <paramref name="From"/>. A bare date is the last day.</param>
public sealed record BackfillInput(
    [property: Needed] string? Account, [property: Needed] string? From, [property: Needed] string? To);

/// <summary>A backfill: what it reads, and how far it is.</summary>
public sealed record BackfillView
{
    public required string BackfillId { get; init; }

    public required string Account { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required JobState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who asked for it.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Until when all records were read.</summary>
    public required DateTimeOffset ReachedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How many records were read.</summary>
    public required long Records { get; init; }

    /// <summary>How many requests the operator got.</summary>
    public required long Requests { get; init; }

    /// <summary>About how long it still takes, if nobody else asks for this account.</summary>
    public required int EstimatedSeconds { get; init; }

    /// <summary>Why it failed, or why it does not get on just now.</summary>
    public string? Error { get; init; }

    public static BackfillView Of(Job job, PaceRule rule, string language)
    {
        var work = BackfillWork.Read(job.Payload);
        // The queue delivers at whole seconds, and then the next moment is reserved.
        var pace = Math.Ceiling((rule.Interval + rule.Ahead).TotalSeconds);
        return new BackfillView
        {
            BackfillId = job.JobId,
            Account = job.Account!,
            From = work.From,
            To = work.To,
            State = job.State,
            CreatedAt = job.CreatedAt,
            CreatedBy = job.CreatedBy,
            ReachedAt = work.ReachedAt,
            FinishedAt = job.FinishedAt,
            Records = job.Count(BackfillJob.Records),
            Requests = job.Count(BackfillJob.Requests),
            EstimatedSeconds = job.IsOver ? 0 : (int)(work.RequestsLeft() * pace),
            Error = job.Error?.In(language),
        };
    }
}
