using Azure.Data.Tables;
using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>
/// The schema version of a storage account, on Azurite. SqliteDatabaseTests cover a database's version; CopyTests show
/// that a copy skips the version.
/// </summary>
public sealed class AzureSchemaTests
{
    [SkippableFact]
    public async Task An_Account_Of_A_Newer_Release_Is_Not_Changed()
    {
        var (folder, table) = await StartedBeforeAsync();
        await WriteAsync(table, 99);

        var refused = await Should.ThrowAsync<StorageException>(() => StartAsync(folder));

        refused.Message.ShouldContain("schema version 99");
        refused.Message.ShouldContain("written by a newer release");
        (await ReadAsync(table)).ShouldBe(99);
    }

    [SkippableFact]
    public async Task An_Account_Of_An_Older_Release_Is_Raised()
    {
        var (folder, table) = await StartedBeforeAsync();
        await WriteAsync(table, StorageSchema.Version - 1);

        await StartAsync(folder);

        (await ReadAsync(table)).ShouldBe(StorageSchema.Version);
    }

    [SkippableTheory]
    [InlineData(true, "insert")]
    [InlineData(false, "replace")]
    public async Task A_Newer_Release_That_Starts_At_The_Same_Moment_Keeps_Its_Version(bool isNew, string write)
    {
        await using var storage = await Azurite.OpenStorageAsync();
        if (!isNew)
        {
            await storage.Table.InsertAsync(RowOf(StorageSchema.Version - 1), CancellationToken.None);
        }

        var late = new OneTable(storage.Table);
        var held = late.Hold($"{write} {AzureSchema.Name}");
        var raising = AzureSchema.RaiseAsync(late, CancellationToken.None);
        await held.Reached;
        await storage.Table.UpsertAsync(RowOf(99), CancellationToken.None);
        held.Release();

        (await raising).ShouldBe(99);
        (await storage.Table.GetAsync(AzureSchema.Name, AzureSchema.Name, CancellationToken.None))!
            .Number(AzureSchema.Column).ShouldBe(99);
    }

    [SkippableFact]
    public async Task A_Start_On_An_Account_Of_This_Release_Reads_The_Version_By_One_Request()
    {
        var (folder, table) = await StartedBeforeAsync();
        var requests = Azurite.WatchRequests(await Azurite.ConnectionStringAsync(folder));
        // Azurite writes its log a moment after its answer. Once it tells of this reading, it has told of all before.
        await table.GetEntityAsync<TableEntity>(AzureSchema.Name, AzureSchema.Name, [AzureSchema.Column]);
        await Eventually.TrueAsync(() => Task.FromResult(
            requests.Any(request => request.Contains("$select", StringComparison.Ordinal))));
        var before = requests.Count;

        await StartAsync(folder);

        await Eventually.TrueAsync(() => Task.FromResult(requests.Skip(before).Any(IsOfVersion)));
        requests.Skip(before).Where(IsOfVersion).ShouldHaveSingleItem().ShouldStartWith("GET");

        static bool IsOfVersion(string request) => request.Contains($"/{AzureSchema.Table}(", StringComparison.Ordinal);
    }

    private static async Task<(string Folder, TableClient Table)> StartedBeforeAsync()
    {
        TestStorage.Azurite.SkipWhereMissing();
        var folder = $"schema-{Guid.NewGuid():N}";
        await StartAsync(folder);
        var table = new TableClient(await Azurite.ConnectionStringAsync(folder), AzureSchema.Table);
        (await ReadAsync(table)).ShouldBe(StorageSchema.Version);
        return (folder, table);
    }

    /// <summary>Starts the part of a host that prepares the storage.</summary>
    private static async Task StartAsync(string folder)
    {
        await using var storage = await AzureStorageUnderTest.OpenAsync(
            await Azurite.ConnectionStringAsync(folder), AzureStorageNames.Features);
    }

    private static Row RowOf(long version) =>
        new Row(AzureSchema.Name, AzureSchema.Name).Set(AzureSchema.Column, version);

    private static async Task WriteAsync(TableClient table, long version) =>
        await table.UpsertEntityAsync(AzureRow.ToEntity(RowOf(version)), TableUpdateMode.Replace);

    private static async Task<long?> ReadAsync(TableClient table) =>
        (await table.GetEntityAsync<TableEntity>(AzureSchema.Name, AzureSchema.Name)).Value
            .GetInt64(AzureSchema.Column);
}
