using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Core;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// Disconnects an agent's screens from Azure SignalR Service, all at once. The client library closes single connections
/// alone, so it is asked by the service's REST API
/// (https://learn.microsoft.com/azure/azure-signalr/swagger/signalr-data-plane-rest-v20220601).
/// </summary>
internal sealed partial class SignalRConnections(
    IConfiguration configuration,
    TokenCredential credential,
    HttpClient http,
    TimeProvider clock,
    ILogger<SignalRConnections> logger)
{
    /// <summary>The hub's name: that of the class <c>CallHub</c>, in small letters.</summary>
    private const string Hub = "callhub";

    /// <summary>Who has changed the agent waits for it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private static readonly string[] Scopes = ["https://signalr.azure.com/.default"];

    private static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(5);

    /// <summary>As <see cref="CloseAsync"/>. What goes wrong is logged.</summary>
    public async Task DisconnectAsync(string agentId, CancellationToken cancellationToken)
    {
        try
        {
            await CloseAsync(agentId, cancellationToken);
        }
        catch (Exception failure)
        {
            Log.NotClosed(logger, agentId, failure);
        }
    }

    /// <summary>Closes all connections of the agent's screens.</summary>
    public async Task CloseAsync(string agentId, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        var failures = await AtOnce.DoAsync(ScreenUsers.AllOf(agentId), user => TryCloseAsync(user, limit.Token));
        if (failures.OfType<Exception>().FirstOrDefault() is { } failure)
        {
            throw new ScreensException("Azure SignalR Service did not close the agent's connections.", failure);
        }
    }

    private async Task<Exception?> TryCloseAsync(string user, CancellationToken cancellationToken)
    {
        try
        {
            var service = SignalRSettings.Service(configuration);
            var address = new Uri(
                service.Endpoint, $"api/hubs/{Hub}/users/{Uri.EscapeDataString(user)}/:closeConnections");
            using var request = new HttpRequestMessage(
                HttpMethod.Post, new UriBuilder(address) { Query = "api-version=2022-06-01" }.Uri);
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                service.Key is { } key
                    ? TokenOf(address, key)
                    : (await credential.GetTokenAsync(new TokenRequestContext(Scopes), cancellationToken)).Token);
            using var answer = await http.SendAsync(request, cancellationToken);
            answer.EnsureSuccessStatusCode();
            return null;
        }
        catch (Exception exception)
        {
            // One of two users' connections may be closed all the same.
            return exception;
        }
    }

    /// <summary>A JSON Web Token for this address alone, signed with the service's key (HS256).</summary>
    private string TokenOf(Uri address, string key)
    {
        var ends = (clock.GetUtcNow() + TokenLifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var head = Encoded("""{"alg":"HS256","typ":"JWT"}"""u8);
        var body = Encoded(Encoding.UTF8.GetBytes(
            $$"""{"aud":{{JsonSerializer.Serialize(address.AbsoluteUri)}},"exp":{{ends}}}"""));
        var signature = Encoded(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(key), Encoding.ASCII.GetBytes($"{head}.{body}")));
        return $"{head}.{body}.{signature}";
    }

    private static string Encoded(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Error,
            "The screens of {AgentId} could not be disconnected. One that stays connected gets what is sent to that id "
            + "until it is closed.")]
        public static partial void NotClosed(ILogger logger, string agentId, Exception exception);
    }
}
