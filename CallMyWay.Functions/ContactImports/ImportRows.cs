using System.Text.Json;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ContactImports;

/// <summary>A row as it is read: what the contact is to have, or why it can't be one.</summary>
internal sealed record ReadRow(FileRow Row, ContactInput? Input, Phrase? Refusal)
{
    /// <summary>The contact that the row is of, where the file says so.</summary>
    public string? ContactId { get; init; }

    /// <summary>What the numbers are read as.</summary>
    public IReadOnlyList<PhoneNumber> Phones { get; init; } = [];
}

/// <summary>Makes contacts of the rows of a file, by its columns.</summary>
internal sealed class ImportRows(
    IReadOnlyList<ImportColumn> columns,
    IReadOnlyList<ContactFieldDefinition> own,
    string currency,
    PhoneNumberParser parser)
{
    /// <summary>More digits are a number that lacks some, and no extension of an office.</summary>
    private const int LongestExtension = 5;

    private readonly Dictionary<string, ContactFieldDefinition> _own =
        own.ToDictionary(field => field.Key, StringComparer.Ordinal);

    /// <summary>Why a row with more cells than there are columns is refused; null for any other.</summary>
    public static Phrase? ExtraCells(IReadOnlyList<ImportColumn> columns, FileRow row)
    {
        var width = row.Cells.Count;
        while (width > columns.Count && string.IsNullOrWhiteSpace(row.Cells[width - 1]))
        {
            width--;
        }

        return width <= columns.Count ? null : new Phrase(
            $"La fila tiene {width} columnas y el archivo {columns.Count}: sobran {width - columns.Count}.",
            $"The row has {width} columns and the file {columns.Count}: {width - columns.Count} too many.");
    }

    /// <summary>That numbers of a row are stored although they are not understood; null where all are.</summary>
    public static Phrase? NotUnderstood(
        IReadOnlyList<ImportColumn> columns, FileRow row, PhoneNumberParser parser)
    {
        var numbers = new List<string>();
        foreach (var (column, cell) in columns.Zip(row.Cells))
        {
            if (column.Field == ImportField.Phone)
            {
                _ = ImportCells.Numbers(cell, parser, numbers);
            }
        }

        var texts = string.Join(", ", numbers.SelectMany(parser.ParseAll).Where(IsNone).Select(none => none.Received));
        return texts.Length == 0 ? null : new Phrase(
            $"Se guarda, pero no se entiende como teléfono y no se marca: {texts}",
            $"It is stored, but is not understood as a phone number and is not dialled: {texts}");

        static bool IsNone(PhoneNumber number) => number.Kind == PhoneNumberKind.Invalid
            || (number is { Kind: PhoneNumberKind.Extension, Extension: { Length: > LongestExtension } digits }
                && digits.All(char.IsAsciiDigit));
    }

    public ReadRow Read(FileRow row)
    {
        if (ExtraCells(columns, row) is { } extra)
        {
            return Refused(row, extra);
        }

        var names = new List<string>();
        var numbers = new List<string>();
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        var (document, email, contactId) = ("", "", "");
        for (var i = 0; i < columns.Count && i < row.Cells.Count; i++)
        {
            var cell = row.Cells[i];
            if (columns[i].Field is not { } field || string.IsNullOrWhiteSpace(cell))
            {
                continue;
            }

            switch (field)
            {
                case ImportField.Name:
                    names.Add(CsvText.WithoutApostrophe(cell.Trim()));
                    break;
                case ImportField.Phone:
                    if (ImportCells.Numbers(cell, parser, numbers) is { } damage)
                    {
                        return Refused(row, In(columns[i], damage));
                    }

                    break;
                case ImportField.Document:
                    if (ImportCells.Document(cell) is not { } read)
                    {
                        return Refused(row, In(columns[i], ImportCells.DamagedDocument));
                    }

                    document = read;
                    break;
                case ImportField.Email:
                    email = CsvText.WithoutApostrophe(cell.Trim());
                    break;
                case ImportField.ContactId:
                    contactId = CsvText.WithoutApostrophe(cell.Trim());
                    break;
                case ImportField.Fields:
                    if (!ReadFields(cell, fields))
                    {
                        return Refused(row, In(columns[i], new Phrase(
                            "No es lo que escribe una exportación.", "It is not what an export writes.")));
                    }

                    break;
                default:
                    fields[field] = ImportCells.Own(cell, _own.GetValueOrDefault(field), currency);
                    break;
            }
        }

        var input = new ContactInput(
            null,
            string.Join(' ', names),
            [.. numbers.Distinct(StringComparer.Ordinal)],
            document,
            email,
            fields.Count == 0 ? null : fields);
        // Without a name and a number it may still be of a contact who is there. A new one is refused for it later.
        var errors = input.Check(parser).All.Where(error => error.Field != ImportField.Name || names.Count > 0);
        return errors.Select(error => (Phrase?)error.Error).FirstOrDefault() is { } first
            ? Refused(row, first)
            : new ReadRow(row, input, null)
            {
                ContactId = contactId.Length == 0 ? null : contactId,
                Phones = [.. input.Numbers!.SelectMany(parser.ParseAll)],
            };
    }

    private static ReadRow Refused(FileRow row, Phrase reason) => new(row, null, reason);

    private static Phrase In(ImportColumn column, Phrase reason) =>
        new($"{column.Name}: {reason.Es}", $"{column.Name}: {reason.En}");

    private static bool ReadFields(string cell, Dictionary<string, string?> fields)
    {
        try
        {
            foreach (var (key, value) in
                JsonSerializer.Deserialize(
                    CsvText.WithoutApostrophe(cell), ContactImportsJson.Default.DictionaryStringString) ?? [])
            {
                fields.TryAdd(key, value);
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
