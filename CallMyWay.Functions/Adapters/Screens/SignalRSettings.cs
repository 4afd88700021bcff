using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// The settings of Azure SignalR Service: a connection string, or an address and a managed identity. The worker's
/// extension reads them itself; this reports mistakes first.
/// </summary>
internal static class SignalRSettings
{
    public const string Section = "AzureSignalRConnectionString";

    private const string Address = Section + ":serviceUri";

    /// <exception cref="InvalidOperationException">A setting is missing or can't be read.</exception>
    public static void Check(IConfiguration configuration)
    {
        if (configuration[Section] is { Length: > 0 } connection)
        {
            // Never include the setting's value in the message: a part of it is the key.
            if (!IsConnection(connection))
            {
                throw new InvalidOperationException($"The setting {Section} is no connection string of Azure SignalR Service, which begins with Endpoint=https://.");
            }

            return;
        }

        if (configuration[Address] is not { Length: > 0 } address)
        {
            throw new InvalidOperationException($"There is no Azure SignalR Service: set {Section} to its connection string, or {Section}__serviceUri to its address for a managed identity.");
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps)
        {
            throw new InvalidOperationException($"The setting {Section}__serviceUri is '{address}', which is no address such as https://mysignalr.service.signalr.net.");
        }
    }

    /// <summary>Where the service is, once <see cref="Check"/> has found nothing wrong.</summary>
    public static SignalRService Service(IConfiguration configuration)
    {
        if (configuration[Section] is not { Length: > 0 } connection)
        {
            return new SignalRService(WithSlash(configuration[Address]!), null);
        }

        var parts = connection.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2)
            .ToDictionary(part => part[0], part => part[1], StringComparer.OrdinalIgnoreCase);
        var address = new UriBuilder(parts["Endpoint"]);
        if (int.TryParse(parts.GetValueOrDefault("Port"), CultureInfo.InvariantCulture, out var port))
        {
            address.Port = port;
        }

        return new SignalRService(WithSlash(address.Uri.AbsoluteUri), parts.GetValueOrDefault("AccessKey"));
    }

    private static Uri WithSlash(string address) => new(address.TrimEnd('/') + '/');

    private static bool IsConnection(string connection) => Array.Exists(
        connection.Split(';', StringSplitOptions.TrimEntries),
        part => part.StartsWith("Endpoint=", StringComparison.OrdinalIgnoreCase)
            && Uri.TryCreate(part["Endpoint=".Length..], UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)));
}

/// <summary>The service's REST API.</summary>
/// <param name="Endpoint">Its address, with a slash at the end.</param>
/// <param name="Key">The key that signs tokens for it; null where the app's identity counts.</param>
internal sealed record SignalRService(Uri Endpoint, string? Key);
