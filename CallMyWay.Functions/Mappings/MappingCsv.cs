using CallMyWay.Functions.Api;
using CallMyWay.Functions.Text;

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
    private static readonly (MappingColumn Column, Phrase Head)[] Heads =
    [
        (MappingColumn.EndpointId, new("código", "endpoint id")), (MappingColumn.Account, new("cuenta", "account")),
        (MappingColumn.AgentId, new("agente", "agent")), (MappingColumn.AgentName, new("nombre", "name")),
        (MappingColumn.Phone, new("teléfono", "phone")), (MappingColumn.Label, new("etiqueta", "label")),
        (MappingColumn.CallerId, new("identificador", "caller id")), (MappingColumn.Private, new("privado", "private")),
        (MappingColumn.Primary, new("principal", "primary")), (MappingColumn.Shifts, new("turnos", "shifts")),
    ];

    public static Phrase HeadOf(MappingColumn column) => Heads.First(head => head.Column == column).Head;

    public static byte[] Of(
        IEnumerable<Mapping> mappings, Func<string, string?> nameOf, string language, CsvForm form) =>
        CsvText.Of(form, csv =>
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
    /// <exception cref="CsvFormatException">Quotes are not closed.</exception>
    public static IReadOnlyList<MappingRow>? Read(UploadedTable table)
    {
        using var file = table.OpenRows();
        if (!file.Read())
        {
            return null;
        }

        var columns = file.Cells.Select(ColumnOf).ToList();
        if (!columns.Contains(MappingColumn.EndpointId) || !columns.Contains(MappingColumn.AgentId))
        {
            return null;
        }

        var rows = new List<MappingRow>();
        while (file.Read())
        {
            if (file.IsBlank)
            {
                continue;
            }

            var cells = file.Cells;
            rows.Add(new MappingRow(
                file.Row,
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
        return CsvText.WithoutApostrophe(text is ['\'', _, ..] ? text[1..].Trim() : text);
    }
}
