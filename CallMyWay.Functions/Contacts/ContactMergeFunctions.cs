using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Contacts;

/// <summary>The body of a request that makes one contact of two.</summary>
/// <param name="Keep">The id of the contact that stays.</param>
/// <param name="Merge">The id of the one that becomes a part of it.</param>
/// <param name="KeepEtag">The version that the caller has seen; without it any version.</param>
/// <param name="MergeEtag">The same of the other one.</param>
public sealed record ContactMergeInput(
    [property: Needed] string? Keep, [property: Needed] string? Merge, string? KeepEtag, string? MergeEtag);

/// <summary>Two contacts that were merged.</summary>
/// <param name="ContactId">The contact that stayed.</param>
/// <param name="Merged">The one that became a part of it, as it was.</param>
/// <param name="ByName">The supervisor's name.</param>
/// <param name="UndoableUntil">Null where it can't be undone any more.</param>
/// <param name="State">
/// <see cref="MergeState.Unfinished"/> where the request broke off: it is finished by repeating it.
/// </param>
public sealed record ContactMergeView(
    string MergeId,
    string ContactId,
    Contact Merged,
    DateTimeOffset At,
    string By,
    string? ByName,
    DateTimeOffset? UndoableUntil,
    MergeState State);

/// <summary>How far a merge is.</summary>
public enum MergeState
{
    Merged,
    Unfinished,
}

/// <summary>What an undo came to.</summary>
/// <param name="ContactId">The contact that had stayed; null if it was deleted.</param>
/// <param name="MergedId">The one that is a contact of its own again.</param>
/// <param name="NotTakenBack">
/// The fields of the former that somebody has changed since, named as in errors: they stay as they are.
/// </param>
public sealed record MergeUndone(
    string MergeId, string? ContactId, string MergedId, DateTimeOffset UndoneAt, IReadOnlyList<string> NotTakenBack);

