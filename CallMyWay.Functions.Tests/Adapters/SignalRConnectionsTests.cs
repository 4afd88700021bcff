using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Core;
using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.Adapters;

/// <summary>How Azure SignalR Service is asked to close an agent's connections.</summary>
public sealed class SignalRConnectionsTests : IDisposable
{
    private const string Key = "c2VjcmV0IG9mIHRoZSBzZXJ2aWNl";

    private const string Path = "https://calls.service.signalr.net/api/hubs/callhub/users/";

    private readonly Service _service = new();

    private readonly HttpClient _http;

    private readonly LogCapture _log = new();

    private readonly LoggerFactory _loggers;

    public SignalRConnectionsTests() => (_http, _loggers) = (new HttpClient(_service), new LoggerFactory([_log]));

    public void Dispose()
    {
        _http.Dispose();
        _loggers.Dispose();
    }

    [Fact]
    public async Task With_An_Identity_All_Connections_Of_The_Agent_Are_Closed()
    {
        await CloseAsync("AzureSignalRConnectionString:serviceUri", "https://calls.service.signalr.net");

        _service.Asked.Select(each => each.Address).ShouldBe(
            [
                $"POST {Path}sofia/:closeConnections?api-version=2022-06-01",
                $"POST {Path}sofia~embedded/:closeConnections?api-version=2022-06-01",
            ],
            ignoreOrder: true);
        _service.Asked.ShouldAllBe(each => each.Token == "of https://signalr.azure.com/.default");
        _log.Entries().ShouldBeEmpty();
    }

