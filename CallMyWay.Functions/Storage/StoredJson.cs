using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.ClickToDial;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.FollowUps;
using CallMyWay.Functions.Mappings;
using CallMyWay.Functions.Outcomes;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.WrapUps;

namespace CallMyWay.Functions.Storage;

/// <summary>
/// How our records stand in a row: as JSON, in one column unless it is very long, so that a record's shape is written down in one place, its own.
/// What is looked for stands in the keys. Unknown fields are passed over, missing ones have their defaults: rows of older and newer versions can be read.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Agent))]
[JsonSerializable(typeof(AgentDials))]
[JsonSerializable(typeof(Call))]
[JsonSerializable(typeof(CallKey))]
[JsonSerializable(typeof(Contact))]
[JsonSerializable(typeof(Dial))]
[JsonSerializable(typeof(DialCount))]
[JsonSerializable(typeof(DialRules))]
[JsonSerializable(typeof(FollowUp))]
[JsonSerializable(typeof(Mapping))]
[JsonSerializable(typeof(OutcomeList))]
[JsonSerializable(typeof(QueuedCallEvent))]
[JsonSerializable(typeof(RefusedEvent))]
[JsonSerializable(typeof(SweepPosition))]
[JsonSerializable(typeof(UnmappedEndpoint))]
[JsonSerializable(typeof(WrapUp))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    private const string Column = "json";

    /// <summary>A row that holds the record.</summary>
    public static Row ToRow<T>(string partition, string key, T record, string? etag = null)
    {
        // What is longer than a column goes on in the next. No character is cut in two: those outside the basic plane are escaped.
        var row = new Row(partition, key, etag);
        var json = Serialize(record);
        for (var at = 0; at < json.Length; at += Row.MaxTextLength)
        {
            row.Set(ColumnAt(at), json.Substring(at, Math.Min(Row.MaxTextLength, json.Length - at)));
        }

        return row;
    }

    /// <summary>The record that a row holds; null for no row.</summary>
    [return: NotNullIfNotNull(nameof(row))]
    public static T? FromRow<T>(Row? row)
        where T : class =>
        row is null ? null : Deserialize<T>(JsonOf(row) ?? throw new InvalidDataException($"A row of {typeof(T).Name} has no record in it."));

    public static string Serialize<T>(T record) => JsonSerializer.Serialize(record, typeof(T), Readable.Context);

    public static T Deserialize<T>(string json)
        where T : class =>
        JsonSerializer.Deserialize(json, typeof(T), Readable.Context) as T ?? throw new InvalidDataException($"A stored {typeof(T).Name} is null.");

    private static string? JsonOf(Row row)
    {
        var json = row.Text(Column);
        while (json is not null && json.Length % Row.MaxTextLength == 0 && row.Text(ColumnAt(json.Length)) is { } more)
        {
            json += more;
        }

        return json;
    }

    private static string ColumnAt(int at) => at == 0 ? Column : $"{Column}{1 + (at / Row.MaxTextLength)}";

    // What people write (names, notes) stays readable in the storage, which is no web page. In a class of its own, as the order in which
    // the statics of a partial class are set is not ours to choose.
    private static class Readable
    {
        public static readonly StoredJson Context = new(new JsonSerializerOptions(Default.GeneratedSerializerOptions!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
