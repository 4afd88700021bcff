using System.Text;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Settings;
using CallMyWay.LocalHost.Sqlite;
using Microsoft.AspNetCore.DataProtection;

namespace CallMyWay.Functions.Tests.LocalHost;

/// <summary>
/// A data folder with lost or broken files: no start makes a new office of it, or changes what is there.
/// </summary>
public sealed class RemainsOfAnOfficeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("callmyway-remains-").FullName;

    private string Database => Path.Combine(_folder, SqliteDatabase.FileName);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("empty", "empty")]
    [InlineData("torn", "broken")]
    [InlineData("zeros", "broken")]
    [InlineData("no key", "broken")]
    [InlineData("changed", "broken")]
    public async Task A_Broken_Key_File_Is_Named_And_Kept(string damage, string said)
    {
        await StartAndStopAsync();
        var file = Directory.GetFiles(Path.Combine(_folder, "keys")).ShouldHaveSingleItem();
        var whole = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, damage switch
        {
            "empty" => [],
            "torn" => whole[..(whole.Length / 2)],
            "zeros" => new byte[whole.Length],
            "no key" => "<key />"u8.ToArray(),
            _ => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(whole).Replace("<value>", "<value>!", StringComparison.Ordinal)),
        });

        await ShouldNotStartAsync(file, said, "Put the file of a backup in its place");
    }

    [Fact]
    public async Task Two_Files_Of_One_Key_Are_Named_And_Kept()
    {
        await StartAndStopAsync();
        var file = Directory.GetFiles(Path.Combine(_folder, "keys")).ShouldHaveSingleItem();
        File.Copy(file, Path.ChangeExtension(file, ".copy.xml"));

        await ShouldNotStartAsync(file, "hold the same key");
    }

    [Fact]
    public async Task A_Key_Of_The_Framework_s_Own_Repository_Is_A_Key()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "keys"));
        var earlier = DataProtectionProvider.Create(new DirectoryInfo(Path.Combine(_folder, "keys")), options => options.SetApplicationName("CallMyWay.LocalHost"));
        var text = earlier.CreateProtector("tests").Protect("as before");
        SqliteDatabase.Open(_folder).Dispose();

        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = _folder });

        host.Get<IDataProtectionProvider>().CreateProtector("tests").Unprotect(text).ShouldBe("as before");
        Directory.GetFiles(Path.Combine(_folder, "keys")).Length.ShouldBe(1);
    }

    [Fact]
    public async Task An_Empty_Database_Does_Not_Start_A_New_Office()
    {
        await File.WriteAllBytesAsync(Database, []);
        await File.WriteAllBytesAsync(Database + "-wal", [1, 2, 3]);

        await ShouldNotStartAsync(Database, "is empty", "Put a backup in its place");
    }

    [Fact]
    public async Task A_Log_Without_Its_Database_Does_Not_Start_A_New_Office()
    {
        await File.WriteAllBytesAsync(Database + "-wal", [1, 2, 3]);

        await ShouldNotStartAsync(Database, "is missing", "-wal");
    }

    [Fact]
    public async Task Keys_Without_A_Database_Do_Not_Start_A_New_Office()
    {
        await StartAndStopAsync();
        File.Delete(Database);

        await ShouldNotStartAsync(Database, "is missing", "keys");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_Restore_That_Was_Broken_Off_Does_Not_Start_A_New_Office(bool hasKeys)
    {
        if (hasKeys)
        {
            await StartAndStopAsync();
            File.Delete(Database);
        }

        await File.WriteAllTextAsync(Database + ".restored", "half");

        await ShouldNotStartAsync("was broken off", "by the same command");
    }

    [Theory]
    [InlineData("cut in half", "is damaged")]
    [InlineData("garbage behind the header", "is damaged")]
    [InlineData("zeros", "is not a database")]
    [InlineData("text", "is not a database")]
    [InlineData("without content", "another program")]
    public async Task A_Damaged_Database_Is_Named_And_Kept(string damage, string said)
    {
        await StartAndStopAsync();
        var whole = await File.ReadAllBytesAsync(Database);
        await File.WriteAllBytesAsync(Database, damage switch
        {
            "cut in half" => whole[..(whole.Length / 2)],
            "garbage behind the header" => [.. whole[..4096], .. Enumerable.Repeat((byte)0x5a, whole.Length - 4096)],
            "zeros" => new byte[whole.Length],
            "text" => "no database"u8.ToArray(),
            // The first page alone, as SQLite leaves it for a file without tables.
            _ => await EmptyDatabaseAsync(),
        });

        await ShouldNotStartAsync(Database, said);
    }

    [Fact]
    public async Task A_Start_Interrupted_Before_The_Database_Was_Complete_Begins_Again()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "kind"), "demo");
        await File.WriteAllTextAsync(Database + ".new", "half");
        await File.WriteAllTextAsync(Database + ".new-journal", "half");

        await StartAndStopAsync();

        Directory.GetFiles(_folder, "*.new*").ShouldBeEmpty();
    }

    private static async Task<byte[]> EmptyDatabaseAsync()
    {
        var file = Path.GetTempFileName();
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            await using var vacuum = connection.CreateCommand();
            vacuum.CommandText = "PRAGMA user_version=0; VACUUM";
            vacuum.ExecuteNonQuery();
        }

        var bytes = await File.ReadAllBytesAsync(file);
        File.Delete(file);
        return bytes;
    }

    private async Task StartAndStopAsync()
    {
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = _folder });
        await host.App.StopAsync();
    }

    private async Task ShouldNotStartAsync(params string[] said)
    {
        var before = await ContentAsync();
        var failure = await Should.ThrowAsync<Exception>(() => TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = _folder }));

        var message = StartException.Explain(failure).ShouldNotBeNull();
        said.ShouldAllBe(words => message.Contains(words, StringComparison.Ordinal), message);
        message.ShouldNotContain('\n');
        var after = await ContentAsync();
        before.ShouldAllBe(file => after.GetValueOrDefault(file.Key) == file.Value);
    }

    /// <summary>All files except those that any start writes.</summary>
    private async Task<Dictionary<string, string>> ContentAsync()
    {
        var content = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(_folder, "*", SearchOption.AllDirectories))
        {
            content[file] = Convert.ToHexString(await File.ReadAllBytesAsync(file));
        }

        return content;
    }
}
