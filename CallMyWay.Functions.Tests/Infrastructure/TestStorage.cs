namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// The storage of a host under test. Tests of whole hosts are in an abstract class with a derived class for each
/// storage, so that a test's name says on which it ran.
/// </summary>
public enum TestStorage
{
    Sqlite,

    /// <summary>Azure's tables and queues, by <see cref="Infrastructure.Azurite"/>.</summary>
    Azurite,

    /// <summary>
    /// Azurite, but only in the long run: for tests that take long on it, and for those of pages and lists, which know
    /// the storage by its contract alone. Of what differs between the storages, the plain run tests on Azurite: the
    /// adapters by that contract, keys and names of all kinds, the index and a crash at any of its writes, writes at
    /// once, a call's way, its costs, the data of the oldest release.
    /// </summary>
    AzuriteInTheLongRun,
}

internal static class TestStorages
{
    /// <summary>Why no test can run on this storage, and how to fix that; null if they can.</summary>
    public static string? WhyNot(this TestStorage storage) => storage switch
    {
        TestStorage.Sqlite => null,
        TestStorage.AzuriteInTheLongRun when !TestLength.IsWhole =>
            "The plain run tests this on SQLite; .ci/run --long tests it on Azurite as well.",
        _ => Azurite.WhyNot,
    };

    public static void SkipWhereMissing(this TestStorage storage) =>
        Skip.If(storage.WhyNot() is not null, storage.WhyNot());

    /// <summary>The settings of a host's storage: none for SQLite, else an account for each data folder.</summary>
    public static async Task<string[]> SettingsAsync(this TestStorage storage, string dataPath) =>
        storage == TestStorage.Sqlite
        ? []
        : ["--Storage", "azure", "--AzureWebJobsStorage", await Azurite.ConnectionStringAsync(dataPath)];
}
