using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace CallMyWay.Functions.Storage;

/// <summary>
/// Keeps long text in a table: compressed, in as many columns as it takes, and where these don't suffice in further
/// rows, which are written first.
/// </summary>
internal static class PackedRow
{
    private const string DataColumn = "data";

    private const string PartsColumn = "parts";

    /// <summary>So many columns of a row, 32K characters each, leave room within what a row holds.</summary>
    private const int MostColumns = 12;

    /// <summary>
    /// Writes the text over what was there. Further rows of a longer text before it stay, and are read no more;
    /// <see cref="RewriteAsync"/> removes them.
    /// </summary>
    public static async Task WriteAsync(
        ITable table, string partition, string key, string text, CancellationToken cancellationToken)
    {
        var packed = Pack(text);
        var parts = packed.Chunk(MostColumns * Row.MaxTextLength).ToList();
        for (var i = parts.Count - 1; i >= 0; i--)
        {
            var row = new Row(partition, KeyOf(key, i));
            foreach (var (column, index) in parts[i].Chunk(Row.MaxTextLength).Select((some, index) => (some, index)))
            {
                row.Set(ColumnOf(index), new string(column));
            }

            await table.UpsertAsync(i == 0 ? row.Set(PartsColumn, parts.Count) : row, cancellationToken);
        }
    }

    /// <summary>
    /// Writes a text in place of one that is there, of which nothing is to be left: its further rows go too.
    /// </summary>
    public static async Task RewriteAsync(
        ITable table, string partition, string key, string text, CancellationToken cancellationToken)
    {
        await WriteAsync(table, partition, key, text, cancellationToken);
        var parts = (await table.GetAsync(partition, key, cancellationToken))?.Number(PartsColumn) ?? 1;
        var rows = await table.ReadAsync(RowRange.Prefix(partition, Keys.Join(key, "")), cancellationToken);
        await table.DeleteManyAsync(
            rows.Where(row => string.CompareOrdinal(row.Key, KeyOf(key, (int)parts)) >= 0), cancellationToken);
    }

    /// <summary>True for a first row of a text, by which all of it is read.</summary>
    public static bool IsFirst(Row row) => row.Number(PartsColumn) is not null;

    /// <summary>The text; null where there is none.</summary>
    public static async ValueTask<string?> ReadAsync(
        ITable table, string partition, string key, CancellationToken cancellationToken)
    {
        if (await table.GetAsync(partition, key, cancellationToken) is not { } first)
        {
            return null;
        }

        var packed = new StringBuilder();
        Append(packed, first);
        for (var i = 1; i < first.Number(PartsColumn); i++)
        {
            var part = await table.GetAsync(partition, KeyOf(key, i), cancellationToken)
                ?? throw new InvalidDataException($"A part of the packed row '{key}' is missing.");
            Append(packed, part);
        }

        return Unpack(packed.ToString());
    }

    private static void Append(StringBuilder packed, Row row)
    {
        for (var i = 0; row.Text(ColumnOf(i)) is { } text; i++)
        {
            packed.Append(text);
        }
    }

    private static string KeyOf(string key, int part) =>
        part == 0 ? key : Keys.Join(key, part.ToString("D2", CultureInfo.InvariantCulture));

    private static string ColumnOf(int index) => DataColumn + index.ToString(CultureInfo.InvariantCulture);

    private static string Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var zip = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(Encoding.UTF8.GetBytes(text));
        }

        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    private static string Unpack(string packed)
    {
        using var zip = new BrotliStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
        using var text = new StreamReader(zip, Encoding.UTF8);
        return text.ReadToEnd();
    }
}
