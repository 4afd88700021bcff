using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Tests.ContactLookup;

/// <summary>A demo host that may ask a CRM on this machine.</summary>
public class LookupHost : IAsyncLifetime
{
    private readonly TestStorage _storage;

    private TestHost? _host;

    public LookupHost()
        : this(TestStorage.Sqlite)
    {
    }

    protected LookupHost(TestStorage storage) => _storage = storage;

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
                _storage, new() { Settings = ["--ContactLookup:AllowPrivateAddresses", "true"] });
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
public sealed class LookupHostOnAzurite() : LookupHost(TestStorage.AzuriteInTheLongRun);

/// <summary>The way from a call to the CRM and back to the card, and what administrators see of it.</summary>
public abstract class ContactLookupTests(LookupHost lookup)
{
    private const string Path = "/api/contact-lookup";

    private HttpClient Admin => lookup.Admin;

    [SkippableFact]
    public async Task The_Card_Of_A_Ringing_Call_Gets_The_Contact_That_The_Crm_Knows()
    {
        await using var crm = await StartAsync();
        var release = new TaskCompletionSource();
        crm.Answer = async (_, context) =>
        {
            await release.Task;
            await context.Response.WriteAsJsonAsync(Contacts("c1", "Berta Chaves Ulloa", "8730-0001"));
        };
        var secret = await AskAtAsync(crm.Url, source: "crm");
        await using var screen = await TestScreen.OpenAsync(lookup.Host, lookup.Ana);

        var callId = await lookup.Host.RingAsync(lookup.Ana, "87300001");
        (await screen.NextOfAsync(callId)).PopUp.Text("match").ShouldBe("none", "the card does not wait");
        release.SetResult();

        var (name, card) = await screen.NextOfAsync(callId);
        (name, card.Text("match")).ShouldBe(("popUpChanged", "one"));
        var contact = (await Admin.ItemsAsync("/api/contacts?phone=87300001")).ShouldHaveSingleItem();
        contact.Text("name").ShouldBe("Berta Chaves Ulloa");
        var external = contact.GetProperty("external");
        (external.Text("source"), external.Text("id"), external.Text("link"))
            .ShouldBe(("crm", "c1", "https://crm.example.com/c1"));
        var asked = crm.Received.ShouldHaveSingleItem();
        asked.IsSignedWith(secret).ShouldBeTrue();
        asked.Id.ShouldStartWith("lookup_");
        (asked.Json.Text("number"), asked.Json.Text("display"), asked.Json.Text("direction"), asked.Json.Text("callId"),
            asked.Json.Text("account")).ShouldBe(("+50687300001", "8730-0001", "in", callId, "8000001"));

        await EndAsync(callId, "87300001");
        var again = await lookup.Host.RingAsync(lookup.Ana, "87300001");
        (await screen.NextOfAsync(again)).PopUp.Text("match").ShouldBe("one", "now it is known here");
        await EndAsync(again, "87300001");
        crm.Received.Count.ShouldBe(1, "what was answered is kept for some minutes");
        (await Admin.ReadAsync(Path))!.Value.Text("state").ShouldBe("active");
    }

    [SkippableFact]
    public async Task Of_Several_Contacts_That_The_Crm_Knows_The_Agent_Picks_Also_At_The_First_Call()
    {
        await using var crm = await StartAsync();
        var release = new TaskCompletionSource();
        crm.Answer = async (_, context) =>
        {
            await release.Task;
            await context.Response.WriteAsJsonAsync(new
            {
                contacts = new[] { "Marta Hidalgo", "Pedro Hidalgo" }
                    .Select((name, i) => new { id = $"home-{i}", name, numbers = new[] { "8738-0001" } }),
            });
        };
        await AskAtAsync(crm.Url);
        await using var screen = await TestScreen.OpenAsync(lookup.Host, lookup.Ana);
        var callId = await lookup.Host.RingAsync(lookup.Ana, "87380001");
        (await screen.NextOfAsync(callId)).PopUp.Text("match").ShouldBe("none");
        release.SetResult();

        var (_, card) = await screen.NextOfAsync(callId);

        (card.Text("match"), card.Text("contactId")).ShouldBe(("many", null));
        card.GetProperty("candidates").GetArrayLength().ShouldBe(2);
        await EndAsync(callId, "87380001");
    }

