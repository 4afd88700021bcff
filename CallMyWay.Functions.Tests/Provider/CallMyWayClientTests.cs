using System.Net;
using System.Net.Sockets;
using CallMyWay.Functions.Provider;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Tests.Provider;

/// <summary>What it means that the operator gives no answer.</summary>
public sealed class CallMyWayClientTests
{
    private const string Username = "8000001";

    [Fact]
    public async Task Who_Takes_No_Connection_Was_Not_Asked()
    {
        // One connection waits to be accepted, and there is no room for another: whoever knocks gets no answer.
        using var full = Listen(backlog: 0);
        using var first = new TcpClient();
        await first.ConnectAsync((IPEndPoint)full.LocalEndpoint);
        using var second = new TcpClient();
        _ = second.ConnectAsync((IPEndPoint)full.LocalEndpoint);

        var answer = await Client(AddressOf(full, "http")).ClickToDialAsync(Username, "40001001", "88881234");

        answer.Result.ShouldBe(ClickResult.NotSent);
    }

    [Fact]
    public async Task Who_Does_Not_Go_On_To_Tls_Was_Not_Asked()
    {
        using var mute = Listen(backlog: 10);

        var answer = await Client(AddressOf(mute, "https"), timeoutSeconds: 1).ClickToDialAsync(Username, "40001001", "88881234");

        answer.Result.ShouldBe(ClickResult.NotSent);
    }

    [Fact]
    public async Task Who_Is_Connected_And_Gives_No_Answer_May_Have_Been_Asked()
    {
        using var mute = Listen(backlog: 10);

        var answer = await Client(AddressOf(mute, "http"), timeoutSeconds: 1).ClickToDialAsync(Username, "40001001", "88881234");

        answer.Result.ShouldBe(ClickResult.Unknown);
    }

    // It is never accepted from: a connection is the system's alone.
    private static TcpListener Listen(int backlog)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(backlog);
        return listener;
    }

    private static Uri AddressOf(TcpListener listener, string scheme) => new($"{scheme}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    private static CallMyWayClient Client(Uri address, int timeoutSeconds = 30) => new(
        Options.Create(new CallMyWayOptions { BaseUrl = address, TimeoutSeconds = timeoutSeconds, Accounts = { new AccountOptions { Username = Username, Password = "secret" } } }),
        NullLogger<CallMyWayClient>.Instance);
}
