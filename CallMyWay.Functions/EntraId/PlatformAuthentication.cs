using Microsoft.Extensions.Configuration;

namespace CallMyWay.Functions.EntraId;

/// <summary>What the platform says of its authentication, in settings that it sets itself.</summary>
/// <param name="IsEnabled">
/// Whether it stands before the app: then it takes its headers out of whatever a client sends. Else they are the
/// client's, and worth nothing.
/// </param>
/// <param name="Tenants">
/// The only directories that may sign in; all that the platform let through where none is named.
/// </param>
public sealed record PlatformAuthentication(bool IsEnabled, IReadOnlyCollection<string> Tenants)
{
    /// <summary>
    /// https://learn.microsoft.com/azure/app-service/reference-app-settings#authentication--authorization
    /// </summary>
    public const string Switch = "WEBSITE_AUTH_ENABLED";

    public const string AllowedTenants = "WEBSITE_AUTH_AAD_ALLOWED_TENANTS";

    public static PlatformAuthentication Of(IConfiguration configuration) => new(
        bool.TryParse(configuration[Switch], out var isOn) && isOn,
        (configuration[AllowedTenants] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    public bool Admits(PlatformPrincipal person) =>
        Tenants.Count == 0
            || (person.TenantId is { } tenant && Tenants.Contains(tenant, StringComparer.OrdinalIgnoreCase));
}
