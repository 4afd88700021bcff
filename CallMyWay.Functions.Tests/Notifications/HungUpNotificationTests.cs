using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Notifications;

/// <summary>
/// An operator who disconnects before the answer, or within the body: everything with a right key is stored.
/// </summary>
public abstract class HungUpNotificationTests(TestStorage storage) : IAsyncLifetime
{
    private readonly StorageGate _gate = new();

    private readonly HungUpRequests _requests = new();

    private TestHost _host = null!;

    private HttpClient _admin = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(storage, new()
        {
            Services = services => _gate.Before(services.AddSingleton<IStartupFilter>(_requests)),
        });
        _admin = await _host.SignInAsync("admin");
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [SkippableFact]
    public async Task A_Refused_Notification_Is_Stored_Although_The_Operator_Has_Disconnected()
    {
        var held = _gate.Hold("insert refusedevents");
        using (var operatorsSide = await PostAsync("hello", announced: 5))
        {
            await held.Reached;
            Reset(operatorsSide);
        }

        await _requests.Noticed;
        held.Release();

        await RefusedAsync(refused => refused.Text("body") == "hello");
    }

    [SkippableFact]
    public async Task A_Notification_That_Was_Sent_And_Closed_At_Once_Is_Stored()
    {
        for (var i = 0; i < 20; i++)
        {
            using var bad = await PostAsync($"hello {i}", announced: $"hello {i}".Length);
            var body = BodyOf($"at-once-{i}");
            using var good = await PostAsync(body, body.Length);
        }

        for (var i = 0; i < 20; i++)
        {
            await RefusedAsync(refused => refused.Text("body") == $"hello {i}");
            await CallAsync($"at-once-{i}");
        }
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("{\"action\":\"callStart\",\"data\":{\"callid\":\"cut")]
    public async Task A_Body_That_Breaks_Off_Is_Stored_As_Far_As_It_Came(string came)
    {
        using (await PostAsync(came, announced: 400))
        {
            // Closes normally, after less than was announced.
        }

        var refused = await RefusedAsync(refused => refused.Text("body") == came);
        refused.Text("reason").ShouldBe($"The body broke off after {came.Length} bytes; what came was kept.");
    }

    [SkippableFact]
    public async Task A_Body_Whose_Connection_Is_Reset_Is_Stored_As_Far_As_It_Was_Read()
    {
        // What the server has not read by then is lost with the connection, so each try waits a little longer.
        for (var i = 1; i <= 10; i++)
        {
            var operatorsSide = await PostAsync($"reset {i}", announced: 400);
            await Task.Delay(20 * i);
            Reset(operatorsSide);
        }

        var refused = await RefusedAsync(
            refused => refused.Text("body")?.StartsWith("reset ", StringComparison.Ordinal) == true);
        refused.Text("reason")!.ShouldContain("broke off");
    }

    [SkippableFact]
    public async Task A_Chunk_That_Breaks_Off_Is_Stored_As_Far_As_It_Came()
    {
        using (var operatorsSide = await ConnectAsync())
        {
            await SendAsync(operatorsSide, $"{Head}Transfer-Encoding: chunked\r\n\r\n10\r\n{{\"action\":");
        }

        await RefusedAsync(refused => refused.Text("body") == "{\"action\":");
    }

    [SkippableFact]
    public async Task A_Whole_Notification_Is_Accepted_Although_More_Was_Announced()
    {
        var body = BodyOf("announced-more");
        using (await PostAsync(body, announced: body.Length + 7))
        {
            // Closes normally.
        }

        await CallAsync("announced-more");
    }

    [SkippableFact]
    public async Task A_Body_Larger_Than_The_Server_Accepts_Is_Noticed()
    {
        using (var operatorsSide = await PostAsync("much", announced: 40 * 1024 * 1024))
        {
            (await StatusAsync(operatorsSide)).ShouldStartWith("HTTP/1.1 413");
        }

        await RefusedAsync(refused => refused.Text("reason")!.Contains("broke off", StringComparison.Ordinal));
    }

    private string Head =>
        $"POST {_host.Webhook.AbsolutePath} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n";

    private static string BodyOf(string callId) => JsonSerializer.Serialize(DemoHost.Notification("callStart", callId));

    private async Task<Socket> PostAsync(string body, int announced)
    {
        var socket = await ConnectAsync();
        await SendAsync(socket, $"{Head}Content-Length: {announced}\r\n\r\n{body}");
        return socket;
    }

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _host.Address.Port);
        return socket;
    }

    private static async Task SendAsync(Socket socket, string text) =>
        await socket.SendAsync(Encoding.UTF8.GetBytes(text));

    // With no linger time, closing resets the connection, which the server notices at once.
    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    private static async Task<string> StatusAsync(Socket socket)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var answer = new List<byte>();
        var buffer = new byte[1024];
        while (!answer.Contains((byte)'\n') && await socket.ReceiveAsync(buffer, limit.Token) is > 0 and var read)
        {
            answer.AddRange(buffer.AsSpan(0, read));
        }

        return Encoding.ASCII.GetString([.. answer]).Split('\r')[0];
    }

    private async Task<JsonElement> RefusedAsync(Func<JsonElement, bool> wanted)
    {
        JsonElement found = default;
        await Eventually.TrueAsync(async () =>
        {
            found = (await _admin.AllItemsAsync("/api/refused-events")).FirstOrDefault(wanted);
            return found.ValueKind != JsonValueKind.Undefined;
        });
        return found;
    }

    private Task CallAsync(string callId) =>
        Eventually.TrueAsync(async () => await _admin.ReadAsync($"/api/calls/{callId}") is not null, () => callId);
}

public sealed class HungUpNotificationTestsOnSqlite() : HungUpNotificationTests(TestStorage.Sqlite);

public sealed class HungUpNotificationTestsOnAzurite() : HungUpNotificationTests(TestStorage.Azurite);
