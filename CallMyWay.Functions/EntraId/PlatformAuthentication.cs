using Microsoft.Extensions.Configuration;

namespace CallMyWay.Functions.EntraId;

/// <summary>Azure's platform authentication, as the platform's own settings describe it.</summary>
/// <param name="IsEnabled">
/// Whether the platform authenticates requests. Then it removes its headers from what clients send. If not, clients
/// could forge them, so they are ignored.
/// </param>
/// <param name="Tenants">
/// The only directories that may sign in; if none is listed, all that the platform lets through.
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
