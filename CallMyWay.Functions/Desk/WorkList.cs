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
/// Finds what waits for an agent today. It is read from the lists that there are, by four queries, one read for each
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
    /// <summary>Calls that are older are history.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(7);

    /// <summary>More of one kind than an agent can do in a day are not read.</summary>
    private static readonly PageRequest Most = new(PageRequest.MaxTake, null);

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
        var calls = new CallFilter
        {
            Visible = visible,
            From = now - LookBack,
            To = CallFilter.EndOf(now),
            Now = now,
            AgentId = agentId,
        };
        var missed = await index.ListAsync(calls with { IsMissed = true }, Most, cancellationToken);
        var undocumented = await index.ListAsync(calls with { IsUndocumented = true }, Most, cancellationToken);
        var written = await AtOnce.DoAsync(
            undocumented.Items,
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
            .. missed.Items.Select(call => Of(call, agentId, WorkKind.Missed, now)),
            .. written.Select(each => each.Draft is { } draft
                ? Of(each.Call, agentId, WorkKind.Draft, now) with { Note = draft.Notes }
                : Of(each.Call, agentId, WorkKind.Undocumented, now)),
        ];
    }

    private async Task<WrapUp?> DraftAsync(Call call, string agentId, CancellationToken cancellationToken) =>
        (await wrapUps.ListAsync(call, cancellationToken)).FirstOrDefault(
            wrapUp => wrapUp.Draft && wrapUp.WhoseId == agentId && !wrapUp.IsBlank);

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

    private static WorkListEntry Of(Call call, string agentId, WorkKind kind, DateTimeOffset now)
    {
        var view = CallView.Of(call, agentId, now);
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
