using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Queues;

namespace CallMyWay.Functions.Tests.Upgrades;

/// <summary>
/// Reads all rows and messages of a storage account as lines of JSON, and writes them: only with the client libraries,
/// as no release of this app reads or writes them.
/// </summary>
internal sealed class AccountRows(string connectionString)
{
    // The version of the service that the emulator supports.
    private readonly QueueServiceClient _queues = new(
        connectionString, new QueueClientOptions(QueueClientOptions.ServiceVersion.V2021_12_02));

    private readonly TableServiceClient _tables = new(connectionString);

    /// <summary>Reads the tables in name order with their rows in key order, then the queues.</summary>
    public async IAsyncEnumerable<string> ReadAsync()
    {
        var tables = await NamesAsync(_tables.QueryAsync(), table => table.Name);
        foreach (var table in tables.Order(StringComparer.Ordinal))
        {
            await foreach (var entity in _tables.GetTableClient(table).QueryAsync<TableEntity>())
            {
                var columns = new JsonObject();
                foreach (var (name, value) in entity.OrderBy(column => column.Key, StringComparer.Ordinal))
                {
                    if (name is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag"))
                    {
                        columns[name] = Write(value);
                    }
                }

                yield return Line(new JsonObject
                {
                    ["table"] = table,
                    ["partition"] = entity.PartitionKey,
                    ["key"] = entity.RowKey,
                    ["columns"] = columns,
                });
            }
        }

        var queues = await NamesAsync(_queues.GetQueuesAsync(), queue => queue.Name);
        foreach (var queue in queues.Order(StringComparer.Ordinal))
        {
            foreach (var message in (await _queues.GetQueueClient(queue).PeekMessagesAsync(32)).Value)
            {
                yield return Line(new JsonObject { ["queue"] = queue, ["body"] = message.Body.ToString() });
            }
        }
    }

    /// <summary>Fills an empty account. Delayed messages become due at once.</summary>
    public async Task WriteAsync(IEnumerable<string> lines)
    {
        var made = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in lines.Select(line => JsonNode.Parse(line)!.AsObject()))
        {
            if ((string?)line["table"] is { } table)
            {
                if (made.Add(table))
                {
                    await _tables.CreateTableAsync(table);
                }

                await _tables.GetTableClient(table).AddEntityAsync(EntityOf(line));
            }
            else if ((string?)line["queue"] is { } name)
            {
                var queue = _queues.GetQueueClient(name);
                await queue.CreateIfNotExistsAsync();
                await queue.SendMessageAsync((string?)line["body"]);
            }
        }
    }

    private static TableEntity EntityOf(JsonObject line)
    {
        var entity = new TableEntity((string)line["partition"]!, (string)line["key"]!);
        foreach (var (name, value) in line["columns"]!.AsObject())
        {
            entity[name] = Read(value!.AsObject().Single());
        }

        return entity;
    }

    private static JsonObject Write(object value) => value switch
    {
        string text => new JsonObject { ["text"] = text },
        long number => new JsonObject { ["int64"] = number },
        int number => new JsonObject { ["int32"] = number },
        bool flag => new JsonObject { ["bool"] = flag },
        DateTimeOffset time =>
            new JsonObject { ["time"] = time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) },
        _ => throw new NotSupportedException($"A column holds a {value.GetType().Name}."),
    };

    private static object Read(KeyValuePair<string, JsonNode?> column) => column.Key switch
    {
        "text" => (string)column.Value!,
        "int64" => (long)column.Value!,
        "int32" => (int)column.Value!,
        "bool" => (bool)column.Value!,
        "time" =>
            DateTimeOffset.Parse((string)column.Value!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        _ => throw new NotSupportedException($"A column of the fixture is a {column.Key}."),
    };

    private static string Line(JsonObject line) =>
        line.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static async Task<List<string>> NamesAsync<T>(IAsyncEnumerable<T> items, Func<T, string> nameOf)
    {
        var names = new List<string>();
        await foreach (var item in items)
        {
            names.Add(nameOf(item));
        }

        return names;
    }
}
