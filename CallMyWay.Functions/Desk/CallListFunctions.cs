using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.WrapUps;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Desk;

/// <summary>The lists of calls that a desk looks at all day: what goes on now, what was missed, what there was with a contact.</summary>
[Tags("Calls")]
public sealed class CallListFunctions(
    CallIndex index,
    CallScope scope,
    ContactStore contacts,
    WrapUpStore wrapUps,
    AgentDirectory agents,
    AgentNames names,
    Accounts accounts,
    TimeProvider clock)
{
    [Function("ListLiveCalls"), Allow(Role.Agent)]
    [Asks("take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<CallView>))]
    public Task<IResult> Live(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "live-calls")] HttpRequest request, CancellationToken cancellationToken) =>
        ListAsync(
            request, clock.GetUtcNow() - Call.Longest, filter => filter with { IsLive = true }, cancellationToken);

    [Function("ListMissedCalls"), Allow(Role.Agent)]
    [Asks("from", "take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<CallView>))]
    public Task<IResult> Missed(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "missed-calls")] HttpRequest request, CancellationToken cancellationToken) =>
        ListAsync(request, null, filter => filter with { IsMissed = true }, cancellationToken);

    /// <summary>The contact's file: every call with them, whoever talked, and what came of it.</summary>
    [Function("ListContactCalls"), Allow(Role.Agent)]
    [Asks("take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<CallView>))]
    public async Task<IResult> OfContact(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "contacts/{contactId}/calls")] HttpRequest request, string contactId, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        if (await contacts.GetAsync(contactId, cancellationToken) is not { } contact)
        {
            return request.NotFound(ContactFunctions.NoSuchContact);
        }

        var self = request.HttpContext.User.RequiredAgentId();
        var now = clock.GetUtcNow();
        var filter = new CallFilter
        {
            Visible = VisibleCalls.All(self),
            From = DateTimeOffset.UnixEpoch,
            To = CallFilter.EndOf(now),
            Now = now,
            ContactId = contact.ContactId,
            MergedIds = contact.Merged ?? [],
        };
        var found = await index.ListAsync(filter, page, cancellationToken);
        var written = await wrapUps.ListManyAsync(found.Items, cancellationToken);
        var sent = written.Select(all => all.Where(wrapUp => !wrapUp.Draft).MaxBy(wrapUp => wrapUp.UpdatedAt)).ToList();
        // Everybody sees here whose call it was, also of those that they may not open.
        var visible = await scope.FindVisibleAsync(request.HttpContext.User, cancellationToken);
        List<CallView> views = [.. found.Items.Select(call => CallView.Of(call, self, now))];
        var roster = await names.WithFormerAsync(
            await agents.ReadAsync(cancellationToken),
            views.SelectMany(view => view.Named(seesOthers: true)).Concat(sent.Select(wrapUp => wrapUp?.AgentId)),
            cancellationToken);
        var items = views.Zip(found.Items, sent).Select(each => each.First.With(roster) with
        {
            WrapUp = each.Third is { } wrapUp ? wrapUp with { AgentName = roster.NameOf(wrapUp.AgentId) } : null,
            NextAction = NextActionView.Of(each.Second, now, accounts.Home.TimeZone),
            Hidden = visible.Includes(each.Second) ? null : true,
        });
        return TypedResults.Ok(new Page<CallView>([.. items], found.Next));
    }

    private async Task<IResult> ListAsync(
        HttpRequest request,
        DateTimeOffset? since,
        Func<CallFilter, CallFilter> narrow,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        var now = clock.GetUtcNow();
        var from = since ?? TimeQuery.Read(request, "from", accounts.Home.TimeZone, errors) ?? now.AddDays(-7);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var user = request.HttpContext.User;
        var self = user.RequiredAgentId();
        var filter = narrow(new CallFilter
        {
            Visible = await scope.FindVisibleAsync(user, cancellationToken),
            From = from,
            To = CallFilter.EndOf(now),
            Now = now,
        });
        var found = await index.ListAsync(filter, page, cancellationToken);
        var items = await CallView.ListAsync(
            found.Items, self, askedId: null, user.Has(Role.Supervisor), agents, names, now, cancellationToken);
        return TypedResults.Ok(new Page<CallView>(items, found.Next));
    }
}
