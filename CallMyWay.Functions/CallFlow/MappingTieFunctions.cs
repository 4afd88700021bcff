using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.CallFlow;

/// <summary>Shows how far earlier calls are tied to the agents of phones that were mapped after them.</summary>
[Tags("Mappings")]
public sealed class MappingTieFunctions(JobStore jobs)
{
    [Function("ListMappingTies"), Allow(Role.Admin)]
    [Asks("take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<MappingTieView>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "mapping-ties")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var (items, next) = await jobs.ListAsync(MappingTieJob.Name, page, cancellationToken);
        return TypedResults.Ok(new Page<MappingTieView>(
            [.. items.Select(job => MappingTieView.Of(job, request.Language()))], next));
    }
}

/// <summary>A mapping that was saved or deleted, and how far earlier calls are tied to its agent.</summary>
public sealed record MappingTieView
{
    public required string TieId { get; init; }

    /// <summary>The mapping's; null where several were imported.</summary>
    public required string? EndpointId { get; init; }

    /// <summary>Its agent; null where several were imported, or where it was deleted.</summary>
    public required string? AgentId { get; init; }

    public required JobState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who saved the mapping.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Back to when all calls were looked at; null before the first.</summary>
    public DateTimeOffset? ReachedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How many calls without an agent were looked at.</summary>
    public required long Calls { get; init; }

    /// <summary>How many of them have agents now.</summary>
    public required long Tied { get; init; }

    /// <summary>Why it failed, or why its latest try did.</summary>
    public string? Error { get; init; }

    public static MappingTieView Of(Job job, string language)
    {
        var work = MappingTieWork.Read(job.Payload);
        return new MappingTieView
        {
            TieId = job.JobId,
            EndpointId = work.EndpointId,
            AgentId = work.AgentId,
            State = job.State,
            CreatedAt = job.CreatedAt,
            CreatedBy = job.CreatedBy,
            ReachedAt = job.ReachedAt is null
                ? null
                : DateTimeOffset.Parse(job.ReachedAt, CultureInfo.InvariantCulture),
            FinishedAt = job.FinishedAt,
            Calls = job.Count(MappingTieJob.Calls),
            Tied = job.Count(MappingTieJob.Tied),
            Error = job.Error?.In(language),
        };
    }
}
