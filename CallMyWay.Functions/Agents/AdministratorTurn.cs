using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Agents;

/// <summary>What became of a change that gives or takes the admin role.</summary>
public enum TurnOutcome
{
    Done,

    /// <summary>Another administrator does the same at this moment.</summary>
    Busy,

    /// <summary>Whoever asks is no administrator any more.</summary>
    NotAnAdministrator,
}

/// <summary>
/// Lets one administrator at a time give or take the admin role, and only while they are one themselves. So two who
/// remove each other at the same moment leave one of them, on any number of instances, and nobody who has lost the role
/// gives it back to themself by what an instance still knows of them.
/// </summary>
public sealed class AdministratorTurn(ITables tables, AgentStore agents, TimeProvider clock)
{
    /// <summary>How long a turn lasts that a process left behind. No write of an agent takes so long.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private const string Partition = "turn";

    private const string Key = "administrators";

    private const string Until = "until";

    private readonly ITable _table = tables[StorageNames.Agents];

    /// <summary>Makes the change in a turn of its own.</summary>
    /// <param name="actorId">Who asks for it.</param>
    /// <param name="isAppointed">True where the directory makes them an administrator, whatever their row says.</param>
    /// <param name="change">Gives the role to somebody, or takes it.</param>
    /// <param name="cancellationToken">Heeded before the change.</param>
    public async Task<(TurnOutcome Outcome, T? Result)> TakeAsync<T>(
        string actorId, bool isAppointed, Func<Task<T>> change, CancellationToken cancellationToken)
    {
        if (await BeginAsync(cancellationToken) is not { } etag)
        {
            return (TurnOutcome.Busy, default);
        }

        try
        {
            var actor = isAppointed ? null : await agents.GetAsync(actorId, cancellationToken);
            return isAppointed || actor?.Roles.Contains(Role.Admin) == true
                ? (TurnOutcome.Done, await change())
                : (TurnOutcome.NotAnAdministrator, default);
        }
        finally
        {
            await _table.DeleteAsync(Partition, Key, etag, CancellationToken.None);
        }
    }

    private async Task<string?> BeginAsync(CancellationToken cancellationToken)
    {
        var other = await _table.GetAsync(Partition, Key, cancellationToken);
        // After the read: by an earlier time, a turn that began meanwhile would seem to last too long.
        var now = clock.GetUtcNow();
        var turn = new Row(Partition, Key).Set(Until, now + Longest);
        if (other is null)
        {
            return await _table.InsertAsync(turn, cancellationToken);
        }

        // A time that is further ahead was written before the clock was set back.
        var isHeld = other.Time(Until) is { } until && until > now && until - now <= Longest + ClockSkew.Most;
        return isHeld ? null : await _table.ReplaceAsync(turn.WithETag(other.ETag!), cancellationToken);
    }
}
