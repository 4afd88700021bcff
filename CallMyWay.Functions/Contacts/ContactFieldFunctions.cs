using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Contacts;

/// <summary>Lists the contacts' own fields for agents; replaces them for an administrator.</summary>
[Tags("Contacts")]
public sealed class ContactFieldFunctions(ContactFieldStore fields, AuditLog audit)
{
    [Function("GetContactFields"), Allow(Role.Agent)]
    [Answers(StatusCodes.Status200OK, typeof(ContactFieldList))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "contact-fields")] HttpRequest request,
        CancellationToken cancellationToken) => TypedResults.Ok(await fields.GetAsync(cancellationToken));

    [Function("PutContactFields"), Allow(Role.Admin), Audits("contact-fields.changed")]
    [TakesIfMatch(OrNone = true)]
    [Takes(typeof(ContactFieldsInput)), Answers(StatusCodes.Status200OK, typeof(ContactFieldList))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "contact-fields")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<ContactFieldsInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = input.Check();
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var put = new ContactFieldList(input.ToFields(), IfMatch.VersionOf(request));
        var before = await fields.GetAsync(cancellationToken);
        var change = AuditChange.Of("contact-fields.changed", "contact-fields", before, put);
        if (before.ETag is not null && change.SaysNothingNew)
        {
            // The request is repeated: it is answered as the first time.
            return TypedResults.Ok(before);
        }

        return await audit.ChangeAsync(
            request,
            change,
            () => fields.PutAsync(put, cancellationToken),
            made => made is not null) is { } stored
            ? TypedResults.Ok(stored)
            : request.Changed();
    }
}
