using System.Text.Json;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.ExternalContacts;

/// <summary>Contacts that live in another application, which sends them with its key.</summary>
public sealed class ExternalContactFunctions(
    ContactPush push, PhoneNumberParser numbers, ContactFieldStore fields, AuditLog audit)
{
    private const string Pushed = "contacts.pushed";

    private const int Most = 500;

    private const int MostBytes = 2 * 1024 * 1024;

    private static readonly FieldErrors ChangedMeanwhile = new FieldErrors().Add(
        "id",
        "Otros cambiaron este contacto una y otra vez mientras se guardaba. Envíelo de nuevo.",
        "Others changed this contact again and again while it was being stored. Send it again.");

    /// <summary>How many contacts are stored at once: each takes several requests.</summary>
    private const int AtOnceMost = 4;

    /// <summary>Stores a contact, whatever was there. To send the same again changes nothing.</summary>
    [Function("PutExternalContact"), AllowKey(KeyScope.Contacts), Audits(Pushed)]
    [Takes(typeof(ExternalContactInput)), Answers(StatusCodes.Status200OK, typeof(PushResult))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "external-contacts/{source}/{id}")] HttpRequest request,
        string source,
        string id,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<ExternalContactInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        id = RouteText.Of(id);
        var errors = new FieldErrors();
        if (input.Source is { } other && !string.Equals(other, source, StringComparison.OrdinalIgnoreCase))
        {
            errors.Add("source", "No es la de la dirección.", "It is not the one in the address.");
        }

        if (input.Id is { } otherId && otherId != id)
        {
            errors.Add("id", "No es el de la dirección.", "It is not the one in the address.");
        }

        if (input.Deleted == true)
        {
            errors.Add("deleted", "Para borrarlo, use DELETE.", "To delete it, use DELETE.");
        }

        return errors.Any
            ? request.Invalid(errors)
            : await OneAsync(request, input with { Source = source, Id = id, Deleted = false }, cancellationToken);
    }

    /// <summary>Deletes a contact. One that is gone already is answered in the same way.</summary>
    [Function("DeleteExternalContact"), AllowKey(KeyScope.Contacts), Audits(Pushed)]
    [Answers(StatusCodes.Status200OK, typeof(PushResult))]
    public Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "external-contacts/{source}/{id}")] HttpRequest request,
        string source,
        string id,
        CancellationToken cancellationToken) =>
        OneAsync(
            request,
            new ExternalContactInput(source, RouteText.Of(id), true, null, null, null, null, null, null),
            cancellationToken);

    /// <summary>Stores and deletes several contacts. One that is refused is in no other's way.</summary>
    [Function("PushExternalContacts"), AllowKey(KeyScope.Contacts), Audits(Pushed)]
    [Takes(typeof(ExternalContactBatch)), Answers(StatusCodes.Status200OK, typeof(PushResults))]
    public async Task<IResult> Push(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "external-contacts")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (batch, refusal) = await request.ReadJsonAsync<SentBatch>(MostBytes, cancellationToken);
        if (batch is null)
        {
            return refusal!;
        }

        if (batch.Contacts is not { Count: > 0 and <= Most } sent)
        {
            return request.Invalid(new FieldErrors().Add(
                "contacts", $"Envíe de 1 a {Most} contactos.", $"Send 1 to {Most} contacts."));
        }

        var results = new PushResult[sent.Count];
        // Each by itself: a value of the wrong kind is in no other contact's way.
        var read = sent.Select(SentContact.Of);
        // Those of one contact keep their order.
        var byContact = read.Index().GroupBy(each => (each.Item.Input.Source?.ToLowerInvariant(), each.Item.Input.Id));
        await audit.ChangeAsync(
            request,
            AuditChange.Of(Pushed, "external-contacts", null, new { contacts = sent.Count }),
            async () =>
            {
                await Parallel.ForEachAsync(
                    byContact,
                    new ParallelOptions { MaxDegreeOfParallelism = AtOnceMost, CancellationToken = cancellationToken },
                    async (same, token) =>
                    {
                        foreach (var (index, each) in same)
                        {
                            results[index] = await ResultAsync(request, each, token);
                        }
                    });
                return results;
            },
            made => made.Any(result => result.Outcome is not (PushOutcome.Refused or PushOutcome.Unchanged)));
        return TypedResults.Ok(new PushResults(results));
    }

    private async Task<IResult> OneAsync(
        HttpRequest request, ExternalContactInput input, CancellationToken cancellationToken)
    {
        var errors = input.Check(numbers, await fields.GetRecentAsync(cancellationToken));
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var result = await audit.ChangeAsync(
            request,
            AuditChange.Of(Pushed, ContactPush.IdOf(input.Source!, input.Id!), null, new { contacts = 1 }),
            () => StoreAsync(input, cancellationToken),
            made => made.Outcome is not (PushOutcome.Refused or PushOutcome.Unchanged));
        return result.Outcome == PushOutcome.Refused ? request.Changed() : TypedResults.Ok(result);
    }

    private async Task<PushResult> ResultAsync(
        HttpRequest request, SentContact contact, CancellationToken cancellationToken)
    {
        var input = contact.Input;
        var errors = contact.Errors.Any
            ? contact.Errors
            : input.Check(numbers, await fields.GetRecentAsync(cancellationToken));
        if (errors.Any)
        {
            return new PushResult(
                input.Source, input.Id, PushOutcome.Refused, Errors: errors.In(request.Language()));
        }

        var result = await StoreAsync(input, cancellationToken);
        return result.Outcome == PushOutcome.Refused
            ? result with { Errors = ChangedMeanwhile.In(request.Language()) }
            : result;
    }

    /// <summary>What becomes of a contact that was checked.</summary>
    private async Task<PushResult> StoreAsync(ExternalContactInput input, CancellationToken cancellationToken) =>
        await push.ApplyAsync(input, cancellationToken) is { } done
            ? new PushResult(input.Source, input.Id, done.Outcome, done.After?.ContactId)
            : new PushResult(input.Source, input.Id, PushOutcome.Refused);
}

/// <summary>A batch whose contacts are not read yet.</summary>
internal sealed record SentBatch(IReadOnlyList<JsonElement>? Contacts);

/// <summary>A contact of a batch.</summary>
/// <param name="Input">It, or where a value is of the wrong kind no more than whose it is.</param>
/// <param name="Errors">The values of the wrong kind.</param>
internal sealed record SentContact(ExternalContactInput Input, FieldErrors Errors)
{
    private static readonly ExternalContactInput Nothing = new(null, null, null, null, null, null, null, null, null);

    public static SentContact Of(JsonElement sent)
    {
        var (input, errors) = sent.ReadJson<ExternalContactInput>();
        return new SentContact(
            input ?? Nothing with { Source = TextOf(sent, "source"), Id = TextOf(sent, "id") }, errors);
    }

    private static string? TextOf(JsonElement sent, string name)
    {
        try
        {
            return sent.ValueKind == JsonValueKind.Object
                && sent.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is no text.
            return null;
        }
    }
}
