using System.Collections.Frozen;
using System.Globalization;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Numbers;

/// <summary>
/// The texts that stand where a caller has no number. The operator's document doesn't say which one it sends, so all
/// that are usual in telephony are recognized, in English and Spanish.
/// </summary>
internal static class PrivateCaller
{
    /// <summary>ANONYMOUS, RESTRICTED and UNAVAILABLE, as they are spelled on a keypad.</summary>
    private static readonly FrozenSet<string> OnAKeypad =
        new[] { "266696687", "7378742833", "86282452253" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words that say by themselves that there is no number. Phrases are written as one word.</summary>
    private static readonly FrozenSet<string> Hidden = new[]
    {
        "anonymous", "anonymus", "anon", "anonimo", "anonima", "private", "priv", "privado", "privada", "restricted",
        "restringido", "restringida", "unknown", "desconocido", "desconocida", "unavailable", "unavail", "available",
        "disponible", "nodisponible", "indisponible", "withheld", "blocked", "bloqueado", "bloqueada", "hidden",
        "oculto", "oculta", "undisclosed", "unidentified", "identificado", "identificada", "identificar",
        "noidentificado", "noidentificada", "sinidentificar", "reservado", "reservada", "confidencial", "suprimido",
        "suprimida", "suppressed", "null", "none", "nil", "undefined", "nan",
        // Of networks, gateways and Asterisk.
        "outofarea", "fueradearea", "fueradelarea", "payphone", "coinlinepayphone", "interactionwithotherservice",
        "nonumber", "sinnumero", "numeroprivado", "numerooculto", "nocallerid", "nocid", "asterisk", "freepbx",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words that stand beside those.</summary>
    private static readonly FrozenSet<string> Beside = new[]
    {
        "number", "numero", "caller", "callerid", "cid", "id", "call", "name", "nombre", "llamada", "llamante",
        "usuario", "user", "no", "not", "sin", "de", "del", "el", "la", "by", "identidad", "source",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for an empty text, for zeros, and for text of nothing but such words.</summary>
    public static bool IsHidden(string text)
    {
        var parameters = text.IndexOf(';', StringComparison.Ordinal);
        text = parameters > 0 ? text[..parameters] : text;
        if (text.AsSpan().ContainsAnyInRange('1', '9'))
        {
            return IsFlag(text);
        }

        var words = SearchText.Words(text);
        return words.All(word => word.AsSpan().IndexOfAnyExcept('0') < 0)
            || Hidden.Contains(string.Concat(words))
            || (words.All(word => Hidden.Contains(word) || Beside.Contains(word)) && words.Any(
                word => Hidden.Contains(word) || word is "id" or "callerid" or "cid"));
    }

    /// <summary>
    /// True where the caller hides behind an address whose first part names nobody, but the trunk that the call came by:
    /// <c>"Anonymous" &lt;sip:trunk01@10.0.0.1&gt;</c>, <c>sip:user1@anonymous.invalid</c> (RFC 3323).
    /// </summary>
    public static bool IsHiddenBehind(string received) =>
        (PhoneText.NameBeside(received) is { } name && name.Any(char.IsLetter) && IsHidden(name))
        || (PhoneText.HostOf(received) is { } host
            && (host.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase)
                || host.Equals("anonymous", StringComparison.OrdinalIgnoreCase)));

    /// <summary>
    /// True for a word that is spelled on a keypad: with or without the prefix of a call abroad, or
    /// <paramref name="homeCode"/>, which gateways put before it.
    /// </summary>
    public static bool IsOnAKeypad(string digits, int homeCode)
    {
        var code = homeCode.ToString(CultureInfo.InvariantCulture);
        var word = digits.TrimStart('0');
        return OnAKeypad.Contains(word)
            || (word.StartsWith(code, StringComparison.Ordinal) && OnAKeypad.Contains(word[code.Length..]))
            // With the code of North America, two of the three would be numbers there.
            || word == "1266696687";
    }

    /// <summary>True for digits that are all the same: nobody's number, where the plan has no such number.</summary>
    public static bool IsOneDigit(ReadOnlySpan<char> digits) =>
        digits.Length > 0 && digits.IndexOfAnyExcept(digits[0]) < 0;

    /// <summary>True for a small number below zero, by which switches say that they know no number: -1.</summary>
    private static bool IsFlag(string text) =>
        text.Trim() is ['-', .. { Length: <= 2 } digits] && digits.All(char.IsAsciiDigit);
}
