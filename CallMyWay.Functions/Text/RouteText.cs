namespace CallMyWay.Functions.Text;

/// <summary>
/// A part of an address that the operator made: a slash in it stays encoded in the path, on both hosts.
/// </summary>
internal static class RouteText
{
    public static string Of(string part) => part.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
