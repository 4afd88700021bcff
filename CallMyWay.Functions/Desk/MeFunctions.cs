using System.Security.Claims;
using System.Text.Json.Serialization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Outcomes;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Desk;

/// <summary>Whoever is signed in: what a screen needs to know of them.</summary>
/// <param name="TimeZone">The account's (IANA), in which times are shown.</param>
/// <param name="Currencies">Those that charges and promises may be in, the account's first.</param>
/// <param name="ContactFields">The contacts' own fields that a call shows, in order.</param>
/// <param name="OutcomeRequired">True where a call that was talked is closed only with an outcome.</param>
/// <param name="Presence">Whether they have paused.</param>
/// <param name="Host">What <c>GET /api/host</c> says, to spare that request.</param>
public sealed record Me(
    string Id,
    string Name,
    IReadOnlyList<Role> Roles,
    IReadOnlyList<MyEndpoint> Endpoints,
    string Language,
    string TimeZone,
    IReadOnlyList<string> Currencies,
    IReadOnlyList<ContactFieldView> ContactFields,
    bool OutcomeRequired,
    PresenceView Presence,
    HostView Host);

/// <summary>How a contact's own field is shown to whoever is signed in: named in their language.</summary>
public sealed record ContactFieldView(string Key, string Label, ContactFieldType Type, string? Currency);

/// <summary>A phone of whoever is signed in, to choose among.</summary>
public sealed record MyEndpoint(string EndpointId, string Label, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? CallerId, bool Private, bool Primary);

[Tags("Agents")]
public sealed class MeFunctions(
    MappingStore mappings,
    DeskRulesStore rules,
    PresenceStore presence,
    Accounts accounts,
    IOptions<ContactFieldsOptions> fields,
    IHostDescription host,
    TimeProvider clock)
{
    [Function("GetMe"), Allow(Role.Agent)]
    [Answers(StatusCodes.Status200OK, typeof(Me))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me")] HttpRequest request, CancellationToken cancellationToken)
    {
        var user = request.HttpContext.User;
        var agentId = user.RequiredAgentId();
        var language = request.Language();
        var endpoints = await mappings.ListForAgentAsync(agentId, cancellationToken);
        var asked = await rules.GetAsync(cancellationToken);
        var pause = await presence.GetPauseAsync(agentId, cancellationToken);
        return TypedResults.Ok(new Me(
            agentId,
            user.Identity?.Name ?? agentId,
            [.. user.Roles()],
            [.. endpoints
                .OrderByDescending(mapping => mapping.Primary)
                .ThenBy(mapping => mapping.Label ?? mapping.Phone, StringComparer.Ordinal)
                .Select(mapping => new MyEndpoint(mapping.EndpointId, mapping.Label ?? mapping.Phone, mapping.CallerId, mapping.Private, mapping.Primary))],
            // The agent's own, whatever this request asks for; an administrator without a row has none.
            user.FindFirstValue(Principal.LanguageClaim) ?? language,
            accounts.Home.TimeZone.Id,
            accounts.Currencies,
            [.. fields.Value.Fields.Select(field => new ContactFieldView(
                field.Key,
                new Phrase(field.Es ?? field.Key, field.En ?? field.Key).In(language),
                field.Kind,
                field.Kind == ContactFieldType.Money ? field.Currency ?? accounts.Home.Currency : null))],
            asked.OutcomeRequired,
            PresenceView.Of(pause, clock.GetUtcNow()),
            host.Describe()));
    }
}
