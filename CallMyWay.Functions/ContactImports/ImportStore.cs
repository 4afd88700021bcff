using System.Globalization;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.ContactImports;

/// <summary>
/// What imports are made of: the partition is the import. The keys <c>rows~{slice}</c> hold the file's rows,
/// <c>done~{slice}</c> what became of them, <c>undo</c> the job that takes the import back. The partition
/// <c>imports</c> names all imports, the newest first, for the sweep.
/// </summary>
public sealed class ImportStore(ITables tables)
{
    internal const string AllPartition = "imports";

    private const string UndoKey = "undo";

    private const string JobColumn = "jobId";

    private static readonly StoredJson<FileSlice> Slices = new(ContactImportsJson.Default);

    private static readonly StoredJson<SliceJournal> Journals = new(ContactImportsJson.Default);

    private readonly ITable _table = tables[StorageNames.ContactImports];

    /// <summary>To be called before anything of the import is stored: the sweep finds it by this.</summary>
    public async Task AnnounceAsync(string importId, DateTimeOffset now, CancellationToken cancellationToken) =>
        await _table.UpsertAsync(
            new Row(AllPartition, Keys.Join(Keys.NewestFirst(now), importId)), cancellationToken);

    public Task PutSliceAsync(
        string importId, int slice, FileSlice rows, CancellationToken cancellationToken) =>
        PackedRow.WriteAsync(_table, importId, KeyOf("rows", slice), Slices.Serialize(rows), cancellationToken);

    /// <summary>The rows of a slice; null where they were swept.</summary>
    public async ValueTask<FileSlice?> GetSliceAsync(string importId, int slice, CancellationToken cancellationToken) =>
        await PackedRow.ReadAsync(_table, importId, KeyOf("rows", slice), cancellationToken) is { } json
            ? Slices.Deserialize(json)
            : null;

    public Task PutJournalAsync(
        string importId, int slice, SliceJournal journal, CancellationToken cancellationToken) =>
        PackedRow.WriteAsync(_table, importId, KeyOf("done", slice), Journals.Serialize(journal), cancellationToken);

    /// <summary>What became of a slice; null where it was not begun, or taken back.</summary>
    public async ValueTask<SliceJournal?> GetJournalAsync(
        string importId, int slice, CancellationToken cancellationToken) =>
        Keys.IsValid(importId)
        && await PackedRow.ReadAsync(_table, importId, KeyOf("done", slice), cancellationToken) is { } json
            ? Journals.Deserialize(json)
            : null;

    /// <summary>Nothing was done of the slice.</summary>
    public async Task DeleteJournalAsync(string importId, int slice, CancellationToken cancellationToken) =>
        await _table.DeleteAsync(importId, KeyOf("done", slice), null, cancellationToken);

    /// <summary>True where what the import did is still known.</summary>
    public async ValueTask<bool> IsKeptAsync(string importId, CancellationToken cancellationToken) =>
        Keys.IsValid(importId)
        && (await _table.QueryAsync(new RowRange(importId) { Take = 1 }, cancellationToken)).Rows.Count > 0;

    /// <summary>The job that takes the import back; null where nobody asked for it.</summary>
    public async ValueTask<string?> GetUndoAsync(string importId, CancellationToken cancellationToken) =>
        Keys.IsValid(importId)
            ? (await _table.GetAsync(importId, UndoKey, cancellationToken))?.Text(JobColumn)
            : null;

    /// <summary>
    /// Notes the job, in the place of another one that is over. False where somebody else has noted one.
    /// </summary>
    public async Task<bool> PutUndoAsync(
        string importId, string jobId, string? inPlaceOf, CancellationToken cancellationToken)
    {
        var row = new Row(importId, UndoKey).Set(JobColumn, jobId);
        if (inPlaceOf is null)
        {
            return await _table.InsertAsync(row, cancellationToken) is not null;
        }

        return await _table.GetAsync(importId, UndoKey, cancellationToken) is { } found
            && found.Text(JobColumn) == inPlaceOf
            && await _table.ReplaceAsync(row.WithETag(found.ETag!), cancellationToken) is not null;
    }

    /// <summary>The slice whose rows, or whose outcome, a row holds; null for any other row.</summary>
    internal static (string ImportId, int Slice, bool IsJournal)? SliceOf(Row row) =>
        PackedRow.IsFirst(row) && row.Key.Split(Keys.Separator) is [("rows" or "done") and var kind, var number]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var slice)
            ? (row.Partition, slice, kind == "done")
            : null;

    /// <summary>
    /// Replaces the rows of a slice that are wanted by ones without cells. How many there were. No import may be under
    /// way.
    /// </summary>
    internal async Task<int> EraseRowsAsync(
        string importId, int slice, Func<FileRow, bool> wanted, CancellationToken cancellationToken)
    {
        if (await GetSliceAsync(importId, slice, cancellationToken) is not { } rows
            || rows.Rows.Count(wanted) is not (> 0 and var count))
        {
            return 0;
        }

        var left = new FileSlice([.. rows.Rows.Select(row => wanted(row) ? row with { Cells = [] } : row)]);
        await PackedRow.RewriteAsync(
            _table, importId, KeyOf("rows", slice), Slices.Serialize(left), cancellationToken);
        return count;
    }

    /// <summary>
    /// Replaces what became of the wanted rows by the outcome alone: their contacts can't be taken back any more. How
    /// many there were.
    /// </summary>
    internal async Task<int> EraseResultsAsync(
        string importId, int slice, Func<RowResult, bool> wanted, CancellationToken cancellationToken)
    {
        if (await GetJournalAsync(importId, slice, cancellationToken) is not { } journal
            || journal.Results.Count(wanted) is not (> 0 and var count))
        {
            return 0;
        }

        var left = new SliceJournal(
        [
            .. journal.Results.Select(result => wanted(result)
                ? new RowResult { Row = result.Row, Outcome = result.Outcome }
                : result),
        ]);
        await PackedRow.RewriteAsync(
            _table, importId, KeyOf("done", slice), Journals.Serialize(left), cancellationToken);
        return count;
    }

    private static string KeyOf(string kind, int slice) =>
        Keys.Join(kind, slice.ToString("D6", CultureInfo.InvariantCulture));
}
