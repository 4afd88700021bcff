using CallMyWay.Functions.Storage;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>What happens to writes if somebody removes the files under a running host.</summary>
public sealed class SqliteFilesTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly string _root = Directory.CreateTempSubdirectory("callmyway-files-").FullName;

    private string Folder => Path.Combine(_root, "data");

    private string Database => Path.Combine(Folder, SqliteDatabase.FileName);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    public static TheoryData<string> Losses => ["folder removed", "folder moved", "folder replaced", "database removed", "database replaced", "log removed", "log replaced"];

    [SkippableTheory]
    [MemberData(nameof(Losses))]
    public async Task A_Write_To_Removed_Files_Fails(string loss)
    {
        Skip.IfNot(
            OperatingSystem.IsLinux(),
            "Windows lets nobody take an open file away; elsewhere a replaced one is not told from the first.");
        await using var storage = new SqliteStorageUnderTest(folder: Folder);
        await storage.Queue.SendAsync(storage.QueueName, "before", null, None);
        Lose(loss);

        var send = await Should.ThrowAsync<SqliteStorageException>(
            async () => await storage.Queue.SendAsync(storage.QueueName, "lost", null, None));
        send.IsUnavailable.ShouldBeTrue();
        send.Message.ShouldContain(Folder);
        await Should.ThrowAsync<SqliteStorageException>(
            async () => await storage.Table.UpsertAsync(new Row("p", "lost"), None));
        await Should.ThrowAsync<SqliteStorageException>(
            async () => await storage.Receiver.ReceiveAsync(storage.QueueName, 1, TimeSpan.FromMinutes(1), None));
    }

    [SkippableFact]
    public async Task After_A_Folder_Is_Put_Back_Writes_Succeed_Again()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows lets nobody take an open file away.");
        await using (var storage = new SqliteStorageUnderTest(folder: Folder))
        {
            Directory.Move(Folder, Folder + ".away");
            await Should.ThrowAsync<SqliteStorageException>(
                async () => await storage.Queue.SendAsync(storage.QueueName, "away", null, None));
            Directory.Move(Folder + ".away", Folder);
            await storage.Queue.SendAsync(storage.QueueName, "back", null, None);
        }

        await using var next = new SqliteStorageUnderTest(folder: Folder);
        (await next.Receiver.ReceiveAsync(next.QueueName, 10, TimeSpan.FromMinutes(1), None))
            .ShouldContain(message => message.Body == "back");
    }

    [SkippableFact]
    public async Task A_Host_That_Ends_Does_Not_Touch_A_Backup_Put_In_Place_Of_Its_Files()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Windows lets nobody take an open file away.");
        await using (var storage = new SqliteStorageUnderTest(folder: Folder))
        {
            await storage.Queue.SendAsync(storage.QueueName, "before", null, None);
            Lose("folder replaced");
        }

        // SQLite would delete the log by its name, with the last stored rows in it.
        File.Exists(Database + "-wal").ShouldBeTrue();
        await using var restored = new SqliteStorageUnderTest(folder: Folder);
        (await restored.Receiver.ReceiveAsync(restored.QueueName, 10, TimeSpan.FromMinutes(1), None))
            .ShouldHaveSingleItem().Body.ShouldBe("before");
    }

    [SkippableFact]
    public async Task A_Read_Does_Not_Open_A_File_Put_In_Place_Of_Ours()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Windows lets nobody take an open file away.");
        await using var storage = new SqliteStorageUnderTest(folder: Folder);
        Directory.Delete(Folder, recursive: true);

        // The first read has to open the file.
        await Should.ThrowAsync<SqliteStorageException>(async () => await storage.Table.GetAsync("p", "k", None));
        File.Exists(Database).ShouldBeFalse();
    }

    private void Lose(string loss)
    {
        switch (loss)
        {
            case "folder removed":
                Directory.Delete(Folder, recursive: true);
                break;
            case "folder moved":
                Directory.Move(Folder, Folder + ".away");
                break;
            case "folder replaced":
                Directory.Move(Folder, Folder + ".away");
                Directory.CreateDirectory(Folder);
                foreach (var file in Directory.GetFiles(Folder + ".away", $"{SqliteDatabase.FileName}*").Where(
                    file => !file.EndsWith("-shm", StringComparison.Ordinal)))
                {
                    File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
                }

                break;
            case "database removed":
                File.Delete(Database);
                break;
            case "database replaced":
                Replace(Database);
                break;
            case "log removed":
                File.Delete(Database + "-wal");
                break;
            case "log replaced":
                Replace(Database + "-wal");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(loss));
        }

        static void Replace(string file)
        {
            File.Copy(file, file + ".copy");
            File.Move(file + ".copy", file, overwrite: true);
        }
    }
}
