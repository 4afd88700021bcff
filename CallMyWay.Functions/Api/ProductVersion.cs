using System.Reflection;

namespace CallMyWay.Functions.Api;

/// <summary>
/// The version that the build derives from the git tags, such as <c>0.2.0</c> or <c>0.2.1-alpha.0.7</c>.
/// </summary>
public static class ProductVersion
{
    public static string Text { get; } = Of(
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);

    // The commit follows a plus.
    internal static string Of(string? informational) => informational?.Split('+')[0] ?? "0.0.0";
}
