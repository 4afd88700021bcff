using System.Collections.Frozen;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Numbers;

/// <summary>
/// The texts that mean a hidden number. The operator's document doesn't say which one it sends, so all that are usual
/// in telephony are recognized, in English and Spanish.
/// </summary>
internal static class PrivateCaller
{
    private const string AnonymousOnAKeypad = "266696687";

    private static readonly FrozenSet<string> Hidden = new[]
    {
        "anonymous", "anonymus", "anon", "anonimo", "anonima", "private", "privado", "privada", "restricted", "restringido", "restringida",
        "unknown", "desconocido", "desconocida", "unavailable", "available", "disponible", "nodisponible", "withheld", "blocked",
        "bloqueado", "bloqueada", "hidden", "oculto", "oculta", "undisclosed", "unidentified", "identificado", "identificar", "reservado",
        "null", "none", "nil", "undefined",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Beside = new[]
    {
        "number", "numero", "caller", "callerid", "id", "call", "name", "nombre", "llamada", "llamante", "usuario", "user", "no", "not",
        "sin", "de", "del", "el", "la", "by", "identidad",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for an empty text, for zeros, and for text of nothing but such words.</summary>
    public static bool IsHidden(string text)
    {
        var parameters = text.IndexOf(';', StringComparison.Ordinal);
        text = parameters > 0 ? text[..parameters] : text;
        if (text.AsSpan().ContainsAnyInRange('1', '9'))
        {
            return PhoneText.Digits(text) == AnonymousOnAKeypad;
        }

        var words = SearchText.Words(text);
        return words.All(word => word.AsSpan().IndexOfAnyExcept('0') < 0)
            || (words.All(word => Hidden.Contains(word) || Beside.Contains(word)) && words.Any(
                word => Hidden.Contains(word) || word is "id" or "callerid"));
    }
}
