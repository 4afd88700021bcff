using System.Text;
using System.Text.Json;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.ExternalContacts;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.ContactLookup;

/// <summary>What a CRM answers: the contacts with the number, most likely one first.</summary>
/// <param name="Contacts">Ten at most; none where nobody has it.</param>
public sealed record LookupAnswer(IReadOnlyList<LookupContact?>? Contacts)
{
    public const int Most = 10;

    /// <summary>What is in an answer with the status 200.</summary>
    /// <param name="body">As it came.</param>
    /// <param name="e164">The number that was asked for.</param>
    /// <param name="source">The application's name.</param>
    /// <param name="numbers">Reads the numbers.</param>
    public static LookupReading Read(
        ReadOnlySpan<byte> body, string e164, string source, PhoneNumberParser numbers)
    {
        // Some servers put it before a text.
        if (body.StartsWith(Encoding.UTF8.Preamble))
        {
            body = body[Encoding.UTF8.Preamble.Length..];
        }

        LookupAnswer? answer;
        try
        {
            answer = JsonSerializer.Deserialize<LookupAnswer>(body, ApiJson.Options);
        }
        catch (JsonException exception)
        {
            return LookupReading.Wrong(LookupError.NotJson, exception.Path is "$" ? null : exception.Path?[2..]);
        }

        if (answer?.Contacts is not { } contacts)
        {
            return LookupReading.Wrong(LookupError.NotJson, "contacts");
        }

        if (contacts.Count > Most)
        {
            return LookupReading.Wrong(LookupError.TooManyContacts, "contacts");
        }

        var asked = numbers.KeysOf(numbers.Parse(e164)).ToHashSet(StringComparer.Ordinal);
        var found = new List<ExternalContactInput>();
        foreach (var (i, contact) in contacts.Index())
        {
            var input = contact?.In(source) ?? new(source, null, false, null, null, null, null, null, null);
            if (input.Check(numbers) is { Any: true } errors)
            {
                return LookupReading.Wrong(LookupError.WrongContact, $"contacts[{i}].{PlainOf(errors.All[0].Field)}");
            }

            if (found.Exists(other => other.Id == input.Id))
            {
                return LookupReading.Wrong(LookupError.WrongContact, $"contacts[{i}].id");
            }

            // Whoever answers at that address decides what names agents see: with a number, and only with this one.
            if (!(input.Numbers ?? []).SelectMany(numbers.ParseAll).SelectMany(numbers.KeysOf).Any(asked.Contains))
            {
                return LookupReading.Wrong(LookupError.OtherNumber, $"contacts[{i}].numbers");
            }

            found.Add(input);
        }

        return new LookupReading(found, null, null);
    }

    // The name of an office's own field can be anything, a number too.
    private static string PlainOf(string field) =>
        field.StartsWith("fields.", StringComparison.Ordinal) ? "fields" : field;
}

/// <summary>A contact as a CRM answers it.</summary>
/// <param name="Id">The contact's id there, 200 characters at most.</param>
/// <param name="Name">The name.</param>
/// <param name="Numbers">Telephone numbers, as people write them; the one that was asked for is among them.</param>
/// <param name="Link">The page that shows the contact there, with https.</param>
/// <param name="Document">An identity document.</param>
/// <param name="Email">An address of electronic mail.</param>
/// <param name="Fields">Other fields, by the keys of the contact fields.</param>
public sealed record LookupContact(
    string? Id,
    string? Name,
    IReadOnlyList<string?>? Numbers,
    string? Link,
    string? Document,
    string? Email,
    IReadOnlyDictionary<string, string?>? Fields)
{
    internal ExternalContactInput In(string source) =>
        new(source, Id, false, Name, Numbers, Link, Document, Email, Fields);

    internal static LookupContact Of(ExternalContactInput input) =>
        new(input.Id, input.Name, input.Numbers, input.Link, input.Document, input.Email, input.Fields);
}

/// <summary>What was read of an answer.</summary>
/// <param name="Contacts">Checked; null where the answer is broken: then nothing of it is taken.</param>
/// <param name="Error">What is wrong with it.</param>
/// <param name="Field">Where; never a value of it.</param>
public sealed record LookupReading(
    IReadOnlyList<ExternalContactInput>? Contacts, LookupError? Error, string? Field)
{
    internal static LookupReading Wrong(LookupError error, string? field) => new(null, error, field);
}
