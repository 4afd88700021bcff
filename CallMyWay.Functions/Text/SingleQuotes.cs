using System.Text;

namespace CallMyWay.Functions.Text;

/// <summary>Turns the form that the operator's document shows, <c>{'action': 'callStart'}</c>, into JSON.</summary>
internal static class SingleQuotes
{
    /// <summary>
    /// The text with its single-quoted strings in double quotes; what is not such a form comes out as something that is
    /// no JSON either.
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
                // JSON knows no \'.
                json.Append(text[i] == '\'' ? "'" : $"\\{text[i]}");
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
}
