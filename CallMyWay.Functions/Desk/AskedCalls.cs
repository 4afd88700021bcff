using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Outcomes;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Desk;

/// <summary>Reads which calls of the history a request asks for, and refuses what its caller may not ask for.</summary>
public sealed class AskedCalls(
    CallScope scope,
    AgentDirectory agents,
    AgentStore agentStore,
    ContactStore contacts,
    OutcomeStore outcomes,
    Accounts accounts,
    PhoneNumberParser numbers,
    TimeProvider clock)
{
    /// <summary>The filter, or why there is none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="errors">What was wrong so far.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<(CallFilter? Filter, IResult? Refusal)> ReadAsync(
        HttpRequest request, FieldErrors errors, CancellationToken cancellationToken)
    {
        var visible = await scope.FindVisibleAsync(request.HttpContext.User, cancellationToken);
        var filter = CallQuery.Read(request, visible, errors, accounts, numbers, clock.GetUtcNow());
        return errors.Any ? (null, request.Invalid(errors))
            : await IsAllowedAsync(filter, cancellationToken) ? (await WithMergedAsync(filter, cancellationToken), null)
            : (null, NotYours(request));
    }

    // Of a contact that was deleted the calls are listed by the id that was asked for.
    private async ValueTask<CallFilter> WithMergedAsync(CallFilter filter, CancellationToken cancellationToken) =>
        filter.ContactId is { } contactId && await contacts.GetAsync(contactId, cancellationToken) is { } contact
            ? filter with { ContactId = contact.ContactId, MergedIds = contact.Merged ?? [] }
            : filter;

    /// <summary>
    /// Where the first page has nothing, because there is no such agent, team, contact or outcome, what is to be told;
    /// null otherwise. One who left, a contact that was deleted, and an outcome that is offered no more are found with
    /// the calls that they had.
    /// </summary>
    public async Task<FieldErrors?> FindWrongAsync(
        CallFilter filter, CallPage first, CancellationToken cancellationToken)
    {
        if (first is not { Items.Count: 0, Next: null }
            || filter is { AgentId: null, TeamId: null, ContactId: null, Outcome: null })
        {
            return null;
        }

        var errors = new FieldErrors();
        var roster = await agents.ReadAsync(cancellationToken);
        if (filter.AgentId is { } agentId && roster.Find(agentId) is null
            && await agentStore.FindDeletedAsync(agentId, cancellationToken) is null)
        {
            errors.Add("agent", AgentFunctions.NoSuchAgent.Es, AgentFunctions.NoSuchAgent.En);
        }

        if (filter.TeamId is { } team && roster.All.All(agent => agent.Team != team))
        {
            errors.Add("team", AgentFunctions.NoSuchTeam.Es, AgentFunctions.NoSuchTeam.En);
        }

        if (filter.ContactId is { } contactId && await contacts.GetAsync(contactId, cancellationToken) is null)
        {
            errors.Add("contact", ContactFunctions.NoSuchContact.Es, ContactFunctions.NoSuchContact.En);
        }

        if (filter.Outcome is { } code
            && (await outcomes.GetAsync(cancellationToken)).Items.All(outcome => outcome.Code != code))
        {
            errors.Add("outcome", "No hay un resultado con ese código.", "There is no outcome with that code.");
        }

        return errors.Any ? errors : null;
    }

    // No administrator is needed for it: most often it is an address that a colleague has sent.
    private static IResult NotYours(HttpRequest request) => request.Problem(
        StatusCodes.Status403Forbidden,
        new("Son llamadas de otras personas", "They are calls of others"),
        new(
            "Este filtro pide llamadas de otro equipo o de otra persona, y usted no puede verlas. Sin él verá las suyas.",
            "This filter asks for calls of another team or person, which you may not see. Without it you see yours."));

    private async ValueTask<bool> IsAllowedAsync(CallFilter filter, CancellationToken cancellationToken) =>
        (filter.TeamId is not { } team || filter.Visible.IsAll || team == filter.Visible.Team)
        && (filter.AgentId is null || await scope.IncludesAsync(filter.Visible, filter.AgentId, cancellationToken));
}
