using CallMyWay.Functions.Agents;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>
/// Once a minute, deletes accounts whose agent was deleted, and disconnects screens whose session is no longer valid.
/// (A deleted agent can't sign in even before that: see <see cref="LocalAccount.BelongsTo"/>.)
/// </summary>
internal sealed partial class SessionWatch(
    LocalAccounts accounts, KnownClients clients, AgentStore agents, Sessions sessions, ISessionScreens screens,
    TimeProvider time, ILogger<SessionWatch> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Sessions.Recheck, time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CheckAsync(stoppingToken);
                await timer.WaitForNextTickAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.Failed(logger, exception);
                await Task.Delay(Sessions.Recheck, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var account in await accounts.ListAsync(cancellationToken))
        {
            if (await agents.GetAsync(account.AgentId, cancellationToken) is not { } agent || !account.BelongsTo(agent))
            {
                await accounts.DeleteAsync(account, cancellationToken);
                await clients.ForgetAsync(account.AgentId, cancellationToken);
                sessions.Forget(account.AgentId);
            }
        }

        foreach (var session in screens.Sessions)
        {
            if (await sessions.FindUserAsync(session.AgentId, session.Stamp, session.Id, cancellationToken) is null)
            {
                screens.CloseSession(session.Id);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The sessions could not be checked; trying again in a minute.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
