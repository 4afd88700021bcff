using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>The Azure adapters, built and started as in a host, with their own table and queue.</summary>
internal sealed class AzureStorageUnderTest : IStorageUnderTest
{
    private readonly ServiceProvider _services;

    private AzureStorageUnderTest(string connectionString, AzureStorageNames? names)
    {
        var id = Guid.NewGuid().ToString("N");
        TableName = "t" + id;
        QueueName = "q-" + id;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { [AzureStorageOptions.Section] = connectionString })
            .Build();
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(names ?? new AzureStorageNames([TableName], [QueueName]))
            .AddAzureStorage(configuration)
            .BuildServiceProvider();
    }

    public string TableName { get; }

    public string QueueName { get; }

    public ITables Tables => _services.GetRequiredService<ITables>();

    public ITable Table => Tables[TableName];

    public IQueue Queue => _services.GetRequiredService<IQueue>();

    public IQueueReceiver Receiver => _services.GetRequiredService<IQueueReceiver>();

    public IQueueAdmin Admin => _services.GetRequiredService<IQueueAdmin>();

    /// <param name="connectionString">The account.</param>
    /// <param name="names">The tables and queues of an app instead.</param>
    public static async Task<AzureStorageUnderTest> OpenAsync(string connectionString, AzureStorageNames? names = null)
    {
        var storage = new AzureStorageUnderTest(connectionString, names);
        foreach (var service in storage._services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
        {
            await service.StartingAsync(CancellationToken.None);
        }

        return storage;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
