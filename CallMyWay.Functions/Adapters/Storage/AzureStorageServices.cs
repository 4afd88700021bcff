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
    // A page of a table can take its time.
    private static readonly TimeSpan OneTableTry = TimeSpan.FromSeconds(20);

    // The service takes a message within milliseconds. A try can hang, as on a connection that died unseen: it is soon
    // given up for another.
    private static readonly TimeSpan OneQueueTry = TimeSpan.FromSeconds(4);

    // Three more tries, after half a second, one and two: a failure that is over by then costs the caller no more than
    // that. By itself the client library for queues tries five times more, for 24 seconds in all.
    private const int FurtherTries = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    // The client library speaks its newest version by itself, which Azurite refuses until it knows it, and that takes
    // months. Nothing here needs a newer one than this, the service goes on taking it, and so an account is spoken to
    // as the tests' emulator is.
    private const QueueClientOptions.ServiceVersion QueueVersion = QueueClientOptions.ServiceVersion.V2021_12_02;

    /// <summary>Tables and queues in an Azure storage account, by <see cref="AzureStorageOptions"/>.</summary>
    /// <exception cref="StorageException">The settings say too little, or what can't be read.</exception>
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
        // An entity's address and a query's filter hold its keys, and some of those are phone numbers.
        client.Diagnostics.IsDistributedTracingEnabled = false;
        client.Diagnostics.IsLoggingEnabled = false;
        client.AddPolicy(new Tries.Policy(), HttpPipelinePosition.PerRetry);
        return Checked(() => options.ConnectionString is { } connection
            ? new TableServiceClient(connection, client)
            : new TableServiceClient(options.TableServiceUri!, provider.GetRequiredService<TokenCredential>(), client));
    }

    private static QueueServiceClient Queues(AzureStorageOptions options, IServiceProvider provider)
    {
        // The bodies' Base64 is ours: see AzureQueue.
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
            // Not its message: it can hold the key.
            throw new AzureStorageException($"The setting {AzureStorageOptions.Section} is no connection string of a storage account with tables and queues.");
        }
    }
}
