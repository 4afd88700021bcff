using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Embedding;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>An invitation that was made: its link is shown this once.</summary>
internal sealed record InviteView(string Url, DateTimeOffset ExpiresAt);

/// <summary>The body of a request of the invitation's page.</summary>
internal sealed record InviteInput([property: Needed] string? Token, string? Password);

/// <summary>Who was invited, as the invitation's page greets them.</summary>
internal sealed record InvitedView(string Name, string SignInName, DateTimeOffset ExpiresAt);

/// <summary>Invites an agent by a link, and lets the invited person set a password.</summary>
[Tags("Agents")]
internal sealed class InviteFunctions(
    Invites invites, AgentStore agents, KnownClients clients, Sessions sessions, EmbedTokenStore tokens,
    ISessionScreens screens, SignInNotes notes, AuditLog audit)
{
    private const int LongestToken = 300;

    [Function("InviteAgent"), Allow(Role.Admin), Audits("agent.invited")]
    [Answers(StatusCodes.Status200OK, typeof(InviteView))]
    public async Task<IResult> Invite(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "agents/{agentId}/invite")] HttpRequest request, string agentId, CancellationToken cancellationToken)
    {
        if (await agents.GetAsync(agentId, cancellationToken) is not { } agent)
        {
            return request.NotFound(new("No hay un agente con ese código.", "There is no agent with that id."));
        }

        // Removed in this moment.
        if (await agents.GetAsync(request.HttpContext.User.RequiredAgentId(), cancellationToken) is not { } maker)
        {
            return request.SignInFirst();
        }

        await audit.WriteAsync(
            request, new AuditChange("agent.invited", agent.AgentId, null, null), cancellationToken);
        var (token, expiresAt) = await invites.CreateAsync(agent, maker, cancellationToken);
        // After the #, so that no log on the way has it.
        return TypedResults.Ok(new InviteView($"{request.Scheme}://{request.Host}/invite#{token}", expiresAt));
    }

    [Function("FindInvite"), AllowAnyone("It asks for the token of an invitation, which is random.")]
    [NotAudited("It changes nothing.")]
    [Takes(typeof(InviteInput)), Answers(StatusCodes.Status200OK, typeof(InvitedView))]
    public async Task<IResult> Find(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "invited")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<InviteInput>(cancellationToken);
        return input is null ? refusal!
            : await FindAsync(input, cancellationToken) is { } invite
                ? TypedResults.Ok(new InvitedView(invite.Agent.Name, invite.Agent.SignInName, invite.ExpiresAt))
                : LinkNotValid(request);
    }

    [Function("AcceptInvite"), AllowAnyone("It asks for the token of an invitation, which is random.")]
    [Audits("agent.password-set")]
    [Takes(typeof(InviteInput)), Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> Accept(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "invited/password")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (CrossSite.OriginRefusal(request) is { } foreign)
        {
            return foreign;
        }

        var (input, refusal) = await request.ReadJsonAsync<InviteInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        // The token is checked first, so that nobody without it learns anything.
        if (await FindAsync(input, cancellationToken) is not { } invite)
        {
            return LinkNotValid(request);
        }

        var errors = new FieldErrors();
        if (!PasswordRule.Check(input.Password, errors))
        {
            return request.Invalid(errors);
        }

        var account = await audit.ChangeAsync(
            request,
            new AuditChange("agent.password-set", invite.Agent.AgentId, null, null) { Who = invite.Agent.AgentId },
            () => invites.AcceptAsync(input.Token!, input.Password!, cancellationToken),
            made => made is not null);
        if (account is null)
        {
            return LinkNotValid(request);
        }

        // Whoever was signed in with the password before is not any more.
        await tokens.EndAllAsync(account.AgentId, CancellationToken.None);
        sessions.Forget(account.AgentId);
        screens.CloseAgent(account.AgentId);
        await request.HttpContext.SignOutAsync(Session.Scheme);
        await clients.RememberAsync(request.HttpContext, account, CancellationToken.None);
        await notes.NoteAsync(account.AgentId, null, CancellationToken.None);
        await Session.New(account).StartAsync(request.HttpContext);
        return TypedResults.NoContent();
    }

    private async Task<Invite?> FindAsync(InviteInput input, CancellationToken cancellationToken) =>
        input.Token is { Length: > 0 and <= LongestToken } token
            ? await invites.FindAsync(token, cancellationToken)
            : null;

    private static IResult LinkNotValid(HttpRequest request) => request.Problem(
        StatusCodes.Status403Forbidden,
        new("El enlace ya no sirve", "The link is no longer valid"),
        new(
            "Ya se usó, se venció, se anuló, o hay una invitación más nueva. Pida otra a un administrador.",
            "It was used, has expired, was ended, or there is a newer invitation. Ask an administrator for another."));
}
