using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Reconciliation;
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
    DayStore days,
    AgentDirectory agents,
    AgentStore agentStore,
    AgentNames names,
    Accounts accounts,
    PhoneNumberParser numbers,
    TimeProvider clock)
{
    [Function("ListCalls"), Allow(Role.Agent)]
    [Asks(
        "from",
        "to",
        "agent",
        "team",
        "contact",
        "number",
        "direction",
        "outcome",
        "state",
        "followUp",
        "tied",
        "take",
        "next")]
    [Answers(StatusCodes.Status200OK, typeof(CallListPage))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "calls")] HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        var user = request.HttpContext.User;
        var self = user.RequiredAgentId();
        var visible = await scope.FindVisibleAsync(user, cancellationToken);
        var now = clock.GetUtcNow();
        var filter = CallQuery.Read(request, visible, errors, accounts, numbers, now);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        if (!await IsAllowedAsync(filter, cancellationToken))
        {
            return request.Forbidden();
        }

        var found = await index.ListAsync(filter, page, cancellationToken);
        if (found is { Items.Count: 0, Next: null } && page.After is null)
        {
            await CheckAsync(filter, errors, cancellationToken);
            if (errors.Any)
            {
                return request.Invalid(errors);
            }
        }

        var items = await CallView.ListAsync(
            found.Items, self, filter.AgentId, user.Has(Role.Supervisor), agents, now, cancellationToken);
        var former = user.Has(Role.Supervisor)
            ? await names.OfFormerAsync(items.Select(view => (view.AgentId, view.AgentName)), cancellationToken)
            : null;
        return TypedResults.Ok(new CallListPage(
            [
                .. items.Zip(found.Items, (view, call) => view with
                {
                    AgentName = view.AgentName ?? former?.GetValueOrDefault(view.AgentId ?? ""),
                    NextAction = NextActionView.Of(call, now, accounts.Home.TimeZone),
                }),
            ],
            found.Next,
            found.Previous)
        {
            LookedUntil = found.LookedUntil,
        });
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

        var now = clock.GetUtcNow();
        var view = CallView.Of(call, user.RequiredAgentId(), now);
        var roster = await agents.ReadAsync(cancellationToken);
        var written = (await wrapUps.ListAsync(call, cancellationToken))
            .Select(each => each with { AgentName = roster.NameOf(each.AgentId) })
            .OrderByDescending(each => each.UpdatedAt).ToList();
        var records = RecordView.Of(call);
        var contactLeg = call.Legs?.FirstOrDefault(leg => leg.IsContact)?.CallId;
        return TypedResults.Ok(view.With(roster) with
        {
            NextAction = NextActionView.Of(call, now, accounts.Home.TimeZone),
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
            History = CallHistory.Of(
                call, written, await DayOfAsync(call, now, cancellationToken), roster, request.Language()),
            Timeline = [.. call.Timeline.Select(entry => new TimelineView(entry.At, entry.What, entry.EndpointId))],
        });
    }

    // A day is worked out when it is over: of a call of today there is nothing to read.
    private async ValueTask<DayReconciliation?> DayOfAsync(
        Call call, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var zone = accounts.Find(call.Account).TimeZone;
        var date = zone.DayOf(call.StartedAt);
        return date < zone.DayOf(now) ? await days.GetAsync(call.Account, date, cancellationToken) : null;
    }

    private async ValueTask<bool> IsAllowedAsync(CallFilter filter, CancellationToken cancellationToken) =>
        (filter.TeamId is not { } team || filter.Visible.IsAll || team == filter.Visible.Team)
        && (filter.AgentId is null || await scope.IncludesAsync(filter.Visible, filter.AgentId, cancellationToken));

    /// <summary>
    /// Where nothing was found, because there is no such agent, team or contact, the answer says so. One who left, and a
    /// contact that was deleted, are found with the calls that they had.
    /// </summary>
    private async Task CheckAsync(CallFilter filter, FieldErrors errors, CancellationToken cancellationToken)
    {
        if (filter.AgentId is null && filter.TeamId is null && filter.ContactId is null)
        {
            return;
        }

        var roster = await agents.ReadAsync(cancellationToken);
        if (filter.AgentId is { } agentId && roster.Find(agentId) is null
            && await agentStore.FindDeletedAsync(agentId, cancellationToken) is null)
        {
            errors.Add("agent", "No hay un agente con ese código.", "There is no agent with that id.");
        }

        if (filter.TeamId is { } team && roster.All.All(agent => agent.Team != team))
        {
            errors.Add("team", "No hay nadie en un equipo con ese nombre.", "Nobody is in a team of that name.");
        }

        if (filter.ContactId is { } contactId && await contacts.GetAsync(contactId, cancellationToken) is null)
        {
            errors.Add("contact", ContactFunctions.NoSuchContact.Es, ContactFunctions.NoSuchContact.En);
        }
    }
}
