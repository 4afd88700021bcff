using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CallMyWay.Functions.Audit;

/// <summary>
/// What was before or after a change, as text that fits into a column. What is too long is cut by field, the longest
/// first.
/// </summary>
/// <param name="Json">The JSON; null where there is none.</param>
/// <param name="Cut">The fields that were cut.</param>
internal sealed record AuditedText(string? Json, IReadOnlyList<string> Cut)
{
    /// <summary>How much of a field that is cut is kept.</summary>
    private const int Kept = 500;

    /// <summary>How many cut fields are named.</summary>
    private const int MostNamed = 100;

    /// <summary>Of what has no fields: the whole of it.</summary>
    private const string Whole = "*";

    // Stored text is no web page: names and notes stay readable.
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="value">What was.</param>
    /// <param name="most">The longest text, in UTF-16 units.</param>
    public static AuditedText Of(JsonNode? value, int most)
    {
        if (value is null)
        {
            return new AuditedText(null, []);
        }

        var json = value.ToJsonString(Readable);
        if (json.Length <= most)
        {
            return new AuditedText(json, []);
        }

        return value is JsonObject fields
            ? CutFields(fields, json.Length, most)
            : new AuditedText(Beginning(value, json).ToJsonString(Readable), [Whole]);
    }

    private static AuditedText CutFields(JsonObject fields, int length, int most)
    {
        var rest = fields.DeepClone().AsObject();
        var cut = new List<string>();
        var byLength = fields
            .Select(field => (field.Key, field.Value, Json: field.Value?.ToJsonString(Readable) ?? "null"))
            .OrderByDescending(field => field.Json.Length)
            .ToList();
        foreach (var (name, value, json) in byLength)
        {
            if (length <= most)
            {
                break;
            }

            var beginning = value is null ? null : Beginning(value, json);
            var shorter = beginning?.ToJsonString(Readable).Length ?? json.Length;
            if (shorter < json.Length)
            {
                rest[name] = beginning;
                length -= json.Length - shorter;
            }
            else
            {
                // Many short fields: each goes whole.
                rest.Remove(name);
                length -= JsonSerializer.Serialize(name, Readable).Length + json.Length + 2;
            }

            cut.Add(name);
        }

        // Fields that have been shortened can still be too many.
        while (length > most && rest.Count > 0)
        {
            var (name, value) = rest.GetAt(rest.Count - 1);
            length -= JsonSerializer.Serialize(name, Readable).Length + (value?.ToJsonString(Readable).Length ?? 4) + 2;
            rest.Remove(name);
        }

        return new AuditedText(rest.ToJsonString(Readable), [.. cut.Take(MostNamed)]);
    }

    private static JsonNode Beginning(JsonNode value, string json)
    {
        var text = value is JsonValue simple && simple.TryGetValue<string>(out var given) ? given : json;
        if (text.Length <= Kept)
        {
            return value.DeepClone();
        }

        // No character is cut in two.
        return JsonValue.Create(text[..(char.IsHighSurrogate(text[Kept - 1]) ? Kept - 1 : Kept)] + "…");
    }
}
