using System.Text;

namespace CallMyWay.Functions.Text;

/// <summary>
/// Turns the form of the operator's document, <c>{'action': 'callStart'}</c>, into JSON. It is how Python writes a
/// dictionary, so that its words for what is no text are read too: <c>None</c>, <c>True</c>, <c>False</c>.
/// </summary>
internal static class SingleQuotes
{
    private static readonly (string Word, string Json)[] Words =
        [("None", "null"), ("True", "true"), ("False", "false")];

    /// <summary>
    /// The text with double quotes in place of single ones. A text of another form gives something that is not JSON
    /// either.
    /// </summary>
    public static string ToJson(string text)
    {
        var json = new StringBuilder(text.Length + 16);
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && quote != '\0' && i + 1 < text.Length)
            {
                i++;
                // JSON has neither \' nor \xe9.
                json.Append(text[i] switch { '\'' => "'", 'x' => "\\u00", var other => $"\\{other}" });
            }
            else if (quote == '\0' && WordAt(text, i) is { Word: { } word, Json: { } value })
            {
                json.Append(value);
                i += word.Length - 1;
            }
            else if (quote == '\0' && c is '\'' or '"')
            {
                quote = c;
                json.Append('"');
            }
            else if (c == quote && c != '\0')
            {
                quote = '\0';
                json.Append('"');
            }
            else if (c == '"')
            {
                json.Append("\\\"");
            }
            else if (char.IsControl(c) && quote != '\0')
            {
                json.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            }
            else
            {
                json.Append(c);
            }
        }

        return json.ToString();
    }

    private static (string Word, string Json) WordAt(string text, int at) => char.IsAsciiLetter(text[at])
        ? Words.FirstOrDefault(each =>
            string.CompareOrdinal(text, at, each.Word, 0, each.Word.Length) == 0
            && (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]))
            && (at + each.Word.Length == text.Length || !char.IsAsciiLetterOrDigit(text[at + each.Word.Length])))
        : default;
}
