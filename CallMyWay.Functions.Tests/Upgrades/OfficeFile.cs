using System.Diagnostics;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Copy;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.Functions.Tests.Upgrades;

/// <summary>
/// The data of an office as one release left it: a folder of Upgrades with a zip and the release's API answers. The zip
/// has LocalHost's data folder and all rows of a storage account.
/// </summary>
internal static class OfficeFile
{
    /// <summary>The command of this assembly that makes one.</summary>
    public const string Command = "write-office";

    /// <summary>The data folder in the zip.</summary>
    public const string Data = "data";

    /// <summary>The rows of the storage account in the zip.</summary>
    public const string Account = "account.jsonl";

    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string Root = SourceTree.PathOf("CallMyWay.Functions.Tests", "Upgrades");

    /// <summary>The releases that have such data, the oldest first.</summary>
    public static IEnumerable<string> Releases =>
        Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    public static string ZipOf(string release) => Path.Combine(Root, release, "office.zip");

    public static async Task<JsonObject> ExpectedAsync(string release) =>
        JsonNode.Parse(await File.ReadAllTextAsync(ExpectedOf(release)))!.AsObject();

    /// <summary>The dials of each agent, from the expected answers.</summary>
    public static IReadOnlyDictionary<string, string[]> DialsIn(JsonObject expected) => expected
        .Select(answer => answer.Key.Split(" dials/"))
        .Where(parts => parts.Length == 2)
        .GroupBy(parts => parts[0], parts => parts[1], StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    /// <summary>Makes the data with the current release.</summary>
    public static async Task WriteAsync(string release)
    {
        var folder = Directory.CreateTempSubdirectory("callmyway-office-").FullName;
        var data = Path.Combine(folder, Data);
        var dials = await WrittenOffice.WriteAsync(data);
        var connection = await Azurite.ConnectionStringAsync(release);
        Check(
            await CopyCommand.RunAsync(["--DataPath", data, "--to", connection], Console.Out, Console.Error) == 0,
            "copy failed");
        await File.WriteAllLinesAsync(
            Path.Combine(folder, Account), await new AccountRows(connection).ReadAsync().ToListAsync());
        Compact(Path.Combine(data, SqliteDatabase.FileName));
        Directory.CreateDirectory(Path.Combine(Root, release));
        File.Delete(ZipOf(release));
        await ZipFile.CreateFromDirectoryAsync(
            folder, ZipOf(release), CompressionLevel.SmallestSize, includeBaseDirectory: false);
        Directory.Delete(folder, recursive: true);

        await using var office = await OpenedOffice.OpenAsync(TestStorage.Sqlite, ZipOf(release));
        await office.WorkOffAsync();
        var seen = await office.ReadAsync(dials);
        // One answer on each line, so that a difference shows which one it is.
        var answers = seen.Select(answer =>
            $"{JsonSerializer.Serialize(answer.Key, Readable)}: {answer.Value!.ToJsonString(Readable)}");
        await File.WriteAllTextAsync(ExpectedOf(release), $"{{\n{string.Join(",\n", answers)}\n}}\n");
    }

    private static string ExpectedOf(string release) => Path.Combine(Root, release, "expected.json");

    private static void Compact(string database)
    {
        using (var session = SqliteSession.Open(database, cacheKilobytes: 1024))
        {
            session.Execute("PRAGMA journal_mode=DELETE");
            session.Execute("VACUUM");
        }

        Check(!File.Exists(database + "-wal"), "the log is left");
    }

    private static void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new UnreachableException(otherwise);
        }
    }
}
