using System.Collections.Frozen;
using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ContactImports;

/// <summary>A column of the file.</summary>
/// <param name="Name">What its header says; of a file without a header a name of ours.</param>
/// <param name="Field">The field that it fills (<see cref="ImportField"/>); null where it is left out.</param>
public sealed record ImportColumn(string Name, string? Field);

/// <summary>Tells what the columns of a file hold, by their names in Spanish or English.</summary>
internal static class ImportColumns
{
    public const int Most = 200;

    private const int LongestKey = 64;

    private const int LongestName = 100;

    /// <summary>A name for each field that is the same for every contact.</summary>
    private static readonly FrozenDictionary<string, Phrase> Titles = new Dictionary<string, Phrase>
    {
        [ImportField.Name] = new("nombre", "name"),
        [ImportField.Phone] = new("teléfono", "phone"),
        [ImportField.Document] = new("cédula", "document"),
        [ImportField.Email] = new("correo", "email"),
        [ImportField.ContactId] = new("código de contacto", "contact id"),
        [ImportField.Fields] = new("otros campos", "other fields"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Behind the name of a column that was left out, so that it is again.</summary>
    private static readonly Phrase LeftOut = new(" (no se importa)", " (left out)");

    private static readonly FrozenDictionary<string, string> Known = Names(
        (ImportField.Name, "nombre|nombres|nombre completo|nombre y apellidos|apellido|apellidos|primer apellido|"
            + "segundo apellido|primer nombre|segundo nombre|cliente|nombre del cliente|deudor|razon social|empresa|"
            + "contacto|persona|name|names|full name|first name|middle name|last name|surname|customer|client|company|"
            + "company name|contact|contact name|display name"),
        (ImportField.Phone, "telefono|telefonos|tel|tels|celular|celulares|cel|movil|numero|numeros|numero de telefono|"
            + "numero telefonico|numero celular|whatsapp|telefono celular|telefono movil|telefono casa|telefono de casa|"
            + "telefono trabajo|telefono de trabajo|telefono oficina|telefono fijo|telefono principal|otro telefono|"
            + "otros telefonos|phone|phones|phone number|phone numbers|telephone|telephone number|mobile|mobile phone|"
            + "cell|cell phone|cellphone|number|numbers|home phone|work phone|business phone|other phone|main phone"),
        (ImportField.Document, "cedula|cedulas|cedula juridica|cedula fisica|numero de cedula|ced|identificacion|"
            + "numero de identificacion|identidad|documento|documento de identidad|dimex|dui|dpi|ruc|nit|pasaporte|"
            + "document|document number|identity document|identification|id number|national id|passport|tax id"),
        (ImportField.Email, "correo|correos|correo electronico|email|emails|e mail|mail|email address"),
        (ImportField.ContactId, "codigo de contacto|codigo del contacto|contact id|contactid"),
        (ImportField.Fields, "otros campos|other fields"));

    /// <summary>What a file of refused rows has beside the columns of the import.</summary>
    private static readonly FrozenSet<string> OfRefusedRows =
        new[] { "fila", "row", "motivo", "reason" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// True where the first row of a file is its header: a cell of it is a known name, or it is of refused rows.
    /// </summary>
    public static bool IsHeader(IReadOnlyList<string> cells, IReadOnlyList<ContactFieldDefinition> own) =>
        (cells is [var row, var reason, ..] && (Folded(row), Folded(reason)) is ("fila", "motivo") or ("row", "reason"))
        || cells.Any(cell => FieldOf(cell, own) is not null) || !cells.Any(cell => cell.Any(char.IsDigit));

    /// <summary>The columns by their names alone.</summary>
    public static IReadOnlyList<ImportColumn> Of(IReadOnlyList<string> head, IReadOnlyList<ContactFieldDefinition> own)
    {
        var columns = new List<ImportColumn>();
        foreach (var name in head)
        {
            var field = FieldOf(name, own);
            // A name can be in several columns, and so can a number. Of anything else only the first counts.
            var isTaken = field is not (null or ImportField.Name or ImportField.Phone)
                && columns.Exists(column => column.Field == field);
            columns.Add(new ImportColumn(name, isTaken ? null : field));
        }

        return columns;
    }

    /// <summary>
    /// Names by which <see cref="Of"/> reads the columns as they were mapped: their own, or else those of their fields.
    /// </summary>
    public static IReadOnlyList<string> NamesOf(
        IReadOnlyList<ImportColumn> columns, IReadOnlyList<ContactFieldDefinition> own, string language)
    {
        var (names, taken) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (name, field) in columns)
        {
            var read = FieldOf(name, own) is { } known && !taken.Contains(known) ? known : null;
            names.Add(read == field ? name
                : field is null ? name + LeftOut.In(language)
                : TitleOf(field, own, language));
            if (field is not (null or ImportField.Name or ImportField.Phone))
            {
                taken.Add(field);
            }
        }

        return names;
    }

    /// <summary>What a column is called: the beginning of a header that is a whole text.</summary>
    public static string NameOf(string header) => header.Length <= LongestName
        ? header
        : header[..(char.IsHighSurrogate(header[LongestName - 1]) ? LongestName - 1 : LongestName)];

    /// <summary>The columns of a file without a header.</summary>
    public static IReadOnlyList<string> NamesFor(int count, string language) =>
    [
        .. Enumerable.Range(1, count).Select(number => string.Create(
            CultureInfo.InvariantCulture, $"{(language == Language.English ? "Column" : "Columna")} {number}")),
    ];

    /// <summary>
    /// The columns as a mapping wants them: <c>column:field,…</c>. A column is named by its header, or by its number
    /// from 1 on. Where all are named by their numbers, in order, no number is taken for a name. What is not named is
    /// left as it was.
    /// </summary>
    public static IReadOnlyList<ImportColumn> Mapped(
        IReadOnlyList<ImportColumn> columns,
        string mapping,
        IReadOnlyList<ContactFieldDefinition> own,
        FieldErrors errors)
    {
        var mapped = columns.ToArray();
        var pairs = mapping.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var isByNumber = pairs.Length == mapped.Length && pairs.Index().All(pair => pair.Item.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"{pair.Index + 1}:"), StringComparison.Ordinal));
        foreach (var (index, pair) in pairs.Index())
        {
            var colon = pair.LastIndexOf(':');
            var name = colon < 0 ? pair : pair[..colon].Trim();
            if (colon < 0 || FieldFor(pair[(colon + 1)..].Trim(), own) is not { } field)
            {
                errors.Add(
                    "mapping",
                    $"No se entiende «{Cut(pair)}». Escriba columna:campo, como Teléfono:phone.",
                    $"“{Cut(pair)}” can't be read. Write column:field, such as Phone:phone.");
                continue;
            }

            // A title such as "2" can be another column's number.
            var at = isByNumber ? index
                : Array.FindIndex(mapped, column => Folded(column.Name) == Folded(name) && Folded(name).Length > 0);
            if (at < 0 && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= 1 && number <= mapped.Length)
            {
                at = number - 1;
            }

            if (at < 0)
            {
                errors.Add(
                    "mapping",
                    $"El archivo no tiene la columna «{Cut(name)}».",
                    $"The file has no column “{Cut(name)}”.");
                continue;
            }

            mapped[at] = mapped[at] with { Field = field == ImportField.None ? null : field };
        }

        foreach (var twice in mapped.Where(column => column.Field is not (null or ImportField.Name or ImportField.Phone))
            .GroupBy(column => column.Field, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            errors.Add(
                "mapping",
                $"Dos columnas llenan el mismo campo: {string.Join(" y ", twice.Select(column => Cut(column.Name)))}.",
                $"Two columns fill the same field: {string.Join(" and ", twice.Select(column => Cut(column.Name)))}.");
        }

        return mapped;
    }

    /// <summary>The field that a name of a column stands for; null for none.</summary>
    private static string? FieldOf(string name, IReadOnlyList<ContactFieldDefinition> own)
    {
        var folded = Folded(name);
        if (folded.Length == 0 || OfRefusedRows.Contains(folded))
        {
            return null;
        }

        return OwnKey(name) ?? own.FirstOrDefault(
            field => Folded(field.Key) == folded
                || Folded(field.Label.Es) == folded || Folded(field.Label.En) == folded)?.Key
            ?? Known.GetValueOrDefault(folded)
            // Teléfono 2, Phone 3.
            ?? Known.GetValueOrDefault(folded.TrimEnd(' ', '1', '2', '3', '4', '5', '6', '7', '8', '9', '0'));
    }

    /// <summary>The field that a mapping names: ours, one of the office's, or a new key. Null for no key.</summary>
    private static string? FieldFor(string text, IReadOnlyList<ContactFieldDefinition> own)
    {
        if (text.StartsWith(ImportField.OwnPrefix, StringComparison.Ordinal))
        {
            return OwnKey(text);
        }

        return text == ImportField.None ? text
            : ImportField.Standard.FirstOrDefault(
                field => string.Equals(field, text, StringComparison.OrdinalIgnoreCase))
                ?? own.FirstOrDefault(field => field.Key == text)?.Key
                ?? FieldOf(text, own)
                ?? (text.Length is > 0 and <= LongestKey
                    && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.') ? text : null);
    }

    /// <summary>The key in <c>field.key</c>; null where it is none.</summary>
    private static string? OwnKey(string text) =>
        text.StartsWith(ImportField.OwnPrefix, StringComparison.Ordinal)
        && text.Length - ImportField.OwnPrefix.Length is > 0 and <= LongestKey
            ? text[ImportField.OwnPrefix.Length..]
            : null;

    /// <summary>A name that is read as the field.</summary>
    private static string TitleOf(string field, IReadOnlyList<ContactFieldDefinition> own, string language)
    {
        string[] names = Titles.TryGetValue(field, out var title)
            // The office may have a field of its own with the usual name.
            ? [title.In(language), .. Known.Where(known => known.Value == field).Select(known => known.Key)]
            : [.. own.Where(each => each.Key == field).Select(each => LabelOf(each, language)), field];
        return names.FirstOrDefault(name => FieldOf(name, own) == field) ?? ImportField.OwnPrefix + field;
    }

    private static string LabelOf(ContactFieldDefinition field, string language) =>
        language == Language.English ? field.Label.En : field.Label.Es;

    private static string Folded(string name) => string.Join(' ', SearchText.Words(name));

    private static string Cut(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static FrozenDictionary<string, string> Names(params (string Field, string Names)[] known) => known
        .SelectMany(each => each.Names.Split('|').Select(name => (name, each.Field)))
        .ToFrozenDictionary(each => each.name, each => each.Field, StringComparer.Ordinal);
}
