using System.Net.Sockets;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>What is SQLite's alone: the file, the group commit, the reopening.</summary>
public sealed class SqliteDatabaseTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly string _folder = Directory.CreateTempSubdirectory("callmyway-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Writes_That_Wait_Together_Share_A_Commit()
    {
        await using var storage = Open();
        var before = storage.Database.CommitCount;
        await Behind_A_Closed_Door(storage, async () =>
        {
            await Task.WhenAll(Enumerable.Range(0, 100).Select(
                i => storage.Queue.SendAsync(storage.QueueName, $"{i}", null, None).AsTask()));
        });

        var after = storage.Database.CommitCount;
        (after.Writes - before.Writes).ShouldBe(101);
        (after.Commits - before.Commits).ShouldBe(2);
    }

    [Fact]
    public void A_Statement_Is_Compiled_Once_However_Often_Its_Limit_Is_Bound()
    {
        var path = Path.Combine(_folder, "plans.db");
        File.Create(path).Dispose();
        using var session = SqliteSession.Open(path, cacheKilobytes: 100);
        session.Execute("CREATE TABLE t (a INTEGER PRIMARY KEY)");

        for (var take = 1; take <= 3; take++)
        {
            using var query = session.Prepare("SELECT a FROM t WHERE a > ?1 ORDER BY a LIMIT ?2");
            query.Bind(1, 0).Bind(2, take).Step().ShouldBeFalse();
            query.Recompiled.ShouldBe(0);
        }
    }

    [Fact]
    public async Task Sends_Go_Before_Rows_And_Rows_Go_In_Slices()
    {
        await using var storage = Open();
        var order = new List<string>();
        var before = storage.Database.CommitCount;
        await Behind_A_Closed_Door(storage, async () =>
        {
            var rows = Enumerable.Range(0, 1200).Select(_ => storage.Database.Writer.WriteAsync(
                WriteLane.Rows, _ => 0, committed: _ => order.Add("row"))).ToList();
            var send = storage.Database.Writer.WriteAsync(WriteLane.Sends, _ => 0, committed: _ => order.Add("send"));
            await Task.WhenAll([.. rows, send]);
        });

        order[0].ShouldBe("send");
        (storage.Database.CommitCount.Commits - before.Commits).ShouldBeGreaterThanOrEqualTo(1 + 3);
    }

    [Fact]
    public async Task A_Write_That_Fails_Leaves_Its_Neighbours_Alone()
    {
        await using var storage = Open();
        Task<string> before = null!, after = null!;
        Task<int> broken = null!;
        await Behind_A_Closed_Door(storage, async () =>
        {
            before = storage.Table.UpsertAsync(new Row("p", "before"), None).AsTask();
            broken = storage.Database.Writer.WriteAsync(WriteLane.Rows, writer =>
            {
                writer.Session.Execute(
                    "INSERT INTO things (partition, key, etag, columns) VALUES ('p', 'half', NULL, '{}')");
                return 0;
            });
            after = storage.Table.UpsertAsync(new Row("p", "after"), None).AsTask();
            await Task.WhenAll(before, after);
        });

        (await Should.ThrowAsync<SqliteStorageException>(() => broken)).Message.ShouldContain("NOT NULL");
        (await storage.Table.QueryAsync(new RowRange("p"), None)).Rows.Select(r => r.Key).ShouldBe(["after", "before"]);
    }

    [Fact]
    public async Task When_A_Commit_Fails_Every_Write_Of_It_Fails_And_The_Next_Ones_Succeed()
    {
        await using var storage = Open();
        // A deferred constraint is checked by COMMIT, which then refuses as it would on a full disk.
        await storage.Database.Writer.WriteAsync(WriteLane.Rows, writer =>
        {
            writer.Session.Execute("CREATE TABLE child_of (id INTEGER REFERENCES parent_of (id) DEFERRABLE INITIALLY DEFERRED); CREATE TABLE parent_of (id INTEGER PRIMARY KEY);");
            return 0;
        });

        Task<string> row = null!;
        Task<int> orphan = null!;
        var send = Task.CompletedTask;
        await Behind_A_Closed_Door(storage, async () =>
        {
            row = storage.Table.UpsertAsync(new Row("p", "lost"), None).AsTask();
            send = storage.Queue.SendAsync(storage.QueueName, "lost", null, None).AsTask();
            orphan = storage.Database.Writer.WriteAsync(WriteLane.Rows, writer =>
            {
                writer.Session.Execute("INSERT INTO child_of VALUES (1)");
                return 0;
            });
            await Task.WhenAny(orphan);
        });

        (await Should.ThrowAsync<SqliteStorageException>(() => row))
            .Message.ShouldContain("Nothing of this write was stored");
        await Should.ThrowAsync<SqliteStorageException>(() => send);
        await Should.ThrowAsync<SqliteStorageException>(() => orphan);
        (await storage.Table.GetAsync("p", "lost", None)).ShouldBeNull();
        (await storage.Receiver.ReceiveAsync(storage.QueueName, 1, TimeSpan.FromMinutes(1), None)).ShouldBeEmpty();

        await storage.Table.UpsertAsync(new Row("p", "stored"), None);
        (await storage.Table.GetAsync("p", "stored", None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_Full_Database_Says_So_And_Loses_Nothing_That_Was_Stored()
    {
        await using var storage = Open();
        await storage.Table.UpsertAsync(new Row("p", "first"), None);
        await Pragma(storage, "PRAGMA max_page_count=1");

        var large = new Row("p", "large").Set("Text", new string('x', Row.MaxTextLength));
        var error = await Should.ThrowAsync<SqliteStorageException>(
            async () => await storage.Table.UpsertAsync(large, None));
        error.Message.ShouldContain("full");

        await Pragma(storage, "PRAGMA max_page_count=1000000");
        await storage.Table.UpsertAsync(large, None);
        (await storage.Table.QueryAsync(new RowRange("p"), None)).Rows.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ETags_Go_On_Growing_After_A_Restart()
    {
        string first, second;
        await using (var storage = Open())
        {
            first = (await storage.Table.InsertAsync(new Row("p", "k"), None))!;
            await storage.Table.DeleteAsync("p", "k", null, None);
        }

        await using (var storage = Open())
        {
            second = (await storage.Table.InsertAsync(new Row("p", "k"), None))!;
        }

        long.Parse(second, null).ShouldBeGreaterThan(long.Parse(first, null));
    }

    [Fact]
    public async Task A_Second_Host_On_The_Folder_Is_Refused()
    {
        await using var storage = Open();
        Should.Throw<SqliteStorageException>(() => SqliteDatabase.Open(_folder))
            .Message.ShouldContain("in use by another running host");
    }

    [SkippableFact]
    public void A_Lock_File_That_Can_Not_Be_Opened_Is_Not_Taken_For_A_Second_Host()
    {
        Skip.If(OperatingSystem.IsWindows(), "A socket is no file there.");
        // As on a disk that has become read-only, the file is there and can't be opened.
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, "callmyway.lock")));

        var error = Should.Throw<SqliteStorageException>(() => SqliteDatabase.Open(_folder));

        error.InnerException.ShouldBeOfType<IOException>();
        error.Message.ShouldContain("can't be written");
    }

    [Fact]
    public async Task After_A_Graceful_End_One_File_Is_All_And_Later_Writes_Are_Refused()
    {
        var storage = Open();
        var writes = Enumerable.Range(0, 50).Select(i => storage.Table.UpsertAsync(new Row("p", $"{i}"), None).AsTask())
            .ToList();
        await storage.DisposeAsync();
        await Task.WhenAll(writes);

        await Should.ThrowAsync<ObjectDisposedException>(
            async () => await storage.Table.UpsertAsync(new Row("p", "late"), None));
        await Should.ThrowAsync<ObjectDisposedException>(async () => await storage.Table.GetAsync("p", "0", None));
        File.Exists(Path.Combine(_folder, SqliteDatabase.FileName + "-wal")).ShouldBeFalse();

        var copy = Directory.CreateTempSubdirectory("callmyway-").FullName;
        File.Copy(Path.Combine(_folder, SqliteDatabase.FileName), Path.Combine(copy, SqliteDatabase.FileName));
        await using (var restored = new SqliteStorageUnderTest(folder: copy))
        {
            (await restored.Table.QueryAsync(new RowRange("p"), None)).Rows.Count.ShouldBe(50);
        }

        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public async Task What_Was_Acked_Is_In_The_Files_Before_Any_Graceful_End()
    {
        // What a crash leaves behind is the files as they are; the copy is taken without the host's knowledge.
        await using var storage = Open();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(
            i => storage.Queue.SendAsync(storage.QueueName, $"{i}", null, None).AsTask()));
        var claimed = await storage.Receiver.ReceiveAsync(storage.QueueName, 20, TimeSpan.FromDays(1), None);
        foreach (var message in claimed.Take(10))
        {
            await storage.Receiver.DeleteAsync(message, None);
        }

        var copy = Directory.CreateTempSubdirectory("callmyway-").FullName;
        foreach (var file in new[] { SqliteDatabase.FileName, SqliteDatabase.FileName + "-wal" })
        {
            File.Copy(Path.Combine(_folder, file), Path.Combine(copy, file));
        }

        await using (var crashed = new SqliteStorageUnderTest(folder: copy))
        {
            var found = await crashed.Receiver.ReceiveAsync(crashed.QueueName, 1000, TimeSpan.FromMinutes(1), None);
            found.Count.ShouldBe(190);
            // The tries of before count, and their messages don't wait for the end of a claim whose holder is gone.
            found.Count(m => m.DequeueCount == 2).ShouldBe(10);
        }

        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public async Task However_Much_Is_Written_Without_A_Pause_The_Log_Stays_Small()
    {
        // At the end the files are removed: no disk has to take them.
        await using var storage = new SqliteStorageUnderTest();
        var text = new string('x', 3000);
        // The log begins anew only in a moment in which nobody reads.
        using var written = new CancellationTokenSource();
        var reading = Enumerable.Range(0, 2).Select(reader => Task.Run(async () =>
        {
            for (var i = 0; !written.IsCancellationRequested; i++)
            {
                await storage.Table.GetAsync($"{reader}", $"{i % 4000}", None);
                await Task.Delay(1);
            }
        })).ToList();
        var longest = (await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            RepeatableWork.Begin();
            var seen = 0L;
            for (var i = 0; i < 4000; i++)
            {
                await storage.Table.UpsertAsync(new Row($"{writer}", $"{i}").Set("text", text), None);
                seen = Math.Max(seen, storage.Database.LogLength);
            }

            return seen;
        }))).Max();
        await written.CancelAsync();
        await Task.WhenAll(reading);

        // More than 100 MB were written, and a page has 4 KB.
        var most = 20_000 * 4096L;
        longest.ShouldBeLessThan(most);
        new FileInfo(Path.Combine(storage.Folder, SqliteDatabase.FileName)).Length.ShouldBeGreaterThan(most / 2);
    }

    // Sessions go on in one transaction as long as nothing is committed.
    [Fact]
    public async Task A_Read_Sees_All_That_Was_Committed_Before_It()
    {
        await using var storage = new SqliteStorageUnderTest();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            RepeatableWork.Begin();
            for (var i = 0; i < 200; i++)
            {
                await storage.Table.UpsertAsync(new Row("p", $"{writer}").Set("count", i), None);
                (await storage.Table.GetAsync("p", $"{writer}", None))!.Number("count").ShouldBe(i);
            }
        })));
    }

    [Fact]
    public async Task A_Read_That_Fails_Leaves_Its_Session_To_The_Next()
    {
        await using var storage = new SqliteStorageUnderTest();
        await storage.Table.UpsertAsync(new Row("p", "k").Set("count", 1), None);
        for (var i = 0; i < 20; i++)
        {
            await Should.ThrowAsync<SqliteStorageException>(() => storage.Database.Readers.ReadAsync(
                "SELECT json('no json')", static (session, sql) => session.ScalarText(sql), None).AsTask());
            (await storage.Table.GetAsync("p", "k", None))!.Number("count").ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_Checkpoint_That_Fails_Is_Told_Once_For_Each_Kind_Of_Failure()
    {
        var log = new LogCapture();
        using (var database = SqliteDatabase.Open(_folder, logger: log))
        {
            var run = database.Checkpoints.Run;
            var count = 0;
            database.Checkpoints.Run = () =>
            {
                const int ok = SQLitePCL.raw.SQLITE_OK;
                var code = ++count switch
                {
                    3 => ok,
                    5 => SQLitePCL.raw.SQLITE_FULL,
                    _ => SQLitePCL.raw.SQLITE_IOERR,
                };
                return code == ok
                    ? run()
                    : new CheckpointResult(0, new SqliteStorageException($"Code {code}.") { Code = code });
            };
            while (count < 6)
            {
                database.Checkpoints.Begin();
                database.Checkpoints.Wait();
            }

            // A failure is no harm: what is written stays.
            database.Checkpoints.Run = run;
            database.Checkpoints.Begin();
            database.Checkpoints.Wait();
            await database.Writer.WriteAsync(WriteLane.Rows, writer => writer.NextStamp());
        }

        log.Entries(LogLevel.Error).Count(entry => entry.Contains("checkpoint", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_Checkpoint_Waits_For_One_Of_Another_Program_And_The_Log_Says_Nothing()
    {
        var log = new LogCapture();
        using (var database = SqliteDatabase.Open(_folder, logger: log))
        {
            var path = Path.Combine(_folder, SqliteDatabase.FileName);
            using var reader = SqliteSession.Open(path, 64);
            using var other = SqliteSession.Open(path, 64);
            reader.Execute("BEGIN");
            reader.Scalar("SELECT count(*) FROM sqlite_master").ShouldBeGreaterThan(0);
            await database.Writer.WriteAsync(WriteLane.Rows, writer => writer.NextStamp());
            var run = database.Checkpoints.Run;
            var (hasBeenBusy, last) = (false, default(CheckpointResult));
            database.Checkpoints.Run = () =>
            {
                last = run();
                if (last.IsBusy && !hasBeenBusy)
                {
                    hasBeenBusy = true;
                    reader.Execute("ROLLBACK");
                }

                return last;
            };
            var its = Task.FromResult(default(CheckpointResult));
            while (!hasBeenBusy || last.IsBusy)
            {
                if (!hasBeenBusy && its.IsCompleted)
                {
                    // It has the right to checkpoints while it waits for the reader, who is in an earlier state of the
                    // log. It gives up after some seconds.
                    its = Task.Run(() => other.Checkpoint(SQLitePCL.raw.SQLITE_CHECKPOINT_TRUNCATE));
                }

                database.Checkpoints.Begin();
                database.Checkpoints.Wait();
            }

            last.Failure.ShouldBeNull();
            await its;
        }

        log.Entries(LogLevel.Error).ShouldBeEmpty();
    }

    [Fact]
    public void A_Log_That_Stays_Busy_Is_Told_Once()
    {
        var log = new LogCapture();
        using (var database = SqliteDatabase.Open(_folder, logger: log))
        {
            var (count, busy) = (0, true);
            database.Checkpoints.BusyPause = TimeSpan.Zero;
            database.Checkpoints.Run = () =>
            {
                count++;
                return new CheckpointResult(
                    0, busy ? new SqliteStorageException("Busy.") { Code = SQLitePCL.raw.SQLITE_BUSY } : null);
            };
            void Checkpoint()
            {
                database.Checkpoints.Begin();
                database.Checkpoints.Wait();
            }

            for (var i = 1; i < SqliteCheckpoints.BusyUntilTold; i++)
            {
                Checkpoint();
            }

            busy = false;
            Checkpoint();
            busy = true;
            for (var i = 1; i < SqliteCheckpoints.BusyUntilTold; i++)
            {
                Checkpoint();
            }

            log.Entries(LogLevel.Error).ShouldBeEmpty();
            count.ShouldBe((2 * (SqliteCheckpoints.BusyUntilTold - 1) * SqliteCheckpoints.BusyTries) + 1);
            Checkpoint();
            Checkpoint();
        }

        log.Entries(LogLevel.Error).ShouldHaveSingleItem().ShouldContain("checkpoint");
    }

    /// <summary>Before it, a commit and a checkpoint of two connections could lose writes.</summary>
    [Fact]
    public void SQLite_Is_One_Whose_Checkpoints_May_Run_Beside_Commits() =>
        SQLitePCL.raw.sqlite3_libversion_number().ShouldBeGreaterThanOrEqualTo(3_051_003);

    [Fact]
    public async Task Only_What_Is_Done_Again_Is_Committed_Without_A_Sync()
    {
        await using var storage = Open();
        var (syncs, run) = (0, storage.Database.Syncs.Run);
        storage.Database.Syncs.Run = () =>
        {
            syncs++;
            run();
        };
        async Task<int> Syncs(WriteLane lane)
        {
            var before = syncs;
            await storage.Database.Writer.WriteAsync(lane, writer => writer.NextStamp());
            return syncs - before;
        }

        (await Syncs(WriteLane.Sends)).ShouldBe(1);
        (await Syncs(WriteLane.Repeatable)).ShouldBe(0);
        (await Syncs(WriteLane.Receipts)).ShouldBe(0);
        (await Syncs(WriteLane.Rows)).ShouldBe(1);
        RepeatableWork.Lane.ShouldBe(WriteLane.Rows);
        (await InWork()).ShouldBe((WriteLane.Repeatable, WriteLane.Rows, WriteLane.Repeatable));
        RepeatableWork.Lane.ShouldBe(WriteLane.Rows);
        (await RepeatableWrites.DoAsync(() => Task.FromResult(RepeatableWork.Lane))).ShouldBe(WriteLane.Repeatable);
        (await RepeatableWrites.DoAsync(() => LastingWrites.DoAsync(() => Task.FromResult(RepeatableWork.Lane))))
            .ShouldBe(WriteLane.Rows);
        RepeatableWork.Lane.ShouldBe(WriteLane.Rows);

        static async Task<(WriteLane Before, WriteLane Lasting, WriteLane After)> InWork()
        {
            RepeatableWork.Begin();
            await Task.Yield();
            var before = RepeatableWork.Lane;
            var lasting = await LastingWrites.DoAsync(async () =>
            {
                await Task.Yield();
                return RepeatableWork.Lane;
            });
            return (before, lasting, RepeatableWork.Lane);
        }
    }

    [Fact]
    public async Task However_Much_Of_The_Log_A_Power_Cut_Takes_A_Message_That_Is_Gone_Has_Left_Its_Rows()
    {
        await using var storage = Open();
        await storage.Queue.SendAsync(storage.QueueName, "work", null, None);
        var sent = (await ReadShared(SqliteDatabase.FileName + "-wal")).Length;
        var message = (await storage.Receiver.ReceiveAsync(storage.QueueName, 1, TimeSpan.FromDays(1), None)).Single();
        await Work();
        await storage.Receiver.DeleteAsync(message, None);
        var log = await ReadShared(SqliteDatabase.FileName + "-wal");
        var file = await ReadShared(SqliteDatabase.FileName);
        var (kept, lost) = (0, 0);
        for (var length = log.Length; length >= sent; length -= 2048)
        {
            var copy = Directory.CreateTempSubdirectory("callmyway-").FullName;
            await File.WriteAllBytesAsync(Path.Combine(copy, SqliteDatabase.FileName), file, None);
            await File.WriteAllBytesAsync(Path.Combine(copy, SqliteDatabase.FileName + "-wal"), log[..length], None);
            await using (var crashed = new SqliteStorageUnderTest(folder: copy))
            {
                var isGone = (await crashed.Receiver.ReceiveAsync(
                    crashed.QueueName, 1, TimeSpan.FromMinutes(1), None)).Count == 0;
                var rows = (await crashed.Table.QueryAsync(new RowRange("p"), None)).Rows.Count;
                if (isGone)
                {
                    rows.ShouldBe(3);
                }

                _ = rows == 3 ? kept++ : lost++;
            }

            Directory.Delete(copy, recursive: true);
        }

        kept.ShouldBeGreaterThan(0);
        lost.ShouldBeGreaterThan(0);

        async Task Work()
        {
            RepeatableWork.Begin();
            for (var i = 0; i < 3; i++)
            {
                await storage.Table.UpsertAsync(new Row("p", $"{i}"), None);
            }
        }
    }

    [Fact]
    public async Task A_Process_That_Is_Killed_Has_Stored_All_It_Acked()
    {
        using var child = TestProcess.Start(TestProcess.AckLoop, _folder);
        var acked = new List<string>();
        while (acked.Count < 200 && await child.StandardOutput.ReadLineAsync(None) is { } line)
        {
            acked.Add(line);
        }

        // Another process, not only another instance in this one.
        Should.Throw<SqliteStorageException>(() => SqliteDatabase.Open(_folder))
            .Message.ShouldContain("in use by another running host");

        child.Kill();
        await child.WaitForExitAsync(None);
        while (await child.StandardOutput.ReadLineAsync(None) is { } line)
        {
            acked.Add(line);
        }

        acked.Count.ShouldBeGreaterThanOrEqualTo(200);
        await using var storage = Open();
        var found = new HashSet<string>(StringComparer.Ordinal);
        while (await storage.Receiver.ReceiveAsync(
            storage.QueueName, 1000, TimeSpan.FromHours(1), None) is { Count: > 0 } some)
        {
            found.UnionWith(some.Select(m => m.Body));
        }

        // The last line may have been cut by the end.
        acked.SkipLast(1).ShouldAllBe(body => found.Contains(body));
    }

    [Fact]
    public void A_File_That_Is_No_Database_Is_Left_Alone()
    {
        var path = Path.Combine(_folder, SqliteDatabase.FileName);
        File.WriteAllText(path, new string('x', 10_000));
        Should.Throw<SqliteStorageException>(() => SqliteDatabase.Open(_folder))
            .Message.ShouldContain("is not a database");
        File.ReadAllText(path).ShouldBe(new string('x', 10_000));
    }

    [Fact]
    public void A_Database_Of_Another_Program_Is_Left_Alone()
    {
        Sql("CREATE TABLE theirs (a)");
        Should.Throw<SqliteStorageException>(() => SqliteDatabase.Open(_folder))
            .Message.ShouldContain("another program");
    }

    [Fact]
    public async Task A_Database_Of_A_Newer_Release_Is_Left_Alone()
    {
        await Open().DisposeAsync();
        Sql("PRAGMA user_version=99");
        Should.Throw<SqliteStorageException>(() => SqliteDatabase.Open(_folder)).Message.ShouldContain("newer release");
    }

    [Fact]
    public async Task A_File_That_Another_Program_Has_Locked_Is_Named()
    {
        await Open().DisposeAsync();
        using var other = Connect();
        using var begin = other.CreateCommand();
        begin.CommandText = "PRAGMA locking_mode=EXCLUSIVE; BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        Should.Throw<SqliteStorageException>(() => SqliteDatabase.Open(_folder))
            .Message.ShouldContain("locked by another program");
    }

    [Fact]
    public void A_Folder_That_Can_Not_Be_Made_Is_Named()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        Should.Throw<SqliteStorageException>(() => SqliteDatabase.Open(Path.Combine(file, "data")))
            .Message.ShouldContain("can't be made");
    }

    [Fact]
    public async Task The_Shell_Can_Read_What_Is_Stored()
    {
        await using var storage = Open();
        await storage.Table.InsertAsync(
            new Row("p", "k").Set("Name", "José \"Pepe\"").Set("Count", 3).Set("At", DateTimeOffset.UnixEpoch), None);
        using var shell = Connect();
        using var select = shell.CreateCommand();
        select.CommandText =
            "SELECT columns ->> 'Name', columns ->> 'Count', columns ->> '$.At.time' FROM things WHERE key = 'k'";
        using var read = select.ExecuteReader();
        read.Read().ShouldBeTrue();
        read.GetString(0).ShouldBe("José \"Pepe\"");
        read.GetInt64(1).ShouldBe(3);
        read.GetString(2).ShouldBe("1970-01-01T00:00:00.0000000Z");
    }

    private SqliteStorageUnderTest Open() => new(folder: _folder);

    private async Task<byte[]> ReadShared(string name)
    {
        await using var file = new FileStream(
            Path.Combine(_folder, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, None);
        return bytes;
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(
            $"Data Source={Path.Combine(_folder, SqliteDatabase.FileName)};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Sql(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static Task<int> Pragma(SqliteStorageUnderTest storage, string sql) => storage.Database.Writer.WriteAsync(WriteLane.Rows, writer =>
    {
        using var statement = writer.Session.Prepare(sql);
        return statement.Run();
    });

    /// <summary>
    /// Holds the writer in a write until what is sent to it meanwhile has been taken, so that it all waits together.
    /// </summary>
    private static async Task Behind_A_Closed_Door(SqliteStorageUnderTest storage, Func<Task> meanwhile)
    {
        using var entered = new SemaphoreSlim(0);
        using var door = new SemaphoreSlim(0);
        // A lane of its own, so that it shares no transaction with what waits.
        var holding = storage.Database.Writer.WriteAsync(WriteLane.Receipts, _ =>
        {
            entered.Release();
            door.Wait();
            return 0;
        });
        await entered.WaitAsync();
        var all = meanwhile();
        door.Release();
        await holding;
        await all;
    }
}