    [Fact]
    public async Task With_A_Key_Each_Request_Has_A_Token_For_Its_Address_Alone()
    {
        await CloseAsync(
            "AzureSignalRConnectionString", $"Endpoint=https://calls.service.signalr.net;AccessKey={Key};Version=1.0;");

        _service.Asked.Count.ShouldBe(2);
        foreach (var (address, token) in _service.Asked)
        {
            var parts = token.Split('.');
            var signature = HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(Key), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
            parts[2].ShouldBe(System.Buffers.Text.Base64Url.EncodeToString(signature));
            var body = JsonSerializer.Deserialize<JsonElement>(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
            body.GetProperty("aud").GetString().ShouldBe(address["POST ".Length..].Split('?')[0]);
            var ends = DateTimeOffset.FromUnixTimeSeconds(body.GetProperty("exp").GetInt64());
            (ends - DateTimeOffset.UtcNow).TotalMinutes.ShouldBeInRange(4, 5);
        }
    }

    [Fact]
    public async Task Where_The_Service_Does_Not_Answer_It_Is_Logged_And_No_Error_Of_The_Callers()
    {
        _service.Status = HttpStatusCode.ServiceUnavailable;

        await CloseAsync(
            "AzureSignalRConnectionString", $"Endpoint=https://calls.service.signalr.net;AccessKey={Key};Version=1.0;");

        var entry = _log.Entries(LogLevel.Error).ShouldHaveSingleItem();
        entry.ShouldContain("The screens of sofia could not be disconnected");
        entry.ShouldNotContain(Key);
    }

    [Fact]
    public async Task All_Are_Closed_Again_When_No_Instance_Lets_The_Former_Person_In_And_When_No_Token_Does()
    {
        await using var features = await Features.StartAsync();
        var began = features.Clock.Now;
        var disconnects = DisconnectsOf(features);
        var asked = new List<TimeSpan>();

        await disconnects.PrepareAsync("sofia", default);
        await disconnects.DisconnectAsync("sofia", default);

        _service.Asked.Count.ShouldBe(2);
        for (; features.Clock.Now - began < TimeSpan.FromMinutes(20); features.Clock.Now += TimeSpan.FromSeconds(10))
        {
            // The service is down when it is asked for the last time, for a moment.
            _service.Status = features.Clock.Now - began == TimeSpan.FromMinutes(16)
                ? HttpStatusCode.ServiceUnavailable
                : HttpStatusCode.NoContent;
            _service.Asked.Clear();
            await RunJobsAsync(features, disconnects);
            asked.AddRange(_service.Asked.Where(each => each.Address.Contains("/sofia/", StringComparison.Ordinal))
                .Select(_ => features.Clock.Now - began));
        }

        asked.ShouldBe([TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(16), TimeSpan.FromSeconds((16 * 60) + 10)]);
        (await features.Get<IQueueAdmin>().CountAsync(StorageNames.Jobs, default)).ShouldBe(0);
    }

    [Theory]
    [InlineData("renamed")]
    [InlineData("demoted")]
    [InlineData("removed")]
    public async Task They_Are_Closed_Also_Where_The_Process_Ends_As_Soon_As_The_Agent_Has_Changed(string change)
    {
        await using var features = await Features.StartAsync();
        var (agents, disconnects) = (features.Get<AgentStore>(), DisconnectsOf(features));
        var sofia = new Agent
        {
            AgentId = "sofia",
            Name = "Sofía",
            SignInName = "sofia",
            Roles = [Role.Agent, Role.Supervisor],
        };
        await agents.PutAsync(sofia, default);
        var changed = change == "renamed" ? sofia with { SignInName = "otra" } : sofia with { Roles = [Role.Agent] };

        await Should.ThrowAsync<CrashException>(() => AskAsync(new EndsAfterChange(disconnects)));

        // What is asked again finds nothing to change.
        var after = await agents.GetAsync("sofia", default);
        (change == "removed" ? after is null : AgentStore.IsSame(after!, changed)).ShouldBeTrue();
        await AskAsync(disconnects);
        _service.Asked.ShouldBeEmpty();
        await RunJobsAsync(features, disconnects);
        features.Clock.Now += TimeSpan.FromMinutes(1);
        await RunJobsAsync(features, disconnects);
        _service.Asked.Select(each => each.Address).ShouldContain(
            $"POST {Path}sofia/:closeConnections?api-version=2022-06-01");

        Task<IResult> AskAsync(IAgentScreens screens)
        {
            var functions = ActivatorUtilities.CreateInstance<AgentFunctions>(
                features.Get<IServiceProvider>(), new object[] { new[] { screens } });
            var user = Principal.Create("test", "admin", "Admin", [Role.Admin], null);
            var request = new DefaultHttpContext { User = user }.Request;
            request.ContentType = "application/json";
            request.Body = new MemoryStream(Encoding.UTF8.GetBytes(
                $$"""{"name":"Sofía","signInName":"{{changed.SignInName}}","roles":{{RolesOf(changed)}}}"""));
            return change == "removed"
                ? functions.Delete(request, "sofia", default)
                : functions.Put(request, "sofia", default);
        }

        static string RolesOf(Agent agent) =>
            JsonSerializer.Serialize(agent.Roles.Select(role => JsonNamingPolicy.CamelCase.ConvertName($"{role}")));
    }

    private ScreenDisconnects DisconnectsOf(Features features) => new(
        With("AzureSignalRConnectionString:serviceUri", "https://calls.service.signalr.net"),
        features.Get<JobQueue>());

    private static async Task RunJobsAsync(Features features, IJobKind kind)
    {
        var runner = ActivatorUtilities.CreateInstance<JobRunner>(
            features.Get<IServiceProvider>(), new object[] { new[] { kind } });
        var queue = features.Get<IQueueReceiver>();
        while (await queue.ReceiveAsync(
            StorageNames.Jobs, 1, TimeSpan.FromMinutes(1), default) is [var message])
        {
            await runner.RunAsync(JobMessage.Read(message.Body), default);
            await queue.DeleteAsync(message, default);
        }
    }

    private Task CloseAsync(string setting, string value) => With(setting, value).DisconnectAsync("sofia", default);

    private SignalRConnections With(string setting, string value) => new(
        new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { [setting] = value }).Build(),
        new Identity(),
        _http,
        TimeProvider.System,
        _loggers.CreateLogger<SignalRConnections>());

    /// <summary>A process that ends as soon as the agent has changed.</summary>
    private sealed class EndsAfterChange(IAgentScreens screens) : IAgentScreens
    {
        public Task PrepareAsync(string agentId, CancellationToken cancellationToken) =>
            screens.PrepareAsync(agentId, cancellationToken);

        public Task DisconnectAsync(string agentId, CancellationToken cancellationToken) => throw new CrashException();
    }

    private sealed class Service : HttpMessageHandler
    {
        private readonly Lock _gate = new();

        public List<(string Address, string Token)> Asked { get; } = [];

        public HttpStatusCode Status { get; set; } = HttpStatusCode.NoContent;

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                Asked.Add((
                    $"{request.Method} {request.RequestUri!.AbsoluteUri}", request.Headers.Authorization!.Parameter!));
            }

            return Task.FromResult(new HttpResponseMessage(Status));
        }
    }

    private sealed class Identity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext context, CancellationToken cancellationToken) =>
            new($"of {context.Scopes.Single()}", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext context, CancellationToken cancellationToken) =>
            new(GetToken(context, cancellationToken));
    }
}
