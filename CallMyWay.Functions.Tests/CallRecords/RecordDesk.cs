using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.CallRecords;

/// <summary>A demo host and an operator that it pulls records from, without the operator's four seconds.</summary>
internal sealed class RecordDesk(ClickDesk desk, HttpClient admin) : IAsyncDisposable
{
    /// <summary>Where the operator gives the calls that go on.</summary>
    public const string LiveCallsPath = "/getLiveCalls.php";

    public static readonly PaceRule NoPace = new(TimeSpan.Zero, TimeSpan.Zero);

    public ClickDesk Desk { get; } = desk;

    public HttpClient Admin { get; } = admin;

    public TestHost Host => Desk.Host;

    public static Task<RecordDesk> StartAsync(TestStorage storage, params string[] settings) =>
        StartWithAsync(storage, new() { Settings = settings, Services = services => services.AddSingleton(NoPace) });

    /// <param name="storage">Where the host keeps its rows.</param>
    /// <param name="gate">Before the host's tables.</param>
    public static Task<RecordDesk> StartAsync(TestStorage storage, StorageGate gate) => StartWithAsync(
        storage,
        new()
        {
            Services = services =>
            {
                services.AddSingleton(NoPace);
                gate.Before(services);
            },
        });

    private static async Task<RecordDesk> StartWithAsync(TestStorage storage, TestHostOptions options)
    {
        var desk = await ClickDesk.StartWithAsync(
            storage,
            options,
            ["--QuerySeconds", "0", "--LiveCallsPath", LiveCallsPath]);
        return new RecordDesk(desk, await desk.SignInAsync("admin"));
    }

    /// <summary>A call that is over when this returns, and its id.</summary>
    public async Task<string> CallAsync(object call)
    {
        using var response = await Desk.Operator.PostAsJsonAsync("/simulator/calls?wait=true", call);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonDocument.Parse(text).RootElement.GetProperty("callId").GetString()!;
    }

    /// <summary>Posts a notification, which must be acked.</summary>
    public async Task NotifyAsync(object notification)
    {
        using var response = await Admin.PostAsJsonAsync(Host.Webhook, notification);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }

    public Task PullAsync() => Host.Get<RecordPuller>().PullAsync(Host.Get<Accounts>().Home, default);

    /// <summary>The call, once it is known.</summary>
    public async Task<JsonElement> ReadAsync(string callId)
    {
        JsonElement? call = null;
        await Eventually.TrueAsync(
            async () => (call = await Admin.ReadAsync($"/api/calls/{callId}")) is not null, () => $"a call {callId}");
        return call!.Value;
    }

    /// <summary>The call, once its notifications have told its end.</summary>
    public async Task<JsonElement> HeardAsync(string callId)
    {
        JsonElement? call = null;
        await Eventually.TrueAsync(
            async () => (call = await Admin.ReadAsync($"/api/calls/{callId}"))?.Text("state") == "ended",
            () => $"an end of call {callId}");
        return call!.Value;
    }

    public async Task<JsonElement> StateAsync() =>
        (await Admin.ItemsAsync("/api/call-records/state")).ShouldHaveSingleItem();

    public async Task WithoutFaultsAsync()
    {
        using var response = await Desk.Operator.DeleteAsync("/simulator/faults");
        response.IsSuccessStatusCode.ShouldBeTrue();
    }

    public ValueTask DisposeAsync() => Desk.DisposeAsync();
}
