using System.Net.Http.Json;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Supervision;
using CallMyWay.Functions.Tests.Infrastructure;
using Xunit.Abstractions;

namespace CallMyWay.Functions.Tests.Desk;

/// <summary>
/// What the console's requests cost in table operations. On Azure each operation is a billed transaction, and
/// "What it costs" in docs/azure.md is worked out from these figures.
/// </summary>
public sealed class ConsoleCostTests(ITestOutputHelper output) : IAsyncLifetime
{
    // Numbers that no contact of the demo has.
    private const string Known = "22110088";
    private const string Stranger = "22110099";

    // When the webhook was used is written once a minute, beside the calls. Whether a CRM is asked who calls is read
    // once in ten seconds, beside a call too.
    private static readonly string[] Shared =
        [.. StorageNames.Tables.Except([StorageNames.WebhookUse, StorageNames.ContactLookup])];

    private readonly StorageMeter _meter = new();

    private readonly List<string> _otherwise = [];

    private ClickDesk _desk = null!;

    private HttpClient _ana = null!;

    public async Task InitializeAsync()
    {
        _desk = await ClickDesk.StartWithAsync(TestStorage.Sqlite, new() { Services = _meter.Before });
        _ana = await _desk.SignInAsync("ana");
        // What a host reads once and then keeps for a while is not part of a request's cost.
        await _desk.Host.Get<Watchers>().ReadAsync(default);
        using var me = await _ana.GetAsync("/api/me");
        me.EnsureSuccessStatusCode();
    }

    public Task DisposeAsync() => _desk.DisposeAsync().AsTask();

    [Fact]
    public async Task What_A_Quiet_Console_Reads()
    {
        await CostsAsync("open pop-ups, none, and that the agent is there", 2, () => _ana.GetAsync("/api/pop-ups"));
        await CostsAsync("calls of today, none", 1, () => _ana.GetAsync("/api/calls?take=50"));
        await CostsAsync("missed calls, none", 1, () => _ana.GetAsync("/api/missed-calls?take=50"));
        await CostsAsync("follow-ups, none", 1, () => _ana.GetAsync("/api/follow-ups?take=100"));
        await CostsAsync("outcomes", 1, () => _ana.GetAsync("/api/outcomes"));
        _otherwise.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_The_Desk_Asks_For_One_Call()
    {
        var (_, contact) = await _ana.SendJsonAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Rosa Mora", numbers = new[] { Known } });
        var contactId = (string)contact!["contactId"]!;
        var callId = await _desk.Host.RingAsync(_ana, Known);
        var call = $"/api/calls/{callId}";

        await CostsAsync("the call with its contact and wrap-up", 3, () => _ana.GetAsync(call));
        await CostsAsync("the contact", 1, () => _ana.GetAsync($"/api/contacts/{contactId}"));
        await CostsAsync("the contact's calls, one", 4, () => _ana.GetAsync($"/api/contacts/{contactId}/calls?take=5"));
        await CostsAsync("the contact's follow-ups, none", 2, () => _ana.GetAsync($"/api/follow-ups?contact={contactId}"));
        await _desk.Host.RingAsync(_ana, Known, action: "callEnd", callId: callId);
        await CostsAsync("the wrap-up, a first draft", 4, () => WrapUpAsync("&draft=true", "*"));
        var etag = (string)(await _ana.GetObjectAsync(call))["wrapUp"]!["etag"]!;
        await CostsAsync("the wrap-up, sent", 11, () => WrapUpAsync("", etag));
        await CostsAsync(
            "done with the pop-up, as the wrap-up was",
            1,
            () => _ana.PostAsync($"/api/pop-ups/{callId}/acknowledge", null));
        await CostsAsync("calls of today, one", 2, () => _ana.GetAsync("/api/calls?take=50"));
        _otherwise.ShouldBeEmpty();

        Task<HttpResponseMessage> WrapUpAsync(string query, string version)
        {
            var request = new HttpRequestMessage(HttpMethod.Put, $"{call}/wrap-up?account=8000001{query}")
            {
                Content = JsonContent.Create(new { outcome = "attended", notes = "Paga el viernes." }),
            };
            var isNew = version == "*";
            request.Headers.TryAddWithoutValidation(isNew ? "If-None-Match" : "If-Match", isNew ? "*" : $"\"{version}\"");
            return _ana.SendAsync(request);
        }
    }

    [Fact]
    public async Task What_A_Click_Costs()
    {
        // The notifications of the call that it makes are counted elsewhere: here they get lost.
        await _desk.SetAsync("webhook", new { webhook = "http://127.0.0.1:9/" });
        await CostsAsync("a click to a number of no contact", 23, async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/calls")
            {
                Content = JsonContent.Create(new { number = Stranger }),
            };
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
            return await _ana.SendAsync(request);
        });
        _otherwise.ShouldBeEmpty();
    }

    private async Task CostsAsync(string what, int operations, Func<Task<HttpResponseMessage>> request)
    {
        _meter.Reset();
        using var response = await request();
        var asked = _meter.Operations.Where(each => Shared.Contains(each.Split(' ')[1], StringComparer.Ordinal)).ToList();
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        output.WriteLine($"{what}: {asked.Count} ({string.Join(", ", asked)})");
        if (asked.Count != operations)
        {
            _otherwise.Add($"{what}: {asked.Count} instead of {operations} ({string.Join(", ", asked)})");
        }
    }
}
