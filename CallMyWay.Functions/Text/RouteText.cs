using System.Buffers.Text;
using System.Text;

namespace CallMyWay.Functions.Text;

/// <summary>
/// Decodes a route value that the operator chose, such as an endpoint's id. On both hosts, an encoded slash stays
/// encoded in the path.
/// </summary>
internal static class RouteText
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Of(string part) => part.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>True where the path has an encoded slash. A literal <c>%2F</c> looks the same there.</summary>
    public static bool HasSlash(string part) => part.Contains("%2F", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// A call's id. Some ids can't stand in a path, as they have a slash, or could be taken for one with a slash, or lose
    /// their dots on the way: they are written as <c>~</c> and the base64url of their UTF-8.
    /// </summary>
    public static string CallIdOf(string part)
    {
        if (!part.StartsWith('~') || !Base64Url.IsValid(part.AsSpan(1)))
        {
            return Of(part);
        }

        try
        {
            return Strict.GetString(Base64Url.DecodeFromChars(part.AsSpan(1)));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return Of(part);
        }
    }
}
