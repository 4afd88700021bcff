using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.FollowUps;

/// <summary>Lists and closes open follow-ups: the caller's own, or all of a contact, whoever noted them.</summary>
public sealed class FollowUpFunctions(
    FollowUpStore followUps, AgentDirectory agents, CallScope scope, Accounts accounts, TimeProvider clock)
{
    [Function("ListFollowUps"), Allow(Role.Agent)]
    [Asks("due", "contact", "take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<FollowUp>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "follow-ups")] HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        var dueBefore = TimeQuery.ReadDue(request, "due", accounts.Home.TimeZone, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        // Like the contact's calls, they belong to the contact's file, which every agent may read.
        var contactId = request.Query["contact"].ToString();
        if (contactId.Length == 0)
        {
            var own = FollowUpStore.AgentPartition(request.HttpContext.User.RequiredAgentId());
            return TypedResults.Ok(await followUps.ListAsync(own, dueBefore, page, cancellationToken));
        }

        var file = FollowUpStore.ContactPartition(contactId);
        var found = await followUps.ListAsync(file, dueBefore, page, cancellationToken);
        var roster = await agents.ReadAsync(cancellationToken);
        return TypedResults.Ok(found with
        {
            Items = [.. found.Items.Select(item => item with { AgentName = roster.NameOf(item.AgentId) })],
        });
    }

    [Function("CloseFollowUp"), Allow(Role.Agent)]
    [Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> Close(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "follow-ups/{followUpId}/done")] HttpRequest request, string followUpId, CancellationToken cancellationToken)
    {
        var visible = await scope.FindVisibleAsync(request.HttpContext.User, cancellationToken);
        while (await followUps.GetAsync(followUpId, cancellationToken) is { } followUp
            && await scope.IncludesAsync(visible, followUp.AgentId, cancellationToken))
        {
            if (followUp.DoneAt is not null
                || await followUps.CloseAsync(followUp, clock.GetUtcNow(), cancellationToken))
            {
                return TypedResults.NoContent();
            }
        }

        return request.NotFound(new("No hay un seguimiento con ese código.", "There is no follow-up with that id."));
    }
}
