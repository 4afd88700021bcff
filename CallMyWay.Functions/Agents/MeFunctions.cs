using CallMyWay.Functions.Api;
using CallMyWay.Functions.Mappings;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Agents;

/// <summary>Whoever is signed in: what a screen needs to know of them.</summary>
public sealed record Me(string Id, string Name, IReadOnlyList<Role> Roles, IReadOnlyList<MyEndpoint> Endpoints, string Language);

/// <summary>A phone of whoever is signed in, to choose among.</summary>
public sealed record MyEndpoint(string EndpointId, string Label, string? CallerId, bool Private, bool Primary);

public sealed class MeFunctions(AgentStore agents, MappingStore mappings)
{
    [Function("GetMe"), Allow(Role.Agent)]
    [Answers(StatusCodes.Status200OK, typeof(Me))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me")] HttpRequest request, CancellationToken cancellationToken)
    {
        var agentId = request.HttpContext.User.RequiredAgentId();
        if (await agents.GetAsync(agentId, cancellationToken) is not { } agent)
        {
            return request.SignInFirst();
        }

        var endpoints = await mappings.OfAgentAsync(agentId, cancellationToken);
        return TypedResults.Ok(new Me(
            agent.AgentId,
            agent.Name,
            agent.Roles,
            [.. endpoints
                .OrderByDescending(mapping => mapping.Primary)
                .ThenBy(mapping => mapping.Label ?? mapping.Phone, StringComparer.Ordinal)
                .Select(mapping => new MyEndpoint(mapping.EndpointId, mapping.Label ?? mapping.Phone, mapping.CallerId, mapping.Private, mapping.Primary))],
            agent.Language));
    }
}
