using System.Security.Claims;
using System.Text.Json.Serialization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.FirstSteps;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Outcomes;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Desk;

/// <summary>Whoever is signed in: what a screen needs to know of them.</summary>
/// <param name="TimeZone">The account's (IANA), in which times are shown.</param>
/// <param name="Currencies">Those that charges and promises may be in, the account's first.</param>
/// <param name="ContactFields">The contacts' own fields that a call shows, in order.</param>
/// <param name="OutcomeRequired">True where a call that was talked is closed only with an outcome.</param>
/// <param name="Presence">Whether they have paused.</param>
/// <param name="FirstSteps">True where an administrator lands on the first steps; else null.</param>
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
    HostView Host,
    bool? FirstSteps);

/// <summary>How a contact's own field is shown to whoever is signed in: named in their language.</summary>
/// <param name="Choices">The values to choose from; only of a choice.</param>
/// <param name="Required">True where the form of a contact asks for it.</param>
public sealed record ContactFieldView(
    string Key, string Label, ContactFieldType Type, string? Currency, IReadOnlyList<string>? Choices, bool? Required)
{
    /// <param name="field">The field.</param>
    /// <param name="language">The language of its name.</param>
    /// <param name="currency">Of amounts without a currency of their own.</param>
    public static ContactFieldView Of(ContactFieldDefinition field, string language, string currency) => new(
        field.Key,
        new Phrase(field.Label.Es, field.Label.En).In(language),
        field.Kind switch
        {
            ContactFieldKind.Amount => ContactFieldType.Money,
            ContactFieldKind.Number => ContactFieldType.Number,
            ContactFieldKind.Date => ContactFieldType.Date,
            ContactFieldKind.Choice => ContactFieldType.Choice,
            _ => ContactFieldType.Text,
        },
        field.Kind == ContactFieldKind.Amount ? field.Currency ?? currency : null,
        field.Choices,
        field.Required ? true : null);
}

/// <summary>A phone of whoever is signed in, to choose among.</summary>
public sealed record MyEndpoint(string EndpointId, string Label, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? CallerId, bool Private, bool Primary);

[Tags("Agents")]
public sealed class MeFunctions(
    MappingStore mappings,
    DeskRulesStore rules,
    PresenceStore presence,
    FirstStepsProgress firstSteps,
    Accounts accounts,
    ContactFieldStore fields,
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
        var own = await fields.GetRecentAsync(cancellationToken);
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
            [.. own.Fields.Select(field => ContactFieldView.Of(field, language, accounts.Home.Currency))],
            asked.OutcomeRequired,
            PresenceView.Of(pause, clock.GetUtcNow()),
            host.Describe(),
            user.Has(Role.Admin) && await firstSteps.IsLandingAsync(agentId, cancellationToken) ? true : null));
    }
}
