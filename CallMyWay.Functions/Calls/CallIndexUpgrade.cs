using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Calls;

/// <summary>
/// Gives the calls of 0.1 the index rows of this release. That release had a partition for each day (<c>day~…</c>), in
/// which a row names each call. Those rows are the list of what is to be done: each goes once its call has the new
/// rows. So it can be broken off, and finds what an instance of 0.1 that is still running writes meanwhile. Calls of
/// 0.1 don't say which team an agent was in: it is the agent's team of now. Then come the calls that were derived by
/// earlier rules (<see cref="Call.Form"/>): by those of now other index rows may lead to them. These are found by going
/// over all calls once.
/// </summary>
public sealed partial class CallIndexUpgrade(
    ITables tables,
    CallStore calls,
    CallWriter writer,
    AgentStore agents,
    TimeProvider clock,
    ILogger<CallIndexUpgrade> logger) : IUpgrade
{
    private const string Day = "day~";

    private const int PageSize = 200;

    /// <summary>How many calls are written at once; each has some index rows.</summary>
    private const int CallsAtOnce = 4;

    /// <summary>How many days are gone through from the newest to the oldest, as people look at those first.</summary>
    private const int NewestDays = 62;

    private const string DonePartition = "upgrade";

    private const string FormColumn = "form";

    private static readonly StoredJson<CallKey> Stored = new(CallsJson.Default);

    private readonly ITable _index = tables[StorageNames.CallIndex];

    private readonly ITable _calls = tables[StorageNames.Calls];

    private readonly ITable _done = tables[StorageNames.Sweeps];

    public async Task<bool> RunAsync(
        Func<CancellationToken, Task<bool>> mayGoOn, CancellationToken cancellationToken) =>
        await UpgradeDaysAsync(mayGoOn, cancellationToken) && await UpgradeFormsAsync(mayGoOn, cancellationToken);

    private async Task<bool> UpgradeFormsAsync(
        Func<CancellationToken, Task<bool>> mayGoOn, CancellationToken cancellationToken)
    {
        var reached = await _done.GetAsync(DonePartition, StorageNames.Calls, cancellationToken);
        if (reached?.Number(FormColumn) >= Call.CurrentForm)
        {
            return true;
        }

        var done = 0;
        RowKey? after = null;
        while (await _calls.ScanAsync(after, PageSize, cancellationToken) is { Count: > 0 } rows)
        {
            if (!await mayGoOn(cancellationToken))
            {
                return false;
            }

            foreach (var some in rows.Select(TryRead).Where(call => call?.IsOfEarlierRelease == true).Chunk(CallsAtOnce))
            {
                await Task.WhenAll(some.Select(call => WriteAgainAsync(call!, cancellationToken)));
                done += some.Length;
            }

            after = RowKey.Of(rows[^1]);
        }

        await _done.UpsertAsync(
            new Row(DonePartition, StorageNames.Calls).Set(FormColumn, Call.CurrentForm), cancellationToken);
        if (done > 0)
        {
            Log.DerivedAnew(logger, done);
        }

        return true;
    }

    // Whoever changes the call meanwhile writes it, with its index rows, by the rules of now.
    private async Task WriteAgainAsync(Call found, CancellationToken cancellationToken)
    {
        try
        {
            var write = writer.Begin(writesAll: true);
            var call = found;
            while (call?.IsOfEarlierRelease == true
                && await write.SaveAgainAsync(call, cancellationToken) is null)
            {
                call = await calls.GetAsync(found.Key, cancellationToken);
            }
        }
        catch (Exception exception) when (IsOfTheCall(exception))
        {
            Log.Unreadable(logger, exception.GetType().Name);
        }
    }

    private Call? TryRead(Row row)
    {
        try
        {
            return CallStore.Read(row);
        }
        catch (Exception exception) when (IsOfTheCall(exception))
        {
            Log.Unreadable(logger, exception.GetType().Name);
            return null;
        }
    }

    private async Task<bool> UpgradeDaysAsync(
        Func<CancellationToken, Task<bool>> mayGoOn, CancellationToken cancellationToken)
    {
        if ((await DaysAsync(1, cancellationToken)).Count == 0)
        {
            return true;
        }

        var done = 0;
        var teams = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var day = -1; day < NewestDays; day++)
        {
            var date = clock.GetUtcNow().UtcDateTime.AddDays(-day);
            var range = new RowRange(FormattableString.Invariant($"{Day}{date:yyyyMMdd}")) { Take = PageSize };
            while (await _index.ReadAsync(range, cancellationToken) is { Count: > 0 } rows)
            {
                if (!await mayGoOn(cancellationToken))
                {
                    return false;
                }

                await UpgradeAsync(rows, teams, cancellationToken);
                done += rows.Count;
            }
        }

        while (await DaysAsync(PageSize, cancellationToken) is { Count: > 0 } rows)
        {
            if (!await mayGoOn(cancellationToken))
            {
                return false;
            }

            await UpgradeAsync(rows, teams, cancellationToken);
            done += rows.Count;
        }

        Log.Upgraded(logger, done);
        return true;
    }

    /// <summary>The first rows of the days, the oldest first.</summary>
    private async Task<IReadOnlyList<Row>> DaysAsync(int take, CancellationToken cancellationToken)
    {
        var rows = await _index.ScanAsync(new RowKey(Day, Day), take, cancellationToken);
        return [.. rows.TakeWhile(row => Keys.Beginning(row.Partition) == Day)];
    }

    private async Task UpgradeAsync(
        IReadOnlyList<Row> rows, Dictionary<string, string?> teams, CancellationToken cancellationToken)
    {
        foreach (var some in rows.Chunk(CallsAtOnce))
        {
            var found = await Task.WhenAll(some.Select(row => FindAsync(row, cancellationToken)));
            foreach (var agent in found.OfType<Call>().SelectMany(call => call.Agents))
            {
                if (!teams.ContainsKey(agent.AgentId))
                {
                    teams[agent.AgentId] = await TeamOfAsync(agent.AgentId, cancellationToken);
                }
            }

            await Task.WhenAll(found.OfType<Call>().Select(call => UpgradeAsync(call, teams, cancellationToken)));
        }

        foreach (var day in rows.GroupBy(row => row.Partition))
        {
            await _index.DeleteUnchangedAsync([.. day], cancellationToken);
        }
    }

    private async Task UpgradeAsync(
        Call found, Dictionary<string, string?> teams, CancellationToken cancellationToken)
    {
        try
        {
            var write = writer.Begin(writesAll: true);
            for (var call = found; call is not null; call = await calls.GetAsync(found.Key, cancellationToken))
            {
                var next = call.With(WithTeams(call.Facts, teams));
                if (await write.SaveAsync(next, call, [], cancellationToken) is not null)
                {
                    await write.EndAsync();
                    return;
                }
            }
        }
        catch (Exception exception) when (IsOfTheCall(exception))
        {
            Log.Unreadable(logger, exception.GetType().Name);
        }
    }

    private async Task<Call?> FindAsync(Row row, CancellationToken cancellationToken)
    {
        try
        {
            return await calls.GetAsync(Stored.FromRow(row), cancellationToken);
        }
        catch (Exception exception) when (IsOfTheCall(exception))
        {
            Log.Unreadable(logger, exception.GetType().Name);
            return null;
        }
    }

    private async Task<string?> TeamOfAsync(string agentId, CancellationToken cancellationToken)
    {
        try
        {
            return (await agents.GetAsync(agentId, cancellationToken))?.Team;
        }
        catch (Exception exception) when (IsOfTheCall(exception))
        {
            return null;
        }
    }

    private static CallFacts WithTeams(CallFacts facts, Dictionary<string, string?> teams)
    {
        return facts with
        {
            Earlier = facts.Earlier is { } earlier
                ? earlier with
                {
                    Agents = [.. earlier.Agents.Select(heard => heard with { Agent = WithTeam(heard.Agent) })],
                }
                : null,
            Notifications = [.. facts.Notifications.Select(fact => fact with { Agents = AllWithTeam(fact.Agents) })],
            Records = [.. facts.Records.Select(fact => fact with { Agents = AllWithTeam(fact.Agents) })],
        };

        IReadOnlyList<CallAgent>? AllWithTeam(IReadOnlyList<CallAgent>? all) =>
            all is null ? null : [.. all.Select(WithTeam)];

        CallAgent WithTeam(CallAgent agent) =>
            agent.Team is null ? agent with { Team = teams.GetValueOrDefault(agent.AgentId) } : agent;
    }

    // One call that can't be read keeps nobody from the others. The repair tells of it.
    private static bool IsOfTheCall(Exception exception) =>
        exception is not (OperationCanceledException or StorageException);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Calls} calls of an earlier release have index rows of this one now.")]
        public static partial void Upgraded(ILogger logger, int calls);

        [LoggerMessage(LogLevel.Information, "{Calls} calls were derived anew, by the rules of this release.")]
        public static partial void DerivedAnew(ILogger logger, int calls);

        [LoggerMessage(LogLevel.Warning, "A call of an earlier release can't be read ({Error}), and is in no list.")]
        public static partial void Unreadable(ILogger logger, string error);
    }
}
