using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Campaigns;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.Tests.Storage;
using CallMyWay.Functions.Text;
using CallMyWay.LocalHost;
using CallMyWay.LocalHost.Backups;
using CallMyWay.LocalHost.Files;
using CallMyWay.LocalHost.Settings;
using CallMyWay.LocalHost.Sqlite;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CallMyWay.Functions.Tests.LocalHost;

/// <summary>Backups of a host that runs, and their way back into a data folder.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly string _folder = TestFolder.Create("callmyway-backup-");

    private string Data => Path.Combine(_folder, "data");

    private string There => Path.Combine(_folder, "there");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_Copy_That_Is_Made_Under_Writes_Holds_What_Was_Acked_Before_And_No_Half()
    {
        await using var storage = new SqliteStorageUnderTest(folder: Data);
        await FillAsync(storage, 0, 8_000);
        using var stop = new CancellationTokenSource();
        // Each pair is one transaction, of one partition.
        var acked = 0;
        var writing = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await storage.Table.BatchAsync(
                    [
                        RowChange.Upsert(new Row($"pair{writer}", $"{i:d6}.a").Set("n", i)),
                        RowChange.Upsert(new Row($"pair{writer}", $"{i:d6}.b").Set("n", i)),
                    ],
                    default);
                Interlocked.Increment(ref acked);
            }
        })).ToList();
        await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref acked) > 50));
        var before = Volatile.Read(ref acked);

        var told = new List<double>();
        Directory.CreateDirectory(There);
        await storage.Database.CopyToAsync(Path.Combine(There, SqliteDatabase.FileName), told.Add, default);

        await stop.CancelAsync();
        await Task.WhenAll(writing);
        SqliteCheck.Check(Path.Combine(There, SqliteDatabase.FileName), default);
        await using var copy = new SqliteStorageUnderTest(folder: There);
        (await CountAsync(copy, "filler")).ShouldBe(8_000);
        var pairs = 0;
        for (var writer = 0; writer < 4; writer++)
        {
            var rows = await CountAsync(copy, $"pair{writer}");
            (rows % 2).ShouldBe(0);
            pairs += rows / 2;
        }

        pairs.ShouldBeInRange(before, acked);
    }

    [SkippableFact]
    public async Task A_Disk_That_Fills_During_A_Copy_Ends_The_Copy_And_Nothing_Else()
    {
        await using var storage = new SqliteStorageUnderTest(folder: Data);
        await FillAsync(storage, 0, 40_000);
        var small = Path.Combine(_folder, "small");
        Directory.CreateDirectory(small);
        Skip.IfNot(await MountAsync("-t", "tmpfs", "-o", "size=6m", "tmpfs", small), "A small disk can't be mounted here.");
        try
        {
            var error = await Should.ThrowAsync<Exception>(() => storage.Database.CopyToAsync(
                Path.Combine(small, SqliteDatabase.FileName), _ => { }, default));
            (error is SqliteStorageException or IOException).ShouldBeTrue(error.ToString());
        }
        finally
        {
            using var unmount = Process.Start("umount", [small]);
            await unmount.WaitForExitAsync();
        }

        await FillAsync(storage, 40_000, 10);
        Directory.CreateDirectory(There);
        await storage.Database.CopyToAsync(Path.Combine(There, SqliteDatabase.FileName), _ => { }, default);
        await using var copy = new SqliteStorageUnderTest(folder: There);
        (await CountAsync(copy, "filler")).ShouldBe(40_010);
    }

    [SkippableFact]
    public async Task Backups_Beyond_Those_That_Are_Kept_Go_First_Where_There_Is_No_Room_For_Another_One()
    {
        await using (var storage = new SqliteStorageUnderTest(folder: Data))
        {
            await FillAsync(storage, 0, 4_000);
        }

        var bytes = new FileInfo(Path.Combine(Data, SqliteDatabase.FileName)).Length;
        var small = Made("small");
        Directory.CreateDirectory(small);
        // Room for two, and not for three.
        Skip.IfNot(
            await MountAsync("-t", "tmpfs", "-o", $"size={(bytes / 1024 * 5 / 2) + 256}k", "tmpfs", small),
            "A small disk can't be mounted here.");
        try
        {
            var folder = new BackupFolder(small);
            for (var i = 0; i < 2; i++)
            {
                (await RunAsync(BackupCommand.RunAsync, "--DataPath", Data, "--to", small)).Code.ShouldBe(0);
                await Task.Delay(TimeSpan.FromSeconds(1.1));
            }

            var (newest, oldest) = (folder.List()[0].Id, folder.List()[1].Id);
            var (code, _, why) = await RunAsync(BackupCommand.RunAsync, "--DataPath", Data, "--to", small);
            (code, folder.List().Count).ShouldBe((1, 2));
            why.ShouldContain("MB free");

            (code, _, why) = await RunAsync(BackupCommand.RunAsync, "--DataPath", Data, "--to", small, "--keep", "1");

            code.ShouldBe(0, why);
            folder.List().ShouldHaveSingleItem().Id.ShouldNotBeOneOf(newest, oldest);
        }
        finally
        {
            using var unmount = Process.Start("umount", [small]);
            await unmount.WaitForExitAsync();
        }
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_Folder_Whose_Disk_Takes_No_More_Is_Backed_Up_To_Another_One(bool isReadOnly)
    {
        var small = Made("small disk ñ%");
        Directory.CreateDirectory(small);
        Skip.IfNot(
            await MountAsync("-t", "tmpfs", "-o", "size=4m", "tmpfs", small), "A small disk can't be mounted here.");
        try
        {
            var data = Path.Combine(small, "data");
            await using (var storage = new SqliteStorageUnderTest(folder: data))
            {
                await FillAsync(storage, 0, 1_000);
            }

            if (isReadOnly)
            {
                (await MountAsync("-o", "remount,ro", small)).ShouldBeTrue();
            }
            else
            {
                await using var filler = File.Create(Path.Combine(small, "filler"));
                await Should.ThrowAsync<IOException>(async () =>
                {
                    while (true)
                    {
                        await filler.WriteAsync(new byte[4096]);
                        await filler.FlushAsync();
                    }
                });
            }

            var (code, _, error) = await RunAsync(BackupCommand.RunAsync, "--DataPath", data, "--to", There);

            code.ShouldBe(0, error);
            Directory.GetFiles(data, SqliteDatabase.FileName + "-*").ShouldBeEmpty();
            var backup = new BackupFolder(There).List().ShouldHaveSingleItem();
            await using var copy = new SqliteStorageUnderTest(folder: backup.Path);
            (await CountAsync(copy, "filler")).ShouldBe(1_000);
        }
        finally
        {
            using var unmount = Process.Start("umount", [small]);
            await unmount.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_Database_That_Can_Not_Be_Read_Is_Named_And_Not_Where_The_Backup_Goes()
    {
        OwnerOnly.CreateFolder(Data);
        var file = Path.Combine(Data, SqliteDatabase.FileName);
        await File.WriteAllTextAsync(file, new string('x', 8192));

        var (code, _, error) = await RunAsync(BackupCommand.RunAsync, "--DataPath", Data, "--to", There);

        code.ShouldBe(1);
        error.ShouldContain($"The data in {file} can't be read");
        error.ShouldNotContain(There);
    }

    [SkippableFact]
    public async Task A_Restore_For_Which_There_Is_No_Room_Gives_Back_What_An_Earlier_One_Has_Filled()
    {
        await using (var storage = new SqliteStorageUnderTest(folder: Data))
        {
            await FillAsync(storage, 0, 4_000);
        }

        (await RunAsync(BackupCommand.RunAsync, "--DataPath", Data, "--to", There)).Code.ShouldBe(0);
        var backup = new BackupFolder(There).List().ShouldHaveSingleItem();
        var small = Made("small");
        Directory.CreateDirectory(small);
        Skip.IfNot(
            await MountAsync("-t", "tmpfs", "-o", "size=2m", "tmpfs", small), "A small disk can't be mounted here.");
        try
        {
            backup.Manifest.Bytes.ShouldBeGreaterThan(2 * 1024 * 1024);
            await using (var office = new SqliteStorageUnderTest(folder: small))
            {
                await FillAsync(office, 0, 10);
            }

            // As the restore of an earlier release left it.
            var copy = Path.Combine(small, SqliteDatabase.FileName + ".restored");
            await using (var left = File.Create(copy))
            {
                while (new DriveInfo(small).AvailableFreeSpace > 0)
                {
                    await left.WriteAsync(new byte[4096]);
                    await left.FlushAsync();
                }
            }

            Should.Throw<SqliteStorageException>(() => SqliteDatabase.Open(small)).Message.ShouldContain("is no room");
            var (code, told, error) = await RunAsync(
                RestoreCommand.RunAsync, "--from", backup.Path, "--DataPath", small, "--replace");

            code.ShouldBe(1);
            error.ShouldContain("MB free");
            told.ShouldNotContain("before-restore-");
            File.Exists(copy).ShouldBeFalse();
            await using var still = new SqliteStorageUnderTest(folder: small);
            (await CountAsync(still, "filler")).ShouldBe(10);
        }
        finally
        {
            using var unmount = Process.Start("umount", [small]);
            await unmount.WaitForExitAsync();
        }
    }

    [Theory]
    [InlineData(true)]
    // A restore was broken off here while it changed names: a host must not take the folder for a new one.
    [InlineData(false)]
    public async Task A_Restore_That_Fails_Before_Anything_Is_Moved_Leaves_No_Copy_In_The_Way(bool hasOffice)
    {
        var backup = await BackUpAsync();
        var data = hasOffice ? Data : There;
        OwnerOnly.CreateFolder(data);
        var inTheWay = Path.Combine(data, "keys.restored");
        await File.WriteAllTextAsync(inTheWay, "");

        var (code, told, error) = await RunAsync(
            RestoreCommand.RunAsync, "--from", backup.Path, "--DataPath", data, "--replace");

        (code, told.Contains("before-restore-", StringComparison.Ordinal)).ShouldBe((1, false));
        error.ShouldContain("Nothing was touched");
        var copy = new FileInfo(Path.Combine(data, SqliteDatabase.FileName + ".restored"));
        (copy.Exists, copy.Exists ? copy.Length : 0).ShouldBe((!hasOffice, 0));
        Directory.GetDirectories(data, "before-restore-*").ShouldBeEmpty();

        File.Delete(inTheWay);
        (await RunAsync(RestoreCommand.RunAsync, "--from", backup.Path, "--DataPath", data, "--replace"))
            .Code.ShouldBe(0);
    }

    [Fact]
    public async Task What_Was_Backed_Up_By_The_Button_Is_There_After_A_Restore_And_Its_Indexes_Are_Whole()
    {
        string calls, contacts;
        string backup;
        await using (var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = Data }))
        {
            using var admin = await host.SignInAsync("admin");
            await host.RingAsync(admin, "88881234");
            (contacts, calls) = (await ReadAsync(admin, "contacts"), await ReadAsync(admin, "calls"));
            (await admin.AskAsync(HttpMethod.Post, "/api/backups")).Status.ShouldBe(HttpStatusCode.Accepted);
            backup = await DoneAsync(host, admin);
            // After the backup, so that it is not in it.
            await host.RingAsync(admin, "61990001");
        }

        File.Exists(Path.Combine(backup, "backup.json")).ShouldBeTrue();
        var (refused, _, why) = await RunAsync(RestoreCommand.RunAsync, "--from", backup, "--DataPath", Data);
        refused.ShouldBe(1);
        why.ShouldContain("--replace");
        var (code, told, error) = await RunAsync(
            RestoreCommand.RunAsync, "--from", backup, "--DataPath", Data, "--replace");
        code.ShouldBe(0, error);
        told.ShouldContain("before-restore-");

        await using var restored = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = Data });
        using var again = await restored.SignInAsync("admin");
        (await ReadAsync(again, "contacts")).ShouldBe(contacts);
        (await ReadAsync(again, "calls")).ShouldBe(calls);
        var (_, repair) = await again.AskAsync(HttpMethod.Post, "/api/index-repairs");
        foreach (var table in repair.GetProperty("items").EnumerateArray())
        {
            table.GetProperty("written").GetInt32().ShouldBe(0, table.ToString());
            table.GetProperty("unreadable").GetInt32().ShouldBe(0, table.ToString());
        }

        // What was there before the restore is a folder of its own, and starts.
        var aside = Directory.GetDirectories(Data, "before-restore-*").ShouldHaveSingleItem();
        await using var earlier = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = aside });
        using var then = await earlier.SignInAsync("admin");
        (await ReadAsync(then, "calls")).ShouldNotBe(calls);
    }

    [Fact]
    public async Task A_Campaign_That_Ran_At_The_Backup_Calls_Nobody_After_The_Restore_Until_It_Is_Started_Again()
    {
        string id, backup;
        await using (var office = await CampaignOffice.StartAsync(TestStorage.Sqlite, new() { DataPath = Data }))
        {
            id = await office.StartAsync(
                new { name = "Noviembre", mode = "preview", contacts = new { numbers = new[] { "88880001" } } });
            (await office.Admin.AskAsync(HttpMethod.Post, "/api/backups")).Status.ShouldBe(HttpStatusCode.Accepted);
            backup = await DoneAsync(office.Desk.Host, office.Admin);
            // Who is called since the backup is waiting in it.
            await CampaignOffice.PressAsync(office.Ana, await CampaignOffice.CardAsync(office.Ana));
            await office.UntilClicksAsync(1);
        }

        var (code, _, error) = await RunAsync(
            RestoreCommand.RunAsync, "--from", backup, "--DataPath", Data, "--replace");
        code.ShouldBe(0, error);

        // A start that ends before the campaign is paused leaves that to the next one.
        var gate = new StorageGate();
        gate.Fail($"replace {StorageNames.Campaigns}");
        (await Should.ThrowAsync<Exception>(() =>
            TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = Data, Services = gate.Before })))
            .ToString().ShouldContain("as the test wanted");

        await using (var restored = await CampaignOffice.StartAsync(TestStorage.Sqlite, new() { DataPath = Data }))
        {
            var campaign = await restored.ReadAsync(id);
            CampaignOffice.Count(campaign, "waiting").ShouldBe(1);
            (campaign.Text("state"), campaign.Text("why")!.Split(" A quien")[0]).ShouldBe(
                ("paused", $"Se restauró el respaldo del {MadeAt(backup)}"));
            (await CampaignOffice.WorkAsync(restored.Ana)).TryGetProperty("card", out var card);
            card.ValueKind.ShouldNotBe(JsonValueKind.Object);
            (await restored.DoAsync(id, "start")).Text("state").ShouldBe("running");
        }

        await using var later = await CampaignOffice.StartAsync(TestStorage.Sqlite, new() { DataPath = Data });
        (await later.ReadAsync(id)).Text("state").ShouldBe("running", "a person has started it since");

        static string MadeAt(string backup) => TimePhrases.Of(
            BackupFolder.Read(backup)!.Manifest.MadeAt.ToOffset(TimeSpan.FromHours(-6)).DateTime).Es;
    }

    [Fact]
    public async Task A_Version_That_The_Restored_Data_Gives_Was_Never_Given_After_The_Backup()
    {
        var file = Path.Combine(Data, SqliteDatabase.FileName);
        string late;
        await using (var storage = new SqliteStorageUnderTest(folder: Data))
        {
            await storage.Table.UpsertAsync(new Row("p", "r").Set("n", 1), default);
            await storage.Database.CopyToAsync(Made("copy"), _ => { }, default);
            late = await storage.Table.UpsertAsync(new Row("p", "late").Set("n", 1), default);
        }

        File.Delete(file);
        File.Move(Path.Combine(_folder, "copy"), file);
        RestoreCommand.Prepare(file, DateTimeOffset.UtcNow);

        await using var restored = new SqliteStorageUnderTest(folder: Data);
        var next = await restored.Table.UpsertAsync(new Row("p", "r").Set("n", 2), default);
        long.Parse(next, CultureInfo.InvariantCulture)
            .ShouldBeGreaterThan(long.Parse(late, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task The_Command_Backs_Up_A_Host_That_Runs_And_Keeps_The_Newest()
    {
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = Data });
        using var admin = await host.SignInAsync("admin");
        var there = Path.Combine(_folder, "elsewhere");
        for (var i = 0; i < 2; i++)
        {
            var (code, told, error) = await RunAsync(
                BackupCommand.RunAsync, "--DataPath", Data, "--to", there, "--keep", "1");
            code.ShouldBe(0, error);
            told.ShouldContain("100 %");
            await Task.Delay(TimeSpan.FromSeconds(1.1));
        }

        new BackupFolder(there).List().ShouldHaveSingleItem().Manifest.IsDemo.ShouldBeTrue();
        (await ReadAsync(admin, "contacts")).ShouldNotBeEmpty();

        // The host has the folder: nobody restores into it.
        var (refused, _, why) = await RunAsync(
            RestoreCommand.RunAsync, "--from", new BackupFolder(there).List()[0].Path, "--DataPath", Data, "--replace");
        refused.ShouldBe(1);
        why.ShouldContain("in use by another running host");
    }

    [Fact]
    public async Task A_Backup_Waits_For_Another_One_Into_The_Same_Folder_And_Leaves_What_It_Has_Begun()
    {
        await using (var storage = new SqliteStorageUnderTest(folder: Data))
        {
            await FillAsync(storage, 0, 200);
        }

        // As another process has it.
        var folder = new BackupFolder(There);
        var other = (await folder.TakeAsync(() => { }, default)).ShouldNotBeNull();
        var begun = folder.Begin(DateTimeOffset.UtcNow);
        var waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var making = new BackupWriter(Data, isDemo: false, folder, keep: 7, TimeProvider.System).MakeAsync(
            (path, _, _) =>
            {
                File.Copy(Path.Combine(Data, SqliteDatabase.FileName), path);
                return Task.CompletedTask;
            },
            _ => { },
            waits.SetResult,
            default);
        await Task.WhenAny(making, waits.Task);
        making.IsCompleted.ShouldBeFalse();
        Directory.Exists(begun).ShouldBeTrue();

        other.Dispose();

        Directory.Exists((await making).Path).ShouldBeTrue();
        Directory.Exists(begun).ShouldBeFalse("its process has ended without it");
    }

    [Fact]
    public async Task Backups_Into_One_Folder_At_Once_Are_All_Made()
    {
        await using (var storage = new SqliteStorageUnderTest(folder: Data))
        {
            await FillAsync(storage, 0, 4_000);
        }

        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            RunAsync(BackupCommand.RunAsync, "--DataPath", Data, "--to", There, "--keep", "3"))));

        made.ShouldAllBe(each => each.Code == 0, string.Concat(made.Select(each => each.Error)));
        new BackupFolder(There).List().Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("newer", "newer release")]
    [InlineData("changed", "is not what was backed up")]
    [InlineData("shorter", "is not what was backed up")]
    [InlineData("changed key", "is not what was backed up")]
    [InlineData("further key", "is not what was backed up")]
    [InlineData("no keys", "is not what was backed up")]
    [InlineData("changed kind", "is not what was backed up")]
    [InlineData("no manifest", "is no backup")]
    [InlineData("broken manifest", "is no backup")]
    [InlineData("unfinished", "is no backup")]
    public async Task A_Backup_That_Is_Not_Whole_Is_Refused_And_Nothing_Is_Touched(string damage, string said)
    {
        Directory.CreateDirectory(Path.Combine(Data, "keys"));
        await File.WriteAllTextAsync(Path.Combine(Data, "keys", "key-1.xml"), "<key />");
        var backup = await BackUpAsync();
        var file = Path.Combine(backup.Path, SqliteDatabase.FileName);
        var keys = Path.Combine(backup.Path, "keys");
        var manifest = Path.Combine(backup.Path, BackupManifest.FileName);
        var path = backup.Path;
        switch (damage)
        {
            case "newer":
                await File.WriteAllTextAsync(
                    manifest, (backup.Manifest with { Schema = StorageSchema.Version + 1 }).ToJson());
                break;
            case "changed":
                var bytes = await File.ReadAllBytesAsync(file);
                bytes[^100] ^= 1;
                await File.WriteAllBytesAsync(file, bytes);
                break;
            case "shorter":
                await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file))[..^4096]);
                break;
            case "changed key":
                await File.WriteAllTextAsync(Path.Combine(keys, "key-1.xml"), "<Key />");
                break;
            case "further key":
                await File.WriteAllTextAsync(Path.Combine(keys, "key-2.xml"), "<key />");
                break;
            case "no keys":
                Directory.Delete(keys, recursive: true);
                break;
            case "changed kind":
                await File.WriteAllTextAsync(Path.Combine(backup.Path, "kind"), "demo");
                break;
            case "no manifest":
                File.Delete(manifest);
                break;
            case "broken manifest":
                await File.WriteAllTextAsync(manifest, "{\"madeAt\":");
                break;
            default:
                path += ".unfinished";
                Directory.Move(backup.Path, path);
                break;
        }

        var before = await File.ReadAllBytesAsync(Path.Combine(Data, SqliteDatabase.FileName));
        var (code, _, error) = await RunAsync(RestoreCommand.RunAsync, "--from", path, "--DataPath", Data, "--replace");

        code.ShouldBe(1);
        error.ShouldContain(said);
        (await File.ReadAllBytesAsync(Path.Combine(Data, SqliteDatabase.FileName))).ShouldBe(before);
        Directory.GetDirectories(Data, "before-restore-*").ShouldBeEmpty();
    }

    [Theory]
    // The database of an earlier release, backed up by the program that is to take its place.
    [InlineData(StorageSchema.Version - 1, false)]
    [InlineData(StorageSchema.Version + 1, true)]
    public async Task A_Backup_Says_Which_Version_Its_Data_Has_And_Not_The_Program(int version, bool isRefused)
    {
        await using (var storage = new SqliteStorageUnderTest(folder: Data))
        {
            await FillAsync(storage, 0, 200);
        }

        using (var session = SqliteSession.Open(Path.Combine(Data, SqliteDatabase.FileName), cacheKilobytes: 1024))
        {
            session.Execute($"PRAGMA user_version={version}");
        }

        (await RunAsync(BackupCommand.RunAsync, "--DataPath", Data)).Code.ShouldBe(0);
        var backup = new BackupFolder(Path.Combine(Data, BackupFolder.Name)).List().ShouldHaveSingleItem();
        backup.Manifest.Schema.ShouldBe(version);
        await RestoresAsync();

        // As earlier releases wrote it.
        await File.WriteAllTextAsync(
            Path.Combine(backup.Path, BackupManifest.FileName),
            (backup.Manifest with { Schema = StorageSchema.Version }).ToJson());
        await RestoresAsync();

        async Task RestoresAsync()
        {
            var (code, _, error) = await RunAsync(
                RestoreCommand.RunAsync, "--from", backup.Path, "--DataPath", There, "--replace");
            code.ShouldBe(isRefused ? 1 : 0, error);
            error.ShouldContain(isRefused ? "newer release" : "");
            Directory.Exists(There).ShouldBe(!isRefused);
        }
    }

    [SkippableFact]
    public async Task A_Folder_Of_Another_User_Is_Left_As_It_Is_And_The_Right_Command_Is_Named()
    {
        Skip.IfNot(
            OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root can give a folder to another user.");
        var backup = await BackUpAsync();
        using (var give = Process.Start("chown", ["65534", Data]))
        {
            await give.WaitForExitAsync();
        }

        var before = Directory.GetFileSystemEntries(Data);
        var (code, _, error) = await RunAsync(
            RestoreCommand.RunAsync, "--from", backup.Path, "--DataPath", Data, "--replace");

        code.ShouldBe(1);
        error.ShouldContain("runuser -u nobody -- ");
        Directory.GetFileSystemEntries(Data).ShouldBe(before);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_Command_Makes_Nothing_In_A_Folder_Of_The_Host_That_The_Host_Could_Not_Read(bool there)
    {
        Skip.IfNot(
            OperatingSystem.IsLinux() && Environment.UserName == "root",
            "Only root can give a folder to another user.");
        await using (var storage = new SqliteStorageUnderTest(folder: Data))
        {
            await FillAsync(storage, 0, 200);
        }

        Directory.CreateDirectory(There);
        using (var give = Process.Start("chown", ["65534", Data, There]))
        {
            await give.WaitForExitAsync();
        }

        string[] to = there ? ["--to", There] : [];
        var (code, _, error) = await RunAsync(BackupCommand.RunAsync, ["--DataPath", Data, .. to]);

        code.ShouldBe(1);
        error.ShouldContain("runuser -u nobody -- ");
        Directory.Exists(Path.Combine(Data, BackupFolder.Name)).ShouldBeFalse();
        Directory.GetFileSystemEntries(There).ShouldBeEmpty();
        // A folder that is not the host's is whoever's who can write there.
        (await RunAsync(BackupCommand.RunAsync, "--DataPath", Data, "--to", Path.Combine(_folder, "other")))
            .Code.ShouldBe(0);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_Folder_That_Cannot_Be_Read_Is_Told_And_The_Daily_Backup_Fails(bool isDemo)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux has a file that nobody can read, root neither.");
        var folder = Path.Combine(_folder, "backups");
        var broken = Directory.CreateDirectory(Path.Combine(folder, "callmyway-1")).FullName;
        File.CreateSymbolicLink(Path.Combine(broken, BackupManifest.FileName), "/proc/self/mem");
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await TestHost.StartAsync(
            TestStorage.Sqlite,
            new()
            {
                DataPath = Data,
                Demo = isDemo,
                Time = isDemo ? null : clock,
                Settings = ["--Backup:Folder", folder],
            });
        if (isDemo)
        {
            using var admin = await host.SignInAsync("admin");
            var latest = await LatestAsync(admin);
            (latest.Text("state"), latest.Text("error")!.Split(':')[0])
                .ShouldBe(("failed", "The folder of the backups can't be read"));
            return;
        }

        await DueAsync(host);
        clock.Advance(TimeSpan.FromMinutes(11));
        await DueAsync(host);

        await Eventually.TrueAsync(() => Task.FromResult(host.Get<BackupMaker>().Last is { IsRunning: false }));
        host.Get<BackupMaker>().Last!.Error.ShouldNotBeNull().ShouldContain("can't be read");
        host.Get<IHostStatus>().ReadBackups()!.FailedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_A_File_Manager_Leaves_In_A_Backup_Does_Not_Damage_It()
    {
        var backup = await BackUpAsync();
        await File.WriteAllTextAsync(Path.Combine(backup.Path, "keys", "desktop.ini"), "");

        var (code, _, error) = await RunAsync(RestoreCommand.RunAsync, "--from", backup.Path, "--DataPath", There);

        code.ShouldBe(0, error);
    }

    [Fact]
    public async Task A_Backup_Of_An_Earlier_Release_Is_Restored_Though_It_Says_Nothing_Of_Its_Keys()
    {
        var backup = await BackUpAsync();
        var manifest = Path.Combine(backup.Path, BackupManifest.FileName);
        backup.Manifest.OthersSha256.ShouldNotBeNull();
        await File.WriteAllTextAsync(manifest, (backup.Manifest with { OthersSha256 = null }).ToJson());

        var (code, _, error) = await RunAsync(RestoreCommand.RunAsync, "--from", backup.Path, "--DataPath", There);

        code.ShouldBe(0, error);
    }

    [Fact]
    public async Task A_Backup_And_A_Restore_That_Are_Killed_Leave_What_There_Was_And_Can_Be_Done_Again()
    {
        await using (var storage = new SqliteStorageUnderTest(folder: Data))
        {
            await FillAsync(storage, 0, 30_000);
        }

        var there = Path.Combine(_folder, "backups");
        for (var milliseconds = 150; milliseconds <= 450; milliseconds += 100)
        {
            await KilledAsync(milliseconds, BackupCommand.Name, "--DataPath", Data, "--to", there);
            foreach (var whole in new BackupFolder(there).List())
            {
                SqliteCheck.Check(Path.Combine(whole.Path, SqliteDatabase.FileName), default);
            }
        }

        var (made, _, failure) = await RunAsync(BackupCommand.RunAsync, "--DataPath", Data, "--to", there);
        made.ShouldBe(0, failure);
        Directory.GetDirectories(there, "*.unfinished").ShouldBeEmpty();
        var backup = new BackupFolder(there).List()[0].Path;

        for (var milliseconds = 150; milliseconds <= 450; milliseconds += 100)
        {
            await KilledAsync(
                milliseconds, RestoreCommand.Name, "--from", backup, "--DataPath", There, "--replace");
        }

        var (code, _, error) = await RunAsync(
            RestoreCommand.RunAsync, "--from", backup, "--DataPath", There, "--replace");
        code.ShouldBe(0, error);
        await using var restored = new SqliteStorageUnderTest(folder: There);
        (await CountAsync(restored, "filler")).ShouldBe(30_000);
    }

    [Fact]
    public async Task A_Restore_Into_An_Empty_Folder_That_Was_Broken_Off_Is_Finished_By_The_Same_Command()
    {
        var backup = await BackUpAsync();
        OwnerOnly.CreateFolder(There);
        Directory.CreateDirectory(Path.Combine(There, "keys.restored"));
        await File.WriteAllTextAsync(Path.Combine(There, "callmyway.db.restored"), "half");
        await WriteLogAsync(backup, Path.Combine(There, "callmyway.db.restored-wal"));
        (await Should.ThrowAsync<StartException>(() =>
            TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = There, Demo = false })))
            .Message.ShouldContain("was broken off");

        var (code, _, error) = await RunAsync(RestoreCommand.RunAsync, "--from", backup.Path, "--DataPath", There);

        code.ShouldBe(0, error);
        Directory.GetFileSystemEntries(There, "*.restored*").ShouldBeEmpty();
        await using var restored = new SqliteStorageUnderTest(folder: There);
        (await CountAsync(restored, "filler")).ShouldBe(200);

        // A log that belongs to another file, and empties the table.
        async Task WriteLogAsync(Backup of, string path)
        {
            var other = Made("other.db");
            File.Copy(Path.Combine(of.Path, SqliteDatabase.FileName), other);
            using var session = SqliteSession.Open(other, cacheKilobytes: 1024);
            session.Execute("PRAGMA journal_mode=WAL");
            session.Execute($"DELETE FROM {SqliteSchema.Table(SqliteStorageUnderTest.TheTable)}");
            await using var log = new FileStream(
                other + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await using var copy = File.Create(path);
            await log.CopyToAsync(copy);
        }
    }

    [Fact]
    public async Task Where_The_Folder_Has_No_Room_Or_Is_None_It_Says_So_And_The_Host_Goes_On()
    {
        Directory.CreateDirectory(_folder);
        await File.WriteAllTextAsync(Path.Combine(_folder, "file"), "");
        await using var host = await TestHost.StartAsync(
            TestStorage.Sqlite,
            new() { DataPath = Data, Settings = ["--Backup:Folder", Path.Combine(_folder, "file", "backups")] });
        using var admin = await host.SignInAsync("admin");

        await admin.AskAsync(HttpMethod.Post, "/api/backups");

        await Eventually.TrueAsync(async () => (await LatestAsync(admin)).Text("state") == "failed");
        (await LatestAsync(admin)).Text("error").ShouldNotBeNull().ShouldContain("could not be made");
        var (_, status) = await admin.AskAsync(HttpMethod.Get, "/api/status");
        (status.GetProperty("backups").Text("state"), status.Text("state")).ShouldBe(("bad", "bad"));
        (await admin.AskAsync(HttpMethod.Get, "/api/contacts")).Status.ShouldBe(HttpStatusCode.OK);
        (await File.ReadAllBytesAsync(Path.Combine(_folder, "file"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whatever_Goes_Wrong_Ends_The_Backup_And_Is_Said_And_The_Next_One_Can_Be_Made()
    {
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = Data });
        using var maker = new BackupMaker(
            host.App.Services,
            host.Get<HostSettings>(),
            host.Get<DataFolder>(),
            Options.Create(new BackupOptions()),
            new ClockThatFailsOnce(),
            host.Get<ILogger<BackupMaker>>());

        maker.Begin();

        await Eventually.TrueAsync(() => Task.FromResult(maker.Last is { IsRunning: false }));
        maker.Last!.Error.ShouldBe("No clock.");
        host.Log.Entries(LogLevel.Error).ShouldContain(entry => entry.Contains("There is no new backup"));
        maker.Begin().IsRunning.ShouldBeTrue();
        await Eventually.TrueAsync(() => Task.FromResult(maker.Last is { IsRunning: false }));
        maker.Last!.Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_Backup_That_A_Crash_Has_Broken_Off_Is_Told_As_Failed_Until_There_Is_Another_One()
    {
        var folder = Path.Combine(Data, BackupFolder.Name);
        OwnerOnly.CreateFolder(Data);
        OwnerOnly.CreateFolder(Path.Combine(folder, "callmyway-20260304T083000Z.unfinished"));
        var begun = new DateTimeOffset(2026, 3, 4, 8, 30, 0, TimeSpan.Zero);
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = Data });
        using var admin = await host.SignInAsync("admin");
        using (FileLock.TryTake(Path.Combine(folder, "backups.lock")).ShouldNotBeNull())
        {
            (await ReadAsync(admin, "backups")).ShouldBe("[]", "the command is making it");
        }

        var failed = await LatestAsync(admin);

        (failed.Text("state"), failed.GetProperty("at").GetDateTimeOffset()).ShouldBe(("failed", begun));
        failed.Text("error").ShouldNotBeNull().ShouldContain("broken off");
        host.Get<IHostStatus>().ReadBackups().ShouldBe(new HostBackups(null, begun));
        (await admin.AskAsync(HttpMethod.Post, "/api/backups")).Status.ShouldBe(HttpStatusCode.Accepted);
        await DoneAsync(host, admin);
        host.Get<IHostStatus>().ReadBackups().ShouldBeNull();
    }

    [Fact]
    public async Task A_Backup_That_A_Stop_Has_Ended_Leaves_Nothing_But_That_It_Was_Begun()
    {
        _ = await BackUpAsync();
        var folder = new BackupFolder(There);
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 4, 8, 30, 0, TimeSpan.Zero));
        var writer = new BackupWriter(Data, isDemo: false, folder, keep: 1, clock);

        await Should.ThrowAsync<OperationCanceledException>(() => writer.MakeAsync(
            (file, _, _) =>
            {
                File.WriteAllText(file, "half");
                throw new OperationCanceledException();
            },
            _ => { },
            () => { },
            default));

        folder.List().ShouldBeEmpty();
        folder.BrokenOffAt().ShouldBe(clock.GetUtcNow());
        Directory.GetFiles(There, "callmyway.db", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Stop_Does_Not_Wait_Longer_Than_It_May_For_A_Backup_Whose_Disk_Hangs()
    {
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = Data });
        using var disk = new ManualResetEventSlim();
        using var maker = new BackupMaker(
            host.App.Services,
            host.Get<HostSettings>(),
            host.Get<DataFolder>(),
            Options.Create(new BackupOptions()),
            new ClockThatHangs(disk),
            host.Get<ILogger<BackupMaker>>());
        maker.Begin();

        await maker.StopAsync(new CancellationToken(canceled: true)).WaitAsync(TimeSpan.FromMinutes(1));

        maker.Last!.IsRunning.ShouldBeTrue();
        disk.Set();
        await Eventually.TrueAsync(() => Task.FromResult(maker.Last is { IsRunning: false }));
        maker.Last!.Error.ShouldBe("The host stopped.");
    }

    [Fact]
    public async Task A_Check_Ends_Where_The_Host_Stops()
    {
        await using (var storage = new SqliteStorageUnderTest(folder: Data))
        {
            await FillAsync(storage, 0, 40_000);
        }

        Should.Throw<OperationCanceledException>(
            () => SqliteCheck.Check(Path.Combine(Data, SqliteDatabase.FileName), new CancellationToken(canceled: true)));
    }

    // Where Windows is asked of a share, it says the same as of this.
    [Fact]
    public void A_Folder_Whose_Room_Nobody_Can_Tell_Is_No_Error() => BackupFolder.FreeBytes("\0").ShouldBeNull();

    [Fact]
    public async Task The_Daily_Backup_Is_Made_At_Its_Time_Or_Later_Where_The_Machine_Was_Off_And_Old_Ones_Go()
    {
        // 08:20 UTC is 02:20 in Costa Rica.
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 4, 8, 20, 0, TimeSpan.Zero));
        TestHostOptions options = new()
        {
            DataPath = Data,
            Demo = false,
            Settings = ["--Backup:At", "02:30", "--Backup:Keep", "2"],
            Services = services => services.AddSingleton<TimeProvider>(clock),
        };
        await using (var host = await TestHost.StartAsync(TestStorage.Sqlite, options))
        {
            await DueAsync(host);
            clock.Advance(TimeSpan.FromMinutes(9));
            await DueAsync(host);
            host.Get<BackupMaker>().Folder.List().ShouldBeEmpty("it is not half past two yet");
            clock.Advance(TimeSpan.FromMinutes(3));
            await DueAsync(host, made: 1);
            await DueAsync(host);
            clock.Advance(TimeSpan.FromHours(23));
            await DueAsync(host);
            host.Get<BackupMaker>().Folder.List().Count.ShouldBe(1, "one a day");
            clock.Advance(TimeSpan.FromHours(1));
            await DueAsync(host, made: 2);
        }

        // It was off at the next time.
        clock.Advance(TimeSpan.FromHours(30));
        await using var later = await TestHost.StartAsync(TestStorage.Sqlite, options);
        later.Get<IHostStatus>().ReadBackups().ShouldBeNull("nothing runs by schedule in a host of the tests");
        later.Get<IOptions<CallRecordsOptions>>().Value.Enabled = true;
        later.Get<IHostStatus>().ReadBackups().ShouldBe(
            new HostBackups(later.Get<BackupMaker>().Folder.List()[0].Manifest.MadeAt, null));
        later.Get<IOptions<CallRecordsOptions>>().Value.Enabled = false;
        await DueAsync(later);
        var oldest = later.Get<BackupMaker>().Folder.List()[^1].Id;
        clock.Advance(TimeSpan.FromMinutes(11));
        await DueAsync(later, made: 2);
        await Eventually.TrueAsync(() => Task.FromResult(later.Get<BackupMaker>().Folder.List().All(each => each.Id != oldest)));
    }

    [Theory]
    [InlineData("America/Costa_Rica", "2026-03-02T12:00:00Z", "2026-03-02T09:30:00Z")]
    [InlineData("America/Costa_Rica", "2026-03-02T09:00:00Z", "2026-03-01T09:30:00Z")]
    // Days of 23 and of 25 hours.
    [InlineData("Europe/Madrid", "2026-03-29T12:00:00Z", "2026-03-29T01:30:00Z")]
    [InlineData("Europe/Madrid", "2026-10-25T12:00:00Z", "2026-10-25T02:30:00Z")]
    public void A_Daily_Backup_Is_Due_By_The_Clock_Of_The_Account(string zone, string now, string due) =>
        BackupSchedule.LastDue(
            DateTimeOffset.Parse(now, CultureInfo.InvariantCulture),
            new TimeOnly(3, 30),
            TimeZoneInfo.FindSystemTimeZoneById(zone)).ShouldBe(DateTimeOffset.Parse(due, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(true, "02:30", "02:30")]
    [InlineData(true, "", null)]
    [InlineData(false, "02:30", null)]
    public async Task A_Host_That_Makes_No_Daily_Backup_Names_No_Time(bool hasSchedule, string at, string? told)
    {
        await using var host = await TestHost.StartAsync(
            TestStorage.Sqlite, new() { DataPath = Data, Demo = false, Settings = ["--Backup:At", at] });
        host.Get<IOptions<CallRecordsOptions>>().Value.Enabled = hasSchedule;
        var functions = ActivatorUtilities.CreateInstance<BackupFunctions>(host.App.Services);

        functions.List(new DefaultHttpContext().Request).ShouldBeOfType<Ok<BackupsView>>().Value!.At.ShouldBe(told);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task A_Machine_That_Is_Off_At_Night_Has_Its_First_Backup_Ten_Minutes_After_A_Start(
        bool isDemo, int count)
    {
        // 08:00 in Costa Rica.
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 4, 14, 0, 0, TimeSpan.Zero));
        await using var host = await TestHost.StartAsync(
            TestStorage.Sqlite, new() { DataPath = Data, Demo = isDemo, Time = clock });
        await DueAsync(host);
        clock.Advance(TimeSpan.FromMinutes(9));
        await DueAsync(host);
        host.Get<BackupMaker>().Last.ShouldBeNull();
        clock.Advance(TimeSpan.FromMinutes(2));

        await DueAsync(host, made: isDemo ? null : count);
        await DueAsync(host);

        host.Get<BackupMaker>().Folder.List().Count.ShouldBe(count);
    }

    [Fact]
    public async Task A_Clock_That_Was_Ahead_Holds_No_Daily_Backup_Up_And_Its_Backups_Stay_Until_Their_Time()
    {
        // 02:35 in Costa Rica, and the clock of the machine is three days ahead.
        var clock = new MachineClock(new DateTimeOffset(2026, 3, 7, 8, 35, 0, TimeSpan.Zero));
        TestHostOptions options = new()
        {
            DataPath = Data,
            Demo = false,
            Time = clock,
            Settings = ["--Backup:Keep", "2"],
        };
        string ahead;
        await using (var host = await TestHost.StartAsync(TestStorage.Sqlite, options))
        {
            await DueAsync(host);
            clock.Advance(TimeSpan.FromMinutes(11));
            await DueAsync(host, made: 1);
            ahead = Ids(host).Single();
            clock.SetBy(TimeSpan.FromDays(-3));
            await DueAsync(host, made: 2);
            await DueAsync(host);
            Ids(host).Count.ShouldBe(2, "one a day");
        }

        await using var later = await TestHost.StartAsync(TestStorage.Sqlite, options);
        await DueAsync(later);
        clock.Advance(TimeSpan.FromDays(1));
        // The two that are kept, and the one ahead: it may as well be the clock that is behind now.
        await DueAsync(later, made: 3);
        Ids(later).ShouldContain(ahead);
        clock.Advance(TimeSpan.FromDays(3));
        await DueAsync(later);
        await Eventually.TrueAsync(() => Task.FromResult(Ids(later).Count == 2));

        static IReadOnlyList<string> Ids(TestHost host) =>
            [.. host.Get<BackupMaker>().Folder.List().Select(backup => backup.Id)];
    }

    private async Task<Backup> BackUpAsync()
    {
        await using (var storage = new SqliteStorageUnderTest(folder: Data))
        {
            await FillAsync(storage, 0, 200);
        }

        var (code, _, error) = await RunAsync(BackupCommand.RunAsync, "--DataPath", Data);
        code.ShouldBe(0, error);
        return new BackupFolder(Path.Combine(Data, BackupFolder.Name)).List().ShouldHaveSingleItem();
    }

    private static async Task DueAsync(TestHost host, int? made = null)
    {
        foreach (var each in host.App.Services.GetServices<IScheduled>().OfType<BackupSchedule>())
        {
            await each.RunDueAsync(default);
        }

        if (made is { } count)
        {
            await Eventually.TrueAsync(() => Task.FromResult(
                host.Get<BackupMaker>() is { Last.IsRunning: false } maker && maker.Folder.List().Count == count));
        }
    }

    private static async Task<bool> MountAsync(params string[] arguments)
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            return false;
        }

        using var mount = Process.Start(
            new ProcessStartInfo("mount", arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        await mount.WaitForExitAsync();
        return mount.ExitCode == 0;
    }

    private string Made(string name)
    {
        Directory.CreateDirectory(_folder);
        return Path.Combine(_folder, name);
    }

    private static async Task FillAsync(SqliteStorageUnderTest storage, int from, int count)
    {
        var text = new string('x', 700);
        await AtOnce.DoAsync(Enumerable.Range(from, count).Chunk(100), async chunk =>
        {
            await storage.Table.BatchAsync(
                [.. chunk.Select(i => RowChange.Upsert(new Row("filler", $"{i:d6}").Set("text", text)))], default);
            return 0;
        });
    }

    private static async Task<int> CountAsync(SqliteStorageUnderTest storage, string partition)
    {
        var count = 0;
        await foreach (var row in storage.Table.ReadAllAsync(new RowRange(partition), default))
        {
            _ = row;
            count++;
        }

        return count;
    }

    private static async Task<string> ReadAsync(HttpClient admin, string what) =>
        (await admin.AskAsync(HttpMethod.Get, $"/api/{what}")).Body.GetProperty("items").ToString();

    private static async Task<JsonElement> LatestAsync(HttpClient admin) =>
        (await admin.AskAsync(HttpMethod.Get, "/api/backups")).Body.GetProperty("items").EnumerateArray().First();

    private static async Task<string> DoneAsync(TestHost host, HttpClient admin)
    {
        await Eventually.TrueAsync(async () => (await LatestAsync(admin)).Text("state") == "done");
        return host.Get<BackupMaker>().Folder.List()[0].Path;
    }

    private static async Task<(int Code, string Told, string Error)> RunAsync(
        Func<string[], TextWriter, TextWriter, CancellationToken, Task<int>> command, params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await command(arguments, output, error, default);
        return (code, output.ToString(), error.ToString());
    }

    private static async Task KilledAsync(int milliseconds, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(
            HostProcess.Dotnet, ["exec", typeof(LocalHostApp).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await Task.Delay(milliseconds);
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Fails when it is asked for the second time: that is by the task that makes the backup.</summary>
    private sealed class ClockThatHangs(ManualResetEventSlim goesOn) : TimeProvider
    {
        private int _asked;

        public override DateTimeOffset GetUtcNow()
        {
            if (Interlocked.Increment(ref _asked) == 2)
            {
                goesOn.Wait();
            }

            return base.GetUtcNow();
        }
    }

    private sealed class ClockThatFailsOnce : TimeProvider
    {
        private int _asked;

        public override DateTimeOffset GetUtcNow() => Interlocked.Increment(ref _asked) == 2
            ? throw new InvalidOperationException("No clock.")
            : base.GetUtcNow();
    }
}
