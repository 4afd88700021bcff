using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.WrapUps;

namespace CallMyWay.Functions.Desk;

/// <summary>
/// Finds what waits today. It is read from the lists that there are: of an agent by four queries, one read for each
/// entry, and one more for each call without an outcome. One after the other: a team is read agent by agent.
/// </summary>
public sealed class WorkList(
    FollowUpStore followUps,
    PromiseStore promises,
    CallIndex index,
    WrapUpStore wrapUps,
    Accounts accounts,
    TimeProvider clock)
{
    /// <summary>More of one kind are not read: nobody gets to their end.</summary>
    private const int MostCalls = 2000;

    /// <summary>More follow-ups or promises than an agent can do in a day are not read; the earliest come first.</summary>
    private static readonly PageRequest Most = new(PageRequest.MaxTake, null);

    /// <summary>What waits for an agent, but for the missed calls.</summary>
    /// <param name="agentId">For whom it waits.</param>
    /// <param name="visible">The calls that whoever asks may see.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<IReadOnlyList<WorkListEntry>> ReadAsync(
        string agentId, VisibleCalls visible, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var zone = accounts.Home.TimeZone;
        var tomorrow = zone.StartOf(zone.DayOf(now).AddDays(1).ToDateTime(TimeOnly.MinValue));
        var list = DueItemList.OfAgent(agentId);
        var due = await followUps.ListAsync(list, tomorrow, Most, cancellationToken);
        var promised = await promises.ListAsync(list, tomorrow, Most, cancellationToken);
        var undocumented = await CallsAsync(
            FilterOf(visible, now) with { AgentId = agentId, IsUndocumented = true }, cancellationToken);
        var written = await AtOnce.DoAsync(
            undocumented,
            async call => (Call: call, Draft: await DraftAsync(call, agentId, cancellationToken)));
        return
        [
            .. due.Items.Select(item => Of(item) with { Kind = WorkKind.FollowUp, Note = item.Note }),
            .. promised.Items.Select(item => Of(item) with
            {
                Amount = item.Amount,
                Currency = item.Currency,
                State = item.At(now, zone).State,
            }),
            .. written.Select(each => each.Draft is { } draft
                ? Of(each.Call, agentId, WorkKind.Draft, now) with { Note = draft.Notes }
                : Of(each.Call, agentId, WorkKind.Undocumented, now)),
        ];
    }

    /// <summary>
    /// The missed calls whose callers nobody has reached: an agent's, or without one all that whoever asks may see. There
    /// each is listed once, also one that rang at several phones, and one that came to no agent's phone.
    /// </summary>
    public async Task<IReadOnlyList<WorkListEntry>> ReadMissedAsync(
        string? agentId, VisibleCalls visible, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var missed = await CallsAsync(
            FilterOf(visible, now) with { AgentId = agentId, IsMissed = true }, cancellationToken);
        return [.. missed.Select(call => Of(call, agentId ?? call.Holder()?.AgentId, WorkKind.Missed, now))];
    }

    private static CallFilter FilterOf(VisibleCalls visible, DateTimeOffset now) => new()
    {
        Visible = visible,
        From = now - Call.AskedFor,
        To = CallFilter.EndOf(now),
        Now = now,
    };

    private async Task<IReadOnlyList<Call>> CallsAsync(CallFilter filter, CancellationToken cancellationToken)
    {
        var found = new List<Call>();
        PageToken? after = null;
        do
        {
            var page = await index.ListAsync(filter, Most with { After = after }, cancellationToken);
            found.AddRange(page.Items);
            if (page.Next is null || !PageToken.TryParse(page.Next, out after))
            {
                break;
            }
        }
        while (found.Count < MostCalls);
        return found;
    }

    // Also that of who handed the call over: it is gone on with.
    private async Task<WrapUp?> DraftAsync(Call call, string agentId, CancellationToken cancellationToken) =>
        (await wrapUps.ListAsync(call, cancellationToken)).FirstOrDefault(
            wrapUp => wrapUp.Draft && call.FinisherOf(wrapUp.WhoseId) == agentId && !wrapUp.IsBlank);

    private static WorkListEntry Of(DueItem item) => new()
    {
        Kind = WorkKind.Promise,
        At = item.DueAt,
        Id = item.Id,
        CallId = item.CallId,
        Account = item.Account,
        ContactId = item.ContactId,
        ContactName = item.ContactName,
        Number = item.Number,
        AgentId = item.AgentId,
        ETag = item.ETag,
    };

    private static WorkListEntry Of(Call call, string? agentId, WorkKind kind, DateTimeOffset now)
    {
        var view = CallView.Of(call, agentId ?? "", now);
        return new()
        {
            Kind = kind,
            At = view.StartedAt,
            CallId = view.CallId,
            Account = view.Account,
            Direction = view.Direction,
            ContactId = view.ContactId,
            ContactName = view.ContactName,
            Number = view.Number,
            AgentId = agentId,
        };
    }
}
