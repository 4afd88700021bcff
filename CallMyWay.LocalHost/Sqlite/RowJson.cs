using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// A row's columns as a JSON object. Text, whole numbers and booleans are what JSON has; an instant is
/// <c>{"time":"…"}</c>, in UTC, to 100 ns. So the sqlite3 shell shows what is stored, and nothing of a value is lost.
/// </summary>
internal static class RowJson
{
    // Only the database reads it: what HTML needs escaped stays readable.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true
    };

    /// <summary>One writer for each thread, as it is used for a moment by each write.</summary>
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? t_json;

    public static byte[] Write(Row row)
    {
        if (t_json is not { } json)
        {
            var made = new ArrayBufferWriter<byte>(1024);
            t_json = json = (made, new Utf8JsonWriter(made, Options));
        }

        json.Buffer.ResetWrittenCount();
        json.Writer.Reset();
        json.Writer.WriteStartObject();
        foreach (var (name, value) in row.Columns)
        {
            switch (value)
            {
                case string text:
                    json.Writer.WriteString(name, text);
                    break;
                case long number:
                    json.Writer.WriteNumber(name, number);
                    break;
                case bool flag:
                    json.Writer.WriteBoolean(name, flag);
                    break;
                case DateTimeOffset time:
                    json.Writer.WriteStartObject(name);
                    json.Writer.WriteString("time", time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                    json.Writer.WriteEndObject();
                    break;
                default:
                    throw new InvalidOperationException($"A column can't hold a {value.GetType().Name}.");
            }
        }

        json.Writer.WriteEndObject();
        json.Writer.Flush();
        var bytes = json.Buffer.WrittenSpan.ToArray();
        if (json.Buffer.Capacity > 256 * 1024)
        {
            t_json = null;
        }

        return bytes;
    }

    public static Row Read(string partition, string key, long etag, ReadOnlySpan<byte> columns)
    {
        var row = new Row(partition, key, etag.ToString(CultureInfo.InvariantCulture));
        var reader = new Utf8JsonReader(columns);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            _ = reader.TokenType switch
            {
                JsonTokenType.String => row.Set(name, reader.GetString()),
                JsonTokenType.Number => row.Set(name, reader.GetInt64()),
                JsonTokenType.True => row.Set(name, value: true),
                JsonTokenType.False => row.Set(name, value: false),
                JsonTokenType.StartObject => row.Set(name, ReadTime(ref reader)),
                _ => throw new JsonException($"Column '{name}' holds a {reader.TokenType}."),
            };
        }

        return row;
    }

    private static DateTimeOffset ReadTime(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Read();
        var time = reader.GetDateTimeOffset();
        reader.Read();
        return time;
    }
}
