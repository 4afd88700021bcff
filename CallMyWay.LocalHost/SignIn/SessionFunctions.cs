using System.Globalization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Embedding;
using CallMyWay.Functions.Presence;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>The body of a sign-in.</summary>
internal sealed record Credentials([property: Needed] string? Agent, [property: Needed] string? Password);

/// <summary>The body of a change of one's own password.</summary>
internal sealed record PasswordChange([property: Needed] string? Current, [property: Needed] string? Password);

/// <summary>The body that sets an agent's password.</summary>
internal sealed record NewPassword([property: Needed] string? Password);

/// <summary>Sign-in, sign-out and passwords. Only this host has them: on Azure the platform signs in.</summary>
internal sealed class SessionFunctions(
    PasswordSignIn signIn, LocalAccounts accounts, KnownClients clients, AgentStore agents, Sessions sessions,
    EmbedTokenStore tokens, ISessionScreens screens, Invites invites, SignInNotes notes, AgentPresence presence,
    AuditLog audit)
{
    /// <summary>The address that takes passwords, also with more segments behind it.</summary>
    public const string Route = "session";

    [Function("SignIn"), AllowAnyone("It is the sign-in. Guesses are counted and held up.")]
    [NotAudited("It begins a session of one's own.")]
    [Takes(typeof(Credentials)), Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> SignIn(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        CancellationToken cancellationToken)
    {
        if (CrossSite.OriginRefusal(request) is { } foreign)
        {
            return foreign;
        }

        var (input, refusal) = await request.ReadJsonAsync<Credentials>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        if (Missing(input) is { Any: true } errors)
        {
            return request.Invalid(errors);
        }

        var result = await signIn.TryAsync(input.Agent!, input.Password!, request);
        if (result.Account is not { } account)
        {
            return TryLater(request, result) ?? WrongPassword(request);
        }

        sessions.Forget(account.AgentId);
        await StartAsync(request.HttpContext, account, cancellationToken);
        return TypedResults.NoContent();
    }

    [Function("SignOut"), AllowAnyone("Signing out without being signed in changes nothing.")]
    [NotAudited("It ends a session of one's own.")]
    [Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> SignOut(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route)] HttpRequest request,
        CancellationToken cancellationToken)
    {
        if (await Session.AuthenticateAsync(request.HttpContext))
        {
            if (CrossSite.Refusal(request) is { } foreign)
            {
                return foreign;
            }

            var session = request.HttpContext.Features.Get<Session>()!;
            await sessions.EndAsync(session, cancellationToken);
            screens.CloseSession(session.Id);
            // Who works on in another session is still there.
            if (!screens.Sessions.Any(other => other.AgentId == session.AgentId && other.Id != session.Id))
            {
                await presence.LeaveAsync(session.AgentId);
            }
        }

        await request.HttpContext.SignOutAsync(Session.Scheme);
        return TypedResults.NoContent();
    }

    [Function("ChangeOwnPassword"), Allow(Role.Agent), NotEmbedded, Audits("agent.password-set")]
    [Takes(typeof(PasswordChange)), Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> ChangeOwnPassword(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = $"{Route}/password")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<PasswordChange>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = new FieldErrors();
        PasswordRule.Check(input.Password, errors);
        if (string.IsNullOrEmpty(input.Current) || input.Current.Length > LocalAccounts.LongestPassword)
        {
            errors.Add("current", "Escriba su contraseña actual.", "Write your current password.");
        }

        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        // Read before the password is checked. If the agent is deleted and created again after that, the new password
        // is not valid for the new agent.
        var agentId = request.HttpContext.User.RequiredAgentId();
        if (await agents.GetAsync(agentId, cancellationToken) is not { } agent)
        {
            return request.SignInFirst();
        }

        var result = await signIn.TryAsync(agent, input.Current!, request);
        if (result.Account is null)
        {
            return TryLater(request, result) ?? request.Invalid(
                new FieldErrors().Add("current", "No es su contraseña actual.", "It is not your current password."));
        }

        // Ends every session, and starts a new one for the caller.
        var account = await SetPasswordAsync(request, agent, input.Password!, cancellationToken);
        await StartAsync(request.HttpContext, account, cancellationToken);
        return TypedResults.NoContent();
    }

    [Function("SetAgentPassword"), Allow(Role.Admin), Audits("agent.password-set")]
    [Takes(typeof(NewPassword)), Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> SetAgentPassword(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "agents/{agentId}/password")] HttpRequest request, string agentId, CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<NewPassword>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = new FieldErrors();
        if (!PasswordRule.Check(input.Password, errors))
        {
            return request.Invalid(errors);
        }

        if (await agents.GetAsync(agentId, cancellationToken) is not { } agent)
        {
            return request.NotFound(new("No hay un agente con ese código.", "There is no agent with that id."));
        }

        await SetPasswordAsync(request, agent, input.Password!, cancellationToken);
        return TypedResults.NoContent();
    }

    private async Task<LocalAccount> SetPasswordAsync(
        HttpRequest request, Agent agent, string password, CancellationToken cancellationToken)
    {
        await audit.WriteAsync(
            request, new AuditChange("agent.password-set", agent.AgentId, null, null), cancellationToken);
        var account = await accounts.SetPasswordAsync(agent, password, cancellationToken);
        // Whoever has an older link must not set the password again.
        await invites.EndAsync(agent.AgentId, CancellationToken.None);
        await tokens.EndAllAsync(agent.AgentId, CancellationToken.None);
        sessions.Forget(agent.AgentId);
        screens.CloseAgent(agent.AgentId);
        await presence.CloseAsync(agent.AgentId);
        return account;
    }

    private async Task StartAsync(HttpContext context, LocalAccount account, CancellationToken cancellationToken)
    {
        await clients.RememberAsync(context, account, cancellationToken);
        await notes.NoteAsync(account.AgentId, null, CancellationToken.None);
        await Session.New(account).StartAsync(context);
    }

    private static FieldErrors Missing(Credentials input)
    {
        var errors = new FieldErrors();
        if (string.IsNullOrWhiteSpace(input.Agent) || input.Agent.Length > 254)
        {
            errors.Add("agent", "Escriba su usuario.", "Write your name.");
        }

        if (string.IsNullOrEmpty(input.Password) || input.Password.Length > LocalAccounts.LongestPassword)
        {
            errors.Add("password", "Escriba su contraseña.", "Write your password.");
        }

        return errors;
    }

    private static IResult WrongPassword(HttpRequest request) => request.Problem(
        StatusCodes.Status401Unauthorized,
        new("No se pudo iniciar sesión", "Sign-in failed"),
        new("El usuario o la contraseña no son correctos.", "The name or the password is not right."));

    /// <summary>The answer to a try that was not accepted; null if it was.</summary>
    private static IResult? TryLater(HttpRequest request, SignInResult result)
    {
        if (result.Outcome is not (SignInOutcome.Locked or SignInOutcome.Busy))
        {
            return null;
        }

        var seconds = (int)Math.Ceiling(result.Wait.TotalSeconds);
        request.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return request.Problem(
            StatusCodes.Status429TooManyRequests,
            result.Outcome == SignInOutcome.Locked
                ? new("Demasiados intentos", "Too many tries")
                : new("Muchos inicios de sesión a la vez", "Many sign-ins at once"),
            new($"Espere {seconds} segundos e intente de nuevo.", $"Wait {seconds} seconds and try again."));
    }
}
