using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Sweeping;

/// <summary>How a repair goes through the tables: some rows at a time, continuing where it stopped.</summary>
public sealed class IndexRepairTests : IAsyncLifetime
{
    private const int Contacts = 450;

    private Features _features = null!;

    private IndexRepair Repair => _features.Get<IndexRepair>();

    private ITable Names => _features.Get<ITables>()[StorageNames.ContactNames];

    public async Task InitializeAsync()
    {
        _features = await Features.StartAsync();
        Repair.Patience = TimeSpan.Zero;
        await Task.WhenAll(Enumerable.Range(0, Contacts)
            .Select(i => _features.AddContactAsync($"Mora {i:D3}", $"2222{i:D4}")));
        // The last one by name; its id is somewhere in the middle.
        await Names.DeleteAsync("w~m", (await NameRowsAsync())[^1].Key, null, default);
        await AddAstrayAsync();
    }

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task Some_Rows_At_A_Time_Are_All_Rows_In_The_End()
    {
        var pages = new List<IndexRepairPage>();
        RepairPosition? from = null;
        do
        {
            pages.Add(await Repair.RunAsync(from, rows: 1, TimeSpan.FromMinutes(1), default));
            from = pages[^1].Next is { } next
                ? RepairPosition.Parse(next, _features.GetAll<IIndexedTable>()).ShouldNotBeNull() : null;
        }
        while (from is not null);

        pages.Count.ShouldBeInRange(10, 30);
        pages.ShouldAllBe(page => page.Items.Sum(table => table.Records + table.IndexRows) <= 200);
        var contacts = pages.SelectMany(page => page.Items)
            .Where(table => table.Table == StorageNames.Contacts).ToList();
        contacts.Sum(table => table.Records).ShouldBe(Contacts);
        // The number, the name in the list, two words, and two parts of the number. One row is missing, and one leads
        // nowhere.
        contacts.Sum(table => table.IndexRows).ShouldBe(6 * Contacts + 1);
        (contacts.Sum(table => table.Written), contacts.Sum(table => table.LeadNowhere)).ShouldBe((1, 1));
        (await NameRowsAsync()).Count.ShouldBe(Contacts + 1, "what leads nowhere is left to the night");
    }

    [Fact]
    public async Task A_Run_Without_Time_Looks_At_One_Page_And_The_Next_Goes_On()
    {
        var page = await Repair.RunAsync(null, rows: 5000, TimeSpan.Zero, default);

        page.Items.ShouldHaveSingleItem().Table.ShouldBe(StorageNames.Agents);
        page.Next.ShouldNotBeNull();
    }

    [Fact]
    public async Task At_Night_It_Goes_Over_Each_Table_Once_A_Week()
    {
        var night = new NightlySweep(_features.Get<Lazy<Sweeper>>(), Repair);
        var job = new Job { JobId = "night", Kind = night.Kind, CreatedAt = default, MovedAt = default, Payload = "{}" };
        var runs = 0;
        do
        {
            await night.RunAsync(job, default);
            runs++;
            _features.Meter.Reset();
            await night.RunAsync(job, default);
        }
        while (_features.Meter.Operations.Any(operation => operation != "get sweeps"));

        runs.ShouldBeLessThan(8);
        (await NameRowsAsync()).Count.ShouldBe(Contacts);
        (await NameRowsAsync()).ShouldNotContain(row => row.Key == "mora~gone");

        await AddAstrayAsync();
        for (var day = 0; day < 7; day++)
        {
            await night.RunAsync(job, default);
            (await NameRowsAsync()).ShouldContain(row => row.Key == "mora~gone", $"it rests on day {day}");
            _features.Clock.Now += TimeSpan.FromDays(1);
        }

        for (var run = 0; run < 2 * runs; run++)
        {
            await night.RunAsync(job, default);
        }

        (await NameRowsAsync()).ShouldNotContain(row => row.Key == "mora~gone");
    }

    [Fact]
    public async Task A_Run_At_Night_That_Ends_In_Between_Goes_On_With_The_Next()
    {
        while (!await Repair.RunAtNightAsync(TimeSpan.Zero, default))
        {
            // With no time, a run does one page of each table.
        }

        (await NameRowsAsync()).Count.ShouldBe(Contacts);
        (await NameRowsAsync()).ShouldNotContain(row => row.Key == "mora~gone");
    }

    [Fact]
    public async Task A_Run_At_Night_That_Breaks_Off_Loses_Nothing_That_It_Found()
    {
        _features.Meter.CrashAt($"delete {StorageNames.ContactNames}");
        await Should.ThrowAsync<CrashException>(() => RunUntilThroughAsync());
        _features.Meter.Recover();

        await RunUntilThroughAsync();

        (await NameRowsAsync()).Count.ShouldBe(Contacts);
        (await NameRowsAsync()).ShouldNotContain(row => row.Key == "mora~gone");
    }

    [Fact]
    public async Task What_Leads_Nowhere_Is_Removed_Only_Where_It_Does_So_Some_Minutes_Later()
    {
        Repair.Patience = TimeSpan.FromMinutes(2);
        await RunTenTimesAsync();

        (await NameRowsAsync()).ShouldContain(row => row.Key == "mora~gone");

        // Whoever creates the record has written its index rows first.
        await AddAstrayAsync();
        _features.Clock.Now += Repair.Patience;
        await RunUntilThroughAsync(Repair.Patience);

        (await NameRowsAsync()).ShouldContain(row => row.Key == "mora~gone", "it was touched meanwhile");
        _features.Clock.Now += TimeSpan.FromDays(7);
        await RunUntilThroughAsync(Repair.Patience);
        (await NameRowsAsync()).ShouldNotContain(row => row.Key == "mora~gone");
    }

