using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>
/// What an <see cref="IndexedTable{T}"/> guarantees, on each storage, with concurrent writers and with processes that
/// end at any point: a record is found by each of its index rows, a reader follows no wrong index row, and after a
/// repair none is left.
/// </summary>
public abstract class IndexedTableContract : IAsyncLifetime
{
    private static readonly string[] Owners = ["a", "b", "c"];

    private static readonly string[] Names = ["x", "y", "z"];

    private IStorageUnderTest _storage = null!;

    /// <summary>How often a race is repeated.</summary>
    protected abstract int Rounds { get; }

    protected abstract ValueTask<IStorageUnderTest> OpenAsync();

    public async Task InitializeAsync() => _storage = await OpenAsync();

    public async Task DisposeAsync() => await (_storage?.DisposeAsync() ?? ValueTask.CompletedTask);

    [SkippableFact]
    public async Task A_Record_Changed_And_Deleted_Concurrently_Is_Found_By_Its_Final_Values()
    {
        var random = new Random(20261126);
        var things = new Things(Process());
        for (var round = 0; round < Rounds; round++)
        {
            var id = $"t{round}";
            if (random.Next(3) > 0)
            {
                await things.PutAsync(new Thing(id, "a", $"x{round}"));
            }

            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => random.Next(5) == 0
                ? Busy(random).DeleteAsync(id)
                : (Task)Busy(random).PutAsync(new Thing(id, Pick(Owners, random), Pick(Names, random) + round, $"{random.Next()}"))));

