using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Desk;

/// <summary>A page that disconnects during a request: what was saved by then is also completed.</summary>
public sealed class HungUpTests : IAsyncLifetime
{
    private readonly StorageGate _gate = new();

    private readonly HungUpRequests _requests = new();

    private TestHost _host = null!;

    private HttpClient _ana = null!;

    private string _callId = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(TestStorage.Sqlite, new() { Services = Change });
        _ana = await _host.SignInAsync("ana");
        _callId = await _host.RingAsync(_ana, "88881234");
        await _host.RingAsync(_ana, "88881234", action: "callEnd", callId: _callId);

        void Change(IServiceCollection services)
        {
            _gate.Before(services);
            services.AddSingleton<IStartupFilter>(_requests);
        }
    }

    public async Task DisposeAsync()
    {
        _gate.Open();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_Saved_Wrap_Up_Still_Closes_The_Pop_Up_And_Gives_The_Call_Its_Outcome()
    {
        var path = $"/api/calls/{_callId}/wrap-up";
        await HangUpAsync(_ana, HttpMethod.Put, path, new { outcome = "attended" }, "replace calls");

        await Eventually.TrueAsync(async () => (await _ana.GetItemsAsync("/api/pop-ups")).Count == 0);
        ((string?)(await _ana.GetObjectAsync($"/api/calls/{_callId}"))["outcome"]).ShouldBe("attended");
        await Eventually.TrueAsync(async () => (await PopUpRowsAsync("ana")).Count == 0);
    }

    [Fact]
    public async Task A_Chosen_Contact_Still_Gets_The_Calls_Follow_Up()
    {
        var followUp = new { dueAt = DateTimeOffset.UtcNow.AddDays(2), note = "Devolver" };
        var wrapUp = new { outcome = "call-back", followUp };
        (await _ana.SendJsonAsync(HttpMethod.Put, $"/api/calls/{_callId}/wrap-up", wrapUp)).Status.ShouldBe(200);

        var path = $"/api/calls/{_callId}/contact";
        await HangUpAsync(_ana, HttpMethod.Put, path, new { contactId = "demo-02" }, "get followups");

        await Eventually.TrueAsync(async () => (await FollowUpsAsync("demo-02")).Count == 1);
        (await FollowUpsAsync("demo-01")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_Acknowledged_Pop_Up_Still_Closes_On_The_Agents_Other_Screens()
    {
        await using var other = await TestScreen.OpenAsync(_host, _ana);

        await HangUpAsync(_ana, HttpMethod.Post, $"/api/pop-ups/{_callId}/acknowledge", null, "delete popups");

        (await other.NextOfAsync(_callId)).Name.ShouldBe("popUpClosed");
        (await PopUpRowsAsync("ana")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Deleted_Agent_Still_Leaves_No_Pop_Up()
    {
        using var admin = await _host.SignInAsync("admin");
        var temporal = new { name = "Temporal", roles = new[] { "agent" } };
        (await admin.SendJsonAsync(HttpMethod.Put, "/api/agents/temporal", temporal)).Status.ShouldBe(201);
        var mapping = new { agentId = "temporal" };
        (await admin.SendJsonAsync(HttpMethod.Put, "/api/mappings/4001", mapping)).Status.ShouldBe(201);
        // While it goes on, its agent can't be deleted.
        var callId = await _host.RingAsync(admin, "88881234", "4001");
        await _host.RingAsync(admin, "88881234", "4001", action: "callEnd", callId: callId);
        (await admin.SendJsonAsync(HttpMethod.Delete, "/api/mappings/4001", null)).Status.ShouldBe(204);

        await HangUpAsync(admin, HttpMethod.Delete, "/api/agents/temporal", null, "query popups");

        await Eventually.TrueAsync(async () => (await PopUpRowsAsync("temporal")).Count == 0);
    }

    // Holds the request at an operation after its save, and continues when the caller has disconnected.
    private async Task HangUpAsync(HttpClient client, HttpMethod method, string path, object? body, string operation)
    {
        using var page = new CancellationTokenSource();
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        var held = _gate.Hold(operation);
        var sending = client.SendAsync(request, page.Token);
        await held.Reached;
        await page.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => sending);
        await _requests.Noticed;
        held.Release();
    }

    private Task<IReadOnlyList<JsonNode>> FollowUpsAsync(string contactId) =>
        _ana.GetItemsAsync($"/api/follow-ups?contact={contactId}");

    private async Task<IReadOnlyList<Row>> PopUpRowsAsync(string agentId) =>
        await _host.Get<ITables>()[StorageNames.PopUps].ReadAsync(new RowRange(agentId), CancellationToken.None);
}
