using Azure.Storage.Queues;
using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>
/// The schema version of a storage account, on Azurite. That of a database is in SqliteDatabaseTests.
/// </summary>
public sealed class AzureSchemaTests
{
    private static readonly string Ours = StorageSchema.Version.ToString(
        System.Globalization.CultureInfo.InvariantCulture);

    [SkippableFact]
    public async Task An_Account_Of_A_Newer_Release_Is_Left_Alone()
    {
        var (folder, queue) = await StartedBeforeAsync();
        await queue.SetMetadataAsync(new Dictionary<string, string> { [AzureSchema.Metadata] = "99" });

        var refused = await Should.ThrowAsync<StorageException>(() => StartAsync(folder));

        refused.Message.ShouldContain("schema version 99");
        refused.Message.ShouldContain("written by a newer release");
        (await queue.GetPropertiesAsync()).Value.Metadata[AzureSchema.Metadata].ShouldBe("99");
    }

    [SkippableFact]
    public async Task An_Account_Of_Before_There_Was_A_Version_Is_Given_One_Beside_What_A_Copy_Noted()
    {
        var (folder, queue) = await StartedBeforeAsync();
        await queue.SetMetadataAsync(new Dictionary<string, string> { ["copied1"] = "7" });

        await StartAsync(folder);

        var metadata = (await queue.GetPropertiesAsync()).Value.Metadata;
        (metadata["copied1"], metadata[AzureSchema.Metadata]).ShouldBe(("7", Ours));
    }

    [SkippableFact]
    public async Task A_Start_On_An_Account_Of_This_Release_Reads_The_Version_By_One_Request()
    {
        var (folder, _) = await StartedBeforeAsync();
        var requests = Azurite.WatchRequests(await Azurite.ConnectionStringAsync(folder));

        await StartAsync(folder);

        // Azurite writes its log a moment after its answer.
        await Eventually.TrueAsync(() => Task.FromResult(
            requests.Any(request => request.Contains("comp=metadata", StringComparison.Ordinal))));
        requests.Where(request => request.Contains("comp=metadata", StringComparison.Ordinal)).ShouldHaveSingleItem()
            .ShouldStartWith("GET");
    }

    private static async Task<(string Folder, QueueClient Queue)> StartedBeforeAsync()
    {
        TestStorage.Azurite.SkipWhereMissing();
        var folder = $"schema-{Guid.NewGuid():N}";
        await StartAsync(folder);
        var options = new QueueClientOptions(QueueClientOptions.ServiceVersion.V2021_12_02);
        var queue = new QueueClient(await Azurite.ConnectionStringAsync(folder), StorageNames.CallEvents, options);
        (await queue.GetPropertiesAsync()).Value.Metadata[AzureSchema.Metadata].ShouldBe(Ours);
        return (folder, queue);
    }

    /// <summary>Starts what a host starts of the storage.</summary>
    private static async Task StartAsync(string folder)
    {
        await using var storage = await AzureStorageUnderTest.OpenAsync(
            await Azurite.ConnectionStringAsync(folder), AzureStorageNames.Features);
    }
}
