using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.PersonalData;

/// <summary>
/// Any table that has no rule of its own: numbers, documents and addresses of email are taken out of its texts, letter by
/// letter. What leads to the row, its keys, stays.
/// </summary>
public sealed class MaskedRows(ITables tables) : IErasedRows
{
    public IReadOnlyList<string> Tables => [];

    public async Task<RowErasure> EraseAsync(
        string table, Row row, PersonText person, CancellationToken cancellationToken)
    {
        if (Mask(row, person) is not { } masked)
        {
            return RowErasure.Kept;
        }

        return await tables[table].ReplaceAsync(masked, cancellationToken) is not null
            ? RowErasure.Erased
            : RowErasure.Later;
    }

    /// <summary>The row without the details; null where it has none.</summary>
    internal static Row? Mask(Row row, PersonText person)
    {
        var masked = row.WithETag(row.ETag!);
        var isChanged = false;
        foreach (var (column, value) in row.Columns)
        {
            if (value is string text && person.Masked(text) is var left && !ReferenceEquals(left, text))
            {
                masked.Set(column, left);
                isChanged = true;
            }
        }

        return isChanged ? masked : null;
    }
}
