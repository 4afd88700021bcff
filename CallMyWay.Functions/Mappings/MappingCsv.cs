using System.Globalization;
using System.Text;
using CallMyWay.Functions.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace CallMyWay.Functions.Mappings;

/// <summary>A row of a table of mappings, by the columns that it has.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Cells">What stands in each column that is known.</param>
/// <param name="Surplus">How many cells it has beyond the columns.</param>
internal sealed record MappingRow(int Line, IReadOnlyDictionary<MappingColumn, string> Cells, int Surplus);

/// <summary>The columns of a table of mappings.</summary>
internal enum MappingColumn
{
    EndpointId,
    Account,
    AgentId,

    /// <summary>For whoever reads it. It is not read.</summary>
    AgentName,
    Phone,
    Label,
    CallerId,
    Private,
    Primary,
    Shifts,
}

/// <summary>Mappings as CSV, as they are exported and imported.</summary>
internal static class MappingCsv
{
    /// <summary>Windows-1252, which spreadsheets write that do not write UTF-8.</summary>
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly string[] Separators = [";", ",", "\t"];

    private static readonly (MappingColumn Column, Phrase Head)[] Heads =
    [
        (MappingColumn.EndpointId, new("código", "endpoint id")), (MappingColumn.Account, new("cuenta", "account")),
        (MappingColumn.AgentId, new("agente", "agent")), (MappingColumn.AgentName, new("nombre", "name")),
        (MappingColumn.Phone, new("teléfono", "phone")), (MappingColumn.Label, new("etiqueta", "label")),
        (MappingColumn.CallerId, new("identificador", "caller id")), (MappingColumn.Private, new("privado", "private")),
        (MappingColumn.Primary, new("principal", "primary")), (MappingColumn.Shifts, new("turnos", "shifts")),
    ];

    public static Phrase HeadOf(MappingColumn column) => Heads.First(head => head.Column == column).Head;

    public static byte[] Of(IEnumerable<Mapping> mappings, Func<string, string?> nameOf, string language) =>
        CsvText.Of(csv =>
        {
            csv.Texts(Heads.Select(head => head.Head.In(language))).EndRow();
            foreach (var mapping in mappings)
            {
                csv.Texts(
                    mapping.EndpointId,
                    mapping.Account,
                    mapping.AgentId,
                    nameOf(mapping.AgentId),
                    mapping.Phone,
                    mapping.Label,
                    mapping.CallerId,
                    Word(mapping.Private, language),
                    Word(mapping.Primary, language),
                    ShiftText.Of(mapping.Shifts, language)).EndRow();
            }
        });

    /// <summary>Yes or no, as it stands in a cell.</summary>
    public static string Word(bool value, string language) =>
        (value ? new Phrase("sí", "yes") : new Phrase("no", "no")).In(language);

    /// <summary>
    /// The rows of a file; null where it is no such table. A field that an export has put an apostrophe before is read
    /// without it.
    /// </summary>
    public static IReadOnlyList<MappingRow>? Read(byte[] file)
    {
        var text = TextOf(file);
        if (text is null || text.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        using var csv = new CsvReader(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = SeparatorOf(text),
            BadDataFound = null,
            IgnoreBlankLines = true,
        });
        if (!csv.Read())
        {
            return null;
        }

        var columns = csv.Parser.Record!.Select(ColumnOf).ToList();
        if (!columns.Contains(MappingColumn.EndpointId) || !columns.Contains(MappingColumn.AgentId))
        {
            return null;
        }

        var rows = new List<MappingRow>();
        while (csv.Read())
        {
            var cells = csv.Parser.Record!;
            if (cells.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            rows.Add(new MappingRow(
                csv.Parser.RawRow,
                columns.Index().Where(column => column.Item is not null && column.Index < cells.Length)
                    .DistinctBy(column => column.Item)
                    .ToDictionary(column => column.Item!.Value, column => Plain(cells[column.Index])),
                Math.Max(0, cells.Length - columns.Count)));
        }

        return rows;
    }

    /// <summary>What a cell says; null where it is neither yes nor no.</summary>
    public static bool? ReadWord(string cell) => SearchText.Fold(cell) switch
    {
        "si" or "yes" or "true" or "verdadero" or "1" or "x" => true,
        "" or "no" or "false" or "falso" or "0" => false,
        _ => null,
    };

    private static MappingColumn? ColumnOf(string head)
    {
        var name = Bare(head);
        foreach (var (column, heads) in Heads)
        {
            if (name == Bare(heads.Es) || name == Bare(heads.En) || name == Bare(column.ToString()))
            {
                return column;
            }
        }

        return null;
    }

    private static string Bare(string text) =>
        string.Concat(SearchText.Fold(text).Where(char.IsLetterOrDigit));

    private static string Plain(string cell)
    {
        var text = cell.Trim();
        return text is ['\'', _, ..] ? text[1..].Trim() : text;
    }

    private static string? TextOf(byte[] file)
    {
        switch (file)
        {
            case [0xEF, 0xBB, 0xBF, ..]:
                return Encoding.UTF8.GetString(file, 3, file.Length - 3);
            case [0xFF, 0xFE, ..]:
                return Encoding.Unicode.GetString(file, 2, file.Length - 2);
            case [0xFE, 0xFF, ..]:
                return Encoding.BigEndianUnicode.GetString(file, 2, file.Length - 2);
            default:
                try
                {
                    return Strict.GetString(file);
                }
                catch (DecoderFallbackException)
                {
                    return Western.GetString(file);
                }
        }
    }

    private static string SeparatorOf(string text)
    {
        var head = text.AsSpan();
        var end = head.IndexOfAny('\r', '\n');
        var line = (end < 0 ? head : head[..end]).ToString();
        return Separators.MaxBy(separator => line.Split(separator).Length)!;
    }
}
