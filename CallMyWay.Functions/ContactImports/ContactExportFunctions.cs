using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CallMyWay.Functions.ContactImports;

/// <summary>All contacts as a file.</summary>
[Tags("Contacts")]
public sealed class ContactExportFunctions(ContactExport export, Accounts accounts, AuditLog audit, TimeProvider clock)
{
    private static readonly Phrase Contacts = new("contactos", "contacts");

    [Function("ExportContacts"), Allow(Role.Supervisor), Audits("export.contacts")]
    [Asks(CsvQuery.Name), AsksOneOf(CsvQuery.Name, typeof(CsvForm))]
    [Answers(StatusCodes.Status200OK), AnswersFile("text/csv")]
    public async Task<IResult> Export(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "exports/contacts.csv")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var (form, wrong) = CsvQuery.Read(request);
        if (wrong is not null)
        {
            return wrong;
        }

        var language = request.Language();
        var agentId = request.HttpContext.User.RequiredAgentId();
        var today = accounts.Home.LocalTime(clock.GetUtcNow());
        var file = string.Create(CultureInfo.InvariantCulture, $"{Contacts.In(language)}-{today:yyyy-MM-dd}.csv");
        await audit.WriteAsync(request, AuditChange.OfExport("export.contacts", file, request), cancellationToken);
        return TypedResults.Stream(
            // The stream is written after the function has returned, and its reader can go any time.
            stream => export.WriteAsync(agentId, language, form, stream, request.HttpContext.RequestAborted),
            CsvText.ContentType,
            file);
    }
}
