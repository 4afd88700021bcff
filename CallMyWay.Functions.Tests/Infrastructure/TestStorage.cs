namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// Where a host under test keeps its tables and queues. The tests of whole hosts stand in an abstract class, and each
/// storage has a class of its own that derives from it, so that a test's name says on which it ran.
/// </summary>
public enum TestStorage
{
    Sqlite,

    /// <summary>Azure's tables and queues, by <see cref="Infrastructure.Azurite"/>.</summary>
    Azurite,

    /// <summary>
    /// The same in the long run alone: for tests that start a host each, and whose subject is not what is stored.
    /// </summary>
    AzuriteInTheLongRun,
}

internal static class TestStorages
{
    /// <summary>Why no test can run on it here, and how that is mended; null where they can.</summary>
    public static string? WhyNot(this TestStorage storage) => storage switch
    {
        TestStorage.Sqlite => null,
        TestStorage.AzuriteInTheLongRun when !TestLength.IsWhole =>
            "The plain run tests this on SQLite; .ci/run --long tests it on Azurite as well.",
        _ => Azurite.WhyNot,
    };

    public static void SkipWhereMissing(this TestStorage storage) =>
        Skip.If(storage.WhyNot() is not null, storage.WhyNot());

    /// <summary>A host's settings of its storage: none for SQLite, else an account for each data folder.</summary>
    public static async Task<string[]> SettingsAsync(this TestStorage storage, string dataPath) =>
        storage == TestStorage.Sqlite
        ? []
        : ["--Storage", "azure", "--AzureWebJobsStorage", await Azurite.ConnectionStringAsync(dataPath)];
}
