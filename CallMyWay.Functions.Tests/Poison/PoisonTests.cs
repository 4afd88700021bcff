using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Poison;

/// <summary>What an administrator can do with poison messages, on a whole host.</summary>
public abstract class PoisonTests(TestStorage storage) : IAsyncLifetime
{
    private const string Queue = StorageNames.CallEvents;

    private TestHost _host = null!;

    private HttpClient _admin = null!;

    private Row _mapping = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(storage, new() { Settings = ["--Queues:RetryDelay", "00:00:00"] });
        _admin = await _host.SignInAsync("admin");
        _mapping = (await Mappings.GetAsync("endpoint", "1001", default)).ShouldNotBeNull();
    }

    public async Task DisposeAsync() => await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);

    private ITable Mappings => _host.Get<ITables>()[StorageNames.Mappings];

    [SkippableFact]
    public async Task A_Message_That_Failed_Five_Times_Is_Listed_And_Replayed_After_The_Cause_Is_Fixed()
    {
        using var ana = await _host.SignInAsync("ana");
        await using var screen = await TestScreen.OpenAsync(_host, ana);
        await PoisonAsync("poison-1");

        var list = (await _admin.ReadAsync("/api/poison")).ShouldNotBeNull();
        list.GetProperty("queues")[0].Text("queue").ShouldBe(Queue);
        list.GetProperty("queues")[0].GetProperty("count").GetInt32().ShouldBe(1);
        list.Text("next").ShouldBeNull();
        var message = list.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        message.Text("queue").ShouldBe(Queue);
        message.Text("preview").ShouldNotBeNull().ShouldContain("poison-1");
        message.GetProperty("insertedAt").GetDateTimeOffset()
            .ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(-10), DateTimeOffset.UtcNow.AddSeconds(2));

        // Replayed before the cause is fixed, it fails five times again and returns.
        (await ReplayAsync(message.Text("id")!)).ShouldBe(HttpStatusCode.NoContent);
        var again = await NextPoisonAsync();
        again.Text("preview").ShouldBe(message.Text("preview"));

        await MendAsync();
        (await ReplayAsync(again.Text("id")!)).ShouldBe(HttpStatusCode.NoContent);

        var (name, popUp) = await screen.NextOfAsync("poison-1");
        (name, popUp.Text("agentId")).ShouldBe(("popUp", "ana"));
        (await _admin.ItemsAsync("/api/poison")).ShouldBeEmpty();
        (await ReplayAsync(again.Text("id")!)).ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task A_Poison_Body_That_Is_No_Text_Is_Kept_Byte_For_Byte_And_Can_Be_Replayed()
    {
        byte[] body = [.. """{"action":"callStart","data":{"callid":"latin-1","account_id":"8000001","endpoint_id":"1001","ani":"88881234","name":"Jos"""u8, 0xE9, .. "\",\"type\":\"in\"}}"u8];
        await BreakAsync();
        using var nobody = _host.Anonymous();
        using var content = new ByteArrayContent(body);
        (await nobody.PostAsync(_host.Webhook, content)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var message = await NextPoisonAsync();

        JsonDocument.Parse(message.Text("preview")!).RootElement.Text("bodyBase64")
            .ShouldBe(Convert.ToBase64String(body));
        await MendAsync();
        (await ReplayAsync(message.Text("id")!)).ShouldBe(HttpStatusCode.NoContent);
        await Eventually.TrueAsync(async () => await _admin.ReadAsync("/api/calls/latin-1") is not null);
    }

    [SkippableFact]
    public async Task Poison_Messages_Are_Listed_In_Pages_And_Replayed_All_Together()
    {
        await PoisonAsync("many-1", "many-2", "many-3", "many-4", "many-5");

        (await AllAsync(2)).Order(StringComparer.Ordinal).ShouldBe(["many-1", "many-2", "many-3", "many-4", "many-5"]);
        await MendAsync();
        var (status, body) = await _admin.AskAsync(HttpMethod.Post, $"/api/poison-replays/{Queue}");

        status.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("replayed").GetInt32().ShouldBe(5);
        body.GetProperty("left").GetInt32().ShouldBe(0);
        foreach (var callId in new[] { "many-1", "many-2", "many-3", "many-4", "many-5" })
        {
            await Eventually.TrueAsync(async () => await _admin.ReadAsync($"/api/calls/{callId}") is not null);
        }
    }

    [SkippableFact]
    public async Task The_Pages_Go_From_Queue_To_Queue()
    {
        // Two of each queue, in the order in which they are listed.
        string[] names =
            [.. Enumerable.Range(0, 2 * StorageNames.Queues.Count).Select(i => $"many-{(char)('a' + i)}")];
        // What was set aside first is in the queue that is listed last.
        foreach (var (queue, ofQueue) in StorageNames.Queues.Zip(names.Chunk(2)).Reverse())
        {
            foreach (var name in ofQueue)
            {
                await _host.Get<IQueue>().SendAsync(
                    queue + StorageNames.PoisonSuffix, $"\"{name}\"", null, default);
            }
        }

        (await AllAsync(2)).ShouldBe(names);
        (await AllAsync(3)).Count().ShouldBe(names.Length);
    }

    [SkippableFact]
    public async Task A_Deleted_Message_Is_Gone_And_The_Log_Says_Who_Did_It()
    {
        await PoisonAsync("delete-1");
        var id = (await NextPoisonAsync()).Text("id")!;

        (await _admin.AskAsync(HttpMethod.Delete, $"/api/poison/{Queue}/{id}"))
            .Status.ShouldBe(HttpStatusCode.NoContent);
        (await _admin.AskAsync(HttpMethod.Delete, $"/api/poison/{Queue}/{id}"))
            .Status.ShouldBe(HttpStatusCode.NotFound);

        (await _admin.ItemsAsync("/api/poison")).ShouldBeEmpty();
        // Nothing else is left of it.
        (await _admin.ItemsAsync("/api/audit?what=poison.deleted")).ShouldHaveSingleItem()
            .GetProperty("before").Text("preview").ShouldNotBeNull().ShouldContain("delete-1");
        _host.Log.Entries().ShouldContain(
            entry => entry.StartsWith($"admin deleted the poison message {id} of {Queue}.", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("POST", "poison/timers/1/replay")]
    [InlineData("POST", "poison/call-events-poison/1/replay")]
    [InlineData("DELETE", "poison/..%2Fcall-events/1")]
    [InlineData("POST", "poison-replays/nothing")]
    public async Task An_Unknown_Queue_Is_Not_Found(string method, string path)
    {
        var (status, problem) = await _admin.AskAsync(HttpMethod.Parse(method), $"/api/{path}");

        status.ShouldBe(HttpStatusCode.NotFound);
        problem.Text("title").ShouldNotBeNullOrEmpty();
    }

    /// <summary>Breaks data that the processing of the call reads, so that it fails each time.</summary>
    private async Task BreakAsync() =>
        await Mappings.UpsertAsync(new Row("endpoint", "1001").Set("json", "{"), default);

    private async Task PoisonAsync(params string[] callIds)
    {
        await BreakAsync();
        using var nobody = _host.Anonymous();
        foreach (var callId in callIds)
        {
            using var response = await nobody.PostAsJsonAsync(
                _host.Webhook, DemoHost.Notification("callStart", callId));
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await Eventually.TrueAsync(
            async () => (await _admin.ItemsAsync("/api/poison")).Count == callIds.Length,
            () => "the messages to be given up");
    }

    private async Task MendAsync() => await Mappings.UpsertAsync(_mapping, default);

    private async Task<HttpStatusCode> ReplayAsync(string id) =>
        (await _admin.AskAsync(HttpMethod.Post, $"/api/poison/{Queue}/{id}/replay")).Status;

    private async Task<JsonElement> NextPoisonAsync()
    {
        IReadOnlyList<JsonElement> items = [];
        await Eventually.TrueAsync(async () => (items = await _admin.ItemsAsync("/api/poison")).Count == 1);
        return items[0];
    }

    private async Task<IEnumerable<string>> AllAsync(int take)
    {
        var found = new List<string>();
        string? next = null;
        do
        {
            var page = (await _admin.ReadAsync($"/api/poison?take={take}&next={next}")).ShouldNotBeNull();
            page.GetProperty("items").GetArrayLength().ShouldBeLessThanOrEqualTo(take);
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(
                item => item.Text("preview")!.Split("many-") is [_, var rest, ..] ? "many-" + rest[0] : "?"));
            next = page.Text("next");
        }
        while (next is not null);
        return found;
    }
}

public sealed class PoisonTestsOnSqlite() : PoisonTests(TestStorage.Sqlite);

public sealed class PoisonTestsOnAzurite() : PoisonTests(TestStorage.Azurite);
