using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.DueItems;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.FollowUps;

/// <summary>Lists and closes open follow-ups: the caller's own, or all of a contact, whoever noted them.</summary>
public sealed class FollowUpFunctions(
    FollowUpStore followUps, DueItemLists lists, NextActions nextActions, CallScope scope, TimeProvider clock)
{
    [Function("ListFollowUps"), Allow(Role.Agent)]
    [Asks("due", "contact", "take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<FollowUp>))]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "follow-ups")] HttpRequest request, CancellationToken cancellationToken) =>
        lists.ListAsync(followUps, request, followUp => followUp, cancellationToken);

    [Function("CloseFollowUp"), Allow(Role.Agent)]
    [NotAudited("It is in the call's history.")]
    [Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> Close(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "follow-ups/{followUpId}/done")] HttpRequest request, string followUpId, CancellationToken cancellationToken)
    {
        var visible = await scope.FindVisibleAsync(request.HttpContext.User, cancellationToken);
        while (await followUps.GetAsync(followUpId, cancellationToken) is { } followUp
            && await scope.IncludesAsync(visible, followUp.AgentId, cancellationToken))
        {
            if (followUp.DoneAt is not null
                || await followUps.ReplaceAsync(
                    followUp, followUp with { DoneAt = clock.GetUtcNow() }, cancellationToken))
            {
                // It is done. Its call is told even if the caller has disconnected, and also by a repeated request.
                await nextActions.WriteAsync(followUps, followUp, CancellationToken.None);
                return TypedResults.NoContent();
            }
        }

        return request.NotFound(new("No hay un seguimiento con ese código.", "There is no follow-up with that id."));
    }
}
