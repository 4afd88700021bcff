namespace CallMyWay.Functions.Text;

/// <summary>What people write, as it is kept.</summary>
public static class PlainText
{
    /// <summary>The text without the spaces around it; null for none.</summary>
    public static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>
    /// The text without what only surrounds it; null for none. Control characters mean nothing on a screen, and can
    /// hide what a text says.
    /// </summary>
    public static string? Of(string? text)
    {
        var plain = text is null
            ? ""
            : string.Concat(text.Select(c => char.IsControl(c) && c is not '\n' and not '\t' ? ' ' : c)).Trim();
        return plain.Length == 0 ? null : plain;
    }
}
