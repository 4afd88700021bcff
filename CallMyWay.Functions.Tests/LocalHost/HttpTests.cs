using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.LocalHost;

public abstract class HttpTests(HttpTests.Fixture fixture)
{
    private TestHost Host => fixture.Host;

    [SkippableTheory]
    [InlineData("GET", "/api/no-such-thing", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/host", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/api/me", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/api/http-tests/number/x", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/api/http-tests/failing", HttpStatusCode.InternalServerError)]
    [InlineData("GET", "/api/http-tests/no-rule", HttpStatusCode.Forbidden)]
    public async Task Every_Error_Under_Api_Is_A_Problem_In_Plain_Words(
        string method, string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await Host.Anonymous().SendAsync(request);

        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [SkippableFact]
    public async Task An_Unhandled_Exception_Is_Logged_Once_And_The_Caller_Gets_Only_Its_Id()
    {
        using var response = await Host.Anonymous().GetAsync("/api/http-tests/failing");

        var body = await response.Content.ReadAsStringAsync();
        body.ShouldNotContain("inner workings");
        var code = JsonDocument.Parse(body).RootElement.GetProperty("detail").GetString()!.Split(' ')[^1].TrimEnd('.');
        Host.Log.Entries(LogLevel.Error).Count(entry => entry.Contains(code, StringComparison.Ordinal)).ShouldBe(1);
        Host.Log.Entries(LogLevel.Error)
            .ShouldContain(entry => entry.Contains("inner workings", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_Function_Gets_Typed_Route_Values_And_Answers_A_Result()
    {
        (await Host.Anonymous().GetStringAsync("/api/http-tests/number/42")).ShouldBe("""{"number":42,"role":"agent"}""");
    }

    [SkippableFact]
    public async Task A_Body_Beyond_The_Limit_Is_Refused_With_A_Problem()
    {
        using var content = new StringContent(
            $"{{\"agent\":\"{new string('a', 300_000)}\"}}", Encoding.UTF8, "application/json");
        using var response = await Host.Anonymous().PostAsync("/api/session", content);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [SkippableFact]
    public async Task An_Unknown_Host_Name_Is_Refused_Except_For_Notifications()
    {
        var client = Host.Anonymous();
        client.DefaultRequestHeaders.Host = "evil.example";

        (await client.GetAsync("/api/host")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.GetAsync("/")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        const string Key = "demo-key-0000000000000000";
        const string Body = """{"action":"callEnd","data":{"callid":"h1","account_id":"8000001"}}""";
        foreach (var path in new[] { "/api/webhooks/callmyway/", "/API/Webhooks/CallMyWay/" }.SelectMany(Spellings))
        {
            using var notification = new StringContent(Body);
            (await client.PostAsync(path, notification)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }

        static IEnumerable<string> Spellings(string folder) => [folder + Key, $"{folder}{Key}/"];
    }

    [SkippableTheory]
    [InlineData("/API/host")]
    [InlineData("/api/webhooks/../host")]
    [InlineData("/api/webhooks/%2e%2e/host")]
    [InlineData("/api/webhooks%2F..%2Fhost")]
    [InlineData("//api/webhooks/callmyway/demo-key-0000000000000000")]
    [InlineData("/api%2Fwebhooks/callmyway/demo-key-0000000000000000")]
    [InlineData("/api/webhooksandmore")]
    public async Task No_Spelling_Of_An_Address_Lets_An_Unknown_Host_Name_Reach_More_Than_The_Webhook(string path)
    {
        (await RawAnswerAsync(path, "evil.example")).ShouldStartWith("HTTP/1.1 400");
    }

    [SkippableTheory]
    [InlineData("/API/no-such-thing")]
    [InlineData("//api/me")]
    [InlineData("/api//me")]
    [InlineData("/api%2Fme")]
    [InlineData("/api%2fme/")]
    [InlineData("/%2Fapi/me")]
    [InlineData("/hubs/%2e%2e/api//me")]
    public async Task Every_Spelling_Of_An_Address_Under_Api_Gets_The_Api_s_Answer(string path)
    {
        var answer = await RawAnswerAsync(path, Host.Address.Authority);

        answer.ShouldStartWith("HTTP/1.1 404");
        answer.ShouldContain("application/problem+json");
        answer.ShouldContain("no-store");
    }

    [SkippableTheory]
    [InlineData("/HUBS/no-such-thing")]
    [InlineData("//hubs/pop-ups")]
    [InlineData("/hubs%2Fpop-ups")]
    public async Task No_Spelling_Of_An_Address_Under_Hubs_Gets_The_Console(string path)
    {
        (await RawAnswerAsync(path, Host.Address.Authority)).ShouldStartWith("HTTP/1.1 404");
    }

    /// <summary>The raw answer to an address that is sent exactly like this: HttpClient would normalize it.</summary>
    private async Task<string> RawAnswerAsync(string path, string host)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Host.Address.Host, Host.Address.Port);
        await using var stream = client.GetStream();
        var request = $"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        return await new StreamReader(stream).ReadToEndAsync();
    }

    [SkippableFact]
    public async Task Pages_Come_With_Strict_Headers()
    {
        using var response = await Host.Anonymous().GetAsync("/");

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'self'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        response.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        response.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
    }

    [SkippableFact]
    public async Task The_Licences_Of_The_Console_s_Libraries_Are_Served_As_Text()
    {
        var folder = Directory.CreateTempSubdirectory("callmyway-console-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "index.html"), "<!doctype html>");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "licenses.txt"), "Copyright © Somebody");
            await using var host = await TestHost.StartAsync(
                fixture.Storage, new() { Settings = ["--ConsolePath", folder.FullName] });

            using var response = await host.Anonymous().GetAsync("/licenses.txt");

            response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
            (await response.Content.ReadAsStringAsync()).ShouldBe("Copyright © Somebody");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SkippableFact]
    public async Task A_Page_Address_Gets_The_Console_And_A_Missing_File_A_404()
    {
        const string Console = "<!doctype html><title>The console</title>";
        var folder = Directory.CreateTempSubdirectory("callmyway-console-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "index.html"), Console);
            folder.CreateSubdirectory("assets");
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "assets", "index-abc.js"), "'a script'");
            await using var host = await TestHost.StartAsync(
                fixture.Storage, new() { Settings = ["--ConsolePath", folder.FullName] });
            var client = host.Anonymous();

            string[] pages =
            [
                "/", "/history", "/history/1001", "/agents/ana.maria", "/ana.maria", "/no/such/page/", "/index.html",
            ];
            foreach (var page in pages)
            {
                using var response = await client.GetAsync(page);
                response.StatusCode.ShouldBe(HttpStatusCode.OK, page);
                (await response.Content.ReadAsStringAsync()).ShouldBe(Console, page);
                response.Headers.CacheControl!.NoCache.ShouldBeTrue(page);
            }

            (await client.GetStringAsync("/assets/index-abc.js")).ShouldBe("'a script'");
            string[] none =
            [
                "/assets/index-old.js", "/assets/a/b.c/d", "/assets/history", "/assets%2Findex-old.js", "/favicon.ico",
                "/a/b.png", "/api/history", "/hubs/history",
            ];
            foreach (var missing in none)
            {
                using var response = await client.GetAsync(missing);
                response.StatusCode.ShouldBe(HttpStatusCode.NotFound, missing);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SkippableFact]
    public async Task Both_Hosts_Take_The_Same_Addresses_For_Files()
    {
        var source = await File.ReadAllTextAsync(WebFolder.Find("static-web-app.ts").ShouldNotBeNull());

        source.ShouldContain($"'/*.{{{string.Join(',', SitePaths.FileEndings.Select(ending => ending[1..]))}}}'");
    }

    [SkippableFact]
    public async Task The_Page_Is_Told_That_This_Is_The_Demo()
    {
        var view = await Host.Anonymous().GetFromJsonAsync<JsonElement>("/api/host");

        view.GetProperty("demo").GetBoolean().ShouldBeTrue();
        view.GetProperty("signIn").GetString().ShouldBe("password");
    }

    [SkippableTheory]
    [InlineData("Information")]
    [InlineData("Debug")]
    [InlineData("Trace")]
    public async Task No_Key_And_No_Number_Is_Ever_Logged(string frameworkLevel)
    {
        const string Number = "+50687654321";
        const string Canary = "canary-key-1234567890abcd";
        await using var host = await TestHost.StartAsync(fixture.Storage, new()
        {
            // A setting that enables all of the framework's logs.
            Settings =
            [
                "--Webhook:Keys:0", Canary,
                "--Logging:LogLevel:Microsoft.AspNetCore", frameworkLevel, "--Logging:LogLevel:Default", "Trace",
            ],
        });
        var ana = await host.SignInAsync("ana");

        foreach (var body in new[] { $$$"""{"action":"callStart","data":{"callid":"n1","account_id":"8000001","endpoint_id":"1001","ani":"{{{Number}}}","type":"in"}}""", $"not json {Number}" })
        {
            await ana.PostAsync($"/api/webhooks/callmyway/{Canary}", new StringContent(body));
        }

        await ana.GetAsync($"/api/contacts?phone={Uri.EscapeDataString(Number)}");
        await ana.GetAsync($"/api/no-such-thing/{Number}");
        await ana.GetAsync($"/{Number}.js");
        // The processing after the ack logs too.
        await Eventually.TrueAsync(async () => await ana.ReadAsync("/api/calls/n1") is not null);
        await host.App.StopAsync();

        host.Log.Entries().ShouldNotContain(entry => entry.Contains("canary", StringComparison.Ordinal));
        host.Log.Entries().ShouldNotContain(entry => entry.Contains("87654321", StringComparison.Ordinal));
    }

    public abstract class Fixture(TestStorage storage) : IAsyncLifetime
    {
        private TestHost? _host;

        public TestStorage Storage => storage;

        public TestHost Host
        {
            get
            {
                storage.SkipWhereMissing();
                return _host!;
            }
        }

        public async Task InitializeAsync() => _host = storage.WhyNot() is null ? await TestHost.StartAsync(
            storage, new() { Functions = [typeof(Functions)] }) : null;

        public async Task DisposeAsync() => await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    public sealed class Functions
    {
        private readonly Role _role = Role.Agent;

        private readonly string _secret = "the inner workings";

        [Function("HttpTestsNumber"), AllowAnyone("It is for tests.")]
        public IResult Number(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "http-tests/number/{number}")] HttpRequest request, int number, CancellationToken cancellationToken) =>
            TypedResults.Ok(new { number, role = _role });

        [Function("HttpTestsFailing"), AllowAnyone("It is for tests.")]
        public IResult Failing(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "http-tests/failing")] HttpRequest request) =>
            throw new InvalidOperationException(_secret);

        [Function("HttpTestsNoRule")]
        public IResult NoRule([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "http-tests/no-rule")] HttpRequest request) => TypedResults.Ok(_role);
    }
}

public sealed class HttpTestsOnSqlite(
    HttpTestsOnSqlite.Sqlite sqlite) : HttpTests(sqlite), IClassFixture<HttpTestsOnSqlite.Sqlite>
{
    public sealed class Sqlite() : Fixture(TestStorage.Sqlite);
}

public sealed class HttpTestsOnAzurite(
    HttpTestsOnAzurite.Azurite azurite) : HttpTests(azurite), IClassFixture<HttpTestsOnAzurite.Azurite>
{
    public sealed class Azurite() : Fixture(TestStorage.Azurite);
}
