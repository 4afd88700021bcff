using System.Text.Json;
using System.Text.Json.Serialization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Poison;

/// <summary>
/// A poison message as an administrator sees it. <paramref name="Preview"/> is its beginning; <paramref
/// name="TraceId"/> leads to the traces of its tries.
/// </summary>
public sealed record PoisonView(string Queue, string Id, DateTimeOffset InsertedAt, string? TraceId, string Preview);

/// <summary>How many poison messages a queue has.</summary>
public sealed record PoisonCount(string Queue, long Count);

/// <summary>
/// A page of poison messages, and how many each queue has. Azure shows only the first 32 of each queue; the next appear
/// when those are dealt with.
/// </summary>
public sealed record PoisonList(
    IReadOnlyList<PoisonView> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next,
    IReadOnlyList<PoisonCount> Queues);

/// <summary>How many messages were returned to their queue, and how many are left.</summary>
public sealed record PoisonReplay(int Replayed, long Left);

/// <summary>
/// Lists messages that failed at each try. An administrator fixes the cause and returns them to their queue, or deletes
/// them. These actions can be repeated, as functions accept a message twice.
/// </summary>
public sealed partial class PoisonFunctions(
    IQueueAdmin queues, AuditLog audit, ILogger<PoisonFunctions> logger)
{
    private const int PreviewLength = 2000;

    /// <summary>
    /// The most messages that one request returns to their queue, which takes some seconds on Azure. For more, the
    /// caller repeats the request.
    /// </summary>
    private const int MostReplayed = 1000;

    private static readonly Phrase NoSuchMessage = new(
        "Ese mensaje ya no está apartado.", "That message is no longer set aside.");

    [Function("ListPoison"), Allow(Role.Admin)]
    [Asks("take", "next")]
    [Answers(StatusCodes.Status200OK, typeof(PoisonList))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "poison")] HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var items = new List<PoisonView>();
        foreach (var queue in StorageNames.Queues.SkipWhile(
            queue => page.After is not null && queue != page.After.Partition))
        {
            var left = page.Take - items.Count;
            if (left > 0)
            {
                var after = queue == page.After?.Partition ? page.After.Key : null;
                items.AddRange((await queues.ListPoisonAsync(queue, left, after, cancellationToken)).Select(message => View(queue, message)));
            }
        }

        var counts = new List<PoisonCount>();
        foreach (var queue in StorageNames.Queues)
        {
            counts.Add(new PoisonCount(queue, (await queues.StateAsync(queue, cancellationToken)).Poison));
        }

        return TypedResults.Ok(new PoisonList(
            items, items.Count == page.Take ? new PageToken(items[^1].Queue, items[^1].Id).ToString() : null, counts));
    }

    [Function("ReplayPoison"), Allow(Role.Admin), Audits("poison.replayed")]
    [Refuses(StatusCodes.Status409Conflict)]
    [Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> Replay(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "poison/{queue}/{id}/replay")] HttpRequest request, string queue, string id, CancellationToken cancellationToken)
    {
        var outcome = Knows(queue)
            ? await audit.ChangeAsync(
                request,
                new AuditChange("poison.replayed", $"{queue}/{id}", null, null),
                () => queues.ReplayAsync(queue, id, cancellationToken).AsTask(),
                IsDone)
            : PoisonOutcome.NotThere;
        if (outcome == PoisonOutcome.Done)
        {
            Log.Replayed(logger, request.HttpContext.User.RequiredAgentId(), 1, queue);
        }

        return Answer(request, outcome);
    }

    /// <summary>Replays the messages that are there now, the oldest first.</summary>
    [Function("ReplayAllPoison"), Allow(Role.Admin), Audits("poison.replayed")]
    [Refuses(StatusCodes.Status409Conflict)]
    [Answers(StatusCodes.Status200OK, typeof(PoisonReplay))]
    public async Task<IResult> ReplayAll(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "poison-replays/{queue}")] HttpRequest request, string queue, CancellationToken cancellationToken)
    {
        if (!Knows(queue))
        {
            return request.NotFound(new("No hay una cola con ese nombre.", "There is no queue of that name."));
        }

        var replayed = await audit.ChangeAsync(
            request,
            new AuditChange("poison.replayed", queue, null, null),
            () => queues.ReplayManyAsync(queue, MostReplayed, cancellationToken).AsTask(),
            count => count > 0);
        Log.Replayed(logger, request.HttpContext.User.RequiredAgentId(), replayed, queue);
        return TypedResults.Ok(new PoisonReplay(replayed, (await queues.StateAsync(queue, cancellationToken)).Poison));
    }

    [Function("DeletePoison"), Allow(Role.Admin), Audits("poison.deleted")]
    [Refuses(StatusCodes.Status409Conflict)]
    [Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "poison/{queue}/{id}")] HttpRequest request, string queue, string id, CancellationToken cancellationToken)
    {
        var outcome = Knows(queue)
            ? await audit.ChangeAsync(
                request,
                AuditChange.Of(
                    "poison.deleted", $"{queue}/{id}", await FindAsync(queue, id, cancellationToken), null),
                () => queues.DeletePoisonAsync(queue, id, cancellationToken).AsTask(),
                IsDone)
            : PoisonOutcome.NotThere;
        if (outcome == PoisonOutcome.Done)
        {
            Log.Deleted(logger, request.HttpContext.User.RequiredAgentId(), id, queue);
        }

        return Answer(request, outcome);
    }

    /// <summary>
    /// The message that is to go, for the audit: nothing else is left of it. Null where it is none of the first that
    /// the storage shows.
    /// </summary>
    private async Task<PoisonView?> FindAsync(string queue, string id, CancellationToken cancellationToken) =>
        (await queues.ListPoisonAsync(queue, PageRequest.MaxTake, null, cancellationToken))
            .Where(message => message.Id == id).Select(message => View(queue, message)).FirstOrDefault();

    private static bool IsDone(PoisonOutcome outcome) => outcome == PoisonOutcome.Done;

    private static bool Knows(string queue) => StorageNames.Queues.Contains(queue, StringComparer.Ordinal);

    private static IResult Answer(HttpRequest request, PoisonOutcome outcome) => outcome switch
    {
        PoisonOutcome.Done => TypedResults.NoContent(),
        PoisonOutcome.NotThere => request.NotFound(NoSuchMessage),
        _ => request.Problem(
            StatusCodes.Status409Conflict,
            new("Otra persona está con estos mensajes", "Someone else is working on these messages"),
            new(
                "Otra persona está decidiendo sobre estos mensajes. Intente de nuevo en un minuto.",
                "Someone else is deciding about these messages. Try again in a minute.")),
    };

    private static PoisonView View(string queue, PoisonMessage message) =>
        new(queue, message.Id, message.SetAsideAt, TraceIdOf(message.Body), Beginning(message.Body));

    private static string Beginning(string body)
    {
        if (body.Length <= PreviewLength)
        {
            return body;
        }

        return body[..(char.IsHighSurrogate(body[PreviewLength - 1]) ? PreviewLength - 1 : PreviewLength)] + "…";
    }

    // The field with the trace, if the message has one. The message may be anything, so nothing else of it is parsed.
    private static string? TraceIdOf(string body)
    {
        try
        {
            using var message = JsonDocument.Parse(body);
            return message.RootElement.ValueKind == JsonValueKind.Object
                && message.RootElement.TryGetProperty(
                    "traceParent", out var parent) && parent.ValueKind == JsonValueKind.String
                && parent.GetString()!.Split('-') is [_, { Length: 32 } traceId, ..] ? traceId : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{AgentId} returned {Count} poison messages to {Queue}.")]
        public static partial void Replayed(ILogger logger, string agentId, int count, string queue);

        [LoggerMessage(LogLevel.Warning, "{AgentId} deleted the poison message {Id} of {Queue}.")]
        public static partial void Deleted(ILogger logger, string agentId, string id, string queue);
    }
}
