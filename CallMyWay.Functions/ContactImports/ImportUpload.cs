using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Text;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.ContactImports;

/// <summary>Reads the file that was sent: for a preview, or to store its rows before its import is begun.</summary>
public sealed class ImportUpload(
    ImportStore store,
    ImportDecisions decisions,
    ContactFieldStore own,
    PhoneNumberParser parser,
    JobQueue jobs,
    AuditLog audit,
    TimeProvider clock)
{
    /// <summary>How many rows a slice has at most.</summary>
    public const int RowsOfSlice = 500;

    /// <summary>And how many characters: of rows with much text it has fewer.</summary>
    private const int CharactersOfSlice = 200_000;

    private const int PreviewRows = 50;

    private const int MostProblems = 100;

    /// <summary>How many slices are stored at once.</summary>
    private const int AtOnceMost = 8;

    internal async Task<IResult> PreviewAsync(
        HttpRequest request, ImportRequest asked, UploadedTable table, CancellationToken cancellationToken)
    {
        var fields = (await own.GetAsync(cancellationToken)).Fields;
        var errors = new FieldErrors();
        if (Open(request, asked, table, fields, errors) is not { } head)
        {
            return NoRows(request);
        }

        using var rows = head.Rows;
        if (errors.Any)
        {
            return request.Invalid(errors);
        }

        var language = request.Language();
        var (sample, problems) = (new List<FileRow>(), new List<ImportProblem>());
        if (ColumnProblem(asked, head.Columns) is { } missing)
        {
            problems.Add(new ImportProblem(null, missing.In(language)));
        }

        var count = 0;
        FileRow? last = null;
        foreach (var row in RowsOf(head))
        {
            // What was sent may break off within its last row.
            if (last is not null || !asked.IsPart)
            {
                Take(asked.IsPart ? last! : row);
            }

            last = row;
        }

        void Take(FileRow row)
        {
            count++;
            if (sample.Count < PreviewRows)
            {
                sample.Add(row);
            }
            else if (problems.Count < MostProblems && ImportRows.ExtraCells(head.Columns, row) is { } extra)
            {
                problems.Add(new ImportProblem(row.Row, extra.In(language)));
            }
        }

        var work = WorkOf(asked, table, head, count, slices: 0);
        var decided = await decisions.DecideAsync("preview", work, sample, [], clock.GetUtcNow(), cancellationToken);
        problems.InsertRange(
            problems.TakeWhile(problem => problem.Row is null).Count(),
            decided.Where(result => result.Reason is not null)
                .Select(result => new ImportProblem(result.Row, result.Reason!.Value.In(language))));
        return TypedResults.Ok(new ImportPreview
        {
            Encoding = table.Encoding,
            Separator = table.Separator.ToString(),
            HasHeader = head.HasHeader,
            Columns = head.Columns,
            Rows = asked.IsPart ? null : count,
            Sample =
            [
                .. sample.Zip(decided, (row, result) => new PreviewRow(
                    row.Row,
                    row.Cells,
                    result.Outcome,
                    result.Reason?.In(language),
                    result.Outcome is RowOutcome.Added or RowOutcome.Changed
                        ? ImportRows.NotUnderstood(head.Columns, row, parser)?.In(language)
                        : null)),
            ],
            Problems = problems,
            Fields =
            [
                .. ImportField.Standard.Select(field => new MappableField(field, null)),
                .. fields.Select(field => new MappableField(
                    field.Key, language == Language.English ? field.Label.En : field.Label.Es)),
            ],
        });
    }

    /// <summary>
    /// Stores the rows, and then begins the import: what was answered with 202 is done whatever happens.
    /// </summary>
    internal async Task<(Job? Job, IResult? Refusal)> StartAsync(
        HttpRequest request, ImportRequest asked, UploadedTable table, CancellationToken cancellationToken)
    {
        var fields = (await own.GetAsync(cancellationToken)).Fields;
        var errors = new FieldErrors();
        if (Open(request, asked, table, fields, errors) is not { } head)
        {
            return (null, NoRows(request));
        }

        using var rows = head.Rows;
        if (!errors.Any && ColumnProblem(asked, head.Columns) is { } missing)
        {
            errors.Add("mapping", missing.Es, missing.En);
        }

        if (errors.Any)
        {
            return (null, request.Invalid(errors));
        }

        var importId = jobs.NewId();
        await store.AnnounceAsync(importId, clock.GetUtcNow(), cancellationToken);
        var (count, slices) = (0, 0);
        foreach (var some in SlicesOf(RowsOf(head)).Chunk(AtOnceMost))
        {
            count += some.Sum(slice => slice.Rows.Count);
            if (count > ImportRequest.MostRows)
            {
                return (null, TooManyRows(request));
            }

            await Task.WhenAll(some.Select(
                (slice, index) => store.PutSliceAsync(importId, slices + index, slice, cancellationToken)));
            slices += some.Length;
        }

        if (count == 0)
        {
            return (null, NoRows(request));
        }

        var work = WorkOf(asked, table, head, count, slices);
        await audit.WriteAsync(
            request,
            AuditChange.Of("contacts.imported", importId, null, new
            {
                work.File,
                work.Rows,
                work.Duplicates,
                work.By,
                Columns = work.Columns.Where(column => column.Field is not null)
                    .Select(column => $"{column.Name}:{column.Field}"),
            }),
            cancellationToken);
        return (
            await jobs.StartAsync(
                ImportJob.Name,
                work.ToJson(),
                null,
                request.HttpContext.User.RequiredAgentId(),
                cancellationToken,
                importId),
            null);
    }

    private static ImportWork WorkOf(
        ImportRequest asked, UploadedTable table, Head head, int rows, int slices) => new()
        {
            File = asked.File,
            Encoding = table.Encoding,
            Separator = table.Separator.ToString(),
            Columns = head.Columns,
            Duplicates = asked.Duplicates,
            By = asked.By,
            Rows = rows,
            Slices = slices,
        };

    /// <summary>Reads the header; null where there is no row at all.</summary>
    private static Head? Open(
        HttpRequest request,
        ImportRequest asked,
        UploadedTable table,
        IReadOnlyList<ContactFieldDefinition> own,
        FieldErrors errors)
    {
        var rows = table.OpenRows();
        do
        {
            if (!rows.Read())
            {
                rows.Dispose();
                return null;
            }
        }
        while (rows.IsBlank);

        var first = new FileRow(rows.Row, [.. rows.Cells.Select(cell => cell.Trim())]);
        var hasHeader = asked.HasHeader ?? ImportColumns.IsHeader(first.Cells, own);
        // A comma behind the last column is none of its own.
        var width = first.Cells.Count;
        while (hasHeader && width > 1 && first.Cells[width - 1].Length == 0)
        {
            width--;
        }

        if (width > ImportColumns.Most)
        {
            errors.Add(
                "mapping",
                $"El archivo tiene más de {ImportColumns.Most} columnas.",
                $"The file has more than {ImportColumns.Most} columns.");
        }

        IReadOnlyList<string> names = hasHeader
            ? [.. first.Cells.Take(width).Select(ImportColumns.NameOf)]
            : ImportColumns.NamesFor(width, request.Language());
        var columns = ImportColumns.Mapped(ImportColumns.Of(names, own), asked.Mapping, own, errors);
        return new Head(rows, hasHeader, columns, hasHeader ? null : new FileRow(first.Row, [.. rows.Cells]));
    }

    private static IEnumerable<FileRow> RowsOf(Head head)
    {
        if (head.First is not null)
        {
            yield return head.First;
        }

        while (head.Rows.Read())
        {
            if (!head.Rows.IsBlank)
            {
                yield return new FileRow(head.Rows.Row, head.Rows.Cells);
            }
        }
    }

    private static IEnumerable<FileSlice> SlicesOf(IEnumerable<FileRow> rows)
    {
        var (slice, characters) = (new List<FileRow>(RowsOfSlice), 0);
        foreach (var row in rows)
        {
            slice.Add(row);
            characters += row.Cells.Sum(cell => cell.Length);
            if (slice.Count == RowsOfSlice || characters >= CharactersOfSlice)
            {
                yield return new FileSlice(slice);
                (slice, characters) = (new List<FileRow>(RowsOfSlice), 0);
            }
        }

        if (slice.Count > 0)
        {
            yield return new FileSlice(slice);
        }
    }

    /// <summary>Without any of these no row can become a contact, or be of one that it changes.</summary>
    private static Phrase? ColumnProblem(ImportRequest asked, IReadOnlyList<ImportColumn> columns) =>
        columns.Any(column => column.Field is ImportField.Name or ImportField.Phone or ImportField.ContactId
            || (column.Field == ImportField.Document
                && asked.Duplicates != DuplicateRule.Skip && asked.By != DuplicateKey.Number))
        ? null
        : columns.Any(column => column.Field == ImportField.Document)
        ? new Phrase(
            "Ninguna columna es el nombre ni el teléfono. Sin ellas el archivo solo puede completar o reemplazar lo de "
                + "contactos que ya están, reconocidos por su identificación: elija eso, o indique cuál columna lo es.",
            "No column is the name or the phone number. Without them a file can only fill or replace what contacts have "
                + "who are there, told by their document: choose that, or tell which column is one.")
        : new Phrase(
            "Ninguna columna es el nombre ni el teléfono. Indique cuál lo es.",
            "No column is the name or the phone number. Tell which one is.");

    private static IResult NoRows(HttpRequest request) => UploadedTable.NoTable(request, new Phrase(
        "El archivo no tiene ninguna fila con datos.", "The file has no row with data."));

    private static IResult TooManyRows(HttpRequest request) => UploadedTable.NoTable(request, new Phrase(
        $"El archivo pasa de {ImportRequest.MostRows} filas. Divídalo en varios.",
        $"The file has more than {ImportRequest.MostRows} rows. Split it."));

    /// <summary>A file whose header was read.</summary>
    /// <param name="Rows">The rows behind it.</param>
    /// <param name="HasHeader">Whether there is one.</param>
    /// <param name="Columns">Its columns.</param>
    /// <param name="First">The first row, of a file without a header.</param>
    private sealed record Head(CsvRows Rows, bool HasHeader, IReadOnlyList<ImportColumn> Columns, FileRow? First);
}
