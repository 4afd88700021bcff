using System.Diagnostics;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Storage;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.LocalHost.Copy;

/// <summary>
/// Copies all tables and queues of an office from its database to a storage account: compares, writes, and compares
/// again.
/// </summary>
internal sealed class StorageCopy(
    SqliteExport from,
    TableServiceClient tables,
    QueueServiceClient queues,
    AzureQueue queue,
    CopyProgress progress) : IDisposable
{
    private const string Next = """

        What comes next:
        - Sign-in on Azure is Microsoft Entra ID's. Each agent's sign-in name has to be the user's there (PUT /api/agents/{id}); LocalHost's passwords
          were not copied.
        - Give the app the operator's accounts and the webhook's keys (CallMyWay:Accounts, Webhook:Keys) as they are here, then start it.
        - Give the operator the new address of the webhook, and have it enable the app's public address for clicks.
        - Keep the data folder as it is. Should a LocalHost have run on it since this copy, stop it, and copy into an empty account.
        """;

    private readonly TableCopy[] _tables =
        [.. StorageNames.Tables.Select(name =>
            new TableCopy(name, from, new AzureTable(tables.GetTableClient(name), TimeLimit.OfPage), progress))];

    private readonly QueueCopy[] _queues =
        [.. StorageNames.Queues.SelectMany(name => new[] { name, name + StorageNames.PoisonSuffix }).Select(name => new QueueCopy(name, from, queue, queues.GetQueueClient(name)))];

    /// <returns>True if the account has all that is in the folder, and nothing else.</returns>
    public async Task<bool> RunAsync(bool overwrite, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        progress.Say($"Comparing with what is in the storage account {tables.AccountName}.");
        var found = await CompareAsync("comparing", cancellationToken);
        if (!overwrite && IsInUse(found))
        {
            return false;
        }

        List<string> problems = [];
        for (var i = 0; i < _tables.Length; i++)
        {
            if (found[i][RowState.Missing] + found[i][RowState.Different] is > 0 and var rows)
            {
                problems.AddRange(await _tables[i].WriteAsync(found[i], cancellationToken));
                progress.Say($"{_tables[i].Table}: {CopyProgress.Number(rows)} rows written.");
            }
        }

        foreach (var copy in _queues)
        {
            var (sent, wrong) = await copy.RunAsync(DateTimeOffset.UtcNow, cancellationToken);
            problems.AddRange(wrong);
            progress.Say($"{copy.Queue}: {CopyProgress.Number(sent)} messages sent.");
        }

        progress.Say("Checking: every row is read back and compared.");
        var left = await CompareAsync("checking", cancellationToken);
        foreach (var table in left)
        {
            problems.AddRange(table.Lines(RowState.Missing, RowState.Different, RowState.Refused));
            progress.Say($"{table.Table}: {CopyProgress.Number(table[RowState.Same])} of {CopyProgress.Number(table.Rows)} rows are the same{Besides(table)}.");
        }

        return Conclude(
            problems, [.. left.SelectMany(table => table.Lines(RowState.Extra))], Stopwatch.GetElapsedTime(start));
    }

    public void Dispose() => Array.ForEach(_tables, table => table.Dispose());

    private async Task<IReadOnlyList<TableDifference>> CompareAsync(string step, CancellationToken cancellationToken)
    {
        var differences = new List<TableDifference>();
        foreach (var table in _tables)
        {
            differences.Add(await table.CompareAsync(step, cancellationToken));
        }

        return differences;
    }

    /// <summary>True if the account has data that differs from this folder's. Reports it.</summary>
    private bool IsInUse(IReadOnlyList<TableDifference> found)
    {
        var lines = found.SelectMany(table => table.Lines(RowState.Different, RowState.Extra)).ToList();
        if (lines.Count == 0)
        {
            return false;
        }

        lines.ForEach(progress.Say);
        progress.Say(
            "The account is in use: it holds what this folder does not. Nothing was written. Copy to an empty account, "
            + "or add --overwrite to write over rows that differ. Rows that only the account has stay then too, and "
            + "the copy does not end as whole.");
        return true;
    }

    private bool Conclude(List<string> problems, List<string> extra, TimeSpan took)
    {
        if (problems.Count > 0)
        {
            problems.ForEach(progress.Say);
            progress.Say("Not all is in the account. The folder is as it was; the same command goes on from here.");
        }

        // What was deleted in the folder since an earlier copy would be valid again, such as an API key.
        if (extra.Count > 0)
        {
            extra.ForEach(progress.Say);
            progress.Say(
                "The account has rows that the folder does not have. They were left as they are. Where they are of an "
                + "earlier copy, they hold what was deleted or erased since: an app on this account would show such a "
                + "person, and accept such an API key, again. Don't start it there: copy into an empty account.");
        }

        if (problems.Count > 0 || extra.Count > 0)
        {
            return false;
        }

        progress.Say(
            $"All of it is in the account, and checked, after {took.TotalSeconds:N0} s.{Environment.NewLine}{Next}");
        return true;
    }

    private static string Besides(TableDifference table) =>
        table[RowState.Extra] > 0
            ? $"; the account has {CopyProgress.Number(table[RowState.Extra])} more, which were left as they are"
            : "";
}
