using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.Reports;

/// <summary>The figures of a team's calls, or of all.</summary>
[Tags("Reports")]
public sealed class ReportFunctions(
    ReportMaker maker, FigureKeeper keeper, CallScope scope, Accounts accounts, AuditLog audit)
{
    [Function("GetReport"), Allow(Role.Supervisor)]
    [AsksOneOf("by", typeof(ReportBy))]
    [Asks("from", "to", "by"), Answers(StatusCodes.Status200OK, typeof(ReportView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "reports/daily")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (report, refusal) = await MakeAsync(request, cancellationToken);
        return refusal ?? TypedResults.Ok(report);
    }

    [Function("ExportReport"), Allow(Role.Supervisor), Audits("export.reports")]
    [AsksOneOf("by", typeof(ReportBy)), AsksOneOf(CsvQuery.Name, typeof(CsvForm))]
    [Asks("from", "to", "by", CsvQuery.Name), Answers(StatusCodes.Status200OK), AnswersFile("text/csv")]
    public async Task<IResult> Export(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "exports/reports.csv")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (form, wrong) = CsvQuery.Read(request);
        if (wrong is not null)
        {
            return wrong;
        }

        var (report, refusal) = await MakeAsync(request, cancellationToken);
        if (report is null)
        {
            return refusal!;
        }

        var file = string.Create(
            CultureInfo.InvariantCulture,
            $"report-{report.By.ToString().ToLowerInvariant()}-{report.From:yyyy-MM-dd}-{report.To:yyyy-MM-dd}.csv");
        await audit.WriteAsync(request, AuditChange.OfExport("export.reports", file, request), cancellationToken);
        return TypedResults.File(ReportCsv.Of(report, request.Language(), form), CsvText.ContentType, file);
    }

    private async Task<(ReportView? Report, IResult? Refusal)> MakeAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var asked = ReportQuery.Read(request, accounts.Home.TimeZone, keeper.Today, errors);
        if (errors.Any)
        {
            return (null, request.Invalid(errors));
        }

        // A supervisor's row can be gone, or in another team, since the page was opened.
        var visible = await scope.FindVisibleAsync(request.HttpContext.User, cancellationToken);
        return ReportMaker.ScopeOf(visible) is { } figures
            ? (await maker.MakeAsync(asked, figures, request.Language(), cancellationToken), null)
            : (null, request.Forbidden());
    }
}