/// <summary>Makes one contact of two, and undoes it within a day.</summary>
[Tags("Contacts")]
public sealed class ContactMergeFunctions(
    ContactMerges merges,
    ContactStore contacts,
    IContactNews news,
    AgentDirectory agents,
    PhoneNumberParser numbers,
    AuditLog audit,
    TimeProvider clock)
{
    private static readonly Phrase NoSuchMerge = new(
        "No hay una unión con ese código: ya se deshizo, o el contacto fue eliminado.",
        "There is no merge with that id: it was undone already, or the contact was deleted.");

    private static readonly Phrase NotMerged = new("No se pudieron unir", "They could not be merged");

    [Function("MergeContacts"), Allow(Role.Supervisor), Audits("contact.merged")]
    [Refuses(StatusCodes.Status409Conflict)]
    [Takes(typeof(ContactMergeInput))]
    [Answers(StatusCodes.Status201Created, typeof(ContactMergeView))]
    public async Task<IResult> Merge(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "contact-merges")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (input, refusal) = await request.ReadJsonAsync<ContactMergeInput>(cancellationToken);
        if (input is null)
        {
            return refusal!;
        }

        var errors = new FieldErrors();
        if (PlainText.Trimmed(input.Keep) is null)
        {
            errors.Add("keep", "Indique el contacto que queda.", "Give the contact that stays.");
        }

        if (PlainText.Trimmed(input.Merge) is null)
        {
            errors.Add("merge", "Indique el contacto que se une a él.", "Give the contact that is merged into it.");
        }

        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var result = await MergeAsync(request, input, cancellationToken);
        if (result.Outcome != MergeOutcome.Merged)
        {
            return Refused(request, result);
        }

        // The open calls of both are with the kept one now. It is told by a repeated request too.
        await news.StoredAsync(result.Kept!, null);
        return TypedResults.Created(
            $"/api/contact-merges?contact={result.Kept!.ContactId}",
            await ViewAsync(result.Kept.ContactId, [(result.Merged!, result.Merge!)], cancellationToken) is [var view]
                ? view
                : null);
    }

    [Function("ListContactMerges"), Allow(Role.Supervisor)]
    [Refuses(StatusCodes.Status404NotFound)]
    [Asks("contact")]
    [Answers(StatusCodes.Status200OK, typeof(Page<ContactMergeView>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "contact-merges")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        if (PlainText.Trimmed(request.Query["contact"]) is not { } contactId)
        {
            return request.Invalid(
                new FieldErrors().Add("contact", "Indique un contacto.", "Give a contact."));
        }

        if (await contacts.GetAsync(contactId, cancellationToken) is not { } kept)
        {
            return request.NotFound(ContactFunctions.NoSuchContact);
        }

        var found = await merges.ListAsync(kept, cancellationToken);
        return TypedResults.Ok(new Page<ContactMergeView>(
            await ViewAsync(kept.ContactId, found, cancellationToken), null));
    }

    [Function("UndoContactMerge"), Allow(Role.Supervisor), Audits("contact.merge-undone")]
    [Refuses(StatusCodes.Status409Conflict)]
    [Answers(StatusCodes.Status200OK, typeof(MergeUndone))]
    public async Task<IResult> Undo(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "contact-merges/{mergeId}/undo")]
        HttpRequest request,
        string mergeId,
        CancellationToken cancellationToken)
    {
        if (await merges.FindAsync(mergeId, cancellationToken) is not { Merge: { } merge } merged)
        {
            return request.NotFound(NoSuchMerge);
        }

        var kept = await contacts.GetAsync(merge.Into, cancellationToken);
        var result = await audit.ChangeAsync(
            request,
            AuditChange.Of(
                "contact.merge-undone",
                merge.Into,
                kept?.Shown(numbers),
                new { keep = merge.Before.Shown(numbers), merge = merged.Shown(numbers) }),
            () => merges.UndoAsync(mergeId, cancellationToken),
            undone => undone is { Outcome: UndoOutcome.Undone, IsRepeated: false });
        if (result.Outcome != UndoOutcome.Undone)
        {
            return Refused(request, result);
        }

        await news.StoredAsync(result.Merged!, null);
        if (result.Kept is not null)
        {
            await news.StoredAsync(result.Kept, null);
        }

        return TypedResults.Ok(new MergeUndone(
            mergeId,
            result.Kept?.ContactId,
            result.Merged!.ContactId,
            result.Merge!.UndoneAt!.Value,
            result.Merge.NotTakenBack ?? []));
    }

    private async Task<MergeResult> MergeAsync(
        HttpRequest request, ContactMergeInput input, CancellationToken cancellationToken)
    {
        var (keepId, mergeId) = (input.Keep!.Trim(), input.Merge!.Trim());
        // What their rows hold: the id of one that is merged already would lead to the other.
        var keep = await contacts.ReadAsync(keepId, cancellationToken);
        var merge = await contacts.ReadAsync(mergeId, cancellationToken);
        Task<MergeResult> MakeAsync() => merges.MergeAsync(
            keepId,
            mergeId,
            input.KeepEtag,
            input.MergeEtag,
            request.HttpContext.User.RequiredAgentId(),
            cancellationToken);
        return keep is null || merge is null || keepId == mergeId
            ? await MakeAsync()
            : await audit.ChangeAsync(
                request,
                AuditChange.Of(
                    "contact.merged",
                    keepId,
                    new { keep = keep.Shown(numbers), merge = merge.Shown(numbers) },
                    merges.Join(keep, merge).Shown(numbers)),
                MakeAsync,
                made => made is { Outcome: MergeOutcome.Merged, IsRepeated: false });
    }

    private async Task<IReadOnlyList<ContactMergeView>> ViewAsync(
        string keptId,
        IReadOnlyList<(Contact Merged, ContactMerge Merge)> found,
        CancellationToken cancellationToken)
    {
        if (found.Count == 0)
        {
            return [];
        }

        var roster = await agents.ReadAsync(cancellationToken);
        var now = clock.GetUtcNow();
        return
        [
            .. found.Select(each => new ContactMergeView(
                each.Merge.MergeId,
                keptId,
                each.Merged.Shown(numbers),
                each.Merge.At,
                each.Merge.By,
                roster.NameOf(each.Merge.By),
                // What was merged again into another one is undone from the latest on.
                each.Merge.Into == keptId && now <= each.Merge.UndoableUntil ? each.Merge.UndoableUntil : null,
                each.Merge.IsUnderWay ? MergeState.Unfinished : MergeState.Merged)),
        ];
    }

    private static IResult Refused(HttpRequest request, MergeResult result) => result.Outcome switch
    {
        MergeOutcome.Same => request.Invalid(new FieldErrors().Add(
            "merge", "Es el mismo contacto: elija otro.", "It is the same contact: choose another one.")),
        MergeOutcome.NoKept => request.NotFound(new(
            "El contacto que iba a quedar no existe, o fue eliminado.",
            "The contact that was to stay does not exist, or was deleted.")),
        MergeOutcome.NoMerged => request.NotFound(new(
            "El contacto que se iba a unir no existe, o fue eliminado.",
            "The contact that was to be merged does not exist, or was deleted.")),
        MergeOutcome.KeptElsewhere or MergeOutcome.MergedElsewhere =>
            ContactFunctions.Merged(request, StatusCodes.Status409Conflict, result.OtherId!),
        MergeOutcome.Busy => request.Problem(
            StatusCodes.Status409Conflict,
            NotMerged,
            new(
                "Alguien está uniendo ese contacto en este momento. Espere un minuto y repita.",
                "Someone is merging that contact at this moment. Wait a minute and try again.")),
        MergeOutcome.TooManyContacts => request.Problem(
            StatusCodes.Status409Conflict,
            NotMerged,
            new(
                $"Serían más de {ContactMerge.MostContacts} contactos unidos en uno.",
                $"More than {ContactMerge.MostContacts} contacts would be merged into one.")),
        MergeOutcome.TooLong => request.Problem(
            StatusCodes.Status409Conflict,
            NotMerged,
            new(
                "Juntos tienen más teléfonos o campos de los que caben en un contacto. Quite los que sobran y repita.",
                "Together they have more numbers or fields than one contact holds. Remove some and try again.")),
        _ => request.Changed(),
    };

    private static IResult Refused(HttpRequest request, UndoResult result) => result.Outcome switch
    {
        UndoOutcome.NotFound => request.NotFound(NoSuchMerge),
        UndoOutcome.TooLate => request.Problem(
            StatusCodes.Status409Conflict,
            new("Ya no se puede deshacer", "It can't be undone any more"),
            new("Pasó más de un día desde que se unieron.", "They were merged more than a day ago.")),
        UndoOutcome.MergedLater => request.Problem(
            StatusCodes.Status409Conflict,
            new("Primero deshaga la unión más nueva", "Undo the latest merge first"),
            new(
                "El contacto que quedó se unió después con otro. Deshaga primero esa unión.",
                "The contact that stayed was merged into another one later. Undo that merge first."),
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["contactId"] = result.OtherId }),
        _ => request.Changed(),
    };
}
