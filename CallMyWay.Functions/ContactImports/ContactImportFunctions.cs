using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.ContactImports;

/// <summary>Imports contacts of a file, shows how that goes, and takes it back.</summary>
[Tags("Contact imports")]
public sealed class ContactImportFunctions(
    ImportUpload upload,
    ImportStore store,
    RefusedRows refused,
    JobQueue queue,
    JobStore jobs,
    AuditLog audit,
    TimeProvider clock)
{
    private const string Imported = "contacts.imported";

    private const string Cancelled = "contacts.import-cancelled";

    private const string Undone = "contacts.import-undone";

    private static readonly Phrase RefusedName = new("filas-rechazadas", "refused-rows");

    [Function("StartContactImport"), Allow(Role.Admin), Audits(Imported)]
    [AsksOneOf("by", typeof(DuplicateKey)), AsksOneOf("duplicates", typeof(DuplicateRule))]
    [Asks("preview", "part", "header", "mapping", "duplicates", "by", "file"), TakesFile("text/csv")]
    [Answers(StatusCodes.Status200OK, typeof(ImportPreview))]
    [Answers(StatusCodes.Status202Accepted, typeof(ContactImport))]
    public async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "contact-imports")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var asked = ImportRequest.Read(request, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var (table, refusal) = await UploadedTable.ReadAsync(
            request, ImportRequest.MostBytes, asked.IsPart, cancellationToken);
        if (table is null)
        {
            return refusal!;
        }

        using (table)
        {
            try
            {
                if (asked.IsPreview)
                {
                    return await upload.PreviewAsync(request, asked, table, cancellationToken);
                }

                (var job, refusal) = await upload.StartAsync(request, asked, table, cancellationToken);
                return job is null
                    ? refusal!
                    : TypedResults.Accepted($"/api/contact-imports/{job.JobId}", View(request, job, null));
            }
            catch (CsvFormatException error)
            {
                return UploadedTable.NoTable(request, error.Words);
            }
        }
    }

    [Function("ListContactImports"), Allow(Role.Admin)]
    [Asks("take", "next"), Answers(StatusCodes.Status200OK, typeof(Page<ContactImport>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "contact-imports")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var (items, next) = await jobs.ListAsync(ImportJob.Name, page, cancellationToken);
        return TypedResults.Ok(new Page<ContactImport>(
            [.. await AtOnce.DoAsync(items, job => ViewAsync(request, job, cancellationToken))], next));
    }

    [Function("GetContactImport"), Allow(Role.Admin)]
    [Answers(StatusCodes.Status200OK, typeof(ContactImport))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "contact-imports/{importId}")] HttpRequest request,
        string importId,
        CancellationToken cancellationToken) =>
        await jobs.GetAsync(ImportJob.Name, importId, cancellationToken) is { } job
            ? TypedResults.Ok(await ViewAsync(request, job, cancellationToken))
            : NotFound(request);

    /// <summary>Ends an import before its next slice. What is stored by then stays, until it is undone.</summary>
    [Function("CancelContactImport"), Allow(Role.Admin), Audits(Cancelled)]
    [Answers(StatusCodes.Status200OK, typeof(ContactImport))]
    public async Task<IResult> Cancel(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "contact-imports/{importId}")] HttpRequest request,
        string importId,
        CancellationToken cancellationToken)
    {
        if (await jobs.GetAsync(ImportJob.Name, importId, cancellationToken) is not { } job)
        {
            return NotFound(request);
        }

        if (!job.IsOver)
        {
            job = await audit.ChangeAsync(
                request,
                new AuditChange(Cancelled, importId, null, null),
                () => queue.CancelAsync(ImportJob.Name, importId, cancellationToken),
                cancelled => cancelled?.State == JobState.Cancelled) ?? job;
        }

        return TypedResults.Ok(await ViewAsync(request, job, cancellationToken));
    }

    [Function("GetRefusedRows"), Allow(Role.Admin), NotAudited("They are rows of a file that was sent here.")]
    [Asks(CsvQuery.Name), AsksOneOf(CsvQuery.Name, typeof(CsvForm))]
    [Answers(StatusCodes.Status200OK), AnswersFile("text/csv")]
    public async Task<IResult> Refused(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "contact-imports/{importId}/refused")] HttpRequest request,
        string importId,
        CancellationToken cancellationToken)
    {
        if (await jobs.GetAsync(ImportJob.Name, importId, cancellationToken) is not { } job)
        {
            return NotFound(request);
        }

        if (!await store.IsKeptAsync(importId, cancellationToken))
        {
            return NotKept(request);
        }

        var (form, wrong) = CsvQuery.Read(request);
        if (wrong is not null)
        {
            return wrong;
        }

        var language = request.Language();
        return TypedResults.Stream(
            stream => refused.WriteAsync(job, language, form, stream, request.HttpContext.RequestAborted),
            CsvText.ContentType,
            $"{RefusedName.In(language)}-{job.CreatedAt:yyyy-MM-dd}.csv");
    }

    [Function("UndoContactImport"), Allow(Role.Admin), Audits(Undone)]
    [Refuses(StatusCodes.Status409Conflict)]
    [Answers(StatusCodes.Status202Accepted, typeof(ContactImport))]
    public async Task<IResult> Undo(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "contact-imports/{importId}/undo")] HttpRequest request,
        string importId,
        CancellationToken cancellationToken)
    {
        if (await jobs.GetAsync(ImportJob.Name, importId, cancellationToken) is not { } job)
        {
            return NotFound(request);
        }

        if (!job.IsOver)
        {
            return request.Problem(
                StatusCodes.Status409Conflict,
                new("La importación no ha terminado", "The import is not over"),
                new("Cancélela primero, o espere a que termine.", "Cancel it first, or wait until it is over."));
        }

        if (!await store.IsKeptAsync(importId, cancellationToken))
        {
            return NotKept(request);
        }

        var noted = await store.GetUndoAsync(importId, cancellationToken);
        var before = noted is null ? null : await jobs.GetAsync(UndoJob.Name, noted, cancellationToken);
        if (before is { State: JobState.Done })
        {
            return request.Problem(
                StatusCodes.Status409Conflict,
                new("Ya se deshizo", "It was undone already"),
                new("Esta importación ya se deshizo.", "This import was undone already."));
        }

        // Whoever repeats the request, or asks at the same time, gets the undo that is under way.
        if (before is null or { IsOver: true })
        {
            var undoId = queue.NewId();
            if (await audit.ChangeAsync(
                request,
                new AuditChange(Undone, importId, null, null),
                () => store.PutUndoAsync(importId, undoId, noted, cancellationToken),
                isNoted => isNoted))
            {
                await queue.StartAsync(
                    UndoJob.Name,
                    new UndoWork(importId, ImportWork.Read(job.Payload).Slices).ToJson(),
                    null,
                    request.HttpContext.User.RequiredAgentId(),
                    CancellationToken.None,
                    undoId);
            }
        }

        return TypedResults.Accepted(
            $"/api/contact-imports/{importId}", await ViewAsync(request, job, cancellationToken));
    }

    private async Task<Job?> UndoOfAsync(string importId, CancellationToken cancellationToken) =>
        await store.GetUndoAsync(importId, cancellationToken) is { } jobId
            ? await jobs.GetAsync(UndoJob.Name, jobId, cancellationToken)
            : null;

    private async Task<ContactImport> ViewAsync(HttpRequest request, Job job, CancellationToken cancellationToken) =>
        View(
            request,
            job.State == JobState.Failed ? await CountedAsync(job, cancellationToken) : job,
            job.IsOver ? await UndoOfAsync(job.JobId, cancellationToken) : null);

    /// <summary>
    /// An import that failed, with what its last step has begun: the step could not say it, and an undo goes over it.
    /// </summary>
    private async Task<Job> CountedAsync(Job failed, CancellationToken cancellationToken)
    {
        var (job, work) = (failed, ImportWork.Read(failed.Payload));
        for (var slice = work.Next;
            slice < work.Slices && await store.GetJournalAsync(job.JobId, slice, cancellationToken) is { } journal;
            slice++)
        {
            job = ImportJob.Counted(job, journal);
        }

        return job;
    }

    private ContactImport View(HttpRequest request, Job job, Job? undo) =>
        ContactImport.Of(job, undo, request.Language(), clock.GetUtcNow());

    private static IResult NotFound(HttpRequest request) => request.NotFound(
        new("No hay una importación con este identificador.", "There is no import with this id."));

    private static IResult NotKept(HttpRequest request) => request.Problem(
        StatusCodes.Status410Gone,
        new("Ya no se guarda", "It is no longer kept"),
        new(
            $"Lo que hizo una importación se guarda {ImportSweep.KeptFor.Days} días. "
            + "Ya no se puede deshacer, ni leer sus filas rechazadas.",
            $"What an import did is kept for {ImportSweep.KeptFor.Days} days. "
            + "It can't be undone any more, nor its refused rows be read."));
}
