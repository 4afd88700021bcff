using CallMyWay.Functions.Api;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Contacts;

/// <summary>Merges below HTTP: whoever writes at once, and wherever a process ends.</summary>
public sealed class ContactMergeTests : IAsyncLifetime
{
    private Features _features = null!;

    private ContactStore Contacts => _features.Get<ContactStore>();

    private ContactSearch Search => _features.Get<ContactSearch>();

    private ContactChoices Choices => _features.Get<ContactChoices>();

    private ContactMerges Merges => _features.Get<ContactMerges>();

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task A_Merge_That_Breaks_Off_Anywhere_Is_Finished_By_Its_Repetition()
    {
        var writes = 0;
        for (var isCut = true; isCut; writes++)
        {
            var (keep, merge) = await TwoAsync($"b{writes}");
            // One that was merged into the other one before.
            var earlier = await _features.AddContactAsync($"Anterior {writes}", "2222-0003");
            (await MergeAsync(merge, earlier)).Outcome.ShouldBe(MergeOutcome.Merged);
            merge = (await GetAsync(merge.ContactId)).ShouldNotBeNull();
            var wasCut = _features.Gate.FailAtWrite(writes);
            var result = await TryAsync(() => MergeAsync(keep, merge, withVersions: true));
            isCut = wasCut();
            (result is null).ShouldBe(isCut, $"write {writes}");
            _features.Gate.Open();
            // Neither is lost meanwhile.
            (await SearchAsync("rodriguez")).ShouldContain(keep.ContactId, $"after write {writes}");
            (await FoundByAsync("22220001")).ShouldNotBeEmpty($"after write {writes}");
            (await GetAsync(merge.ContactId)).ShouldNotBeNull($"after write {writes}");

            var again = await MergeAsync(keep, merge, withVersions: true);

            again.Outcome.ShouldBe(MergeOutcome.Merged, $"after write {writes}");
            result?.Merge!.MergeId.ShouldBe(again.Merge!.MergeId);
            var kept = (await GetAsync(keep.ContactId)).ShouldNotBeNull();
            kept.Numbers.ShouldBe(["8888-1234", "2222-0001", "2222-0003"]);
            kept.Ids.ShouldBe([keep.ContactId, merge.ContactId, earlier.ContactId]);
            foreach (var id in kept.Ids)
            {
                (await GetAsync(id)).ShouldNotBeNull().ETag.ShouldBe(kept.ETag, $"after write {writes}");
                (await Contacts.ReadAsync(id, default)).ShouldNotBeNull().Merge?.PointsTo
                    .ShouldBe(id == kept.ContactId ? null : kept.ContactId, "in one step");
            }

            (await SearchAsync("rodriguez")).ShouldBe([keep.ContactId], $"after write {writes}");
            (await FoundByAsync("22220001")).ShouldBe([keep.ContactId]);
            (await FoundByAsync("22220003")).ShouldBe([keep.ContactId]);
            await RemoveAsync(kept);
        }

        writes.ShouldBeGreaterThan(12);
    }

