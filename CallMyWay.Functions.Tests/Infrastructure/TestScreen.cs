using System.Text.Json;
using System.Threading.Channels;
using CallMyWay.Functions.Embedding;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>An agent's screen: a real client of the realtime channel, that keeps what it is told in order.</summary>
public sealed class TestScreen : IAsyncDisposable
{
    private readonly HubConnection _connection;

    private readonly Channel<(string Name, JsonElement PopUp)> _messages =
        Channel.CreateUnbounded<(string, JsonElement)>();

    private readonly Channel<JsonElement> _listed = Channel.CreateUnbounded<JsonElement>();

    private readonly Channel<JsonElement> _boards = Channel.CreateUnbounded<JsonElement>();

    private readonly Channel<JsonElement> _rests = Channel.CreateUnbounded<JsonElement>();

    private readonly Channel<JsonElement> _presences = Channel.CreateUnbounded<JsonElement>();

    private TestScreen(HubConnection connection)
    {
        _connection = connection;
        connection.On<JsonElement>("wallboard", changes => _boards.Writer.TryWrite(changes));
        connection.On<JsonElement>("presence", presence => _presences.Writer.TryWrite(presence));
        connection.On<JsonElement>("campaignRest", rest => _rests.Writer.TryWrite(rest));
        connection.On<JsonElement>("callsChanged", changes =>
        {
            foreach (var call in changes.GetProperty("items").EnumerateArray())
            {
                _listed.Writer.TryWrite(call);
            }
        });
        foreach (var name in new[] { "popUp", "popUpChanged", "popUpClosed" })
        {
            connection.On<JsonElement>(name, popUp => _messages.Writer.TryWrite((name, popUp)));
        }
    }

    /// <summary>
    /// As the console does: the client opens /api/pop-ups with the cookie, and is sent on to the hub with a token.
    /// </summary>
    public static Task<TestScreen> OpenAsync(TestHost host, HttpClient browser) =>
        OpenAsync(host, options => options.Cookies = host.CookiesOf(browser));

    /// <summary>As a page of another application does: with an embed token.</summary>
    public static Task<TestScreen> OpenAsync(TestHost host, string embedToken) =>
        OpenAsync(host, options => options.Headers[HeaderCredentials.TokenHeader] = embedToken);

    private static async Task<TestScreen> OpenAsync(TestHost host, Action<HttpConnectionOptions> signIn)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(host.Address, "/api/pop-ups"), HttpTransportType.WebSockets, signIn)
            .Build();
        var screen = new TestScreen(connection);
        await connection.StartAsync();
        return screen;
    }

    /// <summary>The next message of a pop-up, of whatever call.</summary>
    public async Task<(string Name, JsonElement PopUp)> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _messages.Reader.ReadAsync(limit.Token);
    }

    /// <summary>The next message of the call; those of other calls are passed over.</summary>
    public async Task<(string Name, JsonElement PopUp)> NextOfAsync(string callId)
    {
        while (true)
        {
            var message = await NextAsync();
            if (message.PopUp.Text("callId") == callId)
            {
                return message;
            }
        }
    }

    /// <summary>The next time that the agent paused or came back.</summary>
    public async Task<JsonElement> NextPresenceAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _presences.Reader.ReadAsync(limit.Token);
    }

    /// <summary>The next time until which campaigns dial nobody for the agent.</summary>
    public async Task<JsonElement> NextRestAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _rests.Reader.ReadAsync(limit.Token);
    }

    /// <summary>The next call that the lists are told of.</summary>
    public async Task<JsonElement> NextListedAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _listed.Reader.ReadAsync(limit.Token);
    }

    /// <summary>How many calls that the lists are told of wait.</summary>
    public int ListedCount => _listed.Reader.Count;

    /// <summary>How many messages about the wallboard wait.</summary>
    public int BoardCount => _boards.Reader.Count;

    /// <summary>The next message about the wallboard that is as expected; those before it are passed over.</summary>
    public async Task<JsonElement> NextBoardAsync(Func<JsonElement, bool>? until = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var message = await _boards.Reader.ReadAsync(limit.Token);
            if (until is null || until(message))
            {
                return message;
            }
        }
    }

    /// <summary>All messages, as they come, until the screen is closed.</summary>
    public IAsyncEnumerable<(string Name, JsonElement PopUp)> AllAsync() => _messages.Reader.ReadAllAsync();

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _messages.Writer.TryComplete();
    }
}
