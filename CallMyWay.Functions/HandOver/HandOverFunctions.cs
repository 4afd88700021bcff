using System.Text.Json.Nodes;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.HandOver;

/// <summary>The body of a request to hand over: the agent who gets it all.</summary>
public sealed record HandOverInput([property: Needed] string? To);

/// <summary>A hand-over, and what it has moved so far.</summary>
public sealed record HandOverView
{
    public required string HandOverId { get; init; }

    /// <summary>Whose everything was.</summary>
    public required string AgentId { get; init; }

    /// <summary>Who gets it.</summary>
    public required string To { get; init; }

    public required JobState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? CreatedBy { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public required long Phones { get; init; }

    public required long FollowUps { get; init; }

    public required long Promises { get; init; }

    public required long Calls { get; init; }

    /// <summary>Why it failed, or what it waits for.</summary>
    public string? Error { get; init; }

    internal static HandOverView Of(Job job, string language)
    {
        var work = HandOverWork.Read(job.Payload);
        return new HandOverView
        {
            HandOverId = job.JobId,
            AgentId = work.From,
            To = work.To,
            State = job.State,
            CreatedAt = job.CreatedAt,
            CreatedBy = job.CreatedBy,
            FinishedAt = job.FinishedAt,
            Phones = job.Count(HandOverJob.Phones),
            FollowUps = job.Count(HandOverJob.FollowUps),
            Promises = job.Count(HandOverJob.Promises),
            Calls = job.Count(HandOverJob.Calls),
            Error = job.Error?.In(language),
        };
    }
}

/// <summary>Shows what an agent has, and hands it over to another, as before they are removed.</summary>
[Tags("Agents")]
public sealed class HandOverFunctions(
    AgentStore agents, Belongings belongings, JobQueue queue, JobStore jobs, AuditLog audit)
{
    private static readonly Phrase NoSuchAgent = new(
        "No hay un agente con ese código.", "There is no agent with that id.");

    private static readonly Phrase NoSuchHandOver = new(
        "No hay un traspaso con ese código.", "There is no hand-over with that id.");

    [Function("GetBelongings"), Allow(Role.Admin)]
    [Answers(StatusCodes.Status200OK, typeof(BelongingsView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "agents/{agentId}/belongings")] HttpRequest request, string agentId, CancellationToken cancellationToken) =>
        await IsKnownAsync(agentId, cancellationToken)
            ? TypedResults.Ok(await belongings.CountAsync(agentId, cancellationToken))
            : request.NotFound(NoSuchAgent);

    /// <summary>
    /// Starts the job. Repeated, it moves what is left. Of an agent who was deleted it moves what the supervisors have.
    /// </summary>
    [Function("HandOver"), Allow(Role.Admin), Audits("agent.handed-over")]
    [Takes(typeof(HandOverInput)), Answers(StatusCodes.Status202Accepted, typeof(HandOverView))]
    public async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "agents/{agentId}/hand-over")] HttpRequest request, string agentId, CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<HandOverInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        if (!await IsKnownAsync(agentId, cancellationToken))
        {
            return request.NotFound(NoSuchAgent);
        }

        var errors = new FieldErrors();
        var to = PlainText.Trimmed(input.To);
        if (to is null || await agents.GetAsync(to, cancellationToken) is null)
        {
            errors.Add("to", "Elija a quién se le pasa.", "Choose who gets it.");
        }
        else if (to == agentId)
        {
            errors.Add("to", "Elija a otra persona.", "Choose somebody else.");
        }

        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        await audit.WriteAsync(
            request,
            new AuditChange("agent.handed-over", agentId, null, new JsonObject { ["to"] = to }),
            cancellationToken);
        var job = await queue.StartAsync(
            HandOverJob.Name,
            new HandOverWork(agentId, to!).ToJson(),
            null,
            request.HttpContext.User.RequiredAgentId(),
            CancellationToken.None);
        return TypedResults.Accepted($"/api/hand-overs/{job.JobId}", HandOverView.Of(job, request.Language()));
    }

    [Function("ListHandOvers"), Allow(Role.Admin)]
    [Asks("take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<HandOverView>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "hand-overs")] HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var (items, next) = await jobs.ListAsync(HandOverJob.Name, page, cancellationToken);
        return TypedResults.Ok(new Page<HandOverView>(
            [.. items.Select(job => HandOverView.Of(job, request.Language()))], next));
    }

    [Function("GetHandOver"), Allow(Role.Admin)]
    [Answers(StatusCodes.Status200OK, typeof(HandOverView))]
    public async Task<IResult> GetOne(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "hand-overs/{handOverId}")] HttpRequest request, string handOverId, CancellationToken cancellationToken) =>
        await jobs.GetAsync(HandOverJob.Name, handOverId, cancellationToken) is { } job
            ? TypedResults.Ok(HandOverView.Of(job, request.Language()))
            : request.NotFound(NoSuchHandOver);

    /// <summary>Ends one that is under way, as where it waits for a call. What it has moved stays moved.</summary>
    [Function("CancelHandOver"), Allow(Role.Admin), Audits("agent.hand-over-cancelled")]
    [Answers(StatusCodes.Status200OK, typeof(HandOverView))]
    public async Task<IResult> Cancel(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "hand-overs/{handOverId}")] HttpRequest request, string handOverId, CancellationToken cancellationToken)
    {
        if (await jobs.GetAsync(HandOverJob.Name, handOverId, cancellationToken) is not { } job)
        {
            return request.NotFound(NoSuchHandOver);
        }

        var work = HandOverWork.Read(job.Payload);
        return job.IsOver
            ? TypedResults.Ok(HandOverView.Of(job, request.Language()))
            : await audit.ChangeAsync(
                request,
                new AuditChange("agent.hand-over-cancelled", work.From, null, new JsonObject { ["to"] = work.To }),
                () => queue.CancelAsync(HandOverJob.Name, handOverId, cancellationToken),
                ended => ended is { State: JobState.Cancelled }) is { } ended
                ? TypedResults.Ok(HandOverView.Of(ended, request.Language()))
                : request.NotFound(NoSuchHandOver);
    }

    private async Task<bool> IsKnownAsync(string agentId, CancellationToken cancellationToken) =>
        await agents.GetAsync(agentId, cancellationToken) is not null
        || await agents.FindDeletedAsync(agentId, cancellationToken) is not null;
}
