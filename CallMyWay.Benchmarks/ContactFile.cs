using System.Globalization;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.Benchmarks;

/// <summary>A data folder with many contacts, written by the host's own store, and kept for the next run.</summary>
internal static class ContactFile
{
    public static int Size(bool quick) => quick ? 100_000 : 1_000_000;

    public static async Task<string> EnsureAsync(int contacts)
    {
        var folder = TemporaryFolder.Kept($"contacts-{contacts}");
        var done = Path.Combine(folder, "complete");
        var file = new FileInfo(Path.Combine(folder, SqliteDatabase.FileName));
        if (!File.Exists(done))
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Directory.CreateDirectory(folder);
            await using (var server = await ServerProcess.StartAsync("host", folder))
            {
                var seconds = double.Parse(
                    await server.AskAsync($"import 0 {contacts} 200"), CultureInfo.InvariantCulture);
                Report.Line($"{contacts:N0} contacts imported", contacts / seconds, "contacts/s");
            }

            await File.WriteAllTextAsync(done, "");
        }

        Report.Line($"file of {contacts:N0} contacts", file.Length / 1048576.0, "MB");
        return folder;
    }
}
