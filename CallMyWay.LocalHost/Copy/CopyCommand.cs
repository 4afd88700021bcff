using CallMyWay.Functions.Adapters;
using CallMyWay.LocalHost.Backups;
using CallMyWay.LocalHost.Settings;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.LocalHost.Copy;

/// <summary>
/// The command <c>copy</c>: copies an office's data from its data folder to an Azure storage account, and checks that
/// all of it arrived. It can be run again, to continue after an interruption or to check once more.
/// </summary>
internal static class CopyCommand
{
    public const string Name = "copy";

    /// <summary>
    /// Runs the command. Returns the process's exit code: 0 if all data is there, checked, and nothing else, else 1.
    /// </summary>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken = default)
    {
        try
        {
            return await RunAsync(CopySettings.Of(arguments), output, cancellationToken);
        }
        catch (Exception exception) when (StartException.Explain(exception) is { } message)
        {
            await error.WriteLineAsync(message);
            return 1;
        }
    }

    private static async Task<int> RunAsync(CopySettings settings, TextWriter output, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(settings.DataPath);
        DataFolder.RequireData(folder);
        if (DataFolder.IsDemo(folder) && !AzureStorageOptions.Of(settings.Storage).IsEmulator)
        {
            throw new StartException($"What is in {folder} was made up by the demo: it is copied to an emulator of Azure's storage on this machine alone.");
        }

        // The database's lock shows whether a host is running on the folder, and keeps one from starting meanwhile.
        await using var database = SqliteDatabase.Open(folder);
        if (await RestoreMark.ReadAsync(database, cancellationToken) is not null)
        {
            throw new StartException($"{folder} was restored from a backup, and no host was started on it since. Start one first: it pauses the campaigns, which would call again whom they have called since the backup.");
        }

        await using var services = new ServiceCollection().AddLogging().AddAzureStorage(settings.Storage).BuildServiceProvider();
        foreach (var start in services.GetServices<IHostedService>().OfType<IHostedLifecycleService>())
        {
            await start.StartingAsync(cancellationToken);
        }

        using var copy = ActivatorUtilities.CreateInstance<StorageCopy>(services, new SqliteExport(database), new CopyProgress(output));
        return await copy.RunAsync(settings.Overwrite, cancellationToken) ? 0 : 1;
    }
}