    [SkippableTheory]
    [InlineData(204, null, "87310001")]
    [InlineData(404, "<html>no such contact</html>", "87310002")]
    [InlineData(200, """{"contacts":[]}""", "87310003")]
    public async Task That_Nobody_Has_The_Number_Is_Remembered(int status, string? text, string number)
    {
        await using var crm = await StartAsync();
        crm.Answer = (_, context) => EventReceiver.Status(context, status, text);
        await AskAtAsync(crm.Url);

        for (var i = 0; i < 2; i++)
        {
            var callId = await lookup.Host.RingAsync(lookup.Ana, number);
            await Eventually.TrueAsync(() => Task.FromResult(crm.Received.Count == 1));
            await EndAsync(callId, number);
        }

        crm.Received.Count.ShouldBe(1);
        (await Admin.ItemsAsync($"/api/contacts?phone={number}")).ShouldBeEmpty();
        (await Admin.ReadAsync(Path))!.Value.Text("state").ShouldBe("active");
    }

    [SkippableFact]
    public async Task Two_Calls_Of_A_Number_At_Once_Ask_Once_And_Both_Cards_Change()
    {
        await using var crm = await StartAsync();
        var release = new TaskCompletionSource();
        crm.Answer = async (_, context) =>
        {
            await release.Task;
            await context.Response.WriteAsJsonAsync(Contacts("c2", "Nuria Salas", "8732-0001"));
        };
        await AskAtAsync(crm.Url);
        await using var screen = await TestScreen.OpenAsync(lookup.Host, lookup.Ana);

        var one = await lookup.Host.RingAsync(lookup.Ana, "87320001");
        var two = await lookup.Host.RingAsync(lookup.Ana, "87320001");
        release.SetResult();

        foreach (var callId in new[] { one, two })
        {
            await Eventually.TrueAsync(async () =>
                (await Admin.ReadAsync($"/api/calls/{callId}"))!.Value.Text("match") == "one");
            await EndAsync(callId, "87320001");
        }

        crm.Received.Count.ShouldBe(1);
    }

