using System.Net;
using CallMyWay.Functions.Agents;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>What became of a try to sign in: a session, or how long to wait, or neither where name or password is wrong.</summary>
internal readonly record struct SignInResult(Session? Session, TimeSpan LockedFor);

/// <summary>Checks a name and a password, with the guard before it.</summary>
internal sealed class PasswordSignIn(LocalAccounts accounts, AgentStore agents, SignInGuard guard) : IDisposable
{
    // Tries for one account go one after the other, so that a hundred at once count as a hundred.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    public async Task<SignInResult> TryAsync(string name, string password, IPAddress? address, CancellationToken cancellationToken)
    {
        // By the agent's id where there is one: an agent has two names to sign in with, and one count of failures.
        var agent = await agents.FindBySignInNameAsync(name, cancellationToken);
        var counted = agent?.AgentId ?? name;
        var turn = _turns[(uint)StringComparer.OrdinalIgnoreCase.GetHashCode(counted.Trim()) % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            var lockedFor = await guard.LockedForAsync(counted, address, cancellationToken);
            if (lockedFor > TimeSpan.Zero)
            {
                return new SignInResult(null, lockedFor);
            }

            var account = await accounts.FindAsync(counted, cancellationToken);
            if (!await accounts.VerifyAsync(agent is not null && account?.IsOf(agent) == true ? account : null, password, cancellationToken))
            {
                // Counted also where the caller has hung up by now.
                await guard.FailedAsync(counted, address, CancellationToken.None);
                return default;
            }

            await guard.SucceededAsync(counted, cancellationToken);
            return new SignInResult(Session.New(account!), TimeSpan.Zero);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => Array.ForEach(_turns, turn => turn.Dispose());
}
