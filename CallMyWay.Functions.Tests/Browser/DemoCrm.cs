using System.Diagnostics;
using System.Globalization;
using System.Net;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>The CRM of <c>web/demo-crm</c>, run by Node on an origin of its own, with an API key of a host.</summary>
internal sealed class DemoCrm : IAsyncDisposable
{
    private readonly Process _server;

    private DemoCrm(Process server, Uri address) => (_server, Address) = (server, address);

    public Uri Address { get; }

    /// <summary>As browsers write it.</summary>
    public string Origin => Address.GetLeftPart(UriPartial.Authority);

    public static async Task<DemoCrm> StartAsync(TestHost host, HttpClient admin)
    {
        var script = WebFolder.Find("demo-crm", "server.mjs").ShouldNotBeNull();
        var (status, key) = await admin.AskAsync(
            HttpMethod.Post, "/api/api-keys", new { name = "CRM", scopes = new[] { "embed" } });
        status.ShouldBe(HttpStatusCode.Created, key.ToString());
        var server = Process.Start(new ProcessStartInfo("node", [script])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                ["CALLMYWAY_URL"] = host.Address.GetLeftPart(UriPartial.Authority),
                ["CALLMYWAY_KEY"] = key.Text("key"),
                ["PORT"] = 0.ToString(CultureInfo.InvariantCulture),
            },
        }).ShouldNotBeNull();
        var said = (await server.StandardOutput.ReadLineAsync()).ShouldNotBeNull("The CRM did not start.");
        return new DemoCrm(server, new Uri(said[said.IndexOf("http", StringComparison.Ordinal)..]));
    }

    public async ValueTask DisposeAsync()
    {
        _server.Kill(entireProcessTree: true);
        await _server.WaitForExitAsync();
        _server.Dispose();
    }
}