    [SkippableFact]
    public async Task A_Broken_Answer_Changes_Nothing_And_The_Administrator_Sees_It()
    {
        await using var inner = await StartAsync();
        await using var crm = await StartAsync();
        var cases = new (string Error, int? Status, Func<HttpContext, Task> Answer)[]
        {
            ("redirect", 302, context =>
            {
                context.Response.Redirect(inner.Url);
                return Task.CompletedTask;
            }),
            ("redirect", 307, context =>
            {
                context.Response.Headers.Location = inner.Url;
                return EventReceiver.Status(context, 307);
            }),
            ("tooLarge", 200, SendTenMegabytesAsync),
            ("timeout", null, context => Task.Delay(Timeout.Infinite, context.RequestAborted)
                .ContinueWith(_ => { }, TaskScheduler.Default)),
            ("timeout", null, SendHalfAsync),
            ("notJson", 200, context => context.Response.WriteAsync("<html>sign in</html>")),
            ("notJson", 200, context => context.Response.WriteAsync("""{"contacts":"none"}""")),
            ("wrongContact", 200, context => context.Response.WriteAsJsonAsync(Contacts("x1", new string('n', 300), "87330001"))),
            ("otherNumber", 200, context => context.Response.WriteAsJsonAsync(Contacts("x2", "Otra", "8733-9999"))),
            ("status", 304, context => EventReceiver.Status(context, 304)),
            ("status", 500, context => EventReceiver.Status(context, 500, "87330001 failed")),
            ("unreachable", null, context =>
            {
                context.Abort();
                return Task.CompletedTask;
            }),
        };
        foreach (var (i, (error, status, answer)) in cases.Index())
        {
            crm.Answer = (_, context) => answer(context);
            // Each time they are other settings: what failed before is forgotten.
            await AskAtAsync(crm.Url, timeoutMs: 300 + i);
            var number = $"873300{10 + i}";
            var callId = await lookup.Host.RingAsync(lookup.Ana, number);

            var seen = default(JsonElement);
            await Eventually.TrueAsync(
                async () => (seen = (await Admin.ReadAsync(Path))!.Value).Text("state") == "failing",
                () => $"the failure {error} of case {i}: {seen}");
            var failure = seen.GetProperty("lastFailure");
            (failure.Text("error"), failure.Text("status")).ShouldBe(
                (error, status?.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            failure.Text("why").ShouldNotBeNullOrEmpty();
            failure.Text("since").ShouldNotBeNull();
            (await Admin.ReadAsync($"/api/calls/{callId}"))!.Value.Text("match").ShouldBe("none");
            await EndAsync(callId, number);
        }

        lookup.Host.Log.Entries().ShouldNotContain(entry => entry.Contains("873300", StringComparison.Ordinal));
        var part = (await Admin.ReadAsync("/api/status"))!.Value.GetProperty("lookup");
        (part.Text("state"), part.Text("enabled")).ShouldBe(("warning", "True"));
        part.Text("lastError").ShouldNotBeNullOrEmpty();
        inner.Received.ShouldBeEmpty();
        (await Admin.ItemsAsync("/api/contacts?phone=87339999")).ShouldBeEmpty();
        (await Admin.ItemsAsync("/api/contacts?phone=87330001")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Value_That_A_Field_Cant_Hold_Is_Left_Out_And_The_Administrator_Is_Told_Once()
    {
        await using var crm = await StartAsync();
        var (name, saldo) = ("Olga Rojas", "1500.50");
        crm.Answer = (_, context) => context.Response.WriteAsJsonAsync(new
        {
            contacts = new[]
            {
                new
                {
                    id = "c9",
                    name,
                    numbers = new[] { "8737-0001", "8737-0002" },
                    fields = new { vencimiento = "30/11/2026", saldo },
                },
            },
        });
        (await Admin.AskAsync(HttpMethod.Put, "/api/contact-fields", new
        {
            fields = new[]
            {
                new { key = "vencimiento", label = new { es = "Vencimiento", en = "Due date" }, kind = "date" },
                new { key = "saldo", label = new { es = "Saldo", en = "Balance" }, kind = "amount" },
            },
        })).Status.ShouldBe(HttpStatusCode.OK);
        await AskAtAsync(crm.Url);

        await RingAndEndAsync("87370001");

        var contact = default(JsonElement);
        await Eventually.TrueAsync(async () =>
            (contact = (await Admin.ItemsAsync("/api/contacts?phone=87370001")).FirstOrDefault()).ValueKind
                == JsonValueKind.Object);
        contact.GetProperty("fields").EnumerateObject().Select(field => (field.Name, field.Value.GetString()))
            .ShouldBe([("saldo", "1500.50")]);
        var told = default(JsonElement);
        await Eventually.TrueAsync(async () =>
            (await Admin.ReadAsync(Path))!.Value.TryGetProperty("lastLeftOut", out told)
            && told.ValueKind == JsonValueKind.Object);
        told.Text("field").ShouldBe("vencimiento");
        told.Text("why")!.ShouldStartWith("El campo «Vencimiento» espera una fecha como 2026-11-30.");
        told.Text("why")!.ShouldNotContain("30/11/2026", Case.Sensitive, "no value of a person is kept there");
        (await Admin.ReadAsync(Path))!.Value.Text("state").ShouldBe("active", "it did answer");

        (name, saldo) = ("Olga Rojas Mena", "1.500,50");
        await RingAndEndAsync("87370002");
        await Eventually.TrueAsync(async () => (contact = (await Admin.ItemsAsync("/api/contacts?phone=87370001"))[0])
            .Text("name") == name);
        contact.GetProperty("fields").Text("saldo").ShouldBe("1500.50", "what is not taken leaves what is stored");
        saldo = "1500.50";
        var (_, tested) = await Admin.AskAsync(
            HttpMethod.Post, $"{Path}/test", new { number = "8737-0001" }, language: "en");
        tested.Text("leftOut")!.ShouldStartWith("The field “Due date” expects a date such as 2026-11-30.");
        tested.GetProperty("contacts")[0].GetProperty("fields").EnumerateObject().Select(field => field.Name)
            .ShouldBe(["saldo"]);
        tested.GetProperty("lookup").GetProperty("lastLeftOut").Text("at").ShouldBe(told.Text("at"), "it is told once");
    }

    [SkippableFact]
    public async Task A_Crm_That_Keeps_Failing_Is_Left_In_Peace_Until_It_Answers_A_Test()
    {
        await using var crm = await StartAsync();
        crm.Answer = (_, context) => EventReceiver.Status(context, 503);
        await AskAtAsync(crm.Url);
        for (var i = 0; i < 3; i++)
        {
            await RingAndEndAsync($"8734000{i}");
            await Eventually.TrueAsync(() => Task.FromResult(crm.Received.Count == i + 1));
        }

        await Eventually.TrueAsync(async () => (await Admin.ReadAsync(Path))!.Value.Text("state") == "paused");
        await RingAndEndAsync("87340004");
        var paused = (await Admin.ReadAsync(Path))!.Value.GetProperty("lastFailure");
        (paused.Text("error"), paused.Text("status")).ShouldBe(("status", "503"));
        paused.Text("pausedUntil").ShouldNotBeNull();
        crm.Received.Count.ShouldBe(3);

        crm.Answer = (_, context) => EventReceiver.Status(context, 204);
        var (status, tested) = await Admin.AskAsync(HttpMethod.Post, $"{Path}/test", new { number = "8734-0005" });
        (status, tested.Text("answered")).ShouldBe((HttpStatusCode.OK, "True"));
        tested.GetProperty("lookup").Text("state").ShouldBe("active");
        await RingAndEndAsync("87340006");
        await Eventually.TrueAsync(() => Task.FromResult(crm.Received.Count == 5));
        (await Admin.ReadAsync(Path))!.Value.GetProperty("lastFailure").Text("since").ShouldBeNull("it is over");
    }

    [SkippableFact]
    public async Task A_Test_Shows_What_Came_Back_And_Stores_Nothing()
    {
        await using var crm = await StartAsync();
        crm.Answer = (_, context) => context.Response.WriteAsJsonAsync(Contacts("c5", "Irene Mata", "8735-0001"));
        await AskAtAsync(crm.Url, enabled: false);

        var (status, tested) = await Admin.AskAsync(HttpMethod.Post, $"{Path}/test", new { number = "8735 0001" });

        status.ShouldBe(HttpStatusCode.OK);
        (tested.Text("answered"), tested.Text("status")).ShouldBe(("True", "200"));
        tested.GetProperty("milliseconds").GetInt32().ShouldBeInRange(0, 800);
        tested.GetProperty("contacts").EnumerateArray().ShouldHaveSingleItem().Text("name").ShouldBe("Irene Mata");
        tested.GetProperty("request").Text("body").ShouldBe(crm.Received.ShouldHaveSingleItem().Body);
        (await Admin.ItemsAsync("/api/contacts?phone=87350001")).ShouldBeEmpty();

        crm.Answer = (_, context) => context.Response.WriteAsync("Log in first");
        var (_, failed) = await Admin.AskAsync(
            HttpMethod.Post, $"{Path}/test", new { number = "8735 0001" }, language: "en");
        (failed.Text("answered"), failed.Text("error"), failed.Text("answer"))
            .ShouldBe(("False", "notJson", "Log in first"));
        failed.Text("why").ShouldBe("The CRM's answer is not the JSON expected.");
        (await Admin.AskAsync(HttpMethod.Post, $"{Path}/test", new { number = "nadie" })).Body.Errors().ShouldBe(["number"]);

        await RingAndEndAsync("87350009");
        crm.Received.Count.ShouldBe(2, "it is off");
    }

    [SkippableFact]
    public async Task The_Secret_Is_Shown_Once_And_Another_One_Signs_Beside_It()
    {
        await using var crm = await StartAsync();
        var secret = await AskAtAsync(crm.Url);
        (await Admin.GetStringAsync(Path)).ShouldNotContain("whsec_");

        var (status, rotated) = await Admin.AskAsync(HttpMethod.Post, $"{Path}/secret");
        status.ShouldBe(HttpStatusCode.OK);
        rotated.Text("secret").ShouldNotBe(secret);
        (await Admin.ReadAsync(Path))!.Value.Text("previousSecretUntil").ShouldBe(rotated.Text("previousSecretUntil"));
        await Admin.AskAsync(HttpMethod.Post, $"{Path}/test", new { number = "8736-0001" });
        var asked = crm.Received.ShouldHaveSingleItem();
        (asked.IsSignedWith(secret), asked.IsSignedWith(rotated.Text("secret")!)).ShouldBe((true, true));

        var (_, again) = await Admin.AskAsync(HttpMethod.Post, $"{Path}/secret");
        await Admin.AskAsync(HttpMethod.Post, $"{Path}/test", new { number = "8736-0001" });
        foreach (var each in new[] { secret, rotated.Text("secret")!, again.Text("secret")! })
        {
            crm.Received[^1].IsSignedWith(each).ShouldBeTrue("each signs for its day");
        }

        var audit = JsonSerializer.Serialize(await Admin.ItemsAsync("/api/audit?what=contact-lookup"));
        audit.ShouldContain("contact-lookup.changed");
        audit.ShouldContain("contact-lookup.secret-changed");
        audit.ShouldContain("contact-lookup.tested");
        audit.ShouldNotContain("whsec_");
    }

    [SkippableFact]
    public async Task Of_Two_Who_Change_It_The_Second_Is_Told()
    {
        await using var crm = await StartAsync();
        await AskAtAsync(crm.Url);
        var etag = (await Admin.ReadAsync(Path))!.Value.Text("etag");
        var mine = new { url = crm.Url, enabled = true, timeoutMs = 500 };
        (await Admin.AskAsync(HttpMethod.Put, Path, mine, etag)).Status.ShouldBe(HttpStatusCode.OK);

        (await Admin.AskAsync(HttpMethod.Put, Path, mine, etag)).Status
            .ShouldBe(HttpStatusCode.OK, "it says what is stored already");
        (await Admin.AskAsync(HttpMethod.Put, Path, mine with { timeoutMs = 600 }, etag)).Status
            .ShouldBe(HttpStatusCode.PreconditionFailed);
        using var first = new HttpRequestMessage(HttpMethod.Put, Path)
        {
            Content = System.Net.Http.Json.JsonContent.Create(mine with { timeoutMs = 700 }),
        };
        first.Headers.TryAddWithoutValidation("If-None-Match", "*");
        (await Admin.SendAsync(first)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
    }

    [SkippableFact]
    public async Task What_Is_Wrong_With_The_Settings_Is_Said()
    {
        _ = lookup.Host;
        const string good = "https://crm.example.com/contacts";
        foreach (var (body, field) in new (object, string)[]
        {
            (new { enabled = true }, "url"),
            (new { url = "crm.example.com" }, "url"),
            (new { url = "ftp://crm.example.com/" }, "url"),
            (new { url = "https://ana:secret@crm.example.com/" }, "url"),
            (new { url = good, timeoutMs = 99 }, "timeoutMs"),
            (new { url = good, timeoutMs = 801 }, "timeoutMs"),
            (new { url = good, source = "mi crm" }, "source"),
        })
        {
            var (status, problem) = await Admin.AskAsync(HttpMethod.Put, Path, body);
            (status, problem.Errors().Single()).ShouldBe((HttpStatusCode.BadRequest, field));
        }
    }

    private static object Contacts(string id, string name, params string[] numbers) => new
    {
        contacts = new[] { new { id, name, numbers, link = $"https://crm.example.com/{id}" } },
    };

    private static async Task SendTenMegabytesAsync(HttpContext context)
    {
        var chunk = new byte[64 * 1024];
        Array.Fill(chunk, (byte)' ');
        try
        {
            for (var i = 0; i < 160; i++)
            {
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // Whoever asked has hung up.
        }
    }

    private static async Task SendHalfAsync(HttpContext context)
    {
        await context.Response.WriteAsync("{\"contacts\":");
        await context.Response.Body.FlushAsync();
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private async Task<EventReceiver> StartAsync()
    {
        // Skips where the storage is missing.
        _ = lookup.Host;
        return await EventReceiver.StartAsync();
    }

    /// <summary>Has the CRM asked at this address.</summary>
    /// <returns>The secret that signs.</returns>
    private async Task<string> AskAtAsync(string url, int timeoutMs = 800, bool enabled = true, string? source = null)
    {
        var (status, body) = await Admin.AskAsync(HttpMethod.Put, Path, new { url, enabled, timeoutMs, source });
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        if (body.Text("secret") is { } secret)
        {
            secret.ShouldStartWith("whsec_");
            return secret;
        }

        return (await Admin.AskAsync(HttpMethod.Post, $"{Path}/secret")).Body.Text("secret")!;
    }

    private async Task RingAndEndAsync(string number) =>
        await EndAsync(await lookup.Host.RingAsync(lookup.Ana, number), number);

    private Task<string> EndAsync(string callId, string number) =>
        lookup.Host.RingAsync(lookup.Ana, number, action: "callEnd", callId: callId);
}

public sealed class ContactLookupTestsOnSqlite(LookupHost lookup)
    : ContactLookupTests(lookup), IClassFixture<LookupHost>;

public sealed class ContactLookupTestsOnAzurite(LookupHostOnAzurite lookup)
    : ContactLookupTests(lookup), IClassFixture<LookupHostOnAzurite>;
