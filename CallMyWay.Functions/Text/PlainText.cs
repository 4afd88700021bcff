namespace CallMyWay.Functions.Text;

/// <summary>Cleans text that people typed.</summary>
public static class PlainText
{
    /// <summary>The text without surrounding spaces; null if nothing is left.</summary>
    public static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>
    /// The text without control characters and surrounding spaces; null if nothing is left. Control characters are
    /// invisible, and can hide what a text says.
    /// </summary>
    public static string? Of(string? text)
    {
        var plain = text is null
            ? ""
            : string.Concat(text.Select(c => char.IsControl(c) && c is not '\n' and not '\t' ? ' ' : c)).Trim();
        return plain.Length == 0 ? null : plain;
    }
}
