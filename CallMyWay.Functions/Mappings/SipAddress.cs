namespace CallMyWay.Functions.Mappings;

/// <summary>A phone's address as telephone exchanges write it: <c>sip:1001@pbx.example</c>.</summary>
internal static class SipAddress
{
    private static readonly string[] Schemes = ["sip:", "sips:", "tel:"];

    /// <summary>The phone's name in its address; null for a text that is none.</summary>
    public static string? UserOf(string text)
    {
        // "Ana Solano" <sip:1001@pbx.example;transport=udp>
        var open = text.LastIndexOf('<');
        var address = (open >= 0 ? text[(open + 1)..].TrimEnd().TrimEnd('>') : text).Trim();
        var scheme = Array.Find(Schemes, each => address.StartsWith(each, StringComparison.OrdinalIgnoreCase));
        var rest = address[(scheme?.Length ?? 0)..];
        var end = rest.IndexOfAny(['@', ';', '?']);
        var userInfo = end < 0 ? rest : rest[..end];
        // A password may stand behind the user's name (RFC 3261, 19.1.1).
        var password = end >= 0 && rest[end] == '@' ? userInfo.IndexOf(':', StringComparison.Ordinal) : -1;
        var user = Uri.UnescapeDataString(password < 0 ? userInfo : userInfo[..password]).Trim();
        // Not every text with an @ is an address, but its first part may still be a phone's name.
        return user.Length > 0 && user != text && (scheme is not null || rest.Contains('@', StringComparison.Ordinal))
            ? user
            : null;
    }
}
