using CallMyWay.Functions.ContactImports;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.PersonalData;

/// <summary>
/// Rows of imported files that tell of the person, and the journals of what became of them. They are compressed, so
/// that each slice is opened.
/// </summary>
public sealed class ImportErasure(ImportStore imports) : IErasedRows
{
    public IReadOnlyList<string> Tables { get; } = [StorageNames.ContactImports];

    public bool IsOpaque(Row row) => ImportStore.SliceOf(row) is not null;

    public async Task<RowErasure> EraseAsync(
        string table, Row row, PersonText person, CancellationToken cancellationToken)
    {
        if (ImportStore.SliceOf(row) is not { } slice)
        {
            return RowErasure.Kept;
        }

        var erased = slice.IsJournal
            ? await imports.EraseResultsAsync(
                slice.ImportId, slice.Slice, result => IsOf(result, person), cancellationToken)
            : await imports.EraseRowsAsync(
                slice.ImportId, slice.Slice, file => IsOf(file.Cells, person), cancellationToken);
        return erased > 0 ? RowErasure.Erased : RowErasure.Kept;
    }

    public async ValueTask<string?> FindAsync(Row row, PersonText person, CancellationToken cancellationToken)
    {
        // The journal says of the same rows what the file says of them.
        if (ImportStore.SliceOf(row) is not { IsJournal: false } slice
            || await imports.GetSliceAsync(slice.ImportId, slice.Slice, cancellationToken) is not { } rows)
        {
            return null;
        }

        var found = rows.Rows.Where(file => IsOf(file.Cells, person)).ToList();
        return found.Count == 0
            ? null
            : string.Join('\n', found.Select(file => $"{file.Row}: {string.Join("; ", file.Cells)}"));
    }

    private static bool IsOf(RowResult result, PersonText person) =>
        IsOf(result.After, person) || IsOf(result.Before, person)
        || (result.Into is { } into && person.Person.ContactIds.Contains(into))
        || (result.Cells is { } cells && IsOf(cells, person));

    private static bool IsOf(Contact? contact, PersonText person) =>
        contact is not null
        && (person.Person.ContactIds.Contains(contact.ContactId)
            || IsOf([.. contact.Numbers, contact.Document ?? "", .. contact.Fields?.Values ?? []], person));

    private static bool IsOf(IReadOnlyList<string> cells, PersonText person) =>
        cells.Any(cell => person.HasDetail(cell) || person.HasId(cell) || person.HasName(cell));
}
