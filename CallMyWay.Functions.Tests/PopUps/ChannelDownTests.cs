using System.Net;
using System.Text.Json;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.PopUps;

/// <summary>The realtime channel is down, or over its quota: calls go on, and nothing of them is lost.</summary>
public abstract class ChannelDownTests(TestStorage storage) : IAsyncLifetime
{
    private readonly Channel _channel = new();

    private TestHost _host = null!;

    // The clock stands still, so that the break does not end while a busy machine stores many calls.
    public async Task InitializeAsync() => _host = await TestHost.StartAsync(storage, new()
    {
        Time = new SetClock(DateTimeOffset.UtcNow),
        Services = services => services.AddSingleton<IScreens>(_channel),
    });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task A_Call_Is_Processed_At_The_First_Try_And_Its_Pop_Up_Waits_In_The_Tables()
    {
        var ana = await _host.SignInAsync("ana");

        var callId = await _host.RingAsync(ana, "88881234");
        await _host.RingAsync(ana, "88881234", action: "callEnd", callId: callId);

        // The screens are told after the call can be read.
        await Eventually.TrueAsync(
            () => Task.FromResult(_channel.Refused == 2), () => $"2 refusals, of which there are {_channel.Refused}");
        (await ana.GetItemsAsync("/api/pop-ups")).Select(popUp => (string?)popUp["callId"]).ShouldContain(callId);
        var log = string.Join('\n', _host.Log.Entries(LogLevel.Warning));
        log.ShouldContain("did not reach the screens of ana");
        log.ShouldNotContain("88881234");
    }

    [SkippableFact]
    public async Task Many_Calls_Are_Stored_While_The_Channel_Is_Asked_No_More_Than_A_Few_Times()
    {
        var ana = await _host.SignInAsync("ana");

        // Not all at once: a busy machine's Azurite would take longer than the webhook waits for it.
        var callIds = new List<string>();
        foreach (var some in Enumerable.Range(0, 40).Chunk(10))
        {
            callIds.AddRange(await Task.WhenAll(some.Select(_ => _host.RingAsync(ana, "88881234"))));
        }

        (await ana.GetItemsAsync("/api/pop-ups?take=100")).Select(popUp => (string?)popUp["callId"])
            .ShouldBe(callIds, ignoreOrder: true);
        _channel.Refused.ShouldBeLessThan(callIds.Count, "the circuit is open by then");
        _host.Log.Entries(LogLevel.Error)
            .Count(entry => entry.Contains("realtime channel to the screens is down", StringComparison.Ordinal))
            .ShouldBe(1);
    }

    [SkippableFact]
    public async Task An_Agent_Can_Be_Done_With_A_Call()
    {
        var ana = await _host.SignInAsync("ana");
        var callId = await _host.RingAsync(ana, "88881234");

        using var response = await ana.PostAsync($"/api/pop-ups/{callId}/acknowledge", null);

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ana.GetItemsAsync("/api/pop-ups")).Select(popUp => (string?)popUp["callId"]).ShouldNotContain(callId);
    }

    [SkippableFact]
    public async Task A_Screen_That_Wants_To_Connect_Is_Told_To_Come_Back()
    {
        var ana = await _host.SignInAsync("ana");

        using var response = await ana.PostAsync("/api/pop-ups/negotiate?negotiateVersion=1", null);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).Text("title")
            .ShouldBe("La conexión en vivo no responde");
    }

    /// <summary>The edge to a service that takes nothing.</summary>
    private sealed class Channel : IScreens
    {
        private int _refused;

        public int Refused => _refused;

        public Task SendAsync(string agentId, ScreenMessage message, PopUp popUp, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _refused);
            throw new ScreensException("Over its quota.");
        }

        public Task SendAsync(
            string agentId, ScreenMessage message, object content, CancellationToken cancellationToken) =>
            throw new ScreensException("Over its quota.");

        public ValueTask<ScreenConnection> NegotiateAsync(
            string agentId, DateTimeOffset? endsAt, CancellationToken cancellationToken) =>
            throw new ScreensException("Over its quota.");
    }
}

public sealed class ChannelDownTestsOnSqlite() : ChannelDownTests(TestStorage.Sqlite);

public sealed class ChannelDownTestsOnAzurite() : ChannelDownTests(TestStorage.Azurite);
