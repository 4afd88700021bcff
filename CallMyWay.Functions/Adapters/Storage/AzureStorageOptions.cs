using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Configuration;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// The storage account: the Functions host's own setting, so that its queue triggers and our sends use the same
/// account. It is a connection string, or addresses and a managed identity
/// (https://learn.microsoft.com/azure/azure-functions/functions-reference#configure-an-identity-based-connection).
/// </summary>
public sealed record AzureStorageOptions
{
    public const string Section = "AzureWebJobsStorage";

    public const string CreateMissingSetting = "AzureStorage:CreateMissing";

    public string? ConnectionString { get; init; }

    public Uri? TableServiceUri { get; init; }

    public Uri? QueueServiceUri { get; init; }

    /// <summary>The client id of a user-assigned identity; null for the system-assigned one.</summary>
    public string? ClientId { get; init; }

    /// <summary>
    /// Whether the start creates missing tables and queues. By default it does with a connection string. With a managed
    /// identity, the infrastructure creates them.
    /// </summary>
    public bool CreateMissing { get; init; }

    /// <summary>Whether the account is an emulator on this machine.</summary>
    public bool IsEmulator => ConnectionString is { } connection && Array.Exists(connection.Split(';', StringSplitOptions.TrimEntries), part =>
        part.Equals("UseDevelopmentStorage=true", StringComparison.OrdinalIgnoreCase)
        || (part.StartsWith("TableEndpoint=", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(part["TableEndpoint=".Length..], UriKind.Absolute, out var address) && address.IsLoopback));

    /// <exception cref="StorageException">A setting is missing or can't be read.</exception>
    public static AzureStorageOptions Of(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var create = configuration[CreateMissingSetting];
        var createMissing = string.IsNullOrEmpty(create) ? (bool?)null
            : bool.TryParse(create, out var yes) ? yes
            : throw new StorageException(
                $"The setting {CreateMissingSetting} is '{create}'; it must be true or false.");
        if (!string.IsNullOrWhiteSpace(section.Value))
        {
            return new AzureStorageOptions { ConnectionString = section.Value, CreateMissing = createMissing ?? true };
        }

        return new AzureStorageOptions
        {
            TableServiceUri = Address(section, "tableServiceUri", "table"),
            QueueServiceUri = Address(section, "queueServiceUri", "queue"),
            ClientId = section["clientId"] is { Length: > 0 } clientId ? clientId : null,
            CreateMissing = createMissing ?? false,
        };
    }

    private static Uri Address(IConfigurationSection section, string key, string service)
    {
        var text = section[key];
        if (string.IsNullOrWhiteSpace(text) && section["accountName"] is { Length: > 0 } account)
        {
            text = $"https://{account}.{service}.core.windows.net";
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            throw new StorageException(
                $"There is no Azure storage account: set {Section} to its connection string, or {Section}:accountName (or {Section}:tableServiceUri and {Section}:queueServiceUri) for a managed identity.");
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"
            ? address
            : throw new StorageException($"The setting {Section}:{key} is '{text}', which is no address such as https://myaccount.{service}.core.windows.net.");
    }
}
