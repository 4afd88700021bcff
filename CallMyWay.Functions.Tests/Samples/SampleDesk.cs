using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Samples;

/// <summary>A demo host with its operator, and an API key, for the programs of <c>samples</c> and of docs/api.md.</summary>
public sealed class SampleDesk : IAsyncLifetime
{
    private ClickDesk _desk = null!;

    internal TestHost Host => _desk.Host;

    public HttpClient Admin { get; private set; } = null!;

    public HttpClient Ana { get; private set; } = null!;

    /// <summary>With the scopes that the samples name.</summary>
    public string Key { get; private set; } = null!;

    public string Url => Host.Address.GetLeftPart(UriPartial.Authority);

    public async Task InitializeAsync()
    {
        _desk = await ClickDesk.StartAsync(
            TestStorage.Sqlite, operatorSettings: null, "--Events:AllowPrivateAddresses", "true");
        // A call that is answered lasts for a second.
        await _desk.SetAsync("click", new
        {
            firstAnswers = true,
            secondAnswers = true,
            firstRingSeconds = 0,
            secondRingSeconds = 0,
            talkSeconds = 1,
        });
        Admin = await _desk.SignInAsync("admin");
        Ana = await _desk.SignInAsync("ana");
        var (status, key) = await Admin.AskAsync(
            HttpMethod.Post, "/api/api-keys", new { name = "CRM", scopes = new[] { "contacts", "embed", "calls", "events" } });
        status.ShouldBe(HttpStatusCode.Created, key.ToString());
        Key = key.Text("key")!;
    }

    public Task DisposeAsync() => _desk.DisposeAsync().AsTask();

    /// <summary>
    /// Starts a sample's server and has it told of events. Its endpoint gets its address once the server has one.
    /// </summary>
    internal async Task<SampleServer> ServeAsync(string sample)
    {
        var events = new[] { "call.started", "call.ended" };
        var (status, made) = await Admin.AskAsync(
            HttpMethod.Post, "/api/event-endpoints", new { url = "http://127.0.0.1:1/callmyway", events });
        status.ShouldBe(HttpStatusCode.Created, made.ToString());
        var (endpointId, secret) = (made.Text("endpointId")!, made.Text("secret")!);
        var server = await SampleServer.StartAsync(sample, Url, Key, secret, endpointId);
        (status, var changed) = await Admin.AskAsync(
            HttpMethod.Put, $"/api/event-endpoints/{endpointId}", new { url = server.Receiver, events });
        status.ShouldBe(HttpStatusCode.OK, changed.ToString());
        return server;
    }

    /// <summary>A call of the day before, at noon in Costa Rica; the day.</summary>
    internal async Task<string> CallYesterdayAsync(string callId, string ani)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica");
        var day = TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, zone).Date.AddDays(-1);
        string At(int second) => day.AddHours(12).AddSeconds(second).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        using var nobody = Host.Anonymous();
        using var answer = await nobody.PostAsJsonAsync(Host.Webhook, DemoHost.Notification(
            "callEnd", callId, ("ani", ani), ("detect_time", At(0)), ("connect_time", At(5)), ("disconnect_time", At(65)), ("duration", "60")));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => await Admin.ReadAsync($"/api/calls/{callId}") is { } call && call.Text("state") == "ended");
        return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    internal Task<JsonElement> EndedAsync(string dialId) => ClickDesk.DialAsync(Ana, dialId, "ended");

    /// <summary>How often the operator was asked for a call.</summary>
    internal async Task<int> DialledAsync() => (await _desk.TruthAsync()).Count;
}
