using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Contacts;

/// <summary>Searches, reads and writes contacts, for agents.</summary>
public sealed class ContactFunctions(
    ContactStore contacts,
    ContactSearch search,
    ContactMatcher matcher,
    IContactNews news,
    PhoneNumberParser numbers,
    ContactFieldStore fields,
    AuditLog audit,
    TimeProvider clock)
{
    internal static readonly Phrase NoSuchContact = new(
        "Ese contacto no existe, o fue eliminado.", "That contact does not exist, or was deleted.");

    [Function("ListContacts"), Allow(Role.Agent), AllowKey(KeyScope.Contacts)]
    [Asks("query", "phone", "take", "next")]
    [Answers(StatusCodes.Status200OK, typeof(Page<Contact>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "contacts")] HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        var query = request.Query["query"].ToString();
        var phone = request.Query["phone"].ToString();
        if (query.Length > 200)
        {
            errors.Add("query", "La búsqueda pasa de 200 caracteres.", "The search is longer than 200 characters.");
        }

        if (query.Length > 0 && phone.Length > 0)
        {
            errors.Add(
                "phone", "Busque por texto o por número, no por ambos.", "Search by text or by number, not by both.");
        }

        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        if (phone.Length > 0)
        {
            // Few contacts share a number. Of a switchboard's number, the first fifty are enough.
            var found = await matcher.FindAsync(numbers.Parse(phone), cancellationToken);
            var ranked = Page.Cut(
                [.. found.Select((match, rank) => (match.Contact, Rank: $"{rank:D2}"))], page, match => match.Rank);
            return TypedResults.Ok(new Page<Contact>(
                [.. ranked.Items.Select(match => match.Contact.Shown(numbers))], ranked.Next));
        }

        var listed = string.IsNullOrWhiteSpace(query)
            ? await search.ListAsync(page, cancellationToken)
            : await search.SearchAsync(query, page, cancellationToken);
        return TypedResults.Ok(new Page<Contact>(
            [.. listed.Items.Select(contact => contact.Shown(numbers))], listed.Next));
    }

    [Function("GetContact"), Allow(Role.Agent), AllowKey(KeyScope.Contacts)]
    [Answers(StatusCodes.Status200OK, typeof(Contact))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "contacts/{contactId}")] HttpRequest request, string contactId, CancellationToken cancellationToken) =>
        await contacts.GetAsync(contactId, cancellationToken) is { } contact
            ? TypedResults.Ok(contact.Shown(numbers))
            : request.NotFound(NoSuchContact);

    [Function("CreateContact"), Allow(Role.Agent), AllowKey(KeyScope.Contacts), Audits("contact.created")]
    [Refuses(StatusCodes.Status409Conflict)]
    [Takes(typeof(ContactInput))]
    [Answers(StatusCodes.Status201Created, typeof(Contact))]
    public async Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "contacts")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<ContactInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = input.Check(numbers, await fields.GetRecentAsync(cancellationToken));
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var now = clock.GetUtcNow();
        // The caller may choose the id. So a CRM can repeat a creation if it got no answer.
        var contact = input.ToContact(input.ContactId ?? Guid.CreateVersion7().ToString("N"), now, now);
        var created = await audit.ChangeAsync(
            request,
            AuditChange.Of("contact.created", contact.ContactId, null, contact),
            () => contacts.CreateAsync(contact, cancellationToken, isNewId: input.ContactId is null),
            made => made is not null);
        if (created is not null)
        {
            await news.StoredAsync(created, null);
            return Created(created);
        }

        if (await contacts.GetAsync(contact.ContactId, cancellationToken) is { } known && known.SaysTheSame(contact))
        {
            // The request is repeated: its first try may not have come to tell of the contact.
            await news.StoredAsync(known, null);
            return Created(known);
        }

        return Exists(request);

        IResult Created(Contact stored) =>
            TypedResults.Created($"/api/contacts/{stored.ContactId}", stored.Shown(numbers));
    }

    [Function("PutContact"), Allow(Role.Agent), AllowKey(KeyScope.Contacts), Audits("contact.changed")]
    [Refuses(StatusCodes.Status428PreconditionRequired)]
    [TakesIfMatch]
    [Takes(typeof(ContactInput))]
    [Answers(StatusCodes.Status200OK, typeof(Contact))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "contacts/{contactId}")] HttpRequest request, string contactId, CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<ContactInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        return await LastOneWins.ChangeAsync(
            request, () => ChangeAsync(request, contactId, input, cancellationToken));
    }

    private async Task<IResult?> ChangeAsync(
        HttpRequest request, string contactId, ContactInput input, CancellationToken cancellationToken)
    {
        if (await contacts.GetAsync(contactId, cancellationToken) is not { } before)
        {
            return request.NotFound(NoSuchContact);
        }

        var errors = input.Check(numbers, await fields.GetRecentAsync(cancellationToken), before);
        if (input.ContactId is { } id && id != contactId && id != before.ContactId)
        {
            errors.Add("contactId", "No es el de la dirección.", "It is not the one in the address.");
        }

        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        if (before.ContactId != contactId && IfMatch.Of(request) is null)
        {
            // Whoever has not seen that the contact is a part of another one would write over that one.
            return Merged(request, StatusCodes.Status428PreconditionRequired, before.ContactId);
        }

        var contact = input.ToContact(before.ContactId, before.CreatedAt, clock.GetUtcNow()) with
        {
            External = before.External,
            ETag = before.ETag,
        };
        if (before.SaysTheSame(contact))
        {
            // The request is repeated: its first try may have ended between the storing and the telling.
            await news.StoredAsync(before, null);
            return TypedResults.Ok(before.Shown(numbers));
        }

        if (LastOneWins.NamesAnother(request, before.ETag))
        {
            return request.Changed();
        }

        if (await audit.ChangeAsync(
            request,
            AuditChange.Of("contact.changed", before.ContactId, before, contact),
            () => contacts.ReplaceAsync(contact, before, cancellationToken),
            made => made is not null) is not { } replaced)
        {
            return null;
        }

        await news.StoredAsync(replaced, before);
        return TypedResults.Ok(replaced.Shown(numbers));
    }

    [Function("DeleteContact"), Allow(Role.Supervisor), AllowKey(KeyScope.Contacts), Audits("contact.deleted")]
    [Refuses(StatusCodes.Status409Conflict)]
    [TakesIfMatch]
    [Answers(StatusCodes.Status204NoContent)]
    public async Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "contacts/{contactId}")] HttpRequest request, string contactId, CancellationToken cancellationToken)
    {
        if (await contacts.GetAsync(contactId, cancellationToken) is not { } contact)
        {
            return request.NotFound(NoSuchContact);
        }

        if (contact.ContactId != contactId)
        {
            return Merged(request, StatusCodes.Status409Conflict, contact.ContactId);
        }

        if (!await audit.ChangeAsync(
            request,
            AuditChange.Of("contact.deleted", contactId, contact, null),
            () => contacts.DeleteAsync(contact, IfMatch.Of(request), cancellationToken),
            deleted => deleted))
        {
            return request.Changed();
        }

        await news.DeletedAsync(contact);
        return TypedResults.NoContent();
    }

    /// <summary>The contact has become a part of another one, which the answer names.</summary>
    internal static IResult Merged(HttpRequest request, int status, string keptId) => request.Problem(
        status,
        new("Se unió con otro contacto", "It was merged into another contact"),
        new(
            "Ese contacto ahora es parte de otro. Abra el que quedó y haga el cambio ahí.",
            "That contact is a part of another one now. Open the one that was kept, and make the change there."),
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["contactId"] = keptId });

    internal static IResult Exists(HttpRequest request) => request.Problem(
        StatusCodes.Status409Conflict,
        new("Ya existe", "It exists already"),
        new("Ya hay un contacto con ese código.", "There is a contact with that id already."));
}
