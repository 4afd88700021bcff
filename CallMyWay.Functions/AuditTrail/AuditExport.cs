using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Text;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.AuditTrail;

/// <summary>
/// Writes all entries of a filter as CSV, page by page: the memory that it takes does not depend on how many there are.
/// </summary>
public sealed partial class AuditExport(AuditStore store, Accounts accounts, ILogger<AuditExport> logger)
{
    /// <summary>Entries that are read at once.</summary>
    private const int PageSize = 200;

    /// <param name="filter">Which entries.</param>
    /// <param name="language">Of the header.</param>
    /// <param name="form">Of the file.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="cancellationToken">Cancelled where the reader has gone: then nothing more is read.</param>
    public async Task WriteAsync(
        AuditFilter filter, string language, CsvForm form, Stream stream, CancellationToken cancellationToken)
    {
        var csv = new AuditCsv(language, accounts.Home.TimeZone);
        using var buffer = new MemoryStream();
        using var text = new CsvText(buffer, form);
        csv.WriteHead(text);
        var rows = 0;
        PageToken? after = null;
        try
        {
            do
            {
                var page = await store.ListAsync(filter, new PageRequest(PageSize, after), cancellationToken);
                foreach (var entry in page.Items)
                {
                    csv.Write(text, entry);
                }

                text.Flush();
                rows += page.Items.Count;
                await stream.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
                buffer.SetLength(0);
                after = page.Next is not null && PageToken.TryParse(page.Next, out var next) ? next : null;
            }
            while (after is not null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Log.HungUp(logger, rows);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The reader of an export of the audit went after {Rows} rows.")]
        public static partial void HungUp(ILogger logger, int rows);
    }
}
