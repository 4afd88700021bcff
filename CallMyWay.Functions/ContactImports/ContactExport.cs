using System.Text.Json;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Text;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.ContactImports;

/// <summary>
/// Writes all contacts as CSV, which an import reads again. While a page is sent the next one is read, and no more.
/// </summary>
public sealed partial class ContactExport(
    ContactStore contacts, ContactFieldStore own, PhoneNumberParser parser, ILogger<ContactExport> logger)
{
    private const int PageSize = PageRequest.MaxTake;

    private static readonly Phrase[] Heads =
    [
        new("código de contacto", "contact id"), new("nombre", "name"), new("teléfonos", "phones"),
        new("cédula", "document"), new("correo", "email"),
    ];

    private static readonly Phrase OtherFields = new("otros campos", "other fields");

    /// <param name="agentId">Who asked for it.</param>
    /// <param name="language">Of the header.</param>
    /// <param name="form">Of the file.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="cancellationToken">Cancelled where the reader has gone: then nothing more is read.</param>
    public async Task WriteAsync(
        string agentId, string language, CsvForm form, Stream stream, CancellationToken cancellationToken)
    {
        var fields = (await own.GetAsync(cancellationToken)).Fields;
        using var buffer = new MemoryStream();
        using var csv = new CsvText(buffer, form);
        csv.Texts(Heads.Select(head => head.In(language)))
            .Texts(fields.Select(field => language == Language.English ? field.Label.En : field.Label.Es))
            .Text(OtherFields.In(language))
            .EndRow();
        var rows = 0;
        var reading = ReadAsync(null);
        try
        {
            while (true)
            {
                var (page, next) = await reading;
                reading = next is null
                    ? Task.FromResult<(IReadOnlyList<Contact>, RowKey?)>(([], null))
                    : ReadAsync(next);
                foreach (var contact in page)
                {
                    Write(csv, contact, fields, form);
                }

                csv.Flush();
                rows += page.Count;
                await stream.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), cancellationToken);
                buffer.SetLength(0);
                if (next is null)
                {
                    Log.Exported(logger, agentId, rows);
                    return;
                }
            }
        }
        catch (Exception error)
        {
            // What is being read ahead is nobody's any more.
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                Log.HungUp(logger, agentId, rows);
                return;
            }

            Log.Failed(logger, agentId, rows, error);
            throw;
        }

        Task<(IReadOnlyList<Contact> Contacts, RowKey? Next)> ReadAsync(RowKey? after) =>
            contacts.ScanAsync(after, PageSize, cancellationToken);
    }

    private void Write(CsvText csv, Contact contact, IReadOnlyList<ContactFieldDefinition> own, CsvForm form)
    {
        var others = contact.Fields?.Where(field => !own.Any(known => known.Key == field.Key))
            .ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal);
        csv.Texts(contact.ContactId, contact.Name, PhonesOf(contact), contact.Document, contact.Email)
            .Texts(own.Select(field => contact.Fields?.GetValueOrDefault(field.Key) is { } value
                ? ImportCells.OfOwn(value, field, form)
                : null))
            .Text(others is { Count: > 0 }
                ? JsonSerializer.Serialize(others, ContactImportsJson.Default.DictionaryStringString)
                : null)
            .EndRow();
    }

    // Each in a line of its own. A single field that holds several would be taken apart without the line's end.
    private string PhonesOf(Contact contact) => contact.Numbers is [var only] && parser.ParseAll(only).Count > 1
        ? only + "\n"
        : string.Join('\n', contact.Numbers);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{AgentId} exported {Rows} contacts.")]
        public static partial void Exported(ILogger logger, string agentId, int rows);

        [LoggerMessage(LogLevel.Information, "{AgentId} broke off an export after {Rows} contacts.")]
        public static partial void HungUp(ILogger logger, string agentId, int rows);

        [LoggerMessage(LogLevel.Error, "An export of {AgentId} failed after {Rows} contacts.")]
        public static partial void Failed(ILogger logger, string agentId, int rows, Exception error);
    }
}
