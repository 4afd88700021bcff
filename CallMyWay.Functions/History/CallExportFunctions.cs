using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Desk;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.History;

/// <summary>The calls of a filter as a file.</summary>
[Tags("Calls")]
public sealed class CallExportFunctions(
    AskedCalls asked, CallExport export, IHostDescription host, Accounts accounts, AuditLog audit)
{
    private static readonly Phrase Calls = new("llamadas", "calls");

    [Function("ExportCalls"), Allow(Role.Supervisor), Audits("export.calls")]
    [AsksOneOf("direction", typeof(CallDirection)), AsksOneOf("state", typeof(CallState), "missed", "answered")]
    [Asks(
        "from", "to", "agent", "team", "contact", "number", "direction", "outcome", "state", "followUp", "tied",
        CsvQuery.Name)]
    [AsksOneOf(CsvQuery.Name, typeof(CsvForm))]
    [Answers(StatusCodes.Status200OK), AnswersFile("text/csv")]
    public async Task<IResult> Export(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "exports/calls.csv")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var form = CsvQuery.Read(request, errors);
        var (filter, refusal) = await asked.ReadAsync(request, errors, cancellationToken);
        if (filter is null)
        {
            return refusal!;
        }

        // A list without an end goes on a while after now.
        if (host.Describe().ExportDays is { } days
            && filter.To - filter.From > TimeSpan.FromDays(days) + (CallFilter.EndOf(filter.Now) - filter.Now))
        {
            return request.Invalid(new FieldErrors().Add(
                "from",
                $"Pida como máximo {days} días a la vez: exporte mes por mes.",
                $"Ask for {days} days at a time at most: export month by month."));
        }

        var first = await export.ReadAsync(filter, null, cancellationToken);
        if (await asked.FindWrongAsync(filter, first, cancellationToken) is { } wrong)
        {
            return request.Invalid(wrong);
        }

        var language = request.Language();
        var file = NameOf(filter, language);
        await audit.WriteAsync(request, AuditChange.OfExport("export.calls", file, request), cancellationToken);
        return TypedResults.Stream(
            // The stream is written after the function has returned, and its reader can go any time.
            stream => export.WriteAsync(filter, first, language, form, stream, request.HttpContext.RequestAborted),
            CsvText.ContentType,
            file);
    }

    private string NameOf(CallFilter filter, string language)
    {
        var zone = accounts.Home.TimeZone;
        var last = filter.To > filter.Now ? filter.Now : filter.To.AddTicks(-1);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Calls.In(language)}-{zone.DayOf(filter.From):yyyy-MM-dd}-{zone.DayOf(last):yyyy-MM-dd}.csv");
    }
}
