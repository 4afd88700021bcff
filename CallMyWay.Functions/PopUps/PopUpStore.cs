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
public sealed class PopUpStore(ITables tables, CallIndex index, TimeProvider clock) : IAgentRemains
{
    /// <summary>
    /// After this a pop-up goes away by itself: nobody comes back to it, and the call is in the list of calls.
    /// </summary>
    public static readonly TimeSpan OpenFor = TimeSpan.FromHours(12);

    private readonly ITable _table = tables[StorageNames.PopUps];

    /// <summary>
    /// The rows that open the call for the agents that it did not have before, unless a colleague has it. To be written
    /// before the call is saved.
    /// </summary>
    public IEnumerable<IndexRow> RowsOf(Call call, Call? before) =>
        from agent in call.Agents
        where !IsExpired(call) && before?.AgentOf(agent.AgentId) is null && !call.IsTakenFrom(agent.AgentId)
        select new IndexRow(StorageNames.PopUps, CallIndex.ToRow(Partition(agent.AgentId), call));

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
            open.AddRange((await index.FollowAsync(some, cancellationToken)).Select(found => found.Call)
                .Where(call => IsOpen(call, agentId)));
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
    /// Removes the rows of those agents whom a colleague took the call from. To be called after the call says so.
    /// </summary>
    public Task CloseTakenAsync(Call call, Call? before, CancellationToken cancellationToken) =>
        _table.DeleteManyAsync(
            call.Agents
                .Where(agent => call.IsTakenFrom(agent.AgentId)
                    && before?.AgentOf(agent.AgentId) is not null && !before.IsTakenFrom(agent.AgentId))
                .Select(agent => new Row(Partition(agent.AgentId), CallIndex.KeyOf(call))),
            cancellationToken);

    /// <summary>Removes the row of a call that the agent is done with. To be called after the call says so.</summary>
    public async Task CloseAsync(Call call, string agentId, CancellationToken cancellationToken) =>
        await _table.DeleteAsync(Partition(agentId), CallIndex.KeyOf(call), null, cancellationToken);

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

    /// <summary>Open until the agent is done with it, a colleague has taken the call, or its time is over.</summary>
    public bool IsOpen(Call call, string agentId) =>
        call.AgentOf(agentId) is { AcknowledgedAt: null }
            && !IsExpired(call)
            && (call.AnsweredBy() ?? agentId) == agentId;

    /// <summary>True where it would be open, had no colleague taken the call.</summary>
    public bool IsTaken(Call call, string agentId) =>
        call.AgentOf(agentId) is { AcknowledgedAt: null } && !IsExpired(call)
        && (call.AnsweredBy() ?? agentId) != agentId;

    private bool IsExpired(Call call) => call.IndexedAt + OpenFor <= clock.GetUtcNow();

    internal static string Partition(string agentId) => Keys.Encode(agentId);
}
