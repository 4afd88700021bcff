using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Reconciliation;
using CallMyWay.Functions.Reports;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.WrapUps;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Desk;

/// <summary>The calls, as those who may see them read them.</summary>
[Tags("Calls")]
public sealed class CallFunctions(
    CallFinder finder,
    CallIndex index,
    CallScope scope,
    ContactStore contacts,
    WrapUpStore wrapUps,
    PromiseStore promises,
    DayStore days,
    ScreenTimes screenTimes,
    AgentDirectory agents,
    AskedCalls asked,
    AgentNames names,
    Accounts accounts,
    PhoneNumberParser numbers,
    TimeProvider clock)
{
    /// <summary>How long after a call its screens have told when they showed it.</summary>
    private static readonly TimeSpan Told = TimeSpan.FromMinutes(5);

    /// <summary>Of a ring group the screens of so many agents are looked for.</summary>
    private const int MostScreens = 8;

    [Function("ListCalls"), Allow(Role.Agent), AllowKey(KeyScope.Calls)]
    [AsksOneOf("direction", typeof(CallDirection)), AsksOneOf("state", typeof(CallState), "missed", "answered")]
    [Asks(
        "from",
        "to",
        "agent",
        "team",
        "contact",
        "number",
        "direction",
        "outcome",
        "state",
        "followUp",
        "tied",
        "take",
        "next")]
    [Answers(StatusCodes.Status200OK, typeof(CallListPage))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "calls")] HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        var user = request.HttpContext.User;
        var self = user.RequiredAgentId();
        var (filter, refusal) = await asked.ReadAsync(request, errors, cancellationToken);
        if (filter is null)
        {
            return refusal!;
        }

        var now = filter.Now;
        var found = await index.ListAsync(filter, page, cancellationToken);
        if (page.After is null && await asked.FindWrongAsync(filter, found, cancellationToken) is { } wrong)
        {
            return request.Invalid(wrong);
        }

        var items = await CallView.ListAsync(
            found.Items, self, filter.AgentId, user.Has(Role.Supervisor), agents, names, now, cancellationToken);
        return TypedResults.Ok(new CallListPage(
            [
                .. items.Zip(found.Items, (view, call) => view with
                {
                    NextAction = NextActionView.Of(call, now, accounts.Home.TimeZone),
                }),
            ],
            found.Next,
            found.Previous)
        {
            LookedUntil = found.LookedUntil,
        });
    }

    [Function("GetCall"), Allow(Role.Agent), AllowKey(KeyScope.Calls)]
    [Asks("account")]
    [Answers(StatusCodes.Status200OK, typeof(CallView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "calls/{callId}")] HttpRequest request, string callId, CancellationToken cancellationToken)
    {
        var user = request.HttpContext.User;
        var visible = await scope.FindVisibleAsync(user, cancellationToken);

        // A call that the caller may not see is not found: that it exists is not theirs to know either.
        if (await finder.FindAsync(callId, request.Query["account"], visible.Includes, cancellationToken) is not { } call)
        {
            return request.NotFound(CallFinder.NoSuchCall);
        }

        var now = clock.GetUtcNow();
        var view = CallView.Of(call, user.RequiredAgentId(), now);
        var versions = await wrapUps.ListVersionsAsync(call, cancellationToken);
        var stored = versions.Select(version => version.WrapUp).OfType<WrapUp>().ToList();
        var promised = await PromisedAsync(call, versions, cancellationToken);
        var roster = await names.WithFormerAsync(
            await agents.ReadAsync(cancellationToken),
            stored.Select(each => each.AgentId).Concat(view.AgentIds)
                .Append(view.AnsweredBy?.AgentId).Append(view.Returned?.AgentId)
                .Concat(promised.Select(promise => promise.DecidedBy)),
            cancellationToken);
        var written = stored
            .Select(each => each with { AgentName = roster.NameOf(each.AgentId) })
            .OrderByDescending(each => each.UpdatedAt).ToList();
        var shown = written.Find(each => each.WhoseId == user.RequiredAgentId())
            ?? written.Find(each => call.FinisherOf(each.WhoseId) == user.RequiredAgentId())
            ?? written.FirstOrDefault();
        var records = RecordView.Of(call);
        var contactLeg = call.Legs?.FirstOrDefault(leg => leg.IsContact)?.CallId;
        return TypedResults.Ok(view.With(roster) with
        {
            NextAction = NextActionView.Of(call, now, accounts.Home.TimeZone),
            Record = records.FirstOrDefault(record => record.IsCurrent && record.CallId == contactLeg)
                ?? records.FirstOrDefault(record => record.IsCurrent),
            Records = records.Count == 0 ? null : records,
            Agents = call.Agents.Count < 2
                ? null
                : [.. call.Agents.Select(agent => AgentPartView.Of(call, agent, roster.NameOf(agent.AgentId)))],
            Contact = call.ContactId is null
                ? null
                : (await contacts.GetAsync(call.ContactId, cancellationToken))?.Shown(numbers),
            WrapUp = shown,
            WrapUps = written.Count == 0 ? null : written,
            WrapUpToReplace = WrapUpStore.ReplacedBy(call, user.RequiredAgentId(), versions, shown?.ETag).Before?.ETag,
            History = CallHistory.Of(
                call,
                written,
                await DayOfAsync(call, now, cancellationToken),
                await ShownAsync(call, now, cancellationToken),
                roster,
                request.Language(),
                promised),
            Timeline = [.. call.Timeline.Select(entry => new TimelineView(entry.At, entry.What, entry.EndpointId))],
        });
    }

    // What became of a promise stands in no list.
    private async ValueTask<IReadOnlyList<PromiseToPay>> PromisedAsync(
        Call call, IReadOnlyList<WrapUpVersion> versions, CancellationToken cancellationToken)
    {
        var found = await AtOnce.DoAsync(
            versions.Where(version => version.WrapUp is { Draft: false, Promise: not null }),
            version => promises.GetAsync(DueItemId.Of(call.Key, version.Owner), cancellationToken).AsTask());
        return [.. found.OfType<PromiseToPay>()];
    }

    // A screen tells of a card some minutes later. Until then, and so for the desk that has the call, nothing is read.
    private async ValueTask<IReadOnlyList<ScreenTime>> ShownAsync(
        Call call, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var until = (call.EndedAt is { } ended && ended > call.OpenSince ? ended : call.OpenSince) + Told;
        if (call.StateAt(now) != CallState.Ended || now < until || call.IsHistory || now - until > ScreenTimes.KeptFor)
        {
            return [];
        }

        var found = await AtOnce.DoAsync(
            call.Agents.Take(MostScreens),
            agent => screenTimes.ListAsync(agent.AgentId, call.OpenSince, until, cancellationToken));
        return [.. found.SelectMany(times => times)];
    }

    // A day is worked out when it is over: of a call of today there is nothing to read.
    private async ValueTask<DayReconciliation?> DayOfAsync(
        Call call, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var zone = accounts.Find(call.Account).TimeZone;
        var date = zone.DayOf(call.StartedAt);
        return date < zone.DayOf(now) ? await days.GetAsync(call.Account, date, cancellationToken) : null;
    }
}