    [Fact]
    public async Task However_Many_Lead_Nowhere_All_Go_In_The_Same_Night()
    {
        for (var i = 0; i < (2 * IndexRepair.MostFound) + 1; i++)
        {
            await Names.UpsertAsync(
                new Row("w~m", $"mora~gone{i:D3}").Set("contactId", $"gone{i:D3}").Set("words", "mora"), default);
        }

        await RunUntilThroughAsync();

        (await NameRowsAsync()).Count.ShouldBe(Contacts);
        (await NameRowsAsync()).ShouldNotContain(row => row.Key.StartsWith("mora~gone", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Clock_A_Minute_Behind_Removes_Nothing_Early_And_One_That_Was_Set_Back_Keeps_Nothing()
    {
        Repair.Patience = TimeSpan.FromMinutes(2);
        await RunTenTimesAsync();

        // Another instance, whose clock is behind, runs next.
        _features.Clock.Now -= TimeSpan.FromSeconds(60);
        await RunTenTimesAsync();
        (await NameRowsAsync()).ShouldContain(row => row.Key == "mora~gone");

        _features.Clock.Now -= TimeSpan.FromSeconds(1);
        await RunUntilThroughAsync();
        (await NameRowsAsync()).ShouldNotContain(row => row.Key == "mora~gone");
    }

    [Fact]
    public async Task What_A_Clock_That_Was_Ahead_Has_Checked_Rests_No_Longer_Once_It_Was_Set_Back()
    {
        await RunUntilThroughAsync();
        await AddAstrayAsync();

        // Another instance, whose clock is behind, runs next.
        _features.Clock.Now -= TimeSpan.FromSeconds(60);
        await RunUntilThroughAsync();
        (await NameRowsAsync()).ShouldContain(row => row.Key == "mora~gone", "it rests");

        _features.Clock.Now -= TimeSpan.FromDays(400);
        await RunUntilThroughAsync();
        (await NameRowsAsync()).ShouldNotContain(row => row.Key == "mora~gone");
    }

    [Fact]
    public async Task Rows_Of_Partitions_That_A_Later_Release_Made_Are_Left()
    {
        var call = new Row("site~north", "later").Set("json", "{\"callId\":\"gone\",\"account\":\"8000001\"}");
        var later = new (string Table, Row Row)[]
        {
            (StorageNames.CallIndex, call),
            (StorageNames.Mappings, new Row("team~north", "gone").Set("endpointId", "gone")),
            (StorageNames.Mappings, new Row("team~north", "ep-1").Set("endpointId", "ep-1")),
            (StorageNames.FollowUps, new Row("team~north", "gone").Set("followUpId", "gone")),
            (StorageNames.ContactNames, new Row("company~acme", "gone").Set("contactId", "gone")),
            (StorageNames.ContactNumbers, new Row("team~north", "gone")),
        };
        foreach (var (table, row) in later)
        {
            await _features.Get<ITables>()[table].UpsertAsync(row, default);
        }

        while (!await Repair.RunAtNightAsync(TimeSpan.FromMinutes(1), default))
        {
            // The next run continues.
        }

        foreach (var (table, row) in later)
        {
            (await _features.RowsAsync(table, row.Partition))
                .ShouldContain(left => left.Key == row.Key, $"{table} {row.Key}");
        }

        (await NameRowsAsync()).ShouldNotContain(row => row.Key == "mora~gone");
    }

    [Fact]
    public async Task A_Row_That_Can_Not_Be_Read_Is_Left_And_Told()
    {
        var contacts = _features.Get<ITables>()[StorageNames.Contacts];
        await contacts.UpsertAsync(new Row("later", "contact").Set("json", "{\"contactId\":1}"), default);
        await Names.UpsertAsync(new Row("all", "later~later").Set("contactId", "later"), default);

        var page = await Repair.RunAsync(null, rows: 100_000, TimeSpan.FromMinutes(1), default);

        page.Next.ShouldBeNull();
        var found = page.Items.Single(table => table.Table == StorageNames.Contacts);
        (found.Unreadable, found.Written, found.LeadNowhere).ShouldBe((2, 1, 1));
        (await Names.GetAsync("all", "later~later", default)).ShouldNotBeNull();
    }

    private async Task AddAstrayAsync() =>
        await Names.UpsertAsync(new Row("w~m", "mora~gone").Set("contactId", "gone").Set("words", "mora"), default);

    /// <summary>None of the runs is the last one.</summary>
    private async Task RunTenTimesAsync()
    {
        for (var run = 0; run < 10; run++)
        {
            (await Repair.RunAtNightAsync(TimeSpan.FromMinutes(1), default)).ShouldBeFalse();
        }
    }

    private async Task RunUntilThroughAsync(TimeSpan between = default)
    {
        while (!await Repair.RunAtNightAsync(TimeSpan.FromMinutes(1), default))
        {
            // A run checks a part of a large table.
            _features.Clock.Now += between;
        }
    }

    private async Task<IReadOnlyList<Row>> NameRowsAsync() =>
        await _features.RowsAsync(StorageNames.ContactNames, "w~m");
}
