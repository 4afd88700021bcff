using System.Buffers.Text;
using System.Text;
using CallMyWay.Functions.Storage;

namespace CallMyWay.Functions.Sweeping;

/// <summary>The position of a repair: after this row of a scanned table.</summary>
/// <param name="Table">The table of the records.</param>
/// <param name="Scanned">That table, or a table of its index.</param>
/// <param name="After">The last checked row; null at the beginning.</param>
public sealed record RepairPosition(string Table, string Scanned, RowKey? After)
{
    private const int MaxLength = 1024;

    public static RepairPosition Beginning(IIndexedTable table) => new(table.Name, table.Tables[0], null);

    /// <summary>The beginning of the next table to scan; null after the last.</summary>
    public RepairPosition? Following(IIndexedTable table) =>
        table.Tables.SkipWhile(each => each != Scanned).Skip(1)
            .FirstOrDefault() is { } next ? new(Table, next, null) : null;

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{Table} {Scanned} {After?.Partition} {After?.Key}"));

    /// <summary>Parses the text of <see cref="ToString"/>; null for any other text.</summary>
    public static RepairPosition? Parse(string text, IEnumerable<IIndexedTable> indexed)
    {
        if (text.Length > MaxLength || !Base64Url.IsValid(text)
            || Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split(' ')
                is not [var name, var scanned, var partition, var key]
            || !indexed.Any(table => table.Name == name && table.Tables.Contains(scanned)))
        {
            return null;
        }

        return (partition, key) switch
        {
            ("", "") => new(name, scanned, null),
            _ when Keys.IsValid(partition) && Keys.IsValid(key) => new(name, scanned, new RowKey(partition, key)),
            _ => null,
        };
    }
}
