using CallMyWay.Functions.ContactImports;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.ContactImports;

/// <summary>An import whose process ends anywhere, below HTTP.</summary>
public sealed class ImportCrashTests : IAsyncLifetime
{
    private Features _features = null!;

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task A_Step_That_Ends_At_Any_Write_Is_Repeated_With_The_Same_Result()
    {
        await KnownAsync();
        var crashes = 0;
        for (var writes = 0; ; writes++)
        {
            var job = await StoreAsync($"a{writes:D3}");
            _features.Meter.CrashAfter(writes);
            var step = await TryAsync(Job(ImportJob.Name), job);
            _features.Meter.Recover();
            crashes += step is null ? 1 : 0;
            var done = step?.Progress ?? (await Job(ImportJob.Name).RunAsync(job, default)).Progress;

            (done.Count("read"), done.Count("added"), done.Count("changed"), done.Count("refused")).ShouldBe((4, 2, 1, 1));
            (await ListAsync()).ShouldBe(["Conocida Mora", "Nueva Uno", "Nueva Dos"], ignoreOrder: true);
            (await _features.Get<ContactStore>().GetAsync("known", default))!.Document.ShouldBe("1-0222-0333");

            // And so is its undo.
            var undo = job with { Kind = UndoJob.Name, Payload = new UndoWork(job.JobId, 1).ToJson() };
            _features.Meter.CrashAfter(writes);
            var undone = await TryAsync(Job(UndoJob.Name), undo);
            _features.Meter.Recover();
            crashes += undone is null ? 1 : 0;
            var taken = undone?.Progress ?? (await Job(UndoJob.Name).RunAsync(undo, default)).Progress;

            (taken.Count("undone"), taken.Count("kept")).ShouldBe((3, 0));
            (await ListAsync()).ShouldBe(["Conocida Mora"]);
            // As after any change of a contact, its former index rows may be left for the repair.
            await _features.Get<IndexRepair>().RunAsync(null, 5000, TimeSpan.FromSeconds(20), default);
            (await IndexRowsAsync()).ShouldBe(await IndexRowsOfKnownAsync(), ignoreOrder: true);
            if (step is not null && undone is not null)
            {
                break;
            }
        }

        crashes.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task What_Somebody_Changes_Before_The_Step_Is_Repeated_Stays_Changed()
    {
        var job = await StoreAsync("changed");
        await Job(ImportJob.Name).RunAsync(job, default);
        _features.Meter.Recover();
        var contacts = _features.Get<ContactStore>();
        var one = (await contacts.GetAsync($"{job.JobId}-2", default))!;
        await contacts.ReplaceAsync(one with { Name = "Otra", UpdatedAt = one.UpdatedAt.AddHours(1) }, one, default);

        var again = await Job(ImportJob.Name).RunAsync(job, default);

        again.Progress.Count("added").ShouldBe(3);
        (await contacts.GetAsync(one.ContactId, default))!.Name.ShouldBe("Otra");
        (await ListAsync()).ShouldContain("Otra");
    }

    [Fact]
    public async Task Of_A_Batch_That_Fails_The_Last_Time_Nothing_Is_Left()
    {
        await KnownAsync();
        var job = await StoreAsync("fails");
        _features.Gate.Fail("replace contacts");

        await Should.ThrowAsync<StorageException>(
            () => Job(ImportJob.Name).RunAsync(job with { Tries = JobRunner.MaxTries }, default));

        _features.Gate.Open();
        (await ListAsync()).ShouldBe(["Conocida Mora"]);
        (await _features.Get<ContactStore>().GetAsync("known", default))!.Document.ShouldBeNull();
        (await _features.Get<ImportStore>().GetJournalAsync(job.JobId, 0, default)).ShouldBeNull();
    }

    [Fact]
    public async Task An_Import_That_Failed_Counts_What_Its_Last_Step_Has_Begun()
    {
        await KnownAsync();
        var job = await StoreAsync(Guid.CreateVersion7().ToString("N"));
        _features.Gate.Fail("replace contacts");
        // The process ends before the last try, so that nothing is taken back.
        await Should.ThrowAsync<StorageException>(
            () => Job(ImportJob.Name).RunAsync(job with { Tries = JobRunner.MaxTries - 1 }, default));
        _features.Gate.Open();
        await _features.Get<JobStore>().InsertAsync(job with { State = JobState.Failed }, default);

        var result = await ActivatorUtilities
            .CreateInstance<ContactImportFunctions>(_features.Get<IServiceProvider>())
            .Get(new DefaultHttpContext().Request, job.JobId, default);

        var import = result.ShouldBeOfType<Ok<ContactImport>>().Value!;
        (import.Read, import.Added, import.Changed, import.Refused).ShouldBe((4, 2, 1, 1));
    }

    [Fact]
    public async Task Imports_Take_Turns_By_When_Their_Jobs_Were_Stored_Not_By_When_Their_Files_Began_To_Come()
    {
        var (queue, turns) = (_features.Get<JobQueue>(), _features.Get<ImportTurns>());
        var longId = queue.NewId();
        _features.Clock.Now += TimeSpan.FromSeconds(8);
        var quick = await StartAsync(ImportJob.Name, queue.NewId());
        _features.Clock.Now += TimeSpan.FromSeconds(1);
        var slow = await StartAsync(ImportJob.Name, longId);
        // In one moment, too, there is an order.
        var undo = await StartAsync(UndoJob.Name, queue.NewId());
        List<Job> order = [quick, slow, undo];

        while (order.Count > 0)
        {
            (await turns.AreOverAsync(default)).ShouldBeFalse();
            foreach (var job in order)
            {
                (await turns.IsNextAsync(job, default)).ShouldBe(job == order[0], job.Kind);
            }

            await queue.CancelAsync(order[0].Kind, order[0].JobId, default);
            order.RemoveAt(0);
        }

        (await turns.AreOverAsync(default)).ShouldBeTrue();

        Task<Job> StartAsync(string kind, string jobId) => queue.StartAsync(kind, "{}", null, "ana", default, jobId);
    }

    [Fact]
    public async Task An_Undo_Waits_For_The_Step_Of_A_Cancelled_Import_That_Still_Runs()
    {
        var job = await StoreAsync(Guid.CreateVersion7(_features.Clock.Now).ToString("N"));
        await Job(ImportJob.Name).RunAsync(job, default);
        await _features.Get<JobStore>().InsertAsync(
            job with { State = JobState.Cancelled, HeldUntil = _features.Clock.Now.AddSeconds(30) }, default);
        var undo = job with { Kind = UndoJob.Name, Payload = new UndoWork(job.JobId, 1).ToJson() };

        (await Job(UndoJob.Name).RunAsync(undo, default)).State.ShouldBe(JobState.Running);
        (await ListAsync()).Count.ShouldBe(3);

        _features.Clock.Now += TimeSpan.FromSeconds(30);
        (await Job(UndoJob.Name).RunAsync(undo, default)).Progress.Count("undone").ShouldBe(3);
        (await ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_Undo_Keeps_A_Contact_Into_Which_Another_Was_Merged_Since()
    {
        var job = await StoreAsync("kept");
        await Job(ImportJob.Name).RunAsync(job, default);
        // One whose file says nothing that the imported one does not say.
        (await _features.Get<ContactStore>().CreateAsync(
            new Contact { ContactId = "other", Name = "Nueva Uno", Numbers = ["8888-1002"] }, default))
            .ShouldNotBeNull();
        (await _features.Get<ContactMerges>().MergeAsync($"{job.JobId}-3", "other", null, null, "sofia", default))
            .Outcome.ShouldBe(MergeOutcome.Merged);

        var undo = job with { Kind = UndoJob.Name, Payload = new UndoWork(job.JobId, 1).ToJson() };
        var step = await Job(UndoJob.Name).RunAsync(undo, default);

        (step.Progress.Count("undone"), step.Progress.Count("kept")).ShouldBe((2, 1));
        (await _features.Get<ContactStore>().GetAsync("other", default)).ShouldNotBeNull().ContactId
            .ShouldBe($"{job.JobId}-3");
    }

    [Fact]
    public async Task What_An_Import_Costs_Is_Known()
    {
        const int count = 200;
        var job = await StoreAsync(
            "cost",
            [.. Enumerable.Range(0, count).Select(i => new FileRow(
                i + 2, [$"Persona {(char)('a' + (i % 26))}rias Mora", $"8{7_000_000 + (i * 7919):D7}", $"1-{i:D4}-0{i:D3}"]))]);
        _features.Meter.Reset();

        (await Job(ImportJob.Name).RunAsync(job, default)).Progress.Count("added").ShouldBe(count);

        var costs = _features.Meter.Operations.GroupBy(operation => operation)
            .ToDictionary(same => same.Key, same => same.Count(), StringComparer.Ordinal);
        costs["query contactnumbers"].ShouldBe(count);
        costs["query contactnames"].ShouldBe(count);
        costs["upsert contactnumbers"].ShouldBe(count);
        costs["insert contacts"].ShouldBe(count);
        // Ten words and more of each contact, a hundred of a letter at once.
        (costs["batch contactnames"] + costs.GetValueOrDefault("upsert contactnames")).ShouldBeLessThan(60);
        _features.Meter.Operations.Count.ShouldBeLessThan((4 * count) + 60, string.Join(", ", costs));
    }

    [Fact]
    public async Task Files_And_Journals_Go_After_Two_Weeks()
    {
        var store = _features.Get<ImportStore>();
        var (old, young) = ("0191a0000000700080000000000000aa", "0192a0000000700080000000000000aa");
        foreach (var (id, days) in new[] { (old, 15), (young, 13) })
        {
            await store.AnnounceAsync(id, _features.Clock.GetUtcNow().AddDays(-days), default);
            await store.PutSliceAsync(id, 0, new FileSlice([new FileRow(2, ["x"])]), default);
            await store.PutJournalAsync(id, 0, new SliceJournal([]), default);
        }

        (await _features.Get<Sweeper>().RunAsync(TimeSpan.FromMinutes(1), default)).ShouldBeTrue();

        ((await store.IsKeptAsync(old, default)), await store.IsKeptAsync(young, default)).ShouldBe((false, true));
        (await _features.Get<ITables>()[StorageNames.ContactImports].ScanAsync(null, 100, default)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Long_Rows_Are_Kept_In_Several_Storage_Rows()
    {
        var random = new Random(5);
        // What can't be compressed.
        var cells = Enumerable.Range(0, 40).Select(_ => Convert.ToHexString(Bytes(random, 15_000))).ToList();

        await _features.Get<ImportStore>().PutSliceAsync("long", 3, new FileSlice([new FileRow(9, cells)]), default);

        (await _features.Get<ImportStore>().GetSliceAsync("long", 3, default))!.Rows
            .ShouldHaveSingleItem().Cells.ShouldBe(cells);
        (await _features.Get<ITables>()[StorageNames.ContactImports].ScanAsync(null, 100, default)).Count
            .ShouldBeGreaterThan(1);

        static byte[] Bytes(Random random, int count)
        {
            var bytes = new byte[count];
            random.NextBytes(bytes);
            return bytes;
        }
    }

    private async Task KnownAsync()
    {
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await _features.Get<ContactStore>().CreateAsync(
            new Contact
            {
                ContactId = "known",
                Name = "Conocida Mora",
                Numbers = ["8888-1001"],
                CreatedAt = at,
                UpdatedAt = at,
            },
            default);
    }

    /// <summary>An import of four rows: a contact that is there, two new ones, and one that is refused.</summary>
    private async Task<Job> StoreAsync(string importId, IReadOnlyList<FileRow>? rows = null)
    {
        rows ??=
        [
            new FileRow(2, ["Conocida Mora", "8888-1001", "1-0222-0333"]),
            new FileRow(3, ["Nueva Uno", "8888-1002", ""]),
            new FileRow(4, ["Nueva Dos", "8888-1003", "1-0444-0555"]),
            new FileRow(5, ["", "", "1-0666-0777"]),
        ];
        await _features.Get<ImportStore>().PutSliceAsync(importId, 0, new FileSlice(rows), default);
        return new Job
        {
            JobId = importId,
            Kind = ImportJob.Name,
            CreatedAt = _features.Clock.GetUtcNow(),
            MovedAt = _features.Clock.GetUtcNow(),
            Payload = new ImportWork
            {
                Encoding = "utf-8",
                Separator = ",",
                Columns =
                [
                    new ImportColumn("nombre", ImportField.Name),
                    new ImportColumn("teléfono", ImportField.Phone),
                    new ImportColumn("cédula", ImportField.Document),
                ],
                Duplicates = DuplicateRule.Merge,
                By = DuplicateKey.Both,
                Rows = rows.Count,
                Slices = 1,
            }.ToJson(),
        };
    }

    private IJobKind Job(string name) => _features.GetAll<IJobKind>().Single(kind => kind.Kind == name);

    private static async Task<JobStep?> TryAsync(IJobKind kind, Job job)
    {
        try
        {
            return await kind.RunAsync(job, default);
        }
        catch (CrashException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<string>> ListAsync() =>
        [.. (await _features.Get<ContactSearch>().ListAsync(new(100, null), default)).Items.Select(contact => contact.Name)];

    private async Task<IReadOnlyList<string>> IndexRowsAsync()
    {
        var rows = new List<string>();
        foreach (var table in new[] { StorageNames.ContactNames, StorageNames.ContactNumbers })
        {
            rows.AddRange((await _features.Get<ITables>()[table].ScanAsync(null, 1000, default))
                .Select(row => $"{table} {row.Partition} {row.Key}"));
        }

        return rows;
    }

    private async Task<IReadOnlyList<string>> IndexRowsOfKnownAsync()
    {
        var known = (await _features.Get<ContactStore>().GetAsync("known", default))!;
        var index = new ContactIndex(_features.Get<PhoneNumberParser>());
        return
        [
            .. index.NameRows(known).Select(row => $"{StorageNames.ContactNames} {row.Partition} {row.Key}"),
            .. index.NumberRows(known).Select(row => $"{StorageNames.ContactNumbers} {row.Partition} {row.Key}"),
        ];
    }
}
