using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.WrapUps;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Desk;

/// <summary>The calls, as those who may see them read them.</summary>
[Tags("Calls")]
public sealed class CallFunctions(
    CallFinder finder,
    CallIndex index,
    CallScope scope,
    ContactStore contacts,
    WrapUpStore wrapUps,
    AgentDirectory agents,
    Accounts accounts,
    PhoneNumberParser numbers,
    TimeProvider clock)
{
    [Function("ListCalls"), Allow(Role.Agent)]
    [Asks("from", "to", "agent", "contact", "direction", "number", "state", "outcome", "take", "next")]
    [Answers(StatusCodes.Status200OK, typeof(Page<CallView>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "calls")] HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        var user = request.HttpContext.User;
        var self = user.RequiredAgentId();
        var visible = await scope.FindVisibleAsync(user, cancellationToken);
        var filter = CallQuery.Read(request, visible, errors, accounts, numbers, clock.GetUtcNow());
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        if (filter.AgentId is not null && !await scope.IncludesAsync(visible, filter.AgentId, cancellationToken))
        {
            return request.Forbidden();
        }

        var found = await index.ListAsync(filter, page, cancellationToken);
        var items = await CallView.ListAsync(
            found.Items,
            self,
            filter.AgentId,
            user.Has(Role.Supervisor),
            agents,
            clock.GetUtcNow(),
            cancellationToken);
        return TypedResults.Ok(new Page<CallView>(items, found.Next));
    }

    [Function("GetCall"), Allow(Role.Agent)]
    [Asks("account")]
    [Answers(StatusCodes.Status200OK, typeof(CallView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "calls/{callId}")] HttpRequest request, string callId, CancellationToken cancellationToken)
    {
        var user = request.HttpContext.User;
        var visible = await scope.FindVisibleAsync(user, cancellationToken);

        // A call that the caller may not see is not found: that it exists is not theirs to know either.
        if (await finder.FindAsync(callId, request.Query["account"], visible.Includes, cancellationToken) is not { } call)
        {
            return request.NotFound(CallFinder.NoSuchCall);
        }

        var view = CallView.Of(call, user.RequiredAgentId(), clock.GetUtcNow());
        var roster = await agents.ReadAsync(cancellationToken);
        var written = (await wrapUps.ListAsync(call, cancellationToken))
            .Select(each => each with { AgentName = roster.NameOf(each.AgentId) })
            .OrderByDescending(each => each.UpdatedAt).ToList();
        var records = RecordView.Of(call);
        var contactLeg = call.Legs?.FirstOrDefault(leg => leg.IsContact)?.CallId;
        return TypedResults.Ok(view.With(roster) with
        {
            Record = records.FirstOrDefault(record => record.IsCurrent && record.CallId == contactLeg)
                ?? records.FirstOrDefault(record => record.IsCurrent),
            Records = records.Count == 0 ? null : records,
            Agents = call.Agents.Count < 2
                ? null
                : [.. call.Agents.Select(agent => AgentPartView.Of(call, agent, roster.NameOf(agent.AgentId)))],
            Contact = call.ContactId is null
                ? null
                : (await contacts.GetAsync(call.ContactId, cancellationToken))?.Shown(numbers),
            WrapUp = written.Find(each => each.WhoseId == user.RequiredAgentId()) ?? written.FirstOrDefault(),
            WrapUps = written.Count == 0 ? null : written,
            Timeline = [.. call.Timeline.Select(entry => new TimelineView(entry.At, entry.What, entry.EndpointId))],
        });
    }
}
