using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.AuditTrail;

/// <summary>Who changed what, for administrators. Nothing here changes an entry.</summary>
[Tags("Audit")]
public sealed class AuditFunctions(
    AuditStore store, AuditExport export, AuditLog audit, Accounts accounts, TimeProvider clock)
{
    private const int LongestText = 256;

    private static readonly Phrase NameOfFile = new("auditoria", "audit");

    [Function("ListAudit"), Allow(Role.Admin)]
    [Asks("from", "to", "who", "what", "id", "take", "next")]
    [Answers(StatusCodes.Status200OK, typeof(AuditPage))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var page = PageRequest.Read(request, errors);
        var filter = Read(request, errors);
        return errors.Any
            ? request.Invalid(errors)
            : TypedResults.Ok(await store.ListAsync(filter, page, cancellationToken));
    }

    [Function("ExportAudit"), Allow(Role.Admin), Audits("export.audit")]
    [Asks("from", "to", "who", "what", "id", CsvQuery.Name), AsksOneOf(CsvQuery.Name, typeof(CsvForm))]
    [Answers(StatusCodes.Status200OK), AnswersFile("text/csv")]
    public async Task<IResult> Export(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "exports/audit.csv")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var filter = Read(request, errors);
        var form = CsvQuery.Read(request, errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var language = request.Language();
        var today = accounts.Home.TimeZone.DayOf(clock.GetUtcNow());
        var file = string.Create(
            CultureInfo.InvariantCulture, $"{NameOfFile.In(language)}-{today:yyyy-MM-dd}.csv");
        await audit.WriteAsync(request, AuditChange.OfExport("export.audit", file, request), cancellationToken);
        return TypedResults.Stream(
            // The stream is written after the function has returned, and its reader can go any time.
            stream => export.WriteAsync(filter, language, form, stream, request.HttpContext.RequestAborted),
            CsvText.ContentType,
            file);
    }

    private AuditFilter Read(HttpRequest request, FieldErrors errors)
    {
        var zone = accounts.Home.TimeZone;
        var from = TimeQuery.Read(request, "from", zone, errors);
        var to = TimeQuery.ReadEnd(request, "to", zone, errors);
        if (from >= to)
        {
            errors.Add("from", "Debe ser antes del final del período.", "It must be before the end of the period.");
        }

        return new AuditFilter(
            from,
            to,
            ReadText(request, "who", errors),
            ReadText(request, "what", errors),
            ReadText(request, "id", errors));
    }

    private static string? ReadText(HttpRequest request, string name, FieldErrors errors)
    {
        var text = request.Query[name].ToString().Trim();
        if (text.Length > LongestText)
        {
            errors.Add(
                name,
                $"Pasa de {LongestText} caracteres.",
                $"It is longer than {LongestText} characters.");
        }

        return text.Length == 0 ? null : text;
    }
}
