using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Sweeping;

/// <summary>What a repair checked and changed in a table and its index.</summary>
/// <param name="Table">The table of the records.</param>
/// <param name="Records">How many records were checked.</param>
/// <param name="IndexRows">How many index rows were checked.</param>
/// <param name="Written">Records whose index rows were written again, as one was missing or outdated.</param>
/// <param name="Removed">Index rows that led to the wrong record.</param>
/// <param name="LeadNowhere">
/// Index rows without a record. They stay, as a record that is being created has them too. The nightly run removes
/// them.
/// </param>
/// <param name="Conflicts">Records that share with another a value that must be unique, such as a sign-in name.</param>
/// <param name="Unreadable">Rows that can't be read. They are left alone.</param>
public sealed record RepairedTable(
    string Table, int Records, int IndexRows, int Written, int Removed, int LeadNowhere, int Conflicts, int Unreadable)
{
    public static RepairedTable Of(IIndexedTable table, IndexCheck check) => new(
        table.Name,
        check.Records,
        check.IndexRows,
        check.Written,
        check.Removed,
        check.LeadNowhere.Count,
        check.Conflicts,
        check.Unreadable);
}

/// <summary>What one request checked. <paramref name="Next"/> asks for the following rows; null at the end.</summary>
public sealed record IndexRepairPage(
    IReadOnlyList<RepairedTable> Items,
    [property: System.Text.Json.Serialization.JsonIgnore(
        Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)] string? Next);

/// <summary>Repairs the indexes on an administrator's request.</summary>
public sealed partial class IndexRepairFunctions(
    IndexRepair repair, IEnumerable<IIndexedTable> indexed, AuditLog audit, ILogger<IndexRepairFunctions> logger)
{
    /// <summary>
    /// How many rows one request checks, which takes some seconds on Azure. For more, the caller repeats the request.
    /// </summary>
    private const int RowsPerRequest = 5000;

    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(20);

    [Function("RepairIndexes"), Allow(Role.Admin), Audits("indexes.repaired")]
    [Asks("next"), Answers(StatusCodes.Status200OK, typeof(IndexRepairPage))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "index-repairs")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var next = request.Query["next"];
        var from = next.Count == 1 && next != "" ? RepairPosition.Parse(next.ToString(), indexed) : null;
        if (from is null && next.Count > 0 && next != "")
        {
            return request.Invalid(new FieldErrors().Add(
                "next",
                "Use el valor de «next» de la respuesta anterior, tal como vino.",
                "Use the previous answer's \"next\", as it came."));
        }

        // What goes on is no further repair.
        if (from is null)
        {
            await audit.WriteAsync(
                request, new AuditChange("indexes.repaired", "indexes", null, null), cancellationToken);
        }

        var page = await repair.RunAsync(from, RowsPerRequest, AtMost, cancellationToken);
        var mended = page.Items.Sum(table => table.Written + table.Removed);
        Log.Repaired(logger, request.HttpContext.User.RequiredAgentId(), mended);
        return TypedResults.Ok(page);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{AgentId} ran an index repair: {Mended} places were repaired.")]
        public static partial void Repaired(ILogger logger, string agentId, int mended);
    }
}
