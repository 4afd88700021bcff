using System.Net;
using System.Net.Sockets;
using CallMyWay.Functions.Outgoing;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.ContactLookup;

/// <summary>Where private addresses are not allowed, as on every host that is no test's.</summary>
public sealed class PrivateLookupTests
{
    private const string Path = "/api/contact-lookup";

    private static readonly string[] Private =
    [
        "http://crm.example.com/", "https://127.0.0.1/", "https://localhost/x", "https://10.0.0.1:8443/", "https://[::1]/",
        "https://169.254.169.254/latest", "https://2130706433/", "https://0x7f.1/",
    ];

    [Fact]
    public async Task A_Private_Address_Of_A_Crm_Is_Refused_Also_Where_The_Name_Leads_There_Later()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var names = new ChangingNames();
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new()
        {
            Services = services => services.AddSingleton<IAddressResolver>(names),
        });
        using var admin = await host.SignInAsync("admin");
        using var ana = await host.SignInAsync("ana");
        foreach (var url in Private)
        {
            var (status, problem) = await admin.AskAsync(HttpMethod.Put, Path, new { url, enabled = true });
            (status, problem.Errors().SingleOrDefault()).ShouldBe((HttpStatusCode.BadRequest, "url"), url);
        }

        (await admin.AskAsync(
            HttpMethod.Put, Path, new { url = $"https://{ChangingNames.Host}:{port}/contacts", enabled = true }))
            .Status.ShouldBe(HttpStatusCode.OK, "the name leads to a public address");
        names.Asked.ShouldBe(1);
        await host.RingAsync(ana, "88881234");

        await Eventually.TrueAsync(async () => (await admin.ReadAsync(Path))!.Value.Text("state") == "failing");
        (await admin.ReadAsync(Path))!.Value.GetProperty("lastFailure").Text("error").ShouldBe("privateAddress");
        names.Asked.ShouldBe(2, "it is looked up once for a request");
        listener.Pending().ShouldBeFalse("nobody has connected");
    }
}
