namespace CallMyWay.Functions.Text;

/// <summary>
/// Decodes a route value that the operator chose, such as an endpoint's id. On both hosts, an encoded slash stays
/// encoded in the path.
/// </summary>
internal static class RouteText
{
    public static string Of(string part) => part.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
