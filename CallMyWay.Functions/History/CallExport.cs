using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Desk;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Outcomes;
using CallMyWay.Functions.Text;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.History;

/// <summary>
/// Writes all calls of a filter as CSV. While a page is sent the next one is read, and no more: the memory that it takes
/// does not depend on how many there are.
/// </summary>
public sealed partial class CallExport(
    CallIndex index,
    AgentDirectory agents,
    AgentNames names,
    OutcomeStore outcomes,
    Accounts accounts,
    ILogger<CallExport> logger)
{
    /// <summary>Calls that are read at once.</summary>
    private const int PageSize = PageRequest.MaxTake;

    /// <summary>
    /// After so many pages their garbage is collected, some 20 MB. Left to itself the runtime lets it grow with the
    /// processor's cache, which is hundreds of MB on some servers. It costs a few milliseconds.
    /// </summary>
    private const int PagesOfGarbage = 4;

    public Task<CallPage> ReadAsync(CallFilter filter, PageToken? after, CancellationToken cancellationToken) =>
        index.ListAsync(filter, new PageRequest(PageSize, after), cancellationToken);

    /// <summary>Writes the first page and all that follow it.</summary>
    /// <param name="filter">Which calls.</param>
    /// <param name="first">Their first page.</param>
    /// <param name="language">Of the header and of all words.</param>
    /// <param name="form">Of the file.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="cancellationToken">Cancelled where the reader has gone: then nothing more is read.</param>
    public async Task WriteAsync(
        CallFilter filter,
        CallPage first,
        string language,
        CsvForm form,
        Stream stream,
        CancellationToken cancellationToken)
    {
        var csv = new CallCsv(
            language,
            (await outcomes.GetAsync(cancellationToken)).Items,
            account => accounts.Find(account).TimeZone);
        using var buffer = new MemoryStream();
        using var text = new CsvText(buffer, form);
        csv.WriteHead(text);
        var (rows, pages) = (0, 0);
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Task.FromResult(first);
        try
        {
            while (true)
            {
                var page = await reading;
                var after = page.Next is not null && PageToken.TryParse(page.Next, out var token) ? token : null;
                // The way back is nobody's here.
                reading = after is null
                    ? Task.FromResult(CallPage.Empty)
                    : ReadAsync(filter, after with { Back = [] }, stopped.Token);
                await WriteAsync(csv, text, filter, page, cancellationToken);
                text.Flush();
                rows += page.Items.Count;
                await stream.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
                buffer.SetLength(0);
                if (++pages % PagesOfGarbage == 0)
                {
                    GC.Collect(0, GCCollectionMode.Forced);
                }

                if (after is null)
                {
                    Log.Exported(logger, filter.Visible.AgentId, rows);
                    return;
                }
            }
        }
        catch (Exception error)
        {
            await stopped.CancelAsync();
            // What is being read ahead is nobody's any more.
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                Log.HungUp(logger, filter.Visible.AgentId, rows);
                return;
            }

            Log.Failed(logger, filter.Visible.AgentId, rows, error);
            throw;
        }
    }

    private async Task WriteAsync(
        CallCsv csv, CsvText text, CallFilter filter, CallPage page, CancellationToken cancellationToken)
    {
        // The file says whose call it was, whoever exports it: not the exporter's part in it.
        const string nobody = "";
        var views = await CallView.ListAsync(
            page.Items, nobody, filter.AgentId, seesOthers: true, agents, names, filter.Now, cancellationToken);
        foreach (var (call, view) in page.Items.Zip(views))
        {
            csv.Write(text, call, view);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{AgentId} exported {Rows} calls.")]
        public static partial void Exported(ILogger logger, string agentId, int rows);

        [LoggerMessage(LogLevel.Information, "{AgentId} broke off an export after {Rows} calls.")]
        public static partial void HungUp(ILogger logger, string agentId, int rows);

        [LoggerMessage(LogLevel.Error, "An export of {AgentId} failed after {Rows} calls.")]
        public static partial void Failed(ILogger logger, string agentId, int rows, Exception error);
    }
}
