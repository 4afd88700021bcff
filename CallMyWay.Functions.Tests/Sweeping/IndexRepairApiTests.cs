using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Sweeping;

/// <summary>The API of the index repair.</summary>
public abstract class IndexRepairApiTests(TestStorage storage) : IAsyncLifetime
{
    private const string Jose = "demo-01";

    private TestHost _host = null!;

    private HttpClient _admin = null!;

    private HttpClient _ana = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(storage);
        _host.Get<IndexRepair>().Patience = TimeSpan.Zero;
        _admin = await _host.SignInAsync("admin");
        _ana = await _host.SignInAsync("ana");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task A_Repaired_Record_Is_In_Its_Lists_Again()
    {
        var callId = await _host.RingAsync(_ana, "88881234");
        var followUp = new { dueAt = DateTimeOffset.UtcNow.AddDays(1), note = "Devolver" };
        var promise = new { amount = 100, currency = "CRC", dueAt = DateTimeOffset.UtcNow.AddDays(1) };
        var wrapUp = new { outcome = "promise-to-pay", followUp, promise };
        (await _ana.SendJsonAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up", wrapUp)).Status.ShouldBe(200);
        var eva = new { name = "Eva", roles = new[] { "agent" }, signInName = "eva@office.example" };
        (await _admin.AskAsync(HttpMethod.Put, "/api/agents/eva", eva)).Status.ShouldBe(HttpStatusCode.Created);
        var lists = new[]
        {
            "/api/me", "/api/calls", $"/api/contacts/{Jose}/calls",
            "/api/follow-ups", $"/api/follow-ups?contact={Jose}",
            "/api/promises", $"/api/promises?contact={Jose}",
            "/api/contacts?phone=88881234", "/api/contacts?query=rodriguez", "/api/contacts?take=500",
        };
        var before = await ReadAsync(lists);
        foreach (var (table, partition) in new[]
        {
            (StorageNames.Mappings, "agent~ana"), (StorageNames.Mappings, "phone~_2B50640001001"),
            (StorageNames.CallIndex, "agent~ana"), (StorageNames.CallIndex, $"contact~{Jose}"),
            (StorageNames.FollowUps, "agent~ana"), (StorageNames.FollowUps, $"contact~{Jose}"),
            (StorageNames.Promises, "agent~ana"), (StorageNames.Promises, $"contact~{Jose}"),
            (StorageNames.ContactNumbers, "88881234"), (StorageNames.ContactNames, "w~r"),
            (StorageNames.ContactNames, "all"),
            (StorageNames.Agents, "signin"),
        })
        {
            await DeleteAllAsync(table, partition);
        }

        (await ReadAsync(lists)).Zip(before).ShouldAllBe(pair => pair.First != pair.Second);

        var (tables, next) = await RepairAsync();

        next.ShouldBeNull();
        tables.Select(table => table.Text("table"))
            .ShouldBe(["agents", "calls", "contacts", "followups", "mappings", "promises"]);
        tables.ShouldAllBe(table => table.GetProperty("written").GetInt32() > 0);
        tables.ShouldAllBe(table => table.GetProperty("removed").GetInt32() == 0);
        (await ReadAsync(lists)).ShouldBe(before);
        var another = new { name = "Otra", roles = new[] { "agent" }, signInName = "eva@office.example" };
        (await _admin.AskAsync(HttpMethod.Put, "/api/agents/another", another))
            .Status.ShouldBe(HttpStatusCode.BadRequest);
        await ShouldFindNothingAsync();
    }

    [SkippableFact]
    public async Task Index_Rows_Without_Or_Of_The_Wrong_Record_Are_Removed()
    {
        var callId = await _host.RingAsync(_ana, "88881234");
        await ShouldFindNothingAsync();
        var hers = await Table(StorageNames.CallIndex).ReadAsync(new RowRange("agent~ana"), default);
        var call = hers.ShouldHaveSingleItem();
        var astray = new (string Table, Row Row)[]
        {
            (StorageNames.Mappings, new Row("agent~luis", "1001").Set("endpointId", "1001")),
            (StorageNames.Mappings, new Row("agent~luis", "gone").Set("endpointId", "gone")),
            (StorageNames.Agents, new Row("signin", "old-name").Set("agentId", "ana")),
            (StorageNames.Agents, new Row("signin", "gone").Set("agentId", "gone")),
            (StorageNames.ContactNumbers, new Row("22223333", Jose)),
            (StorageNames.ContactNames, Named("w~z", $"zoe~{Jose}", Jose).Set("words", "zoe")),
            (StorageNames.ContactNames, Named("all", "zoe~gone", "gone")),
            (StorageNames.CallIndex, new Row("agent~luis", call.Key).Set("json", call.Text("json"))),
            (StorageNames.FollowUps, new Row("agent~ana", "0000000000000000001~gone").Set("followUpId", "gone")),
            (StorageNames.Promises, new Row("agent~ana", "0000000000000000001~gone").Set("promiseId", "gone")),
        };
        // A remembered choice is no index row, although it is stored among them.
        var chosen = new Row("22223333", "~_2B50622223333").Set("contactId", Jose);
        await Table(StorageNames.ContactNumbers).UpsertAsync(chosen, default);
        foreach (var (table, row) in astray)
        {
            await Table(table).UpsertAsync(row, default);
        }

        var (tables, _) = await RepairAsync();

        tables.Select(table => table.GetProperty("removed").GetInt32()).ShouldBe([1, 1, 2, 0, 1, 0]);
        tables.Select(table => table.GetProperty("leadNowhere").GetInt32()).ShouldBe([1, 0, 1, 1, 1, 1]);
        // A record that is being created has its index rows first, so index rows without a record are left to the
        // nightly run.
        foreach (var (table, row) in astray.Where(each => each.Row.Key.Contains("gone", StringComparison.Ordinal)))
        {
            (await Table(table).GetAsync(row.Partition, row.Key, default)).ShouldNotBeNull(row.Key);
        }

        while (!await _host.Get<IndexRepair>().RunAtNightAsync(TimeSpan.FromMinutes(1), default))
        {
            // What leads nowhere is removed by the run after the one that has found it.
        }

        foreach (var (table, row) in astray)
        {
            (await Table(table).GetAsync(row.Partition, row.Key, default)).ShouldBeNull($"{row.Partition} {row.Key}");
        }

        (await Table(StorageNames.ContactNumbers).GetAsync(chosen.Partition, chosen.Key, default)).ShouldNotBeNull();
        (await _ana.ReadAsync($"/api/calls/{callId}")).ShouldNotBeNull();
        await ShouldFindNothingAsync();
    }

    [SkippableFact]
    public async Task Two_Agents_With_One_Sign_In_Name_Are_Reported_And_Kept()
    {
        var row = (await Table(StorageNames.Agents).GetAsync("agent", "ana", default)).ShouldNotBeNull();
        var json = row.Text("json")!.Replace("\"agentId\":\"ana\"", "\"agentId\":\"other\"", StringComparison.Ordinal);
        await Table(StorageNames.Agents).UpsertAsync(new Row("agent", "other").Set("json", json), default);

        var (tables, _) = await RepairAsync();

        tables[0].GetProperty("conflicts").GetInt32().ShouldBe(1);
        (await _admin.ItemsAsync("/api/agents")).Count(agent => agent.Text("signInName") == "ana").ShouldBe(2);
        (await _ana.ReadAsync("/api/me")).ShouldNotBeNull();
    }

    [SkippableTheory]
    [InlineData("x")]
    [InlineData("%20")]
    [InlineData("YWdlbnRz")]
    [InlineData("bm90aGluZyBub3RoaW5nIGEgYg")]
    public async Task An_Invalid_Next_Is_Refused(string next)
    {
        var (status, problem) = await _admin.AskAsync(HttpMethod.Post, $"/api/index-repairs?next={next}");

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().ShouldBe(["next"]);
    }

    private async Task<(IReadOnlyList<JsonElement> Tables, string? Next)> RepairAsync()
    {
        var (status, answer) = await _admin.AskAsync(HttpMethod.Post, "/api/index-repairs");
        status.ShouldBe(HttpStatusCode.OK);
        return ([.. answer.GetProperty("items").EnumerateArray()], answer.Text("next"));
    }

    private async Task ShouldFindNothingAsync()
    {
        var (tables, _) = await RepairAsync();
        foreach (var table in tables)
        {
            foreach (var what in new[] { "written", "removed", "leadNowhere", "conflicts", "unreadable" })
            {
                table.GetProperty(what).GetInt32().ShouldBe(0, $"{table.Text("table")}: {what}");
            }
        }
    }

    private async Task<IReadOnlyList<string>> ReadAsync(string[] lists)
    {
        var answers = new List<string>();
        foreach (var list in lists)
        {
            // A rewritten row has another version.
            answers.Add(System.Text.RegularExpressions.Regex.Replace(
                await _ana.GetStringAsync(list), "\"etag\":\"[^,]*\"", ""));
        }

        return answers;
    }

    private static Row Named(string partition, string key, string contactId) =>
        new Row(partition, key).Set("contactId", contactId);

    private async Task DeleteAllAsync(string table, string partition)
    {
        var rows = await Table(table).ReadAsync(new RowRange(partition), default);
        rows.ShouldNotBeEmpty($"{table} {partition}");
        await Table(table).DeleteManyAsync(rows, default);
    }

    private ITable Table(string name) => _host.Get<ITables>()[name];
}

public sealed class IndexRepairApiTestsOnSqlite() : IndexRepairApiTests(TestStorage.Sqlite);

public sealed class IndexRepairApiTestsOnAzurite() : IndexRepairApiTests(TestStorage.AzuriteInTheLongRun);
