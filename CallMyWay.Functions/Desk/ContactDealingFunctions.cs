using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.WrapUps;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Desk;

/// <summary>A charge that an agent noted in a call's wrap-up.</summary>
/// <param name="At">When the call began.</param>
/// <param name="AgentId">Whose wrap-up it is.</param>
/// <param name="Currency">By ISO 4217.</param>
/// <param name="Hidden">True where the viewer may not open the call.</param>
public sealed record ContactCharge(
    string CallId,
    string Account,
    DateTimeOffset At,
    string AgentId,
    string? AgentName,
    decimal Amount,
    string? Currency,
    string? Concept,
    bool? Hidden);

/// <summary>When there was a call with a contact the last time.</summary>
/// <param name="At">When it began; null where there was none.</param>
public sealed record LatestCall(string ContactId, DateTimeOffset? At);

/// <summary>
/// What there was with a contact, beside the calls themselves. Like these it is for every agent to read.
/// </summary>
[Tags("Contacts")]
public sealed class ContactDealingFunctions(
    CallIndex index,
    CallScope scope,
    ContactStore contacts,
    WrapUpStore wrapUps,
    AgentDirectory agents,
    TimeProvider clock)
{
    /// <summary>How many contacts are asked for at once: as many as a page of a list shows.</summary>
    private const int MostContacts = 100;

    /// <summary>
    /// The charges of the contact's calls, the newest first. A page is of so many calls as were asked for: it can be
    /// short, or empty, and not be the last.
    /// </summary>
    [Function("ListContactCharges"), Allow(Role.Agent)]
    [Asks("take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<ContactCharge>))]
    public async Task<IResult> Charges(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "contacts/{contactId}/charges")] HttpRequest request,
        string contactId,
        CancellationToken cancellationToken)
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

        var now = clock.GetUtcNow();
        var filter = new CallFilter
        {
            Visible = VisibleCalls.All(request.HttpContext.User.RequiredAgentId()),
            From = DateTimeOffset.UnixEpoch,
            To = CallFilter.EndOf(now),
            Now = now,
            ContactId = contact.ContactId,
            MergedIds = contact.Merged ?? [],
        };
        var found = await index.ListAsync(filter, page, cancellationToken);
        // A call without an outcome has no wrap-up that was sent.
        List<Call> wrapped = [.. found.Items.Where(call => call.Outcome is not null)];
        var written = await wrapUps.ListManyAsync(wrapped, cancellationToken);
        var charged = wrapped.Zip(written)
            .SelectMany(each => each.Second.Select(wrapUp => (Call: each.First, WrapUp: wrapUp)))
            .Where(each => each.WrapUp is { Draft: false, Charge.Amount: not null })
            .ToList();
        var roster = charged.Count > 0 ? await agents.ReadAsync(cancellationToken) : null;
        var visible = await scope.FindVisibleAsync(request.HttpContext.User, cancellationToken);
        return TypedResults.Ok(new Page<ContactCharge>(
            [
                .. charged.Select(each => new ContactCharge(
                    each.Call.CallId,
                    each.Call.Account,
                    each.Call.StartedAt,
                    each.WrapUp.WhoseId,
                    roster?.NameOf(each.WrapUp.WhoseId),
                    each.WrapUp.Charge!.Amount!.Value,
                    each.WrapUp.Charge.Currency,
                    each.WrapUp.Charge.Concept,
                    visible.Includes(each.Call) ? null : true)),
            ],
            found.Next));
    }

    /// <summary>When there was a call with each of these contacts the last time: a read and a query for each.</summary>
    [Function("ListLatestCalls"), Allow(Role.Agent)]
    [Asks("contacts"), Answers(StatusCodes.Status200OK, typeof(Page<LatestCall>))]
    public async Task<IResult> Latest(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "latest-calls")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        List<string> ids =
        [
            .. request.Query["contacts"].ToString()
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(Keys.IsValid)
                .Distinct(StringComparer.Ordinal),
        ];
        if (ids.Count is 0 or > MostContacts)
        {
            return request.Invalid(new FieldErrors().Add(
                "contacts",
                $"Indique de 1 a {MostContacts} contactos, separados por comas.",
                $"Give 1 to {MostContacts} contacts, separated by commas."));
        }

        var contactOf = await contacts.FollowManyAsync(ids, cancellationToken);
        var latest = await AtOnce.DoAsync(
            ids.Where(contactOf.ContainsKey),
            async id => new LatestCall(id, await index.FindLatestAsync(contactOf[id].Ids, cancellationToken)));
        return TypedResults.Ok(new Page<LatestCall>(latest, null));
    }
}
