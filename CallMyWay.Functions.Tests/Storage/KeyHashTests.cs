using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Sqlite;
using Microsoft.Data.Sqlite;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>Row ids that keys tell, beside the files of releases that had none.</summary>
public sealed class KeyHashTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly string _folder = TestFolder.Create("callmyway-");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("c-1", "contact", 90866628629334)]
    [InlineData("c-2", "contact", 484614599847)]
    [InlineData("c-", "1contact", 117502777751036)]
    public void A_Hash_Stays_What_It_Was(string partition, string key, long hash) =>
        KeyHash.Of(partition, key).ShouldBe(hash);

    [Fact]
    public void Long_Keys_Have_A_Hash_Too()
    {
        var longest = new string('k', 512);

        KeyHash.Of(longest, longest).ShouldNotBe(KeyHash.Of(longest, longest[1..]));
    }

    [Fact]
    public async Task A_Row_Is_Stored_Under_The_Hash_Of_Its_Key()
    {
        await using (var storage = Open())
        {
            await storage.Table.InsertAsync(new Row("c-1", "contact").Set("name", "Ana"), None);
            await storage.Table.UpsertAsync(new Row("c-2", "contact").Set("name", "Bea"), None);
            await storage.Table.UpsertAsync(new Row("c-2", "contact").Set("name", "Eva"), None);
        }

        Scalar("SELECT group_concat(rowid, ' ') FROM (SELECT rowid FROM contacts ORDER BY partition)")
            .ShouldBe($"{KeyHash.Of("c-1", "contact")} {KeyHash.Of("c-2", "contact")}");
    }

    [Fact]
    public async Task A_Row_Under_Another_Id_Is_Found_And_Changed()
    {
        await using (var storage = Open())
        {
            await storage.Table.InsertAsync(new Row("c-1", "contact").Set("name", "Ana"), None);
        }

        // As an earlier release adds rows to the file, or a copy by SQL does.
        Scalar("INSERT INTO contacts (partition, key, etag, columns) VALUES ('c-2', 'contact', 7, '{\"name\":\"Bea\"}')");
        await using (var storage = Open())
        {
            (await storage.Table.GetAsync("c-2", "contact", None))!.Text("name").ShouldBe("Bea");
            (await storage.Table.InsertAsync(new Row("c-2", "contact"), None)).ShouldBeNull();
            await storage.Table.UpsertAsync(new Row("c-2", "contact").Set("name", "Eva"), None);
            (await storage.Table.GetAsync("c-2", "contact", None))!.Text("name").ShouldBe("Eva");
        }

        Scalar("SELECT count(*) FROM contacts").ShouldBe("2");
    }

    [Fact]
    public async Task A_Table_That_Was_Made_Without_Row_Ids_Stays_So()
    {
        await using (Open())
        {
        }

        Scalar(
            "DROP TABLE contacts; CREATE TABLE contacts (partition TEXT NOT NULL, key TEXT NOT NULL, etag INTEGER NOT NULL, "
            + "columns TEXT NOT NULL, PRIMARY KEY (partition, key)) STRICT, WITHOUT ROWID; "
            + "INSERT INTO contacts VALUES ('c-1', 'contact', 7, '{\"name\":\"Ana\"}')");
        await using (var storage = Open())
        {
            (await storage.Table.GetAsync("c-1", "contact", None))!.Text("name").ShouldBe("Ana");
            await storage.Table.InsertAsync(new Row("c-2", "contact").Set("name", "Bea"), None);
            (await storage.Table.GetAsync("c-2", "contact", None))!.Text("name").ShouldBe("Bea");
        }

        Scalar("SELECT wr FROM pragma_table_list WHERE name = 'contacts'").ShouldBe("1");
    }

    private SqliteStorageUnderTest Open() => new(StorageNames.Contacts, KeyHash.Of, folder: _folder);

    private string? Scalar(string sql)
    {
        using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(_folder, SqliteDatabase.FileName)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }
}
