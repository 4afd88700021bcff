using System.Text;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Telemetry;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Notifications;

/// <summary>
/// Lists the notifications that were refused and stored, newest first. An administrator puts the cause right and has
/// one processed again, or deletes it.
/// </summary>
[Tags("Calls")]
public sealed class RefusedEventFunctions(
    RefusedEventStore refused, IQueue queue, Accounts accounts, AuditLog audit, TimeProvider clock)
{
    private static readonly Phrase NoSuchEvent = new(
        "Ese aviso ya no está: se reintentó, o se borró.",
        "That notification is not there any more: it was retried, or deleted.");

    private static readonly Phrase TooLarge = new(
        "Es demasiado grande para procesarlo.", "It is too large to be processed.");

    /// <summary>How far back the list goes without <c>from</c>: this month and the one before.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(63);

    [Function("ListRefusedEvents"), Allow(Role.Admin)]
    [Asks("from", "to", "take", "next")]
    [Answers(StatusCodes.Status200OK, typeof(Page<RefusedEvent>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "refused-events")] HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        var (from, to) = TimeQuery.ReadSpan(request, LookBack, accounts.Home.TimeZone, clock.GetUtcNow(), errors);
        return errors.Any ? request.Invalid(errors) : TypedResults.Ok(await refused.ListAsync(from, to, page, cancellationToken));
    }

    /// <summary>
    /// Sends it to the queue as it came, and then removes it here. Where its process ends in between it is in both: a
    /// notification that is processed twice changes nothing. If its account is still not known, it comes back.
    /// </summary>
    [Function("ReplayRefusedEvent"), Allow(Role.Admin), Audits("refused.replayed")]
    [Refuses(StatusCodes.Status409Conflict)]
    [Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> Replay(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "refused-events/{reference}/replay")]
        HttpRequest request,
        string reference,
        CancellationToken cancellationToken)
    {
        if (await refused.FindAsync(reference, cancellationToken) is not { } found)
        {
            return request.NotFound(NoSuchEvent);
        }

        var (callEvent, refusal) = CallEventReader.Read(new KeptBody(found.Body, found.BodyBase64).ToBytes());
        var queued = new QueuedCallEvent(found.ReceivedAt, found.Body, Instrumentation.TraceParent, found.BodyBase64)
        {
            ReplayedAt = clock.GetUtcNow(),
        };
        var message = queued.ToMessage();
        if (callEvent is null || Encoding.UTF8.GetByteCount(message) > IQueue.MaxBytes)
        {
            return request.Problem(
                StatusCodes.Status409Conflict,
                new("Este aviso no se puede reintentar", "This notification can't be retried"),
                callEvent is null ? refusal : TooLarge);
        }

        await audit.WriteAsync(
            request, new AuditChange("refused.replayed", found.Id, null, null), cancellationToken);
        await queue.SendAsync(StorageNames.CallEvents, message, null, cancellationToken);
        await refused.DeleteAsync(reference, CancellationToken.None);
        return TypedResults.NoContent();
    }

    [Function("DeleteRefusedEvent"), Allow(Role.Admin), Audits("refused.deleted")]
    [Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "refused-events/{reference}")]
        HttpRequest request,
        string reference,
        CancellationToken cancellationToken)
    {
        // For the audit: nothing else is left of it.
        return await refused.FindAsync(reference, cancellationToken) is { } found
            && await audit.ChangeAsync(
                request,
                AuditChange.Of("refused.deleted", found.Id, found with { Reference = null }, null),
                () => refused.DeleteAsync(reference, cancellationToken).AsTask(),
                deleted => deleted)
            ? TypedResults.NoContent()
            : request.NotFound(NoSuchEvent);
    }
}
