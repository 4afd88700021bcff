using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Embedding;
using CallMyWay.Functions.Presence;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>Ends sessions everywhere, and lifts locks. Only this host has them: on Azure the directory does.</summary>
[Tags("Agents")]
internal sealed class AccountFunctions(
    AgentStore agents, LocalAccounts accounts, Sessions sessions, EmbedTokenStore tokens, ISessionScreens screens,
    Invites invites, SignInGuard guard, SignInQueue queue, AgentPresence presence, AuditLog audit)
{
    private static readonly Phrase NoSuchAgent = new(
        "No hay un agente con ese código.", "There is no agent with that id.");

    [Function("SignOutAgent"), Allow(Role.Admin), Audits("agent.signed-out")]
    [Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> SignOutAgent(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "agents/{agentId}/sign-out")] HttpRequest request, string agentId, CancellationToken cancellationToken)
    {
        if (await agents.GetAsync(agentId, cancellationToken) is null)
        {
            return request.NotFound(NoSuchAgent);
        }

        await EndAllAsync(request, agentId, cancellationToken);
        return TypedResults.NoContent();
    }

    [Function("SignOutEverywhere"), Allow(Role.Agent), NotEmbedded, Audits("agent.signed-out")]
    [Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> SignOutEverywhere(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "me/sessions")] HttpRequest request, CancellationToken cancellationToken)
    {
        await EndAllAsync(request, request.HttpContext.User.RequiredAgentId(), cancellationToken);
        await request.HttpContext.SignOutAsync(Session.Scheme);
        return TypedResults.NoContent();
    }

    [Function("UnlockAgent"), Allow(Role.Admin), Audits("agent.unlocked")]
    [Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> Unlock(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "agents/{agentId}/unlock")] HttpRequest request, string agentId, CancellationToken cancellationToken)
    {
        if (await agents.GetAsync(agentId, cancellationToken) is null)
        {
            return request.NotFound(NoSuchAgent);
        }

        await audit.WriteAsync(request, new AuditChange("agent.unlocked", agentId, null, null), cancellationToken);
        // In a turn of its own: a try that is under way would write its count again.
        using var turn = await queue.EnterAsync(
            new SignInClient($"unlock {agentId}", "", Device: null, IsKnown: true));
        if (turn is null)
        {
            return request.Problem(
                StatusCodes.Status503ServiceUnavailable,
                new("Muchos inicios de sesión a la vez", "Many sign-ins at once"),
                new("Espere unos segundos e intente de nuevo.", "Wait some seconds and try again."));
        }

        await guard.UnlockAsync(agentId, cancellationToken);
        return TypedResults.NoContent();
    }

    private async Task EndAllAsync(HttpRequest request, string agentId, CancellationToken cancellationToken)
    {
        await audit.WriteAsync(request, new AuditChange("agent.signed-out", agentId, null, null), cancellationToken);
        await accounts.RenewStampAsync(agentId, CancellationToken.None);
        // A link in other hands is a way back in.
        await invites.EndAsync(agentId, CancellationToken.None);
        await tokens.EndAllAsync(agentId, CancellationToken.None);
        sessions.Forget(agentId);
        screens.CloseAgent(agentId);
        await presence.CloseAsync(agentId);
    }
}
