using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Storage;
using CallMyWay.LocalHost.Functions;
using CallMyWay.LocalHost.Settings;
using CallMyWay.LocalHost.SignIn;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.LocalHost.Start;

/// <summary>
/// Sets up tables and queues: in a file of the data folder, or with <c>Storage=azure</c> in a storage account.
/// </summary>
internal static class HostStorage
{
    /// <exception cref="StartException">The storage can't be opened.</exception>
    public static void AddStorage(this WebApplicationBuilder builder, HostSettings settings, DataFolder data)
    {
        if (settings.IsOnAzureStorage)
        {
            AddAzureStorage(builder, settings);
            return;
        }

        data.RequireDatabase();
        builder.Services.AddSqliteStorage(provider => SqliteDatabase.Open(
            data.FullPath,
            provider.GetRequiredService<TimeProvider>(),
            Tables,
            Queues(provider),
            provider.GetRequiredService<ILogger<SqliteDatabase>>()));
    }

    /// <summary>Includes the host's own tables.</summary>
    private static string[] Tables => [.. StorageNames.Tables, LocalAccounts.Table, SignInGuard.Table, TimerRunner.Table];

    /// <summary>The queues of all functions.</summary>
    private static string[] Queues(IServiceProvider provider) =>
        [.. StorageNames.Queues.Union(provider.GetRequiredService<FunctionCatalog>().Queues.Select(function => function.Queue))];

    private static void AddAzureStorage(WebApplicationBuilder builder, HostSettings settings)
    {
        if (settings.IsDemo && !AzureStorageOptions.Of(builder.Configuration).IsEmulator)
        {
            throw new StartException("Demo data and real data never share storage: the demo runs on SQLite, or on an emulator of Azure's storage on this machine. Start with --demo false.");
        }

        builder.Services.AddSingleton(provider => new AzureStorageNames(Tables, Queues(provider)));
        builder.Services.AddAzureStorage(builder.Configuration);
        // Only needed with SQLite, where sends share the one writer with everything else.
        builder.Services.AddSingleton<SendRate>();
    }
}
