using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using CallMyWay.Functions.Events;
using CallMyWay.Functions.Outgoing;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Events;

/// <summary>A demo host that may send events to this machine.</summary>
public class EventHost : IAsyncLifetime
{
    private readonly TestStorage _storage;

    private TestHost? _host;

    public EventHost()
        : this(TestStorage.Sqlite)
    {
    }

    protected EventHost(TestStorage storage) => _storage = storage;

    public TestHost Host
    {
        get
        {
            _storage.SkipWhereMissing();
            return _host!;
        }
    }

    public HttpClient Admin { get; private set; } = null!;

    public HttpClient Ana { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (_storage.WhyNot() is null)
        {
            _host = await TestHost.StartAsync(
                _storage, new() { Settings = ["--Events:AllowPrivateAddresses", "true"] });
            Admin = await _host.SignInAsync("admin");
            Ana = await _host.SignInAsync("ana");
        }
    }

    public async Task DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }
}

/// <inheritdoc/>
public sealed class EventHostOnAzurite() : EventHost(TestStorage.AzuriteInTheLongRun);

/// <summary>The way from a notification to another application, and what administrators see of it.</summary>
public abstract class EventEndpointTests(EventHost events)
{
    private HttpClient Admin => events.Admin;

    [SkippableFact]
    public async Task An_Application_Is_Told_Of_A_Call_And_The_Administrator_Sees_What_It_Answered()
    {
        await using var receiver = await StartAsync();
        receiver.Answer = (_, context) => EventReceiver.Status(context, 200, "thanks");
        var (endpointId, secret) = await CreateAsync(receiver.Url, "call.started", "call.ended", "call.missed");

        var callId = await events.Host.RingAsync(events.Ana, "88881234");
        await events.Host.RingAsync(events.Ana, "88881234", action: "callEnd", callId: callId);

        await Eventually.TrueAsync(() => Task.FromResult(receiver.Received.Count == 3));
        receiver.Received.Select(received => received.Type).Order()
            .ShouldBe(["call.ended", "call.missed", "call.started"]);
        receiver.Received.ShouldAllBe(received => received.IsSignedWith(secret) && received.CallId == callId);
        var list = $"/api/event-endpoints/{endpointId}/deliveries";
        await Eventually.TrueAsync(async () => (await Admin.ItemsAsync($"{list}?state=delivered")).Count == 3);
        var missed = (await Admin.ItemsAsync($"{list}?type=call.missed")).ShouldHaveSingleItem();
        missed.Text("callId").ShouldBe(callId);
        missed.Text("eventId").ShouldBe(receiver.Received.Single(received => received.Type == "call.missed").Id);
        missed.GetProperty("request").Text("body")
            .ShouldBe(receiver.Received.Single(received => received.Type == "call.missed").Body);
        var made = missed.GetProperty("tries").EnumerateArray().ShouldHaveSingleItem();
        (made.GetProperty("status").GetInt32(), made.Text("answer"), made.Text("error")).ShouldBe((200, "thanks", null));
        (await Admin.AllItemsAsync(list)).Count.ShouldBe(3);
        (await Admin.ItemsAsync($"{list}?take=2")).Count.ShouldBe(2);
        (await Admin.ItemsAsync($"{list}?state=failed")).ShouldBeEmpty();
        (await Admin.AskAsync(HttpMethod.Get, $"{list}?state=odd")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [SkippableFact]
    public async Task A_Delivery_Or_A_Span_Is_Sent_Once_More_Under_The_Same_Id()
    {
        await using var receiver = await StartAsync();
        var (endpointId, _) = await CreateAsync(receiver.Url, "call.started");
        await events.Host.RingAsync(events.Ana, "88881234");
        await events.Host.RingAsync(events.Ana, "88881234");
        var list = $"/api/event-endpoints/{endpointId}/deliveries?state=delivered";
        await Eventually.TrueAsync(async () => (await Admin.ItemsAsync(list)).Count == 2);
        var replay = $"/api/event-endpoints/{endpointId}/replay";
        var deliveryId = (await Admin.ItemsAsync(list))[0].Text("deliveryId");

        (await Admin.AskAsync(HttpMethod.Post, replay, new { deliveryId })).Status.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.TrueAsync(() => Task.FromResult(receiver.Received.Count == 3));
        await Eventually.TrueAsync(async () => (await Admin.ItemsAsync(list)).Count == 2);
        var today = DateTimeOffset.UtcNow;
        (await Admin.AskAsync(
            HttpMethod.Post, replay, new { from = today.AddHours(-1), to = today.AddHours(1) }))
            .Status.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.TrueAsync(() => Task.FromResult(receiver.Received.Count == 5));

        receiver.Received.CountBy(received => received.Id).Select(same => same.Value).Order().ShouldBe([2, 3]);
        foreach (var bad in new object[]
        {
            new { }, new { from = "2026-01-02", to = "2026-01-01" }, new { deliveryId, from = "2026-01-01" },
        })
        {
            (await Admin.AskAsync(HttpMethod.Post, replay, bad)).Status.ShouldBe(HttpStatusCode.BadRequest);
        }

        (await Admin.AskAsync(HttpMethod.Post, replay, new { deliveryId = "nothing" })).Status
            .ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task A_Test_Shows_The_Answer_And_Lets_A_Paused_Endpoint_Go_On()
    {
        await using var receiver = await StartAsync();
        receiver.Answer = (_, context) => EventReceiver.Status(context, 410, "no more");
        var (endpointId, secret) = await CreateAsync(receiver.Url, "call.started");
        await events.Host.RingAsync(events.Ana, "88881234");
        await Eventually.TrueAsync(async () => (await EndpointAsync(endpointId)).Text("state") == "paused");
        var paused = await EndpointAsync(endpointId);
        paused.Text("since").ShouldNotBeNull();
        paused.Text("why")!.ShouldContain("410");

        var test = $"/api/event-endpoints/{endpointId}/test";
        var (status, refused) = await Admin.AskAsync(HttpMethod.Post, test, language: "en");
        status.ShouldBe(HttpStatusCode.OK);
        refused.GetProperty("delivered").GetBoolean().ShouldBeFalse();
        (refused.GetProperty("try").Text("answer"), refused.GetProperty("endpoint").Text("state"))
            .ShouldBe(("no more", "paused"));
        (await Admin.AskAsync(
            HttpMethod.Post,
            $"/api/event-endpoints/{endpointId}/replay",
            new { from = "2026-01-01", to = "2026-01-02" })).Status.ShouldBe(HttpStatusCode.Conflict);

        receiver.Answer = (_, context) => EventReceiver.Status(context, 200);
        var (_, taken) = await Admin.AskAsync(HttpMethod.Post, test);
        taken.GetProperty("delivered").GetBoolean().ShouldBeTrue();
        taken.GetProperty("endpoint").Text("state").ShouldBe("active");
        receiver.Received[^1].Type.ShouldBe("test");
        receiver.Received[^1].IsSignedWith(secret).ShouldBeTrue();
        (await EndpointAsync(endpointId)).Text("state").ShouldBe("active");
    }

    [SkippableFact]
    public async Task An_Endpoint_Is_Changed_And_Deleted_And_Its_Secret_Is_Shown_Once()
    {
        await using var receiver = await StartAsync();
        var (endpointId, secret) = await CreateAsync(receiver.Url, "call.started");
        var path = $"/api/event-endpoints/{endpointId}";
        (await Admin.GetStringAsync("/api/event-endpoints")).ShouldNotContain(secret);
        var etag = (await EndpointAsync(endpointId)).Text("etag");

        var change = new { url = receiver.Url, events = new[] { "call.ended" }, description = "El CRM", enabled = false };
        var (status, changed) = await Admin.AskAsync(HttpMethod.Put, path, change, etag);
        (status, changed.Text("state")).ShouldBe((HttpStatusCode.OK, "off"));
        (await Admin.AskAsync(HttpMethod.Put, path, change, etag)).Status
            .ShouldBe(HttpStatusCode.OK, "it says what is stored already");
        (await Admin.AskAsync(HttpMethod.Put, path, new { change.url, events = new[] { "call.missed" } }, etag))
            .Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        var (_, still) = await Admin.AskAsync(HttpMethod.Put, path, new { change.url, change.events });
        still.Text("state").ShouldBe("off", "nobody has said that it is to go on");
        etag = still.Text("etag");
        var (_, rotated) = await Admin.AskAsync(HttpMethod.Post, $"{path}/secret");
        rotated.Text("secret").ShouldNotBe(secret);
        (await EndpointAsync(endpointId)).Text("previousSecretUntil").ShouldNotBeNull();

        (await Admin.AskAsync(HttpMethod.Post, $"{path}/secret")).Status.ShouldBe(HttpStatusCode.OK);
        var (replayed, _) = await Admin.AskAsync(
            HttpMethod.Post, $"{path}/replay", new { from = "2026-01-01", to = "2026-01-02" });
        replayed.ShouldBe(HttpStatusCode.Conflict, "nothing is sent to it");

        (await Admin.AskAsync(HttpMethod.Delete, path, null, etag)).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await Admin.AskAsync(HttpMethod.Delete, path)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await Admin.AskAsync(HttpMethod.Delete, path)).Status.ShouldBe(HttpStatusCode.NotFound);
        // Its row is kept for its deliveries, and none of its secrets.
        var row = (await events.Host.Get<EventEndpointStore>().ListAllAsync(default))
            .Single(each => each.EndpointId == endpointId);
        JsonSerializer.Serialize(row).ShouldNotContain("whsec_");
        (await Admin.ItemsAsync("/api/event-endpoints")).ShouldNotContain(each => each.Text("endpointId") == endpointId);
        var audit = JsonSerializer.Serialize(await Admin.ItemsAsync("/api/audit?what=event-endpoint"));
        audit.ShouldContain("event-endpoint.secret-changed");
        audit.ShouldNotContain("whsec_");
    }

    [SkippableFact]
    public async Task A_Secret_That_Is_Changed_Twice_In_A_Day_Still_Signs()
    {
        await using var receiver = await StartAsync();
        var (endpointId, first) = await CreateAsync(receiver.Url, "call.started");
        var path = $"/api/event-endpoints/{endpointId}";
        var (_, second) = await Admin.AskAsync(HttpMethod.Post, $"{path}/secret");
        var (_, third) = await Admin.AskAsync(HttpMethod.Post, $"{path}/secret");

        await Admin.AskAsync(HttpMethod.Post, $"{path}/test");

        var received = receiver.Received.ShouldHaveSingleItem();
        new[] { first, second.Text("secret")!, third.Text("secret")! }
            .ShouldAllBe(secret => received.IsSignedWith(secret));
        (await EndpointAsync(endpointId)).Text("previousSecretUntil").ShouldBe(third.Text("previousSecretUntil"));
    }

    [SkippableFact]
    public async Task What_Is_Wrong_With_An_Endpoint_Is_Said()
    {
        _ = events.Host;
        foreach (var (body, field) in new (object, string)[]
        {
            (new { events = new[] { "call.started" } }, "url"),
            (new { url = "crm.example.com", events = new[] { "call.started" } }, "url"),
            (new { url = "ftp://crm.example.com/", events = new[] { "call.started" } }, "url"),
            (new { url = "https://ana:secret@crm.example.com/", events = new[] { "call.started" } }, "url"),
            (new { url = "https://crm.example.com/" }, "events"),
            (new { url = "https://crm.example.com/", events = Array.Empty<string>() }, "events"),
            (new { url = "https://crm.example.com/", events = new[] { "call.odd" } }, "events"),
            (new { url = "https://crm.example.com/", events = new string?[] { null } }, "events"),
        })
        {
            var (status, problem) = await Admin.AskAsync(HttpMethod.Post, "/api/event-endpoints", body);
            status.ShouldBe(HttpStatusCode.BadRequest);
            problem.Errors().ShouldBe([field]);
        }

        foreach (var path in new[] { "deliveries", "" })
        {
            (await Admin.AskAsync(
                path.Length == 0 ? HttpMethod.Delete : HttpMethod.Get, $"/api/event-endpoints/nothing/{path}".TrimEnd('/')))
                .Status.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    private async Task<EventReceiver> StartAsync()
    {
        // Skips where the storage is missing.
        _ = events.Host;
        return await EventReceiver.StartAsync();
    }

    private async Task<(string EndpointId, string Secret)> CreateAsync(string url, params string[] types)
    {
        var (status, body) = await Admin.AskAsync(HttpMethod.Post, "/api/event-endpoints", new { url, events = types });
        status.ShouldBe(HttpStatusCode.Created, body.ToString());
        body.Text("secret")!.ShouldStartWith("whsec_");
        return (body.Text("endpointId")!, body.Text("secret")!);
    }

    private async Task<JsonElement> EndpointAsync(string endpointId) =>
        (await Admin.ItemsAsync("/api/event-endpoints")).Single(each => each.Text("endpointId") == endpointId);
}

public sealed class EventEndpointTestsOnSqlite(EventHost events) : EventEndpointTests(events), IClassFixture<EventHost>;

public sealed class EventEndpointTestsOnAzurite(EventHostOnAzurite events)
    : EventEndpointTests(events), IClassFixture<EventHostOnAzurite>;

/// <summary>Where private addresses are not allowed, as on every host that is no test's.</summary>
public sealed class PrivateReceiverTests
{
    private static readonly string[] Private =
    [
        "http://crm.example.com/", "https://127.0.0.1/", "https://localhost/x", "https://10.0.0.1:8443/", "https://[::1]/",
        "https://169.254.169.254/latest", "https://2130706433/", "https://0x7f.1/",
    ];

    [Fact]
    public async Task A_Private_Address_Is_Refused_Also_Where_The_Name_Leads_There_Later()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var names = new ChangingNames();
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new()
        {
            Services = services => services.AddSingleton<IAddressResolver>(names),
        });
        using var admin = await host.SignInAsync("admin");
        using var ana = await host.SignInAsync("ana");
        foreach (var url in Private)
        {
            var (status, problem) = await admin.AskAsync(
                HttpMethod.Post, "/api/event-endpoints", new { url, events = new[] { "call.started" } });

            status.ShouldBe(HttpStatusCode.BadRequest, url);
            problem.Errors().ShouldBe(["url"]);
        }

        var rebound = $"https://{ChangingNames.Host}:{((IPEndPoint)listener.LocalEndpoint).Port}/events";
        var (created, endpoint) = await admin.AskAsync(
            HttpMethod.Post, "/api/event-endpoints", new { url = rebound, events = new[] { "call.started" } });
        created.ShouldBe(HttpStatusCode.Created, "the name leads to a public address");
        var path = $"/api/event-endpoints/{endpoint.Text("endpointId")}";
        var (_, tested) = await admin.AskAsync(HttpMethod.Post, $"{path}/test");
        tested.GetProperty("try").Text("error").ShouldBe("privateAddress");
        await host.RingAsync(ana, "88881234");
        IReadOnlyList<JsonElement> deliveries = [];
        await Eventually.TrueAsync(
            async () =>
            {
                deliveries = await admin.ItemsAsync($"{path}/deliveries?type=call.started");
                return deliveries.Any(delivery =>
                    delivery.GetProperty("tries").EnumerateArray().Any(made => made.Text("error") == "privateAddress"));
            },
            () => $"a try that was refused in {JsonSerializer.Serialize(deliveries)}");
        names.Asked.ShouldBeGreaterThanOrEqualTo(3, "it is looked up at each connection");
        listener.Pending().ShouldBeFalse("nobody has connected");
    }
}
