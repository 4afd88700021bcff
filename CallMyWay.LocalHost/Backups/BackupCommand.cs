using System.Globalization;
using CallMyWay.LocalHost.Files;
using CallMyWay.LocalHost.Settings;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.LocalHost.Backups;

/// <summary>
/// The command <c>backup</c>: a backup of a data folder, whether its host runs or not. A host that runs makes its own
/// ones without a second process; this is for whoever has another schedule or another disk.
/// </summary>
internal static class BackupCommand
{
    public const string Name = "backup";

    internal const string Usage = """
        backup [--DataPath <data folder>] [--to <folder of the backups>] [--keep <how many>]

          --DataPath    the folder of the LocalHost whose data is backed up, ./data by default; that host may be running
          --to          where the backup goes, by default backups in the data folder
          --keep        how many backups of that folder are kept; all by default
        """;

    private static readonly string[] Known = ["DataPath", "to", "keep"];

    /// <summary>Returns the process's exit code: 0 if the backup is whole, else 1.</summary>
    public static Task<int> RunAsync(
        string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken = default) =>
        Commands.RunAsync(error, async () =>
        {
            var given = CommandArguments.Read(
                Name, arguments, name => Known.Contains(name, StringComparer.OrdinalIgnoreCase), null, Usage);
            var data = Path.GetFullPath(given.GetValueOrDefault("DataPath") ?? "data");
            var file = Path.Combine(data, SqliteDatabase.FileName);
            DataFolder.RequireData(data);
            var keep = given.GetValueOrDefault("keep") is not { } text ? int.MaxValue
                : int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
                : throw new StartException($"--keep is '{text}'; it must be a number from 1 on.");
            var folder = new BackupFolder(given.GetValueOrDefault("to") ?? Path.Combine(data, BackupFolder.Name));
            // The host's user could neither read what another one makes there, nor make its own backups beside it. A
            // folder that is not the host's, as on another disk, is free to whoever may write there.
            if (FileOwner.OtherThanThis(data) is { } owner && FileOwner.OtherThanThis(folder.Nearest()) == owner)
            {
                throw Commands.OfAnother(owner, folder.FullPath, "backs up");
            }

            var writer = new BackupWriter(data, DataFolder.IsDemo(data), folder, keep, TimeProvider.System);
            var backup = await writer.MakeAsync(
                (path, progress, stop) => Task.Run(() => Copy(file, path, progress, stop), stop),
                Commands.Progress(output),
                () => output.WriteLine($"Another backup is being made in {folder.FullPath}. This one waits for it."),
                cancellationToken);
            await output.WriteLineAsync($"The backup is in {backup.Path}");
        });

    /// <summary>
    /// Copies what is committed now. The reader holds its moment until the end: what a running host writes meanwhile
    /// stays in the log.
    /// </summary>
    private static void Copy(string from, string to, Action<double> progress, CancellationToken stop)
    {
        using var source = BackupSource.Open(from);
        using var copy = SqliteCopy.To(to, stop);
        while (copy.Step(source.Session))
        {
            if (copy.Rests)
            {
                copy.Sync();
            }

            progress(copy.Fraction);
        }

        copy.Done.GetAwaiter().GetResult();
    }
}
