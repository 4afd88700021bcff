using System.Globalization;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.ContactImports;

/// <summary>
/// The refused rows of an import as a file with the same columns, and before them the row's number and the reason. It
/// can be corrected and imported: these two columns are left out then, and the others are what they were, as a column
/// whose name does not say so has another one.
/// </summary>
public sealed class RefusedRows(ImportStore store, ContactFieldStore own)
{
    private static readonly Phrase Row = new("fila", "row");

    private static readonly Phrase Reason = new("motivo", "reason");

    public async Task WriteAsync(
        Job import, string language, CsvForm form, Stream stream, CancellationToken cancellationToken)
    {
        var work = ImportWork.Read(import.Payload);
        var fields = (await own.GetAsync(cancellationToken)).Fields;
        using var buffer = new MemoryStream();
        using var csv = new CsvText(buffer, form);
        csv.Text(Row.In(language)).Text(Reason.In(language))
            .Texts(ImportColumns.NamesOf(work.Columns, fields, language)).EndRow();
        for (var slice = 0; slice < work.Next; slice++)
        {
            var journal = import.Count(ImportJob.Refused) == 0
                ? null
                : await store.GetJournalAsync(import.JobId, slice, cancellationToken);
            foreach (var result in journal?.Results ?? [])
            {
                if (result is { Reason: { } reason, Cells: { } cells })
                {
                    csv.Text(result.Row.ToString(CultureInfo.InvariantCulture)).Text(reason.In(language))
                        .Texts(cells).EndRow();
                }
            }

            csv.Flush();
            await stream.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
            buffer.SetLength(0);
        }

        csv.Flush();
        await stream.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
    }
}
