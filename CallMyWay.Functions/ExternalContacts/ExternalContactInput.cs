using System.Text.RegularExpressions;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ExternalContacts;

/// <summary>A contact as the application that keeps it sends it.</summary>
/// <param name="Source">The application, by which its ids are told from others': 1 to 32 letters, digits or dashes.</param>
/// <param name="Id">The contact's id there, 200 characters at most. Not needed where the address has it.</param>
/// <param name="Deleted">True where the contact is there no more; then nothing else is needed.</param>
/// <param name="Name">The name.</param>
/// <param name="Numbers">Telephone numbers, as people write them.</param>
/// <param name="Link">The page that shows the contact there, with https.</param>
/// <param name="Document">An identity document.</param>
/// <param name="Email">An address of electronic mail.</param>
/// <param name="Fields">Other fields, by the keys of the contact fields.</param>
public sealed partial record ExternalContactInput(
    string? Source,
    string? Id,
    bool? Deleted,
    string? Name,
    IReadOnlyList<string?>? Numbers,
    string? Link,
    string? Document,
    string? Email,
    IReadOnlyDictionary<string, string?>? Fields)
{
    private const int LongestId = 200;

    private const int LongestLink = 2000;

    /// <summary>
    /// The keys of fields of which the application told a value that is not taken: what is stored stays.
    /// </summary>
    internal IReadOnlyList<string> NotTaken { get; init; } = [];

    /// <summary>The errors of the input, by field.</summary>
    /// <param name="numbers">Reads the numbers.</param>
    /// <param name="own">The fields that the office keeps, where a value must have the form of its field.</param>
    public FieldErrors Check(PhoneNumberParser numbers, ContactFieldList? own = null)
    {
        // What an office demands of its own agents is not demanded of another application.
        var errors = Deleted == true ? new FieldErrors() : Contact.Check(numbers, own, demands: false);
        if (Source is null || !Sources().IsMatch(Source))
        {
            errors.Add(
                "source",
                "Use de 1 a 32 letras, números o guiones para nombrar la aplicación.",
                "Use 1 to 32 letters, digits or dashes to name the application.");
        }

        if (Id is not { Length: > 0 and <= LongestId })
        {
            errors.Add(
                "id",
                $"Escriba el código del contacto en la aplicación, de 1 a {LongestId} caracteres.",
                $"Write the contact's id in the application, in 1 to {LongestId} characters.");
        }

        if (Deleted != true && Link?.Length > LongestLink)
        {
            errors.Add(
                "link",
                $"Escriba una dirección de {LongestLink} caracteres como máximo.",
                $"Write an address of {LongestLink} characters at most.");
        }
        else if (Deleted != true && !string.IsNullOrWhiteSpace(Link) && !IsLink(Link))
        {
            errors.Add(
                "link",
                "No es una dirección que empiece con https://.",
                "It is no address that begins with https://.");
        }

        return errors;
    }

    /// <summary>The contact as described; call it only if <see cref="Check"/> found no error.</summary>
    public Contact ToContact(string contactId, DateTimeOffset createdAt, DateTimeOffset now) =>
        Contact.ToContact(contactId, createdAt, now) with
        {
            External = new ExternalRef(Source!, Id!, string.IsNullOrWhiteSpace(Link) ? null : Link.Trim()),
        };

    /// <summary>The same as it is to stand over a contact that is stored.</summary>
    internal ExternalContactInput Over(Contact stored)
    {
        var kept = NotTaken.Where(key => stored.Fields?.ContainsKey(key) == true).ToList();
        return kept.Count == 0 ? this : this with
        {
            Fields = (Fields ?? new Dictionary<string, string?>())
                .Concat(kept.Select(key => KeyValuePair.Create(key, (string?)stored.Fields![key])))
                .ToDictionary(StringComparer.Ordinal),
        };
    }

    private ContactInput Contact => new(null, Name, Numbers, Document, Email, Fields);

    // A page opens it: nothing that runs, and nothing that others on the way can read.
    private static bool IsLink(string text) => Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri)
        && (uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback)) && uri.UserInfo.Length == 0;

    [GeneratedRegex(
        @"^[A-Za-z0-9][A-Za-z0-9-]{0,31}\z", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex Sources();
}

/// <summary>Several contacts of another application.</summary>
/// <param name="Contacts">500 at most. One that is named twice is done in their order.</param>
public sealed record ExternalContactBatch([property: Needed] IReadOnlyList<ExternalContactInput?>? Contacts);

/// <summary>What became of a contact that was sent.</summary>
public enum PushOutcome
{
    Created,

    Changed,

    /// <summary>It is as it was sent already.</summary>
    Unchanged,

    Deleted,

    Refused,
}

/// <summary>What became of a contact that was sent.</summary>
/// <param name="Source">As it was sent.</param>
/// <param name="Id">As it was sent.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="ContactId">Our contact; null where it was refused or deleted.</param>
/// <param name="Errors">Why it was refused, by field.</param>
public sealed record PushResult(
    string? Source,
    string? Id,
    PushOutcome Outcome,
    string? ContactId = null,
    IDictionary<string, string[]>? Errors = null);

/// <summary>What became of each contact of a batch, in the order in which they were sent.</summary>
public sealed record PushResults(IReadOnlyList<PushResult> Items);
