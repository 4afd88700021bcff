using System.Text.Json.Serialization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Numbers;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Contacts;

/// <summary>A contact who is perhaps the one that is being written down.</summary>
/// <param name="By">What they have in common, the surest first.</param>
public sealed record Duplicate(
    string ContactId,
    string Name,
    IReadOnlyList<string> Numbers,
    IReadOnlyList<ContactPhone> Phones,
    string? Document,
    string? Email,
    IReadOnlyDictionary<string, string>? Fields,
    [property: JsonPropertyName("etag")] string? ETag,
    IReadOnlyList<DuplicateReason> By)
{
    public static Duplicate Of(FoundDuplicate found, PhoneNumberParser numbers)
    {
        var contact = found.Contact.Shown(numbers);
        return new Duplicate(
            contact.ContactId,
            contact.Name,
            contact.Numbers,
            contact.Phones!,
            contact.Document,
            contact.Email,
            contact.Fields,
            contact.ETag,
            found.By);
    }
}

/// <summary>Who a contact that is being written down may be already.</summary>
/// <param name="Items">The contacts, the surest first.</param>
/// <param name="Next">Null: there is one page.</param>
/// <param name="Phones">What the number that was asked for is read as, so that a form can tell.</param>
public sealed record DuplicateList(
    IReadOnlyList<Duplicate> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next,
    IReadOnlyList<ContactPhone> Phones);

/// <summary>Says who a contact that is being written down may be already.</summary>
[Tags("Contacts")]
public sealed class DuplicateFunctions(ContactDuplicates duplicates, PhoneNumberParser numbers)
{
    [Function("ListDuplicates"), Allow(Role.Agent)]
    [Asks("name", "phone", "document", "except")]
    [Answers(StatusCodes.Status200OK, typeof(DuplicateList))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "duplicates")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var name = request.Query["name"].ToString();
        var phone = request.Query["phone"].ToString();
        var document = request.Query["document"].ToString();
        var errors = new FieldErrors();
        if (string.IsNullOrWhiteSpace(name) && string.IsNullOrWhiteSpace(phone) && string.IsNullOrWhiteSpace(document))
        {
            errors.Add(
                "name",
                "Escriba un nombre, un teléfono o una identificación.",
                "Write a name, a phone number or an ID.");
        }

        if (name.Length > ContactInput.MaxName)
        {
            errors.Add("name", "El nombre pasa de 200 caracteres.", "The name is longer than 200 characters.");
        }

        if (phone.Length > ContactInput.MaxNumber)
        {
            errors.Add("phone", "El teléfono pasa de 64 caracteres.", "The number is longer than 64 characters.");
        }

        if (document.Length > ContactInput.MaxDocument)
        {
            errors.Add(
                "document",
                "La identificación pasa de 64 caracteres.",
                "The identity document is longer than 64 characters.");
        }

        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var found = await duplicates.FindAsync(
            name, phone, document, request.Query["except"].ToString(), cancellationToken);
        return TypedResults.Ok(new DuplicateList(
            [.. found.Select(each => Duplicate.Of(each, numbers))],
            null,
            string.IsNullOrWhiteSpace(phone) ? [] : [.. ContactPhone.AllOf(phone, numbers)]));
    }
}
