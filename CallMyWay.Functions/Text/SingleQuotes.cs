using System.Text;

namespace CallMyWay.Functions.Text;

/// <summary>Turns the form of the operator's document, <c>{'action': 'callStart'}</c>, into JSON.</summary>
internal static class SingleQuotes
{
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
                // \' does not exist in JSON.
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
