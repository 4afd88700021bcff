namespace CallMyWay.Functions.Operator;

/// <summary>
/// Asks the operator for records, each time in a moment that is reserved for it (<see cref="OperatorPace"/>).
/// </summary>
public sealed class PacedRecords(
    CallMyWayClient operatorClient, OperatorPace pace, PaceRule rule, TimeProvider clock)
{
    /// <summary>A moment that passes before the operator is reached is lost, and another is reserved.</summary>
    private const int MaxMissed = 3;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>True if the settings have the account's password.</summary>
    public bool Knows(Account account) => operatorClient.Knows(account.Username);

    /// <summary>
    /// Waits for the next free moment and asks. Null where so many wait for the account that it would take too long:
    /// come again later.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="query">Which records.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <param name="onTurn">Called when the request's moment has come; of several the last one counts.</param>
    public Task<RecordsAnswer?> AskAsync(
        Account account, RecordsQuery query, CancellationToken cancellationToken, Action? onTurn = null) =>
        AskAsync(account, query, pace.ReserveAsync, cancellationToken, onTurn);

    /// <summary>
    /// Asks if nobody else asks or waits. Null otherwise: come again after <see cref="PaceRule.Interval"/>.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="query">Which records.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <param name="onTurn">Called when the request's moment has come; of several the last one counts.</param>
    public Task<RecordsAnswer?> AskIfFreeAsync(
        Account account, RecordsQuery query, CancellationToken cancellationToken, Action? onTurn = null) =>
        AskAsync(account, query, pace.ReserveIfFreeAsync, cancellationToken, onTurn);

    private async Task<RecordsAnswer?> AskAsync(
        Account account,
        RecordsQuery query,
        Func<string, TimeSpan, CancellationToken, Task<DateTimeOffset?>> reserve,
        CancellationToken cancellationToken,
        Action? onTurn = null)
    {
        RecordsAnswer? answer = null;
        var ahead = rule.Ahead;
        for (var attempt = 0; attempt < MaxMissed; attempt++)
        {
            // A moment that was missed stays reserved: after it nothing is free, though nobody else waits.
            var next = attempt == 0 ? reserve : pace.ReserveAsync;
            if (await next(account.Username, ahead, cancellationToken) is not { } moment)
            {
                return answer;
            }

            await WaitUntilAsync(moment - ahead, cancellationToken);
            var isMissed = false;
            answer = await operatorClient.AskRecordsAsync(
                account.Username,
                query,
                async () =>
                {
                    await WaitUntilAsync(moment, cancellationToken);
                    isMissed = clock.GetUtcNow() - moment > OperatorPace.Window;
                    onTurn?.Invoke();
                    return !isMissed;
                });
            if (!isMissed)
            {
                return answer;
            }

            answer = answer with { Result = RecordsResult.TooLate };
            // The connection takes longer than that.
            ahead = 3 * rule.Ahead;
        }

        return answer;
    }

    private async Task WaitUntilAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        // A timer can be a little early.
        while (moment - clock.GetUtcNow() is { Ticks: > 0 } left)
        {
            await Task.Delay(left > Tick ? left : Tick, clock, cancellationToken);
        }
    }
}
