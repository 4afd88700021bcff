using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text;
using System.Text.Json;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Embedding;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost;
using CallMyWay.LocalHost.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>Calls every HTTP function through the whole host, as nobody and as each role.</summary>
public abstract class RoleWalkTests(RoleWalkTests.Host host)
{
    /// <summary>
    /// The functions that anyone may call. A new one is a decision; its reason is written here and in the code.
    /// </summary>
    private static readonly Dictionary<string, string> OpenToAnyone = new(StringComparer.Ordinal)
    {
        ["AcceptInvite"] = "It asks for the token of an invitation, which is random.",
        ["FindInvite"] = "It asks for the token of an invitation, which is random.",
        ["GetHost"] = "It says how to sign in, and that this is the demo.",
        ["Health"] = "A load balancer asks, and learns yes or no.",
        ["OpenApi"] = "It describes the API, and holds nobody's data.",
        ["ReceiveCallEvent"] = "The operator can't sign in; the key in the path is its pass.",
        ["SetUp"] = "It asks for the one-time token that the server showed at its start.",
        ["SignIn"] = "It is the sign-in. Guesses are counted and held up.",
        ["SignOut"] = "Signing out without being signed in changes nothing.",
    };

    public static TheoryData<string> Guarded { get; } =
        [.. FunctionMethods.Everywhere.Where(function => function.Http is not null && !IsOpen(function)).Select(function => function.Name).Order(StringComparer.Ordinal)];

    [SkippableFact]
    public void Only_The_Doors_Listed_Here_Are_Open() => FunctionMethods.Everywhere
        .Where(IsOpen)
        .ToDictionary(
            function => function.Name,
            function => function.Method.GetCustomAttribute<AllowAnyoneAttribute>()!.Because,
            StringComparer.Ordinal)
        .ShouldBe(OpenToAnyone, ignoreOrder: true);

    [SkippableTheory]
    [MemberData(nameof(Guarded))]
    public async Task A_Function_Answers_Those_Who_May_Call_It_And_Nobody_Else(string name)
    {
        host.SkipWhereMissing();
        var function = FunctionMethods.Everywhere.Single(function => function.Name == name);
        var needed = function.Method.GetCustomAttribute<AllowAttribute>()?.Role;
        var scope = function.Method.GetCustomAttribute<AllowKeyAttribute>()?.Scope;
        (needed is null && scope is null).ShouldBeFalse($"nobody may call {name}");

        foreach (var method in function.Http!.Methods!)
        {
            foreach (var each in Enum.GetValues<KeyScope>())
            {
                var answer = await host.SendAsync(method, PathOf(function), HeaderCredentials.KeyHeader, host.Keys[each]);
                (answer == HttpStatusCode.Forbidden).ShouldBe(each != scope, $"a key for {each} calls {name}: {answer}");
                answer.ShouldNotBe(HttpStatusCode.Unauthorized);
            }

            var embedded = await host.SendAsync(method, PathOf(function), HeaderCredentials.TokenHeader, host.Token);
            var isOpenToTokens = needed == Role.Agent && !function.Method.IsDefined(typeof(NotEmbeddedAttribute));
            (embedded == HttpStatusCode.Forbidden).ShouldBe(!isOpenToTokens, $"an embed token calls {name}: {embedded}");
            embedded.ShouldNotBe(HttpStatusCode.Unauthorized);

            (await host.SendAsync(Host.Nobody, method, PathOf(function))).ShouldBe(HttpStatusCode.Unauthorized);
            foreach (var role in Enum.GetValues<Role>())
            {
                var answer = await host.SendAsync(role, method, PathOf(function));
                if (needed is null || role < needed)
                {
                    answer.ShouldBe(HttpStatusCode.Forbidden, $"{role} calls {name}");
                }
                else
                {
                    answer.ShouldNotBeOneOf(
                        HttpStatusCode.Unauthorized,
                        HttpStatusCode.Forbidden,
                        HttpStatusCode.MethodNotAllowed,
                        HttpStatusCode.InternalServerError);
                }
            }
        }
    }

    private static bool IsOpen(FunctionMethod function) => function.Method.IsDefined(typeof(AllowAnyoneAttribute));

