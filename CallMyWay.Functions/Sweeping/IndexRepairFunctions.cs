using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Sweeping;

/// <summary>What a repair looked at and mended of a table and its index.</summary>
/// <param name="Table">The table of the records.</param>
/// <param name="Records">How many records were looked at.</param>
/// <param name="IndexRows">How many index rows were looked at.</param>
/// <param name="Written">
/// Records whose index rows were written again, as one was missing or held something else.
/// </param>
/// <param name="Removed">Index rows that led to a record that did not say so.</param>
/// <param name="LeadNowhere">
/// Index rows that lead to no record. They stay: a record that is being created has them too. The night removes them.
/// </param>
/// <param name="Conflicts">Records that share with another what only one may have, as a sign-in name.</param>
/// <param name="Unreadable">Rows that can't be read, and were left alone.</param>
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

/// <summary>What one request looked at; <paramref name="Next"/> asks for the rows behind it, null at the end.</summary>
public sealed record IndexRepairPage(
    IReadOnlyList<RepairedTable> Items,
    [property: System.Text.Json.Serialization.JsonIgnore(
        Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)] string? Next);

/// <summary>The repair of the indexes, where an administrator does not want to wait for the night.</summary>
public sealed partial class IndexRepairFunctions(
    IndexRepair repair, IEnumerable<IIndexedTable> indexed, ILogger<IndexRepairFunctions> logger)
{
    /// <summary>How many rows one request looks at: some seconds' work on Azure. Whoever has more asks again.</summary>
    private const int RowsPerRequest = 5000;

    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(20);

    [Function("RepairIndexes"), Allow(Role.Admin)]
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
