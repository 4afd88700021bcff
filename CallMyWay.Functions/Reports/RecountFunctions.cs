using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Reports;

/// <summary>Has all calls counted anew, and shows how far that is.</summary>
[Tags("Reports")]
public sealed class RecountFunctions(JobStore jobs, JobQueue queue, AuditLog audit)
{
    [Function("ListRecounts"), Allow(Role.Admin)]
    [Asks("take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<RecountView>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "reports/recounts")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var (items, next) = await jobs.ListAsync(FiguresJob.Name, page, cancellationToken);
        return TypedResults.Ok(new Page<RecountView>(
            [.. items.Select(job => RecountView.Of(job, request.Language()))], next));
    }

    [Function("StartRecount"), Allow(Role.Admin), Audits("recount.started")]
    [Answers(StatusCodes.Status202Accepted, typeof(RecountView))]
    public async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "reports/recounts")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        await audit.WriteAsync(request, new AuditChange("recount.started", "reports", null, null), cancellationToken);
        var job = await queue.StartAsync(
            FiguresJob.Name,
            new FiguresWork(MarksAll: true).ToJson(),
            null,
            request.HttpContext.User.RequiredAgentId(),
            cancellationToken);
        return TypedResults.Accepted((string?)null, RecountView.Of(job, request.Language()));
    }
}

/// <summary>How far it is that calls are counted anew.</summary>
public sealed record RecountView
{
    public required string RecountId { get; init; }

    public required JobState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who asked for it; null where the app itself did.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>How many calls were found.</summary>
    public required long Calls { get; init; }

    /// <summary>How many hours were worked out.</summary>
    public required long Hours { get; init; }

    /// <summary>How many hours there are still to be worked out.</summary>
    public required long Left { get; init; }

    /// <summary>The hour that was worked out last; the newest come first.</summary>
    public DateTimeOffset? ReachedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why it failed, or why its latest try did.</summary>
    public string? Error { get; init; }

    public static RecountView Of(Job job, string language) => new()
    {
        RecountId = job.JobId,
        State = job.State,
        CreatedAt = job.CreatedAt,
        CreatedBy = job.CreatedBy,
        Calls = job.Count(FiguresJob.Calls),
        Hours = job.Count(FiguresJob.Hours),
        Left = job.Count(FiguresJob.Left),
        ReachedAt = job.ReachedAt is null ? null : DateTimeOffset.Parse(job.ReachedAt, CultureInfo.InvariantCulture),
        FinishedAt = job.FinishedAt,
        Error = job.Error?.In(language),
    };
}
