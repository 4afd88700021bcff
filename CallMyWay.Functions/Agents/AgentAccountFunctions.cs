using CallMyWay.Functions.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Agents;

/// <summary>Shows whether the agents can sign in, and when they did.</summary>
[Tags("Agents")]
public sealed class AgentAccountFunctions(AgentStore agents, IAgentAccounts accounts)
{
    [Function("ListAgentAccounts"), Allow(Role.Admin)]
    [Answers(StatusCodes.Status200OK, typeof(AgentAccountsView))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "agent-accounts")] HttpRequest request,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(await accounts.ListAsync(await agents.ListAsync(cancellationToken), cancellationToken));
}
