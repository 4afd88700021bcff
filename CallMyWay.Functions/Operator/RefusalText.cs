using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Operator;

/// <summary>
/// Tells by its words whether an answer's text reads like a refusal. This is a guess: the operator's document does not
/// say what a refusal looks like.
/// </summary>
internal static partial class RefusalText
{
    /// <summary>
    /// How much of a text that is not JSON is searched: later in a page, such words can mean anything.
    /// </summary>
    private const int LongestRead = 500;

    private static readonly SearchValues<string> Words =
        SearchValues.Create(
            [
                "error", "denied", "denegad", "rechazad", "refused", "invalid", "inválid", "not allowed", "no permitid",
                "incorrect", "no autorizad", "unauthori", "not authori", "no habilitad", "forbidden", "prohibid",
                "insuficiente", "insufficient", "failed", "failure", "too many", "demasiad", "ya tiene una llamada",
                "no disponible", "unavailable",
            ],
            StringComparison.OrdinalIgnoreCase);

    public static bool IsRefusal(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(SingleQuotes.ToJson(text.TrimStart('\uFEFF')));
            return IsRefusal(json.RootElement);
        }
        catch (JsonException)
        {
            return BeginsWithWord(text);
        }
    }

    public static bool IsRefusal(JsonElement json)
    {
        try
        {
            return Refuses(json);
        }
        catch (InvalidOperationException)
        {
            // A string with half of an escaped surrogate pair.
            return BeginsWithWord(json.GetRawText());
        }
    }

    private static bool Refuses(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().Any(
            field => HasWord(field.Name) ? IsSomething(field.Value) : IsNoSuccess(field) || Refuses(field.Value)),
        JsonValueKind.Array => json.EnumerateArray().Any(Refuses),
        JsonValueKind.String => HasWord(json.GetString()) && !SaysNothing(json.GetString()!),
        _ => false,
    };

    private static bool IsNoSuccess(JsonProperty field) =>
        field.Name.ToLowerInvariant() is "success" or "ok"
        && field.Value.ValueKind is JsonValueKind.False or JsonValueKind.Number
        && !IsSomething(field.Value);

    // An error field with null, false, 0, "OK" or an empty value means that there was no error, and one that says that
    // there are no records is none.
    private static bool IsSomething(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(field => IsSomething(field.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(IsSomething),
        JsonValueKind.String => !SaysNothing(value.GetString()!),
        JsonValueKind.Number => value.GetDouble() != 0,
        JsonValueKind.True => true,
        _ => false,
    };

    /// <summary>True of "OK", "00", "Sin errores", "No records found" and the like.</summary>
    private static bool SaysNothing(string text) => Nothing().IsMatch(text);

    [GeneratedRegex(
        @"^\s*((0*|ok|success|false|none|null|no|ninguno|(no|no hay|no se encontraron|sin|without) "
        + @"(errors?|errores|records?|registros?|cdrs?|calls?|llamadas?|data|datos|results?|resultados?)"
        + @"( (were )?found| encontrad[oa]s| available| disponibles)?)[.!]?)\s*\z",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: Patterns.LongestMilliseconds)]
    private static partial Regex Nothing();

    private static bool BeginsWithWord(string text) => HasWord(text.AsSpan(0, Math.Min(text.Length, LongestRead)));

    private static bool HasWord(ReadOnlySpan<char> text) => text.ContainsAny(Words);
}
