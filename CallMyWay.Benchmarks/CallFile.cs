using System.Globalization;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.Benchmarks;

/// <summary>
/// A data folder with the calls of an office, one each half minute back from <see cref="Newest"/>, so that a million
/// are a year. The host takes them as records of the operator. The folder is kept for the next run.
/// </summary>
internal static class CallFile
{
    public const int Agents = 50;
    public const int Teams = 5;
    public const int Contacts = 2_000;

    /// <summary>The seconds between two calls.</summary>
    public const int Apart = 31;

    /// <summary>When the newest call began: what <see cref="HostCommands"/> says in Costa Rica's zone.</summary>
    public static DateTimeOffset Newest { get; } = new(2026, 3, 1, 18, 0, 0, TimeSpan.Zero);

    public static async Task<string> EnsureAsync(int calls)
    {
        var folder = TemporaryFolder.Kept($"calls-{calls}");
        var done = Path.Combine(folder, "complete");
        var file = new FileInfo(Path.Combine(folder, SqliteDatabase.FileName));
        if (!File.Exists(done))
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Directory.CreateDirectory(folder);
            await using (var server = await ServerProcess.StartAsync("host", folder, "paused"))
            {
                await server.AskAsync($"office {Agents} {Teams}");
                await server.AskAsync($"import 0 {Contacts} 200");
                var seconds = double.Parse(
                    await server.AskAsync($"records 0 {calls} {Agents} {Contacts} {Apart}"),
                    CultureInfo.InvariantCulture);
                Report.Line($"{calls:N0} calls written", calls / seconds, "calls/s");
            }

            await File.WriteAllTextAsync(done, "");
        }

        var counted = Path.Combine(folder, "counted");
        if (!File.Exists(counted))
        {
            await using (var server = await ServerProcess.StartAsync("host", folder, "paused"))
            {
                var seconds = double.Parse(await server.AskAsync("figures"), CultureInfo.InvariantCulture);
                Report.Line($"figures of {calls:N0} calls worked out", calls / seconds, "calls/s");
            }

            await File.WriteAllTextAsync(counted, "");
        }

        Report.Line($"file of {calls:N0} calls", file.Length / 1048576.0, "MB");
        return folder;
    }
}
