using System.Globalization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.PersonalData;

/// <summary>
/// What a person may ask for by the law 8968: all that is kept of them, and that it is erased. For administrators.
/// </summary>
[Tags("Contacts")]
public sealed class PersonalDataFunctions(
    ContactStore contacts,
    PersonFinder finder,
    PersonCalls calls,
    PersonalDataExport export,
    ErasureStore erasures,
    JobStore jobs,
    JobQueue queue,
    AgentDirectory agents,
    Accounts accounts,
    AuditLog audit,
    TimeProvider clock)
{
    private const int LongestReference = 100;

    private static readonly Phrase NameOfFile = new("datos-personales", "personal-data");

    private static readonly Phrase NoSuchErasure = new(
        "Ese borrado no existe.", "There is no such erasure.");

    [Function("ExportPersonalData"), Allow(Role.Admin), Audits("export.personal-data")]
    [Answers(StatusCodes.Status200OK, typeof(PersonalDataFile))]
    public async Task<IResult> Export(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "personal-data/{contactId}")] HttpRequest request,
        string contactId,
        CancellationToken cancellationToken)
    {
        if (await contacts.GetAsync(contactId, cancellationToken) is not { } contact)
        {
            return request.NotFound(ContactFunctions.NoSuchContact);
        }

        var person = new PersonText(await finder.FindAsync(contact, cancellationToken));
        var agentId = request.HttpContext.User.RequiredAgentId();
        var today = accounts.Home.TimeZone.DayOf(clock.GetUtcNow());
        var file = string.Create(
            CultureInfo.InvariantCulture, $"{NameOfFile.In(request.Language())}-{today:yyyy-MM-dd}.json");
        await audit.WriteAsync(
            request, new AuditChange("export.personal-data", contact.ContactId, null, null), cancellationToken);
        return TypedResults.Stream(
            // The stream is written after the function has returned, and its reader can go any time.
            stream => export.WriteAsync(contact, person, agentId, stream, request.HttpContext.RequestAborted),
            "application/json; charset=utf-8",
            file);
    }

    [Function("ErasePersonalData"), Allow(Role.Admin), Audits("personal-data.erased")]
    [Refuses(StatusCodes.Status409Conflict)]
    [TakesIfMatch]
    [Asks("reference", "confirmed"), Answers(StatusCodes.Status202Accepted, typeof(ErasureView))]
    public async Task<IResult> Erase(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "personal-data/{contactId}")] HttpRequest request,
        string contactId,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var reference = PlainText.Of(request.Query["reference"].ToString())?.Trim() ?? "";
        if (reference.Length is 0 or > LongestReference)
        {
            errors.Add(
                "reference",
                $"Escriba la referencia de la solicitud, de hasta {LongestReference} caracteres: un número de oficio, una fecha.",
                $"Write the reference of the request, of at most {LongestReference} characters: a number of a file, a date.");
        }

        if (request.Query["confirmed"] != "true")
        {
            errors.Add(
                "confirmed",
                "Confirme el borrado con «confirmed=true»: no se puede deshacer.",
                "Confirm the erasure by \"confirmed=true\": it can't be undone.");
        }

        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        // Whoever asks again, as there was no answer or as it had failed, goes on with the one that was begun.
        if (await erasures.FindOpenAsync(contactId, cancellationToken) is { } openId
            && await erasures.GetAsync(openId, cancellationToken) is { } open)
        {
            return await AcceptedAsync(request, open, cancellationToken);
        }

        if (await contacts.GetAsync(contactId, cancellationToken) is not { } contact)
        {
            return request.NotFound(ContactFunctions.NoSuchContact);
        }

        if (contact.ContactId != contactId)
        {
            return ContactFunctions.Merged(request, StatusCodes.Status409Conflict, contact.ContactId);
        }

        if (IfMatch.Of(request) is { } etag && etag != contact.ETag)
        {
            return request.Changed();
        }

        var known = await finder.FindAsync(contact, cancellationToken);
        var person = new PersonText(known);
        if (person.HasDetail(reference) || person.HasMuchOfName(reference) || person.HasId(reference))
        {
            errors.Add(
                "reference",
                "No escriba aquí el nombre, la identificación ni el teléfono de la persona: la referencia se conserva.",
                "Don't write the person's name, document or number here: the reference is kept.");
            return request.Invalid(errors);
        }

        if (await calls.AreUnderWayAsync(person, cancellationToken))
        {
            return request.Problem(
                StatusCodes.Status409Conflict,
                new("Hay una llamada en curso", "A call goes on"),
                new(
                    "Hay una llamada en curso con esta persona. Espere a que termine, y borre sus datos después.",
                    "A call with this person goes on. Wait for its end, and erase the data then."));
        }

        var erasure = new Erasure
        {
            ErasureId = queue.NewId(),
            Reference = reference,
            AskedBy = request.HttpContext.User.RequiredAgentId(),
            AskedAt = clock.GetUtcNow(),
            Person = known,
        };
        var begunId = await audit.ChangeAsync(
            request,
            AuditChange.Of("personal-data.erased", erasure.ErasureId, null, new { erasure.Reference }),
            () => erasures.BeginAsync(erasure, contactId, cancellationToken),
            begun => begun == erasure.ErasureId);
        return await AcceptedAsync(
            request, (await erasures.GetAsync(begunId, CancellationToken.None))!, CancellationToken.None);
    }

    [Function("ListErasures"), Allow(Role.Admin)]
    [Asks("take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<ErasureView>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "personal-data-erasures")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var (items, next) = await erasures.ListAsync(page, cancellationToken);
        var roster = await agents.ReadAsync(cancellationToken);
        var views = new List<ErasureView>();
        foreach (var erasure in items)
        {
            var job = erasure.FinishedAt is null
                ? await jobs.GetAsync(ErasureJob.Name, erasure.JobId, cancellationToken)
                : null;
            views.Add(ErasureView.Of(erasure, job, roster, request.Language()));
        }

        return TypedResults.Ok(new Page<ErasureView>(views, next));
    }

    [Function("GetErasure"), Allow(Role.Admin)]
    [Answers(StatusCodes.Status200OK, typeof(ErasureView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "personal-data-erasures/{erasureId}")] HttpRequest request,
        string erasureId,
        CancellationToken cancellationToken) =>
        await erasures.GetAsync(erasureId, cancellationToken) is { } erasure
            ? TypedResults.Ok(await ViewAsync(request, erasure, cancellationToken))
            : request.NotFound(NoSuchErasure);

    // One that was begun and whose job is missing, or has failed, goes on with a job that begins at the beginning.
    private async Task<IResult> AcceptedAsync(
        HttpRequest request, Erasure erasure, CancellationToken cancellationToken)
    {
        var job = await jobs.GetAsync(ErasureJob.Name, erasure.JobId, cancellationToken);
        if (erasure.FinishedAt is null && job is null or { IsOver: true })
        {
            // Of several who ask at once the one whose write is taken starts the job.
            if (await erasures.ReplaceAsync(erasure with { JobId = queue.NewId() }, cancellationToken) is { } next)
            {
                await queue.StartAsync(
                    ErasureJob.Name,
                    new ErasureWork(erasure.ErasureId, ErasurePhase.Calls).ToJson(),
                    null,
                    erasure.AskedBy,
                    cancellationToken,
                    next.JobId);
            }

            erasure = await erasures.GetAsync(erasure.ErasureId, cancellationToken) ?? erasure;
        }

        return TypedResults.Accepted(
            $"/api/personal-data-erasures/{erasure.ErasureId}", await ViewAsync(request, erasure, cancellationToken));
    }

    private async Task<ErasureView> ViewAsync(
        HttpRequest request, Erasure erasure, CancellationToken cancellationToken) => ErasureView.Of(
        erasure,
        await jobs.GetAsync(ErasureJob.Name, erasure.JobId, cancellationToken),
        await agents.ReadAsync(cancellationToken),
        request.Language());
}