    [Fact]
    public async Task An_Undo_That_Breaks_Off_Anywhere_Is_Finished_By_Its_Repetition()
    {
        var writes = 0;
        for (var isCut = true; isCut; writes++)
        {
            var (keep, merge) = await TwoAsync($"b{writes}");
            var earlier = await _features.AddContactAsync($"Anterior {writes}", "2222-0003");
            var first = await MergeAsync(merge, earlier);
            merge = (await GetAsync(merge.ContactId)).ShouldNotBeNull();
            var mergeId = (await MergeAsync(keep, merge)).Merge!.MergeId;
            (await UndoAsync(first.Merge!.MergeId)).Outcome.ShouldBe(UndoOutcome.MergedLater);
            var wasCut = _features.Gate.FailAtWrite(writes);
            var result = await TryAsync(() => UndoAsync(mergeId));
            isCut = wasCut();
            (result is null).ShouldBe(isCut, $"write {writes}");
            _features.Gate.Open();

            var again = await UndoAsync(mergeId);

            again.Outcome.ShouldBe(UndoOutcome.Undone, $"after write {writes}");
            again.Merge!.NotTakenBack.ShouldBe([]);
            var (one, two) = ((await GetAsync(keep.ContactId))!, (await GetAsync(merge.ContactId))!);
            one.SaysTheSame(keep).ShouldBeTrue($"after write {writes}");
            two.SaysTheSame(merge).ShouldBeTrue($"after write {writes}");
            one.Merged.ShouldBeNull();
            two.Merged.ShouldBe(merge.Merged);
            (await GetAsync(earlier.ContactId))!.ContactId.ShouldBe(merge.ContactId);
            (await SearchAsync("rodriguez")).ShouldBe([keep.ContactId, merge.ContactId], ignoreOrder: true);
            (await FoundByAsync("22220001")).ShouldBe([merge.ContactId]);
            // The earlier one can be undone now, and they can be merged again.
            (await UndoAsync(first.Merge.MergeId)).Outcome.ShouldBe(UndoOutcome.Undone);
            (await GetAsync(earlier.ContactId))!.Title.ShouldBe(earlier.Title);
            (await MergeAsync(keep, merge)).Merge!.MergeId.ShouldNotBe(mergeId);
            (await UndoAsync(mergeId)).Outcome.ShouldBe(UndoOutcome.NotFound, "another merge stands in its place");
            await RemoveAsync((await GetAsync(keep.ContactId))!);
            await RemoveAsync(earlier);
        }

        writes.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Two_That_Are_Merged_Into_Each_Other_At_Once_Become_One_At_Most_One_Way()
    {
        for (var i = 0; i < 20; i++)
        {
            var (one, two) = await TwoAsync($"x{i}");
            var results = await Task.WhenAll(
                Task.Run(() => MergeAsync(one, two)), Task.Run(() => MergeAsync(two, one)));

            results.Count(result => result.Outcome == MergeOutcome.Merged).ShouldBeLessThanOrEqualTo(1);
            // Whoever gave up has not left anything that stands in the way for long.
            _features.Clock.Now += TimeSpan.FromMinutes(2);
            var last = await MergeAsync(one, two);
            last.Outcome.ShouldBeOneOf(MergeOutcome.Merged, MergeOutcome.KeptElsewhere);
            var kept = (await GetAsync(one.ContactId)).ShouldNotBeNull();
            (await GetAsync(two.ContactId)).ShouldNotBeNull().ContactId.ShouldBe(kept.ContactId);
            kept.Ids.ShouldBe([one.ContactId, two.ContactId], ignoreOrder: true);
            await RemoveAsync(kept);
        }
    }

    [Fact]
    public async Task What_Is_Changed_While_The_Merge_Runs_Is_Not_Lost()
    {
        var (keep, merge) = await TwoAsync("b");
        // The kept one is about to get what the other one has.
        var held = _features.Gate.Hold($"replace {StorageNames.Contacts}");
        var running = Task.Run(() => MergeAsync(keep, merge));
        await held.Reached;
        var changed = (await Contacts.ReplaceAsync(
            merge with { Numbers = [.. merge.Numbers, "2222-0009"] }, merge, default)).ShouldNotBeNull();
        held.Release();

        (await running).Outcome.ShouldBe(MergeOutcome.Merged);

        var kept = (await GetAsync(keep.ContactId)).ShouldNotBeNull();
        kept.Numbers.ShouldContain("2222-0009");
        (await Contacts.ReplaceAsync(changed with { Name = "Tarde" }, changed, default))
            .ShouldBeNull("its version is not that of the row that leads to the kept one");
        var typed = new Contact
        {
            ContactId = keep.ContactId,
            Name = "Otro",
            Numbers = kept.Numbers,
            ETag = kept.ETag,
        };
        var edited = (await Contacts.ReplaceAsync(typed, kept, default)).ShouldNotBeNull();
        edited.Ids.ShouldBe(kept.Ids, "whoever changes a contact knows nothing of merges");
    }

    [Fact]
    public async Task A_Remembered_Choice_Of_The_Merged_One_Is_One_Of_The_Kept_One()
    {
        var (keep, merge) = await TwoAsync("b");
        var number = _features.Get<PhoneNumberParser>().Parse("7111-2222");
        await Choices.RememberAsync(number, merge.ContactId, _features.Clock.Now, default);
        var mergeId = (await MergeAsync(keep, merge)).Merge!.MergeId;

        (await FoundByAsync("71112222")).ShouldBe([keep.ContactId]);
        await UndoAsync(mergeId);
        (await FoundByAsync("71112222")).ShouldBe([merge.ContactId]);
    }

    [Fact]
    public async Task Who_Is_Deleted_Goes_With_All_That_Were_Merged_Into_Them()
    {
        var (keep, merge) = await TwoAsync("b");
        var mergeId = (await MergeAsync(keep, merge)).Merge!.MergeId;
        var kept = (await GetAsync(keep.ContactId)).ShouldNotBeNull();
        (await Contacts.DeleteAsync(kept, "another", default)).ShouldBeFalse();
        (await Contacts.ReadAsync(merge.ContactId, default)).ShouldNotBeNull();

        (await Contacts.DeleteAsync(kept, kept.ETag, default)).ShouldBeTrue();

        (await Contacts.ReadAsync(merge.ContactId, default)).ShouldBeNull();
        (await UndoAsync(mergeId)).Outcome.ShouldBe(UndoOutcome.NotFound);
        (await MergeAsync(keep, merge)).Outcome.ShouldBe(MergeOutcome.NoKept);
    }

    [Fact]
    public async Task A_Deletion_That_Another_Change_Overtakes_Leaves_Those_Who_Were_Merged()
    {
        var (keep, merge) = await TwoAsync("b");
        (await MergeAsync(keep, merge)).Outcome.ShouldBe(MergeOutcome.Merged);
        var kept = (await GetAsync(keep.ContactId)).ShouldNotBeNull();
        _features.Gate.Before($"delete {StorageNames.Contacts} ", async () =>
        {
            _features.Gate.Open();
            (await Contacts.ReplaceAsync(kept with { Name = "José R." }, kept, default)).ShouldNotBeNull();
        });

        (await Contacts.DeleteAsync(kept, kept.ETag, default)).ShouldBeFalse();

        (await GetAsync(merge.ContactId)).ShouldNotBeNull().Name.ShouldBe("José R.");
        (await UndoAsync((await Contacts.ReadAsync(merge.ContactId, default))!.Merge!.MergeId)).Outcome
            .ShouldBe(UndoOutcome.Undone);
    }

    [Fact]
    public async Task Not_More_Is_Merged_Than_A_List_Can_Ask_For_And_A_Contact_Can_Hold()
    {
        var keep = await _features.AddContactAsync("Central", "2222-0000");
        for (var i = 1; i < ContactMerge.MostContacts; i++)
        {
            var branch = await _features.AddContactAsync($"Sucursal {i}");
            (await MergeAsync(keep, branch)).Outcome.ShouldBe(MergeOutcome.Merged);
        }

        var more = await _features.AddContactAsync("Una más");
        (await MergeAsync(keep, more)).Outcome.ShouldBe(MergeOutcome.TooManyContacts);
        string[] many = [.. Enumerable.Range(0, 12).Select(i => $"4000-00{i:D2}")];
        var full = await _features.AddContactAsync("Llena", many);
        var other = await _features.AddContactAsync("Otra", [.. many.Select(number => number.Replace("4000", "4001"))]);
        (await MergeAsync(full, other)).Outcome.ShouldBe(MergeOutcome.TooLong);
    }

    [Fact]
    public async Task A_Merge_Can_Be_Undone_For_A_Day()
    {
        var (keep, merge) = await TwoAsync("b");
        var mergeId = (await MergeAsync(keep, merge)).Merge!.MergeId;
        _features.Clock.Now += ContactMerge.UndoableFor + TimeSpan.FromSeconds(1);
        (await UndoAsync(mergeId)).Outcome.ShouldBe(UndoOutcome.TooLate);
        _features.Clock.Now -= TimeSpan.FromSeconds(2);
        (await UndoAsync(mergeId)).Outcome.ShouldBe(UndoOutcome.Undone);
        (await UndoAsync("nobody")).Outcome.ShouldBe(UndoOutcome.NotFound);
        (await UndoAsync($"{keep.ContactId}~1")).Outcome.ShouldBe(UndoOutcome.NotFound);
    }

    [Fact]
    public async Task Nothing_Leads_To_What_Was_Merged_And_The_Repair_Has_Nothing_To_Do()
    {
        var (keep, merge) = await TwoAsync("b");
        await MergeAsync(keep, merge);
        var rows = (await _features.RowsAsync(StorageNames.ContactNumbers, "22220001")).Concat(
            await _features.RowsAsync(StorageNames.ContactNames, "all"));
        rows.ShouldNotContain(row => row.Key == merge.ContactId || row.Key.EndsWith("~" + merge.ContactId));
        (await Search.ListAsync(new PageRequest(50, null), default)).Items.ShouldHaveSingleItem();
        var duplicates = _features.Get<ContactDuplicates>();
        (await duplicates.FindAsync("Jose Rodriguez", "2222-0001", null, keep.ContactId, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_List_By_Contact_Takes_A_Query_For_Each_Of_Them_And_A_Read_For_Each_Call()
    {
        string[] numbers = ["88881111", "88882222", "88883333"];
        var all = new List<Contact>();
        foreach (var number in numbers)
        {
            all.Add(await _features.AddContactAsync($"Contacto {number}", number));
        }

        for (var i = 0; i < 15; i++)
        {
            await _features.ProcessAsync(
                $$$"""
                {"action":"callStart","data":{"callid":"m-{{{i:D2}}}","account_id":"8000001","endpoint_id":"ep-1",
                "ani":"{{{numbers[i % 3]}}}","dnis":"40001000","type":"in","detect_time":"2026-03-02 09:{{{i:D2}}}:00"}}
                """);
        }

        await MergeAsync(all[0], all[1]);
        await MergeAsync(all[0], all[2]);
        var kept = (await GetAsync(all[0].ContactId)).ShouldNotBeNull();
        var found = new List<string>();
        string? next = null;
        do
        {
            _features.Meter.Reset();
            var page = await _features.ListAsync(
                VisibleCalls.All("ana"),
                filter => filter with { ContactId = kept.ContactId, MergedIds = kept.Merged! },
                take: 4,
                next: next);
            found.AddRange(page.Items.Select(call => call.CallId));
            var asked = _features.Meter.Operations;
            asked.Count(operation => operation == $"query {StorageNames.CallIndex}").ShouldBe(3);
            asked.Count(operation => operation == $"get {StorageNames.Calls}").ShouldBe(page.Items.Count);
            next = page.Next;
        }
        while (next is not null);

        found.ShouldBe(Enumerable.Range(0, 15).Reverse().Select(i => $"m-{i:D2}"), "the newest first, each once");
        (await _features.Get<CallIndex>().FindLatestAsync(kept.Ids, default))
            .ShouldBe(new DateTimeOffset(2026, 3, 2, 15, 14, 0, TimeSpan.Zero));
    }

    private async Task<(Contact Keep, Contact Merge)> TwoAsync(string id)
    {
        var keep = await _features.AddContactAsync("José Rodríguez", "8888-1234");
        var merge = new Contact
        {
            ContactId = id,
            Name = "Jose Rodriguez",
            Numbers = ["88881234", "2222-0001"],
            Document = "1-0234-0567",
        };
        return (keep, (await Contacts.CreateAsync(merge, default)).ShouldNotBeNull());
    }

    private Task<MergeResult> MergeAsync(Contact keep, Contact merge, bool withVersions = false) => Merges.MergeAsync(
        keep.ContactId,
        merge.ContactId,
        withVersions ? keep.ETag : null,
        withVersions ? merge.ETag : null,
        "sofia",
        default);

    private Task<UndoResult> UndoAsync(string mergeId) => Merges.UndoAsync(mergeId, default);

    private static async Task<T?> TryAsync<T>(Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (StorageException)
        {
            return null;
        }
    }

    private async Task<Contact?> GetAsync(string id) => await Contacts.GetAsync(id, default);

    private async Task RemoveAsync(Contact contact) =>
        (await Contacts.DeleteAsync(contact, null, default)).ShouldBeTrue();

    private async Task<IReadOnlyList<string>> SearchAsync(string query) =>
    [
        .. (await Search.SearchAsync(query, new PageRequest(50, null), default))
            .Items.Select(contact => contact.ContactId),
    ];

    private async Task<IReadOnlyList<string>> FoundByAsync(string number)
    {
        var parsed = _features.Get<PhoneNumberParser>().Parse(number);
        var found = await _features.Get<ContactMatcher>().FindAsync(parsed, default);
        return [.. found.Select(match => match.Contact.ContactId)];
    }
}
