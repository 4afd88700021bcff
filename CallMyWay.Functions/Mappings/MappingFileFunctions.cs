using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Mappings;

/// <summary>The mappings as a table: to export, and to import after a look at what would change.</summary>
[Tags("Mappings")]
public sealed class MappingFileFunctions(
    MappingStore mappings, MappingImport import, AgentDirectory agents, IMappingNews news, AuditLog audit)
{
    private const int MaxBytes = 1024 * 1024;

    private static readonly Phrase Name = new("telefonos.csv", "phones.csv");

    [Function("ExportMappings"), Allow(Role.Admin), Audits("export.mappings")]
    [Asks(CsvQuery.Name), AsksOneOf(CsvQuery.Name, typeof(CsvForm))]
    [Answers(StatusCodes.Status200OK), AnswersFile("text/csv")]
    public async Task<IResult> Export(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "exports/mappings.csv")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (form, wrong) = CsvQuery.Read(request);
        if (wrong is not null)
        {
            return wrong;
        }

        var roster = await agents.ReadAsync(cancellationToken);
        var language = request.Language();
        var all = await mappings.ListAsync(cancellationToken);
        var file = Name.In(language);
        await audit.WriteAsync(request, AuditChange.OfExport("export.mappings", file, request), cancellationToken);
        return TypedResults.File(MappingCsv.Of(all, roster.NameOf, language, form), CsvText.ContentType, file);
    }

    /// <summary>
    /// With <c>preview=true</c> nothing is stored. A request with the preview's <c>etag</c> in <c>If-Match</c> is
    /// refused where a mapping has changed since.
    /// </summary>
    [Function("ImportMappings"), Allow(Role.Admin), Audits("mappings.imported", "mapping.changed")]
    [TakesFile("text/csv"), TakesIfMatch]
    [Asks("preview"), Answers(StatusCodes.Status200OK, typeof(MappingImportView))]
    public async Task<IResult> Import(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "mapping-imports")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var isPreview = FlagQuery.Read(request, "preview", errors);
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var (table, refusal) = await UploadedTable.ReadAsync(request, MaxBytes, isPart: false, cancellationToken);
        if (table is null)
        {
            return refusal!;
        }

        using var file = table;
        IReadOnlyList<MappingRow>? rows;
        try
        {
            rows = MappingCsv.Read(file);
        }
        catch (CsvFormatException error)
        {
            return request.Invalid(new FieldErrors().Add("file", error.Words.Es, error.Words.En));
        }

        if (rows is null)
        {
            return request.Invalid(new FieldErrors().Add(
                "file",
                "No es una tabla de teléfonos: la primera línea debe tener las columnas «código» y «agente», separadas por coma, punto y coma o tabulación.",
                "It is no table of phones: its first line must have the columns \"endpoint id\" and \"agent\", separated by commas, semicolons or tabs."));
        }

        if (rows.Count > MappingImport.MostRows)
        {
            return request.Invalid(new FieldErrors().Add(
                "file",
                $"Tiene {rows.Count} filas. Importe como máximo {MappingImport.MostRows} a la vez.",
                $"It has {rows.Count} rows. Import {MappingImport.MostRows} at a time at most."));
        }

        var language = request.Language();
        var plan = await import.PlanAsync(rows, language, cancellationToken);
        if (isPreview)
        {
            return TypedResults.Ok(plan.View);
        }

        if (IfMatch.Of(request) is { } version && version != plan.Version)
        {
            return request.Changed();
        }

        // What becomes of the rows is known when they are stored. Each mapping that changes has its own entry.
        await audit.WriteAsync(
            request,
            AuditChange.Of("mappings.imported", "mappings", null, new { Rows = plan.Rows.Count }),
            cancellationToken);
        var done = await import.StoreAsync(plan, request, cancellationToken);
        if (done.Refused < done.Rows.Count)
        {
            // Also where nothing has changed: an earlier request may have stored it all and got no further.
            await news.ImportedAsync(request.HttpContext.User.RequiredAgentId());
        }

        return TypedResults.Ok(done);
    }
}