            await things.ShouldBeFoundAsync(id, Owners, Names.Select(name => name + round));
            await things.ShouldHoldWhatItSaysAsync(id);
        }

        await things.RepairAsync();
        await things.ShouldBeWholeAsync();
    }

    [SkippableFact]
    public async Task A_Record_Moved_While_Other_Processes_Crash_Is_Found_By_Its_Values()
    {
        var random = new Random(20261127);
        var things = new Things(Process());
        for (var round = 0; round < Rounds; round++)
        {
            var id = $"t{round}";
            await things.PutAsync(new Thing(id, "a", $"x{round}"));

            await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
            {
                var thing = new Thing(id, Pick(Owners, random), Pick(Names, random) + round);
                try
                {
                    await new Things(Process(random).EndingAfter(random.Next(8))).PutAsync(thing);
                }
                catch (CrashException)
                {
                    // Nothing cleans up what it left.
                }
            }));

            await things.ShouldBeFoundAsync(id, Owners, Names.Select(name => name + round));
        }

        await things.RepairAsync();
        await things.ShouldBeWholeAsync();
    }

    [SkippableFact]
    public async Task If_Many_Records_Are_Created_At_Once_With_One_Name_One_Is_Stored()
    {
        var random = new Random(20261128);
        var things = new Things(Process());
        for (var round = 0; round < Rounds / 4; round++)
        {
            var writes = await Task.WhenAll(Enumerable.Range(0, 8)
                .Select(i => Busy(random).PutAsync(new Thing($"t{round}-{i}", "a", $"x{round}"))));

            writes.Count(write => write.Outcome == WriteOutcome.Stored).ShouldBe(1);
            writes.Count(write => write.Outcome == WriteOutcome.Taken).ShouldBe(7);
            var one = writes.Single(write => write.After is not null).After!;
            (await things.OfNameAsync($"x{round}")).ShouldBe(one);
            (await things.OfOwnerAsync("a")).Count.ShouldBe(round + 1);
        }

        await things.RepairAsync();
        await things.ShouldBeWholeAsync();
    }

    [SkippableFact]
    public async Task If_Two_Records_Take_One_Name_At_Once_One_Gets_It()
    {
        var random = new Random(20261129);
        var things = new Things(Process());
        await things.PutAsync(new Thing("t1", "a", "one"));
        await things.PutAsync(new Thing("t2", "a", "two"));
        for (var round = 0; round < Rounds; round++)
        {
            var name = $"x{round}";

            var writes = await Task.WhenAll(
                Busy(random).PutAsync(new Thing("t1", "a", name)), Busy(random).PutAsync(new Thing("t2", "a", name)));

            writes.Select(write => write.Outcome).ShouldBe([WriteOutcome.Stored, WriteOutcome.Taken], ignoreOrder: true);
            var one = writes.Single(write => write.After is not null).After!;
            (await things.OfNameAsync(name)).ShouldBe(one);
            (await things.GetAsync(one.Id == "t1" ? "t2" : "t1"))!.Name.ShouldNotBe(name);
        }

        await things.RepairAsync();
        await things.ShouldBeWholeAsync();
    }

    public static TheoryData<string> Changes { get; } = ["create", "move", "rename", "same", "delete", "take"];

    [SkippableTheory]
    [MemberData(nameof(Changes))]
    public async Task After_A_Crash_At_Any_Write_Readers_Are_Right_And_A_Repair_Finishes_The_Index(string change)
    {
        var things = new Things(Process());
        var isDone = false;
        for (var writes = 0; !isDone; writes++)
        {
            foreach (var isRepeated in new[] { true, false })
            {
                var id = $"t{writes}-{isRepeated}";
                await PrepareAsync(things, change, id);

                isDone = await TryAsync(change, id, writes);

                string[] names = [$"x-{id}", $"y-{id}"];
                await things.ShouldBeFoundAsync(id, Owners, names);
                if (isRepeated)
                {
                    await ChangeAsync(things, change, id);
                    (await things.GetAsync(id))?.Note.ShouldBe("after");
                    await things.ShouldBeFoundAsync(id, Owners, names);
                    await things.ShouldHoldWhatItSaysAsync(id);
                }

                await things.RepairAsync();
                await things.ShouldBeWholeAsync();
                await things.ShouldBeFoundAsync(id, Owners, names);
            }

            writes.ShouldBeLessThan(20);
        }
    }

    [SkippableFact]
    public async Task A_Slow_Cleanup_Removes_No_Index_Row_That_A_Later_Write_Needs_Again()
    {
        var things = new Things(Process());
        await things.PutAsync(new Thing("t", "a", "x"));
        var slow = Process();
        var held = slow.Hold("delete owner~a");
        var move = new Things(slow).PutAsync(new Thing("t", "b", "x"));
        await held.Reached;

        await things.PutAsync(new Thing("t", "a", "x"));
        held.Release();
        await move;

        await things.ShouldBeFoundAsync("t", Owners, ["x"]);
    }

    [SkippableFact]
    public async Task A_Cleanup_Removes_No_Index_Row_That_A_Running_Write_Needs_Again()
    {
        var things = new Things(Process());
        await things.PutAsync(new Thing("t", "a", "x"));
        var (cleaner, writer) = (Process(), Process());
        var cleans = cleaner.Hold("delete owner~a");
        var away = new Things(cleaner).PutAsync(new Thing("t", "b", "x"));
        await cleans.Reached;
        var writes = writer.Hold("replace thing");
        var back = new Things(writer).PutAsync(new Thing("t", "a", "x"));
        await writes.Reached;

        // It may delete or not, and checks again before the other has written the record.
        cleans.Release();
        await away;
        writes.Release();
        await back;

        await things.ShouldBeFoundAsync("t", Owners, ["x"]);
    }

    [SkippableFact]
    public async Task A_Record_Created_And_Deleted_Meanwhile_Is_Found_After_Its_Next_Creation()
    {
        var things = new Things(Process());
        var slow = Process();
        var held = slow.Hold("insert thing");
        var create = new Things(slow).PutAsync(new Thing("t", "a", "x"));
        await held.Reached;

        await things.PutAsync(new Thing("t", "a", "x"));
        (await things.DeleteAsync("t")).ShouldNotBeNull();
        held.Release();
        (await create).Outcome.ShouldBe(WriteOutcome.Stored);

        await things.ShouldBeFoundAsync("t", Owners, ["x"]);
        await things.ShouldBeWholeAsync();
    }

    [SkippableFact]
    public async Task A_Record_That_Is_Created_Again_Behind_Its_Deletion_Keeps_Its_Index_Rows()
    {
        var things = new Things(Process());
        await things.PutAsync(new Thing("t", "a", "x"));
        OneTable slow = null!;
        var again = new Lazy<Task>(() => things.PutAsync(new Thing("t", "a", "x")));
        slow = new OneTable(_storage.Table, () => slow.Operations.SkipLast(1).Contains("delete thing")
            ? again.Value
            : Task.CompletedTask);

        (await new Things(slow).DeleteAsync("t")).ShouldNotBeNull();

        again.IsValueCreated.ShouldBeTrue();
        (await things.GetAsync("t")).ShouldNotBeNull();
        await things.ShouldBeFoundAsync("t", Owners, ["x"]);
        await things.ShouldBeWholeAsync();
    }

    [SkippableFact]
    public async Task A_Name_Claimed_For_A_Record_That_Was_Never_Stored_Is_Free()
    {
        await Should.ThrowAsync<CrashException>(
            () => new Things(Process().EndingAfter(1)).PutAsync(new Thing("never", "a", "x")));
        var things = new Things(Process());

        (await things.PutAsync(new Thing("t", "a", "x"))).Outcome.ShouldBe(WriteOutcome.Stored);

        (await things.OfNameAsync("x"))!.Id.ShouldBe("t");
        (await things.PutAsync(new Thing("another", "a", "x"))).Outcome.ShouldBe(WriteOutcome.Taken);
        await things.ShouldBeWholeAsync();
    }

    [SkippableFact]
    public async Task A_Creation_Whose_Claim_Was_Taken_Over_Fails()
    {
        var things = new Things(Process());
        var slow = Process();
        var held = slow.Hold("insert thing");
        var create = new Things(slow).PutAsync(new Thing("slow", "a", "x"));
        await held.Reached;

        (await things.PutAsync(new Thing("quick", "a", "x"))).Outcome.ShouldBe(WriteOutcome.Stored);
        held.Release();

        (await create).Outcome.ShouldBe(WriteOutcome.Taken);
        (await things.GetAsync("slow")).ShouldBeNull();
        (await things.OfNameAsync("x"))!.Id.ShouldBe("quick");
        await things.ShouldBeWholeAsync();
    }

    [SkippableFact]
    public async Task A_Refused_Write_Leaves_The_Index_Unchanged()
    {
        var things = new Things(Process());
        await things.PutAsync(new Thing("t", "a", "x", "right"));
        var slow = Process();
        var held = slow.Hold("replace thing");
        // Only while nobody else has the name.
        var change = new Things(slow).Indexed.WriteAsync(
            Things.KeyOf("t"),
            found => found!.Owner == "a" ? found with { Owner = "c", Name = "z", Note = "wrong" } : null,
            CancellationToken.None);
        await held.Reached;
        await things.PutAsync(new Thing("t", "b", "x", "right"));
        held.Release();

        (await change).Outcome.ShouldBe(WriteOutcome.Refused);

        await things.ShouldBeFoundAsync("t", Owners, Names);
        await things.ShouldBeWholeAsync();
    }

    [SkippableFact]
    public async Task A_Refused_Write_Removes_No_Index_Row_That_Another_Had_Written_Before()
    {
        var things = new Things(Process());
        await things.PutAsync(new Thing("t", "a", "x"));
        var (refused, writer) = (Process(), Process());
        var begins = refused.Hold("insert owner~b");
        var change = new Things(refused).Indexed.WriteAsync(
            Things.KeyOf("t"), found => found!.Owner == "a" ? found with { Owner = "b" } : null, CancellationToken.None);
        await begins.Reached;
        await things.PutAsync(new Thing("t", "c", "x"));
        var writes = writer.Hold("replace thing");
        var move = new Things(writer).PutAsync(new Thing("t", "b", "x"));
        await writes.Reached;

        begins.Release();
        (await change).Outcome.ShouldBe(WriteOutcome.Refused);
        writes.Release();
        (await move).Outcome.ShouldBe(WriteOutcome.Stored);

        await things.ShouldBeFoundAsync("t", Owners, ["x"]);
        await things.ShouldBeWholeAsync();
    }

    [SkippableFact]
    public async Task An_Index_Rows_Columns_Are_Corrected_After_A_Refused_Write()
    {
        var things = new Things(Process());
        await things.PutAsync(new Thing("t", "a", "x", "right"));

        var again = await things.Indexed.CreateAsync(new Thing("t", "a", "x", "wrong"), isNewKey: false, default);

        again.Outcome.ShouldBe(WriteOutcome.Refused);
        await things.ShouldBeFoundAsync("t", Owners, Names);
        await things.ShouldBeWholeAsync();
    }

    [SkippableTheory]
    [InlineData("replace thing", false)]
    [InlineData("replace thing", true)]
    [InlineData("upsert owner~a", false)]
    [InlineData("upsert owner~a", true)]
    public async Task An_Index_Rows_Columns_Are_Corrected_After_A_Failed_Write(string operation, bool isDone)
    {
        var things = new Things(Process());
        await things.PutAsync(new Thing("t", "a", "x", "before"));

        var failing = new Things(Process().Failing(operation, isDone));
        var failure = await Should.ThrowAsync<StorageException>(
            () => failing.PutAsync(new Thing("t", "a", "x", "after")));

        failure.Message.ShouldBe("The answer is lost.");
        (await things.GetAsync("t"))!.Note.ShouldBe(operation == "replace thing" && isDone ? "after" : "before");
        await things.ShouldBeWholeAsync();
    }

    [SkippableFact]
    public async Task A_Write_That_Has_Begun_Completes_Even_If_The_Caller_Cancels()
    {
        var things = new Things(Process());
        await things.PutAsync(new Thing("t", "a", "x", "before"));
        using var gone = new CancellationTokenSource();
        var slow = Process();
        var held = slow.Hold("replace thing");
        var write = new Things(slow).Indexed.WriteAsync(
            Things.KeyOf("t"), found => found! with { Note = "after" }, gone.Token);
        await held.Reached;

        await gone.CancelAsync();
        held.Release();

        (await write).Outcome.ShouldBe(WriteOutcome.Stored);
        await things.ShouldBeWholeAsync();
    }

    [SkippableFact]
    public async Task The_Repair_Writes_Missing_Or_Wrong_Index_Rows_And_Removes_Misleading_Ones()
    {
        var table = Process();
        var things = new Things(table);
        foreach (var id in new[] { "missing", "wrong", "sound" })
        {
            await things.PutAsync(new Thing(id, "a", $"name-{id}", "note"));
        }

        await table.DeleteAsync("owner~a", "missing", null, default);
        await table.UpsertAsync(new Row("owner~a", "wrong").Set("note", "old"), default);
        await table.UpsertAsync(new Row("owner~b", "sound"), default);
        await table.UpsertAsync(new Row("owner~b", "gone"), default);
        await table.UpsertAsync(new Row("name", "old-name").Set("id", "sound"), default);
        var etag = (await things.GetAsync("sound"))!.ETag;

        var check = await things.RepairAsync();

        (check.Records, check.IndexRows, check.Written, check.Removed, check.Conflicts).ShouldBe((3, 8, 2, 3, 0));
        await things.ShouldBeWholeAsync();
        await things.ShouldBeFoundAsync("wrong", Owners, []);
        // A wrong index row is removed by a write of the record that it leads to, so that no concurrent write is lost.
        (await things.GetAsync("sound"))!.ETag.ShouldNotBe(etag);
        var again = await things.RepairAsync();
        (again.Records, again.IndexRows, again.Written, again.Removed).ShouldBe((3, 6, 0, 0));
    }

    [SkippableFact]
    public async Task The_Repair_Removes_No_Index_Row_Of_A_Record_That_Is_Being_Written()
    {
        var things = new Things(Process());
        await things.PutAsync(new Thing("t", "a", "x"));
        foreach (var (owner, id) in new[] { ("b", "t"), ("c", "new") })
        {
            // A move and a creation, each held between its index rows and its record.
            var slow = Process();
            var held = slow.Hold(id == "t" ? "replace thing" : "insert thing");
            var write = new Things(slow).PutAsync(new Thing(id, owner, id == "t" ? "x" : "y"));
            await held.Reached;

            var check = await things.Indexed.CheckAsync(Things.Table, await things.RowsAsync(), default);
            held.Release();
            (await write).Outcome.ShouldBe(WriteOutcome.Stored);
            await things.Indexed.RemoveAsync(check.LeadNowhere, default);

            await things.ShouldBeFoundAsync(id, Owners, Names);
            await things.RepairAsync();
            await things.ShouldBeWholeAsync();
        }
    }

    [SkippableFact]
    public async Task The_Repair_Keeps_An_Index_Row_Without_A_Record_If_It_Was_Touched_Since()
    {
        var things = new Things(Process());
        var thing = new Thing("t", "a", "x");
        await Should.ThrowAsync<CrashException>(() => new Things(Process().EndingAfter(2)).PutAsync(thing));
        var check = await things.Indexed.CheckAsync(Things.Table, await things.RowsAsync(), default);
        check.LeadNowhere.Count.ShouldBe(2);
        var slow = Process();
        var held = slow.Hold("insert thing");
        var create = new Things(slow).Indexed.CreateAsync(thing, isNewKey: true, default);
        await held.Reached;

        (await things.Indexed.RemoveAsync(check.LeadNowhere, default)).ShouldBe(0);
        held.Release();
        (await create).Outcome.ShouldBe(WriteOutcome.Stored);

        await things.ShouldBeFoundAsync("t", Owners, Names);
        await things.ShouldBeWholeAsync();
    }

    [SkippableFact]
    public async Task The_Repair_Reports_Two_Records_With_One_Name_And_Keeps_Them()
    {
        var table = Process();
        var things = new Things(table);
        await things.PutAsync(new Thing("t1", "a", "x"));
        await table.InsertAsync(new Row("thing", "t2").Set("owner", "b").Set("name", "x"), default);

        var check = await things.RepairAsync();

        check.Conflicts.ShouldBe(1);
        (await things.OfNameAsync("x"))!.Id.ShouldBe("t1");
        (await things.OfOwnerAsync("b")).ShouldHaveSingleItem().Id.ShouldBe("t2", "the rest of its index is written");
        // A person mends it by another name. The one that keeps the name is found by it as before.
        (await things.PutAsync(new Thing("t2", "b", "y"))).Outcome.ShouldBe(WriteOutcome.Stored);
        (await things.OfNameAsync("x"))!.Id.ShouldBe("t1");
        (await things.OfNameAsync("y"))!.Id.ShouldBe("t2");
    }

    [SkippableFact]
    public async Task The_Cost_Of_A_Write_Is_Known()
    {
        var table = Process();
        var things = new Things(table);
        var thing = new Thing("t", "a", "x");
        await CostsAsync(
            () => things.PutAsync(thing),
            ["get thing", "insert name", "insert owner~a", "insert thing", "replace name", "replace owner~a"]);
        await CostsAsync(
            () => things.PutAsync(thing with { Note = "n" }), ["get thing", "get name", "upsert owner~a", "replace thing"]);
        await CostsAsync(
            () => things.PutAsync(thing with { Owner = "b" }),
            ["get thing", "get name", "insert owner~b", "get owner~a", "replace thing", "delete owner~a"]);
        var read = await things.GetAsync("t");
        await CostsAsync(
            () => things.Indexed.WriteAsync(Things.KeyOf("t"), found => found! with { Note = "m" }, default, read),
            ["get name", "upsert owner~b", "replace thing"]);
        await CostsAsync(
            () => things.Indexed.WriteAsync(Things.KeyOf("t"), found => found, default), ["get thing"]);
        await CostsAsync(
            () => things.DeleteAsync("t"),
            ["get thing", "get owner~b", "get name", "delete thing", "delete owner~b", "delete name"]);
        await CostsAsync(
            () => things.Indexed.CreateAsync(thing with { Id = "made-up" }, isNewKey: true, default),
            ["insert name", "insert owner~a", "insert thing"]);

        async Task CostsAsync(Func<Task> write, string[] operations)
        {
            var before = table.Operations.Count;
            await write();
            table.Operations.Skip(before).ShouldBe(operations, ignoreOrder: true);
        }
    }

    /// <summary>A process that uses the storage. With a random, some of its operations are slow.</summary>
    private OneTable Process(Random? random = null) => new(_storage.Table, random is null ? null : () => PauseAsync(random));

    private Things Busy(Random random) => new(Process(random));

    private static async Task PauseAsync(Random random)
    {
        int turns;
        lock (random)
        {
            turns = random.Next(12);
        }

        for (var i = 0; i < turns % 4; i++)
        {
            await Task.Yield();
        }

        if (turns == 0)
        {
            await Task.Delay(1);
        }
    }

    private static string Pick(string[] some, Random random)
    {
        lock (random)
        {
            return some[random.Next(some.Length)];
        }
    }

    private async Task PrepareAsync(Things things, string change, string id)
    {
        if (change != "create")
        {
            await things.PutAsync(new Thing(id, "a", $"x-{id}", change == "delete" ? "after" : "before"));
        }

        if (change == "take")
        {
            // Another process had claimed the name that this one will take, and ended.
            var other = new Thing($"{id}-other", "a", $"y-{id}");
            await things.PutAsync(other);
            await Should.ThrowAsync<CrashException>(
                () => new Things(Process().EndingAfter(3)).PutAsync(other with { Name = $"z-{id}" }));
        }
    }

    /// <summary>True if the change was done before the process could end.</summary>
    private async Task<bool> TryAsync(string change, string id, int writes)
    {
        try
        {
            await ChangeAsync(new Things(Process().EndingAfter(writes)), change, id);
            return true;
        }
        catch (CrashException)
        {
            return false;
        }
    }

    private static Task ChangeAsync(Things things, string change, string id) => change switch
    {
        "create" or "same" => things.PutAsync(new Thing(id, "a", $"x-{id}", "after")),
        "move" => things.PutAsync(new Thing(id, "b", $"x-{id}", "after")),
        "rename" or "take" => things.PutAsync(new Thing(id, "b", $"y-{id}", "after")),
        _ => things.DeleteAsync(id),
    };
}

public sealed class IndexedTableTestsOnSqlite : IndexedTableContract
{
    protected override int Rounds => TestLength.Of(plain: 200, whole: 1000);

    protected override ValueTask<IStorageUnderTest> OpenAsync() => new(new SqliteStorageUnderTest());
}

public sealed class IndexedTableTestsOnAzurite : IndexedTableContract
{
    protected override int Rounds => TestLength.Of(plain: 20, whole: 300);

    protected override ValueTask<IStorageUnderTest> OpenAsync() => Azurite.OpenStorageAsync();
}
