using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CallMyWay.Functions.Storage;

namespace CallMyWay.LocalHost.Sqlite;

/// <summary>
/// A row's columns as a JSON object. Text, whole numbers and booleans are what JSON has; an instant is
/// <c>{"time":"…"}</c>, in UTC, to 100 ns. So the sqlite3 shell shows what is stored, and nothing of a value is lost.
/// </summary>
internal static class RowJson
{
    /// <summary>What JSON does not allow in a text as it is; in UTF-8, where all else stays.</summary>
    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(control => (byte)control), (byte)'"', (byte)'\\', 0x7F]);

    public static byte[] Write(Row row)
    {
        var (buffer, writer) = JsonBuffer.Take();
        writer.WriteStartObject();
        foreach (var (name, value) in row.Kept)
        {
            switch (value)
            {
                case JsonText json:
                    writer.WritePropertyName(name);
                    WriteEscaped(writer, json.Utf8);
                    break;
                case string text when text.AsSpan().ContainsAny('"', '\\'):
                    writer.WritePropertyName(name);
                    WriteText(writer, text);
                    break;
                case string text:
                    writer.WriteString(name, text);
                    break;
                case long number:
                    writer.WriteNumber(name, number);
                    break;
                case bool flag:
                    writer.WriteBoolean(name, flag);
                    break;
                case DateTimeOffset time:
                    writer.WriteStartObject(name);
                    writer.WriteString("time", time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                    writer.WriteEndObject();
                    break;
                default:
                    throw new InvalidOperationException($"A column can't hold a {value.GetType().Name}.");
            }
        }

        writer.WriteEndObject();
        writer.Flush();
        var bytes = buffer.WrittenSpan.ToArray();
        JsonBuffer.Return();
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
                JsonTokenType.String => ReadText(ref reader, row, name),
                JsonTokenType.Number => row.Set(name, reader.GetInt64()),
                JsonTokenType.True => row.Set(name, value: true),
                JsonTokenType.False => row.Set(name, value: false),
                JsonTokenType.StartObject => row.Set(name, ReadTime(ref reader)),
                _ => throw new JsonException($"Column '{name}' holds a {reader.TokenType}."),
            };
        }

        return row;
    }

    private static void WriteText(Utf8JsonWriter writer, string text)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            WriteEscaped(writer, rented.AsSpan(0, Encoding.UTF8.GetBytes(text, rented)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>
    /// As the writer itself does, at a fraction of the time where a text is full of quotes: most of what is stored is
    /// JSON within this JSON.
    /// </summary>
    private static void WriteEscaped(Utf8JsonWriter writer, ReadOnlySpan<byte> plain)
    {
        // A byte that is escaped takes six.
        var rented = ArrayPool<byte>.Shared.Rent(2 + (6 * plain.Length));
        try
        {
            rented[0] = (byte)'"';
            var at = 1;
            while (!plain.IsEmpty)
            {
                var length = plain.IndexOfAny(Escaped) is >= 0 and var next ? next : plain.Length;
                plain[..length].CopyTo(rented.AsSpan(at));
                at += length;
                plain = plain[length..];
                if (!plain.IsEmpty)
                {
                    at += Escape(plain[0], rented.AsSpan(at));
                    plain = plain[1..];
                }
            }

            rented[at++] = (byte)'"';
            writer.WriteRawValue(rented.AsSpan(0, at), skipInputValidation: true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static int Escape(byte character, Span<byte> to)
    {
        to[0] = (byte)'\\';
        if (character is (byte)'"' or (byte)'\\')
        {
            to[1] = character;
            return 2;
        }

        "u00"u8.CopyTo(to[1..]);
        _ = character.TryFormat(to[4..], out _, "X2", CultureInfo.InvariantCulture);
        return 6;
    }

    private static Row ReadText(ref Utf8JsonReader reader, Row row, string name)
    {
        var escaped = reader.ValueSpan;
        if (!reader.ValueIsEscaped)
        {
            return row.Set(name, Encoding.UTF8.GetString(escaped));
        }

        // What looks like JSON most likely is: it is left in UTF-8 for those who read it.
        var isJson = escaped[0] is (byte)'{' or (byte)'[';
        var rented = ArrayPool<byte>.Shared.Rent(escaped.Length);
        try
        {
            var at = 0;
            while (escaped.IndexOf((byte)'\\') is >= 0 and var next)
            {
                if (escaped[next + 1] is not ((byte)'"' or (byte)'\\'))
                {
                    // Any other escape, which is rare, is left to the reader.
                    return row.Set(name, reader.GetString());
                }

                escaped[..next].CopyTo(rented.AsSpan(at));
                rented[at + next] = escaped[next + 1];
                at += next + 1;
                escaped = escaped[(next + 2)..];
            }

            escaped.CopyTo(rented.AsSpan(at));
            var text = rented.AsSpan(0, at + escaped.Length);
            return isJson ? row.Set(name, new JsonText(text.ToArray())) : row.Set(name, Encoding.UTF8.GetString(text));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
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
