using System.Net;
using System.Net.Sockets;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Outgoing;

namespace CallMyWay.Functions.Tests.Outgoing;

/// <summary>To which addresses that somebody enters requests are sent.</summary>
public sealed class OutgoingAddressTests
{
    private const string Public = "93.184.216.34";

    [Theory]
    [InlineData("https://crm.example.com/events", Public, true)]
    [InlineData("https://crm.example.com:8443/events?key=1", Public, true)]
    [InlineData("https://crm.example.com/events", "10.0.0.1", false)]
    // One private address is enough: which of them is connected to, nobody says.
    [InlineData("https://crm.example.com/events", Public + " 127.0.0.1", false)]
    [InlineData("https://crm.example.com/events", "::ffff:192.168.1.1", false)]
    [InlineData("https://user:password@crm.example.com/events", Public, false)]
    [InlineData("https://user@crm.example.com/events", Public, false)]
    [InlineData("https://crm.example.com/events#part", Public, false)]
    [InlineData("http://crm.example.com/events", Public, false)]
    [InlineData("ftp://crm.example.com/events", Public, false)]
    [InlineData("/events", Public, false)]
    // It is looked up again at each connection.
    [InlineData("https://crm.example.com/events", "nothing", true)]
    [InlineData("https://crm.example.com/events", "timeout", true)]
    public async Task An_Address_Is_Public_And_Has_No_Password(string url, string leadsTo, bool isTaken)
    {
        var errors = new FieldErrors();

        await new OutgoingAddress(new Names(leadsTo)).CheckAsync(url, ("eventos", "events"), false, errors, default);

        errors.Any.ShouldBe(!isTaken);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData(Public + " 127.0.0.1")]
    public async Task A_Name_With_A_Private_Address_Among_Others_Is_Not_Connected_To(string leadsTo)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new OutgoingHttp(new Names(leadsTo)).CreateClient(false, TimeSpan.FromSeconds(10));

        // Nobody answers there: without a limit, a connection would wait for ever.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var address = new Uri($"http://crm.example.com:{((IPEndPoint)listener.LocalEndpoint).Port}/");

        var error = await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(address, limit.Token));

        OutgoingFaults.Of(error).ShouldBe(OutgoingFault.PrivateAddress);
        listener.Pending().ShouldBeFalse();
    }

    /// <summary>A resolver to which every name leads to these addresses, or that fails.</summary>
    private sealed class Names(string leadsTo) : IAddressResolver
    {
        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => leadsTo switch
        {
            "nothing" => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound)),
            "timeout" => Task.FromException<IPAddress[]>(new OperationCanceledException()),
            _ => Task.FromResult(leadsTo.Split(' ').Select(IPAddress.Parse).ToArray()),
        };
    }
}
