using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Events;

/// <summary>An outcome is told once nobody can take it back any more.</summary>
public sealed class WrapUpEventTests : IAsyncLifetime
{
    private const string JosesNumber = "88881234";

    private readonly SetClock _clock =
        new(new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date.AddHours(18), TimeSpan.Zero));

    private EventReceiver _receiver = null!;

    private TestHost _host = null!;

    private HttpClient _ana = null!;

    public async Task InitializeAsync()
    {
        _receiver = await EventReceiver.StartAsync();
        _host = await TestHost.StartAsync(
            TestStorage.Sqlite, new() { Time = _clock, Settings = ["--Events:AllowPrivateAddresses", "true"] });
        _ana = await _host.SignInAsync("ana");
        using var admin = await _host.SignInAsync("admin");
        (await admin.SendJsonAsync(
            HttpMethod.Post,
            "/api/event-endpoints",
            new { url = _receiver.Url, events = new[] { "call.wrapped-up" } })).Status.ShouldBe(201);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task What_Is_Undone_Is_Not_Told_And_What_Stands_Is_Told_After_A_Minute_As_Is_Its_Correction()
    {
        var callId = await _host.RingAsync(_ana, JosesNumber, connected: true);
        await _host.RingAsync(_ana, JosesNumber, action: "callEnd", callId: callId, connected: true);
        var undone = await SaveAsync(callId, "undone");
        (await _ana.SendJsonAsync(HttpMethod.Post, $"/api/calls/{callId}/wrap-up/undo", null, undone)).Status.ShouldBe(200);
        _clock.Now += TimeSpan.FromSeconds(2);
        await SaveAsync(callId, "stands");
        // The queue is looked at each second.
        await Task.Delay(TimeSpan.FromSeconds(1.2));
        _receiver.Received.ShouldBeEmpty("it can be undone");

        _clock.Now += TimeSpan.FromSeconds(62);
        await Eventually.TrueAsync(() => Task.FromResult(_receiver.Received.Count > 0));
        await SaveAsync(callId, "corrected");
        _clock.Now += TimeSpan.FromSeconds(62);
        await Eventually.TrueAsync(() => Task.FromResult(_receiver.Received.Count > 1));

        _receiver.Received.Select(received => received.Data.GetProperty("wrapUp").Text("notes"))
            .ShouldBe(["stands", "corrected"]);
        _receiver.Received.Select(received => received.Id).Distinct().Count().ShouldBe(2);
        _receiver.Received.ShouldAllBe(received => received.Data.Text("outcome") == "attended");
        _receiver.Received[0].Data.GetProperty("wrapUp").Text("agentId").ShouldBe("ana");
    }

    private async Task<string> SaveAsync(string callId, string notes)
    {
        var (status, saved) = await _ana.SendJsonAsync(
            HttpMethod.Put, $"/api/calls/{callId}/wrap-up", new { outcome = "attended", notes });
        status.ShouldBe(200);
        return (string)saved!["etag"]!;
    }
}
