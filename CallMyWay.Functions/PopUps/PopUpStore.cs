using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.PopUps;

/// <summary>
/// Which calls are open on which agent's screens: partition the agent, key newest first, a row that names the call.
/// What a pop-up shows is the call's; whether it is still open the call knows, so that a row that a crash left behind
/// opens nothing.
/// </summary>
public sealed class PopUpStore(ITables tables, CallStore calls, TimeProvider clock) : IAgentRemains
{
    /// <summary>
    /// After this a pop-up goes away by itself: nobody comes back to it, and the call is in the list of calls.
    /// </summary>
    public static readonly TimeSpan OpenFor = TimeSpan.FromHours(12);

    private static readonly StoredJson<CallKey> Stored = new(CallsJson.Default);

    private readonly ITable _table = tables[StorageNames.PopUps];

    /// <summary>
    /// The rows that open the call for the agents for whom it was not there before, unless a colleague has it. To be
    /// written before the call is saved.
    /// </summary>
    public IEnumerable<IndexRow> RowsOf(Call call, Call? before) =>
        from agent in call.Agents
        where agent is { AcknowledgedAt: null, TiedAt: null } && !IsExpired(call)
            && !call.IsTakenFrom(agent.AgentId)
            // Whom a colleague took it from, and who was done with it, may get it again: it rings there once more. So
            // may whom a later mapping gave it.
            && (before?.AgentOf(agent.AgentId) is not { AcknowledgedAt: null, TiedAt: null }
                || before.IsTakenFrom(agent.AgentId))
        select new IndexRow(
            StorageNames.PopUps, Stored.ToRow(Partition(agent.AgentId), KeyOf(call), call.Key));

    /// <summary>A page of the agent's open calls, newest first.</summary>
    public async Task<Page<Call>> ListAsync(string agentId, PageRequest page, CancellationToken cancellationToken)
    {
        var range = new RowRange(Partition(agentId))
        {
            From = page.After?.From,
            Before = Keys.NewestFirst(clock.GetUtcNow() - OpenFor),
            // One more tells whether there is a next page.
            Take = page.Take + 1,
        };
        var open = new List<Call>();
        while (true)
        {
            var rows = await _table.ReadAsync(range, cancellationToken);
            var some = rows.Take(page.Take - open.Count).ToList();
            open.AddRange((await FollowAsync(some, cancellationToken)).Where(call => IsOpen(call, agentId)));
            if (some.Count == rows.Count && rows.Count < range.Take)
            {
                return new Page<Call>(open, null);
            }

            var last = new PageToken(range.Partition, some[^1].Key);
            if (open.Count == page.Take)
            {
                return new Page<Call>(open, last.ToString());
            }

            // Rows can be of calls that are not open any more: what is open may stand behind them.
            range = range with { From = last.From };
        }
    }

    /// <summary>
    /// The rows of those agents from whom another phone takes the call, and of those who are done with it now that it is
    /// over, as they are before the call is saved.
    /// </summary>
    public async Task<IReadOnlyList<Row>> FindClosingAsync(
        Call call, Call? before, CancellationToken cancellationToken)
    {
        var rows = await AtOnce.DoAsync(
            call.Agents.Where(agent => before?.AgentOf(agent.AgentId) is { } known
                && ((call.IsTakenFrom(agent.AgentId) && !before.IsTakenFrom(agent.AgentId))
                    || (agent.AcknowledgedAt is not null && known.AcknowledgedAt is null))),
            agent => _table.GetAsync(Partition(agent.AgentId), KeyOf(call), cancellationToken).AsTask());
        return [.. rows.OfType<Row>()];
    }

    /// <summary>
    /// The agent's row of the call, to be removed once the call that the agent is done with is saved. Null for whoever
    /// was done with it before.
    /// </summary>
    public async ValueTask<Row?> FindOpenAsync(Call call, string agentId, CancellationToken cancellationToken) =>
        call.AgentOf(agentId) is { AcknowledgedAt: null }
            ? await _table.GetAsync(Partition(agentId), KeyOf(call), cancellationToken)
            : null;

    /// <summary>
    /// Removes these rows. To be called after the call says so. One that was written meanwhile stays: the call has come
    /// to that agent again.
    /// </summary>
    public Task CloseAsync(IEnumerable<Row> rows, CancellationToken cancellationToken) => AtOnce.DoAsync(
        rows, row => _table.DeleteAsync(row.Partition, row.Key, row.ETag, cancellationToken).AsTask());

    /// <summary>
    /// Removes those of these rows that lead nowhere: two notifications of a new call were worked on at once, and the
    /// one that was saved first has put it under another time.
    /// </summary>
    public Task CloseOthersAsync(Call call, IEnumerable<IndexRow> written, CancellationToken cancellationToken) =>
        AtOnce.DoAsync(
            written.Where(each => each.Table == StorageNames.PopUps && each.Row.Key != KeyOf(call))
                .Select(each => RowKey.Of(each.Row)).Distinct(),
            row => _table.DeleteAsync(row.Partition, row.Key, null, cancellationToken).AsTask());

    /// <summary>
    /// Removes all of the agent's rows: there is no such agent any more. The nightly sweep finds those that are written
    /// meanwhile.
    /// </summary>
    public async Task ForgetAsync(string agentId, CancellationToken cancellationToken)
    {
        var page = new RowRange(Partition(agentId));
        do
        {
            var (rows, next) = await _table.QueryAsync(page, cancellationToken);
            await _table.DeleteUnchangedAsync(rows, cancellationToken);
            page = page with { Next = next };
        }
        while (page.Next is not null);
    }

    /// <summary>
    /// Open until the agent is done with it, another phone has taken the call, or its time is over. While the call goes
    /// on at another phone it is not open for those whose phones have stopped, nor after it was answered; if nobody
    /// answers, all have missed it.
    /// </summary>
    public bool IsOpen(Call call, string agentId) =>
        call.AgentOf(agentId) is { AcknowledgedAt: null, TiedAt: null } agent
        && !IsExpired(call) && !call.IsTakenFrom(agentId) && !call.HasLeft(agent)
        // It may have come once more, under another id.
        && (call.IsSettled is null || call.ConnectedAt is not null);

    /// <summary>True where it would be open, had no other phone taken the call.</summary>
    public bool IsTaken(Call call, string agentId) =>
        call.AgentOf(agentId) is { AcknowledgedAt: null, TiedAt: null } agent
        && !IsExpired(call) && (call.IsTakenFrom(agentId) || call.HasLeft(agent));

    // Two notifications of a new call that are worked on at once may each write a row, under different times.
    private async Task<IEnumerable<Call>> FollowAsync(IReadOnlyList<Row> rows, CancellationToken cancellationToken)
    {
        var found = await calls.GetManyAsync(rows.Select(row => Stored.FromRow(row)).Distinct(), cancellationToken);
        var byKey = found.ToDictionary(KeyOf);
        return rows.Select(row => byKey.GetValueOrDefault(row.Key)).OfType<Call>();
    }

    private bool IsExpired(Call call) => call.OpenSince + OpenFor <= clock.GetUtcNow();

    private static string KeyOf(Call call) =>
        Keys.Join(Keys.NewestFirst(call.OpenSince), Keys.Encode(call.CallId), Keys.Encode(call.Account));

    internal static string Partition(string agentId) => Keys.Encode(agentId);
}