    // A date where one is needed; otherwise an id that does not exist, so that no row is changed.
    private static string PathOf(FunctionMethod function) => "/api/" + string.Join('/', RoutePatternFactory.Parse(function.Http!.Route!).PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart { Name: "date" } => "2026-01-31",
            _ => "nothing-of-this-name",
        }))));

    /// <summary>A host with an agent for each role, each signed in.</summary>
    public abstract class Host(TestStorage storage) : IAsyncLifetime
    {
        public const Role Nobody = default;

        private const string Password = "correct horse battery";

        private readonly string _data = Directory.CreateTempSubdirectory("callmyway-roles-").FullName;

        private readonly Dictionary<Role, HttpClient> _clients = [];

        private WebApplication? _app;

        /// <summary>A key for each scope.</summary>
        public IDictionary<KeyScope, string> Keys { get; } = new Dictionary<KeyScope, string>();

        /// <summary>An embed token of the agent.</summary>
        public string Token { get; private set; } = "";

        public async Task InitializeAsync()
        {
            if (storage.WhyNot() is not null)
            {
                return;
            }

            _app = LocalHostApp.Build(["--demo", "false", "--DataPath", _data, "--urls", "http://127.0.0.1:0", .. await storage.SettingsAsync(_data)]);
            await _app.StartAsync();
            var address = new Uri(_app.Urls.Single());
            _clients[Nobody] = new HttpClient { BaseAddress = address };
            foreach (var role in Enum.GetValues<Role>())
            {
                var id = role.ToString().ToLowerInvariant();
                var put = await _app.Services.GetRequiredService<AgentStore>().PutAsync(
                    new Agent { AgentId = id, Name = id, SignInName = id, Roles = [role] }, CancellationToken.None);
                await _app.Services.GetRequiredService<LocalAccounts>()
                    .SetPasswordAsync(put.Agent!, Password, CancellationToken.None);
                _clients[role] = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }, disposeHandler: true) { BaseAddress = address };
                await SignInAsync(role);
            }

            foreach (var scope in Enum.GetValues<KeyScope>())
            {
                Keys[scope] = (await PostAsync(Role.Admin, "/api/api-keys", null, new { name = "test", scopes = new[] { scope.ToString().ToLowerInvariant() } }))
                    .GetProperty("key").GetString()!;
            }

            await TakeTokenAsync();
        }

        /// <summary>It has no keys then.</summary>
        public void SkipWhereMissing() => storage.SkipWhereMissing();

        public async Task<HttpStatusCode> SendAsync(string method, string path, string header, string value)
        {
            using var request = Request(method, path);
            request.Headers.Add(header, value);
            using var response = await _clients[Nobody].SendAsync(request);
            return response.StatusCode;
        }

        public async Task<HttpStatusCode> SendAsync(Role role, string method, string path)
        {
            using var request = Request(method, path);
            using var response = await _clients[role].SendAsync(request);
            if (response.IsSuccessStatusCode && path == "/api/me/sessions")
            {
                // It ends the caller's own session too, and the tokens.
                await SignInAsync(role);
                await TakeTokenAsync();
            }

            return response.StatusCode;
        }

        private static HttpRequestMessage Request(string method, string path)
        {
            var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
            request.Headers.Add("X-Requested-With", "test");
            request.Content = request.Method == HttpMethod.Get
                ? null
                : new StringContent("{}", Encoding.UTF8, "application/json");
            return request;
        }

        private async Task<JsonElement> PostAsync(Role role, string path, string? key, object body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
            request.Headers.Add("X-Requested-With", "test");
            if (key is not null)
            {
                request.Headers.Add(HeaderCredentials.KeyHeader, key);
            }

            using var answer = await _clients[role].SendAsync(request);
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadFromJsonAsync<JsonElement>();
        }

        private async Task TakeTokenAsync() =>
            Token = (await PostAsync(Nobody, "/api/embed-tokens", Keys[KeyScope.Embed], new { agentId = "agent" })).GetProperty("token").GetString()!;

        private async Task SignInAsync(Role role)
        {
            using var signedIn = await _clients[role].PostAsJsonAsync(
                "/api/session", new { agent = role.ToString().ToLowerInvariant(), password = Password });
            signedIn.IsSuccessStatusCode.ShouldBeTrue();
        }

        public async Task DisposeAsync()
        {
            foreach (var client in _clients.Values)
            {
                client.Dispose();
            }

            if (_app is not null)
            {
                await _app.StopAsync();
                await _app.DisposeAsync();
            }

            Directory.Delete(_data, recursive: true);
        }
    }
}

public sealed class RoleWalkTestsOnSqlite(
    RoleWalkTestsOnSqlite.Sqlite sqlite) : RoleWalkTests(sqlite), IClassFixture<RoleWalkTestsOnSqlite.Sqlite>
{
    public sealed class Sqlite() : Host(TestStorage.Sqlite);
}

public sealed class RoleWalkTestsOnAzurite(
    RoleWalkTestsOnAzurite.Azurite azurite) : RoleWalkTests(azurite), IClassFixture<RoleWalkTestsOnAzurite.Azurite>
{
    public sealed class Azurite() : Host(TestStorage.AzuriteInTheLongRun);
}
