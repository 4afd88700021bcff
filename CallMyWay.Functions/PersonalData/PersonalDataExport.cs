using System.Text.Encodings.Web;
using System.Text.Json;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.DueItems;
using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.WrapUps;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.PersonalData;

/// <summary>
/// Writes all that is kept of a person as JSON, part by part while it is read: the contact, its calls with what was
/// recorded of them, and whatever else of the storage tells of the person, as it is stored.
/// </summary>
public sealed partial class PersonalDataExport(
    ContactStore contacts,
    PersonCalls calls,
    WrapUpStore wrapUps,
    FollowUpStore followUps,
    PromiseStore promises,
    ErasedTables erased,
    PoisonErasure poison,
    ITables tables,
    PhoneNumberParser numbers,
    TimeProvider clock,
    ILogger<PersonalDataExport> logger)
{
    private const int PageSize = 500;

    /// <summary>What is written of them has a form of its own.</summary>
    private static readonly HashSet<string> WithForm = new(StringComparer.Ordinal)
    {
        StorageNames.Calls,
        StorageNames.CallIndex,
        StorageNames.Contacts,
        StorageNames.ContactNames,
        StorageNames.WrapUps,
        StorageNames.FollowUps,
        StorageNames.Promises,
    };

    private static readonly JsonSerializerOptions Readable = new(ApiJson.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    /// <param name="contact">The contact.</param>
    /// <param name="person">By what it is known.</param>
    /// <param name="agentId">Who asked for it.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="cancellationToken">Cancelled where the reader has gone: then nothing more is read.</param>
    public async Task WriteAsync(
        Contact contact, PersonText person, string agentId, Stream stream, CancellationToken cancellationToken)
    {
        using var part = new JsonPart(stream);
        await using var json = part.Json;
        try
        {
            json.WriteStartObject();
            json.WriteString("exportedAt", clock.GetUtcNow().UtcDateTime);
            Write(json, "contact", contact.Shown(numbers));
            Write(json, "merged", (await contacts.ReadManyAsync(contact.Merged ?? [], cancellationToken))
                .Select(merged => new { merged, merge = merged.Merge }).ToList());
            await CallsAsync(part, person, cancellationToken);
            await RowsAsync(part, person, cancellationToken);
            json.WriteStartArray("messagesSetAside");
            foreach (var (queue, message) in await poison.FindAsync(person, cancellationToken))
            {
                Write(json, null, new { queue, message.SetAsideAt, message.Body });
            }

            json.WriteEndArray();
            json.WriteEndObject();
            await part.SendAsync(cancellationToken);
            Log.Exported(logger, agentId);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            Log.HungUp(logger, agentId);
        }
    }

    private async Task CallsAsync(JsonPart part, PersonText person, CancellationToken cancellationToken)
    {
        var json = part.Json;
        json.WriteStartArray("calls");
        await foreach (var call in calls.ReadAsync(person, cancellationToken))
        {
            Write(json, null, new
            {
                call = call with { ETag = null },
                facts = call.Facts,
                wrapUps = await wrapUps.ListAsync(call, cancellationToken),
            });
            await part.SendAsync(cancellationToken);
        }

        json.WriteEndArray();
    }

    // Follow-ups and promises too: those of a contact that are done stand in no list.
    private async Task RowsAsync(JsonPart part, PersonText person, CancellationToken cancellationToken)
    {
        var json = part.Json;
        json.WriteStartArray("followUps");
        await ItemsAsync(json, followUps, StorageNames.FollowUps, person, cancellationToken);
        json.WriteEndArray();
        json.WriteStartArray("promises");
        await ItemsAsync(json, promises, StorageNames.Promises, person, cancellationToken);
        json.WriteEndArray();
        json.WriteStartArray("audit");
        await foreach (var row in FindAsync(StorageNames.Audit, person, cancellationToken))
        {
            Write(json, null, AuditStore.Read(row.Row));
        }

        json.WriteEndArray();
        json.WriteStartArray("other");
        foreach (var table in erased.Names.Where(table => !WithForm.Contains(table) && table != StorageNames.Audit))
        {
            await foreach (var (row, found) in FindAsync(table, person, cancellationToken))
            {
                // What was opened is told in words, any other row as it is.
                IReadOnlyDictionary<string, object>? columns = found is null ? row.Columns : null;
                Write(json, null, new { table, text = found ?? $"{row.Partition} {row.Key}", columns });
                await part.SendAsync(cancellationToken);
            }
        }

        json.WriteEndArray();
    }

    private async Task ItemsAsync<T>(
        Utf8JsonWriter json,
        DueItemStore<T> store,
        string table,
        PersonText person,
        CancellationToken cancellationToken)
        where T : DueItem
    {
        await foreach (var (row, _) in FindAsync(table, person, cancellationToken))
        {
            if (store.Read(row) is { } item
                && (item.ContactId is { } contactId
                    ? person.Person.ContactIds.Contains(contactId)
                    : person.IsOwn(item.Number.E164)))
            {
                Write(json, null, item);
            }
        }
    }

    private async IAsyncEnumerable<(Row Row, string? Text)> FindAsync(
        string table,
        PersonText person,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rule = erased.RuleOf(table);
        RowKey? after = null;
        IReadOnlyList<Row> page;
        do
        {
            page = await tables[table].ScanAsync(after, PageSize, cancellationToken);
            foreach (var row in page)
            {
                var text = rule.IsOpaque(row) ? await rule.FindAsync(row, person, cancellationToken) : null;
                if (text is not null || person.IsIn(row))
                {
                    yield return (row, text);
                }
            }

            after = page.Count == 0 ? null : RowKey.Of(page[^1]);
        }
        while (page.Count == PageSize);
    }

    private static void Write<T>(Utf8JsonWriter json, string? name, T value)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        JsonSerializer.Serialize(json, value, Readable);
    }

    /// <summary>
    /// What is written and not sent yet. The serializer flushes its writer, which must not wait for the network.
    /// </summary>
    private sealed class JsonPart : IDisposable
    {
        private readonly MemoryStream _buffer = new();

        private readonly Stream _stream;

        public JsonPart(Stream stream)
        {
            _stream = stream;
            Json = new Utf8JsonWriter(
                _buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        }

        public Utf8JsonWriter Json { get; }

        public async Task SendAsync(CancellationToken cancellationToken)
        {
            await Json.FlushAsync(cancellationToken);
            await _stream.WriteAsync(_buffer.GetBuffer().AsMemory(0, (int)_buffer.Length), cancellationToken);
            _buffer.SetLength(0);
        }

        public void Dispose()
        {
            Json.Dispose();
            _buffer.Dispose();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{AgentId} exported what is kept of a person.")]
        public static partial void Exported(ILogger logger, string agentId);

        [LoggerMessage(LogLevel.Information, "{AgentId} hung up while what is kept of a person was exported.")]
        public static partial void HungUp(ILogger logger, string agentId);
    }
}
