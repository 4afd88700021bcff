using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Queues;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallMyWay.Functions.Adapters;

public static class AzureStorageServices
{
    // Reading a page of a table can take this long.
    private static readonly TimeSpan OneTableTry = TimeSpan.FromSeconds(20);

    // The service accepts a message within milliseconds. A try can hang, for example on a dead connection: then another
    // try starts soon.
    private static readonly TimeSpan OneQueueTry = TimeSpan.FromSeconds(4);

    // Three retries, after half a second, one and two seconds: so a short failure costs the caller little time. The
    // client library for queues would by default retry five times, for 24 seconds in all.
    private const int FurtherTries = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    // By default the client library uses its newest API version, which Azurite refuses until it supports it months
    // later. Nothing here needs a newer version than this, and the service keeps accepting it. So the app uses the same
    // version with an account as with the tests' emulator.
    private const QueueClientOptions.ServiceVersion QueueVersion = QueueClientOptions.ServiceVersion.V2021_12_02;

    /// <summary>Adds tables and queues in an Azure storage account, from <see cref="AzureStorageOptions"/>.</summary>
    /// <exception cref="StorageException">A setting is missing or can't be read.</exception>
    public static IServiceCollection AddAzureStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var options = AzureStorageOptions.Of(configuration);
        services.TryAddSingleton(AzureStorageNames.Features);
        services.TryAddSingleton<TokenCredential>(_ => new DefaultAzureCredential(
            new DefaultAzureCredentialOptions { ManagedIdentityClientId = options.ClientId }));
        return services
            .AddSingleton(options)
            .AddSingleton(provider => Tables(options, provider))
            .AddSingleton(provider => Queues(options, provider))
            .AddSingleton<ITables, AzureTables>()
            .AddSingleton<AzureQueue>()
            .AddSingleton<IQueue>(provider => provider.GetRequiredService<AzureQueue>())
            .AddSingleton<IQueueReceiver>(provider => provider.GetRequiredService<AzureQueue>())
            .AddSingleton<IQueueAdmin, AzureQueueAdmin>()
            .AddHostedService<AzureStorageStart>();
    }

    private static TableServiceClient Tables(AzureStorageOptions options, IServiceProvider provider)
    {
        var client = WithRules(new TableClientOptions(), OneTableTry);
        // Entity addresses and query filters hold keys, some of which are phone numbers.
        client.Diagnostics.IsDistributedTracingEnabled = false;
        client.Diagnostics.IsLoggingEnabled = false;
        client.AddPolicy(new Tries.Policy(), HttpPipelinePosition.PerRetry);
        return Checked(() => options.ConnectionString is { } connection
            ? new TableServiceClient(connection, client)
            : new TableServiceClient(options.TableServiceUri!, provider.GetRequiredService<TokenCredential>(), client));
    }

    private static QueueServiceClient Queues(AzureStorageOptions options, IServiceProvider provider)
    {
        // AzureQueue encodes bodies in Base64 itself.
        var client = WithRules(
            new QueueClientOptions(QueueVersion) { MessageEncoding = QueueMessageEncoding.None }, OneQueueTry);
        return Checked(() => options.ConnectionString is { } connection
            ? new QueueServiceClient(connection, client)
            : new QueueServiceClient(options.QueueServiceUri!, provider.GetRequiredService<TokenCredential>(), client));
    }

    private static T WithRules<T>(T options, TimeSpan oneTry)
        where T : ClientOptions
    {
        options.Retry.NetworkTimeout = oneTry;
        options.Retry.MaxRetries = FurtherTries;
        options.Retry.Delay = FirstPause;
        return options;
    }

    private static T Checked<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or ArgumentException)
        {
            // Not the exception's message: it can hold the key.
            throw new AzureStorageException($"The setting {AzureStorageOptions.Section} is no connection string of a storage account with tables and queues.");
        }
    }
}
