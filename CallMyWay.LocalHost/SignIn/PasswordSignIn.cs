using CallMyWay.Functions.Agents;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>What became of a try to sign in.</summary>
internal enum SignInOutcome
{
    WrongPassword,
    Locked,
    Busy,
    SignedIn,
}

/// <summary>
/// The outcome of a try; the account where it signed in, and how long to wait where it was not taken.
/// </summary>
internal readonly record struct SignInResult(
    SignInOutcome Outcome, LocalAccount? Account = null, TimeSpan Wait = default);

/// <summary>Checks a name and a password, with the line and the guard before it.</summary>
internal sealed class PasswordSignIn(
    LocalAccounts accounts, AgentStore agents, KnownClients clients, SignInQueue queue, SignInGuard guard)
{
    /// <summary>Tries it, and counts it. It does not stop where the caller hangs up: a guess is a guess.</summary>
    public async Task<SignInResult> TryAsync(string name, string password, HttpRequest request)
    {
        // By the agent's id where there is one: an agent has two names to sign in with, and one count of failures.
        var agent = await agents.FindBySignInNameAsync(name, CancellationToken.None);
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

        // Read again: the password may have changed while others had their turn.
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
