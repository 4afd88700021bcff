using CallMyWay.Functions.Agents;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>The result of a sign-in.</summary>
internal enum SignInOutcome
{
    WrongPassword,
    Locked,
    Busy,
    SignedIn,
}

/// <summary>
/// The result of a sign-in: the account if it succeeded, and how long to wait if it was not accepted.
/// </summary>
internal readonly record struct SignInResult(
    SignInOutcome Outcome, LocalAccount? Account = null, TimeSpan Wait = default);

/// <summary>Checks a name and a password, after the queue and the guard.</summary>
internal sealed class PasswordSignIn(
    LocalAccounts accounts, AgentStore agents, KnownClients clients, SignInQueue queue, SignInGuard guard)
{
    /// <summary>
    /// Checks the password and counts the try. It continues even if the caller disconnects, so that each guess is
    /// counted.
    /// </summary>
    public async Task<SignInResult> TryAsync(string name, string password, HttpRequest request) =>
        await TryAsync(await agents.FindBySignInNameAsync(name, CancellationToken.None), name, password, request);

    /// <summary>
    /// The same for an agent who is known already. By the id another could be found: it may be their sign-in name.
    /// </summary>
    public Task<SignInResult> TryAsync(Agent agent, string password, HttpRequest request) =>
        TryAsync(agent, agent.AgentId, password, request);

    private async Task<SignInResult> TryAsync(Agent? agent, string name, string password, HttpRequest request)
    {
        // By the agent's id if there is an agent: the agent's two sign-in names share one count of failures.
        var counted = agent?.AgentId ?? name;
        var client = await clients.FindAsync(request, counted, await FindAccountAsync(counted, agent));
        using var turn = await queue.EnterAsync(client);
        if (turn is null)
        {
            return new SignInResult(SignInOutcome.Busy, Wait: SignInQueue.Wait);
        }

        var attempt = await guard.BeginAsync(client);
        if (attempt.LockedFor > TimeSpan.Zero)
        {
            return new SignInResult(SignInOutcome.Locked, Wait: attempt.LockedFor);
        }

        // Read again, as the password may have changed while this try was waiting.
        var account = await FindAccountAsync(counted, agent);
        if (!await accounts.VerifyAsync(account, password, request.HttpContext.RequestAborted))
        {
            return default;
        }

        await guard.SucceededAsync(attempt);
        return new SignInResult(SignInOutcome.SignedIn, account);
    }

    private async Task<LocalAccount?> FindAccountAsync(string name, Agent? agent)
    {
        var account = await accounts.FindAsync(name, CancellationToken.None);
        return agent is not null && account?.BelongsTo(agent) == true ? account : null;
    }
}
