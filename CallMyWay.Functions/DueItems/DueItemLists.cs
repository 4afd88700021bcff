using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Operator;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.DueItems;

/// <summary>Answers requests for open items: the caller's own, or all of a contact, whoever noted them.</summary>
public sealed class DueItemLists(AgentDirectory agents, ContactStore contacts, Accounts accounts)
{
    /// <param name="store">The items of one kind.</param>
    /// <param name="request">Its query has <c>due</c>, <c>contact</c> and the page.</param>
    /// <param name="show">An item as it is shown.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<IResult> ListAsync<T>(
        DueItemStore<T> store, HttpRequest request, Func<T, T> show, CancellationToken cancellationToken)
        where T : DueItem
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        var dueBefore = TimeQuery.ReadDue(request, "due", accounts.Home.TimeZone, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        // Like the contact's calls, they belong to the contact's file, which every agent may read.
        var contactId = request.Query["contact"].ToString();
        if (contactId.Length == 0)
        {
            var own = DueItemList.OfAgent(request.HttpContext.User.RequiredAgentId());
            var mine = await store.ListAsync(own, dueBefore, page, cancellationToken);
            return TypedResults.Ok(mine with { Items = [.. mine.Items.Select(show)] });
        }

        // Of a contact that was deleted they are listed by its id.
        var contact = await contacts.GetAsync(contactId, cancellationToken);
        var found = await store.ListAsync(
            DueItemList.OfContact(contact?.Ids ?? [contactId]), dueBefore, page, cancellationToken);
        var roster = await agents.ReadAsync(cancellationToken);
        return TypedResults.Ok(found with
        {
            Items =
            [
                .. found.Items.Select(item =>
                    (T)((DueItem)show(item) with
                    {
                        AgentName = roster.NameOf(item.AgentId),
                        // Those of a contact that was merged into this one keep its id and name.
                        ContactName = contact?.Title ?? item.ContactName,
                    })),
            ],
        });
    }
}
