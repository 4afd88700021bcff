using CallMyWay.Functions.Api;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Tests.Audit;

/// <summary>What lists of entries find, and what they cost.</summary>
public sealed class AuditStoreTests : IAsyncLifetime
{
    private Features _features = null!;

    private AuditStore Store => _features.Get<AuditStore>();

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task An_Entry_Is_One_Write_And_A_Page_One_Query_However_It_Is_Filtered()
    {
        _features.Meter.Reset();
        await WriteAsync("admin", "mapping.changed", "1001", 120);
        _features.Meter.Operations.ShouldAllBe(operation => operation == "insert audit");
        _features.Meter.Operations.Count.ShouldBe(120);
        await WriteAsync("sofia", "contact.deleted", "c-1", 1);
        await WriteAsync("admin", "mapping.deleted", "1002", 120);

        foreach (var (filter, items) in new (AuditFilter, int)[]
        {
            (None, 100),
            (None with { Who = "sofia" }, 1),
            (None with { What = "contact" }, 1),
            (None with { What = "mapping.deleted" }, 100),
            (None with { Id = "c-1", Who = "admin" }, 0),
        })
        {
            _features.Meter.Reset();
            var read = _features.Meter.RowsRead;
            (await Store.ListAsync(filter, new PageRequest(100, null), default)).Items.Count.ShouldBe(items);
            _features.Meter.Operations.ShouldBe(["query audit"]);
            (_features.Meter.RowsRead - read).ShouldBeLessThanOrEqualTo(101);
        }
    }

    [Fact]
    public async Task Pages_Follow_Each_Other_From_The_Newest_Without_Gap_And_New_Entries_Do_Not_Shift_Them()
    {
        await WriteAsync("admin", "mapping.changed", "old", 25);
        var ids = new List<string>();
        PageToken? after = null;
        do
        {
            var page = await Store.ListAsync(None with { Id = "old" }, new PageRequest(10, after), default);
            page.LookedUntil.ShouldBeNull();
            ids.AddRange(page.Items.Select(entry => entry.EntryId));
            page.Items.Select(entry => entry.At).ShouldBeInOrder(SortDirection.Descending);
            await WriteAsync("admin", "mapping.changed", "old", 1);
            after = TokenOf(page);
        }
        while (after is not null);

        ids.Distinct().Count().ShouldBe(25);
        ids.Count.ShouldBe(25);
    }

    [Fact]
    public async Task A_Rare_Entry_Is_Looked_For_In_Steps_And_Each_Says_How_Far_It_Came()
    {
        await WriteAsync("sofia", "contact.deleted", "rare", 1);
        var rare = _features.Clock.Now;
        await WriteAsync("admin", "mapping.changed", "many", 120);
        Store.MostLooked = 50;

        var page = await Store.ListAsync(None with { Who = "sofia" }, new PageRequest(10, null), default);
        page.Items.ShouldBeEmpty();
        page.LookedUntil.ShouldNotBeNull().ShouldBeInRange(rare, _features.Clock.Now);
        var steps = 1;
        while (page.Items.Count == 0)
        {
            page = await Store.ListAsync(None with { Who = "sofia" }, new PageRequest(10, TokenOf(page)), default);
            steps++;
        }

        page.Items.ShouldHaveSingleItem().Id.ShouldBe("rare");
        steps.ShouldBeInRange(3, 4);
    }

    [Fact]
    public async Task The_Times_Bound_The_List()
    {
        var times = new List<DateTimeOffset>();
        for (var i = 0; i < 5; i++)
        {
            await WriteAsync("admin", "mapping.changed", $"at-{i}", 1);
            times.Add(_features.Clock.Now);
        }

        (await IdsAsync(None with { From = times[1] })).ShouldBe(["at-4", "at-3", "at-2", "at-1"]);
        (await IdsAsync(None with { To = times[3] })).ShouldBe(["at-2", "at-1", "at-0"]);
        (await IdsAsync(None with { From = times[1], To = times[3], What = "mapping" })).ShouldBe(["at-2", "at-1"]);
    }

    [Fact]
    public async Task One_And_Several_Are_The_Same_Thing()
    {
        await WriteAsync("admin", "mapping.changed", "one", 1);
        await WriteAsync("admin", "mappings.imported", "several", 1);
        await WriteAsync("admin", "outcomes.changed", "outcomes", 1);

        (await IdsAsync(None with { What = "mapping" })).ShouldBe(["several", "one"]);
        (await IdsAsync(None with { What = "mappings" })).ShouldBe(["several", "one"]);
        (await IdsAsync(None with { What = "outcomes" })).ShouldBe(["outcomes"]);
        (await IdsAsync(None with { What = "mappings.changed" })).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Page_Token_Newer_Than_The_Span_Begins_At_The_Spans_End()
    {
        for (var i = 0; i < 3; i++)
        {
            await WriteAsync("admin", "mapping.changed", $"at-{i}", 1);
        }

        var newest = await Store.ListAsync(None, new PageRequest(1, null), default);
        var filter = None with { To = _features.Clock.Now.AddSeconds(-1) };

        (await Store.ListAsync(filter, new PageRequest(10, TokenOf(newest)), default)).Items
            .Select(entry => entry.Id).ShouldBe(["at-0"]);
    }

    [Fact]
    public async Task An_Erased_Entry_Is_Found_As_Before()
    {
        await WriteAsync("admin", "contact.changed", "c-1", 1);
        var row = (await _features.RowsAsync(StorageNames.Audit, AuditStore.Partition)).ShouldHaveSingleItem();
        (await Store.EraseAsync(row, _features.Clock.Now, null, default)).ShouldBeTrue();

        foreach (var filter in new[]
        {
            None with { Who = "admin" }, None with { What = "contact" }, None with { What = "contact.changed" },
            None with { Id = "c-1" },
        })
        {
            (await IdsAsync(filter)).ShouldBe(["c-1"], filter.ToString());
        }
    }

    [Fact]
    public async Task An_Address_Of_The_Older_Form_Is_Written_As_Such()
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = System.Net.IPAddress.Parse("::ffff:192.0.2.7");

        await _features.Get<AuditLog>().WriteAsync(
            context.Request, new AuditChange("mapping.changed", "1001", null, null), default);

        (await Store.ListAsync(None, new PageRequest(1, null), default)).Items.ShouldHaveSingleItem()
            .Address.ShouldBe("192.0.2.7");
    }

    private static AuditFilter None => new(null, null, null, null, null);

    private async Task<IEnumerable<string>> IdsAsync(AuditFilter filter) =>
        (await Store.ListAsync(filter, new PageRequest(100, null), default)).Items.Select(entry => entry.Id);

    private static PageToken? TokenOf(AuditPage page) =>
        page.Next is not null && PageToken.TryParse(page.Next, out var token) ? token : null;

    private async Task WriteAsync(string who, string what, string id, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _features.Clock.Now += TimeSpan.FromSeconds(1);
            await _features.Get<AuditLog>().WriteAsync(who, new AuditChange(what, id, null, null), default);
        }
    }
}
