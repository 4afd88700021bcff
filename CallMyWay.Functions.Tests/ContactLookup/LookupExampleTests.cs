using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.ContactLookup;

/// <summary>The code of docs/embedding.md, run as it stands there.</summary>
public sealed partial class LookupExampleTests
{
    [SkippableFact]
    public async Task The_Guide_s_Server_Takes_What_Is_Signed_And_Nothing_Else()
    {
        Skip.IfNot(IsThere("node") && IsThere("bash") && IsThere("openssl") && IsThere("curl"), "It takes Node and a shell.");
        var guide = await File.ReadAllTextAsync(SourceTree.PathOf("docs", "embedding.md"));
        var folder = TestFolder.Create("callmyway-lookup-");
        var script = Path.Combine(folder, "lookup.mjs");
        var code = Node().Match(guide).Groups["code"].Value;
        code.ShouldNotBeEmpty();
        await File.WriteAllTextAsync(script, code);
        await using var host = await TestHost.StartAsync(
            TestStorage.Sqlite, new() { Settings = ["--ContactLookup:AllowPrivateAddresses", "true"] });
        using var admin = await host.SignInAsync("admin");
        var url = $"http://127.0.0.1:{FreePort()}/callmyway-contacts";
        var (_, settings) = await admin.AskAsync(HttpMethod.Put, "/api/contact-lookup", new { url, source = "crm" });
        var secret = settings.Text("secret").ShouldNotBeNull();
        using var crm = Process.Start(new ProcessStartInfo("node", [script])
        {
            UseShellExecute = false,
            Environment = { ["CALLMYWAY_SECRET"] = secret, ["PORT"] = $"{new Uri(url).Port}" },
        }).ShouldNotBeNull();
        try
        {
            var tested = default(JsonElement);
            await Eventually.TrueAsync(
                async () => (tested = await TestAsync("8888-1234")).Text("error") != "unreachable", () => tested.ToString());
            tested.GetProperty("contacts").EnumerateArray().ShouldHaveSingleItem().Text("name").ShouldBe("María Solano");
            (await TestAsync("8888-9999")).Text("status").ShouldBe("204");

            var shell = Shell().Match(guide).Groups["code"].Value
                .Replace("https://crm.example.com/callmyway-contacts", url, StringComparison.Ordinal);
            (await RunAsync(shell, secret)).ShouldContain("María Solano");
            (await RunAsync(shell + " -o /dev/null -w '%{http_code}'", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"))
                .ShouldBe("401");
        }
        finally
        {
            crm.Kill(entireProcessTree: true);
            await crm.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }

        async Task<JsonElement> TestAsync(string number) =>
            (await admin.AskAsync(HttpMethod.Post, "/api/contact-lookup/test", new { number })).Body;
    }

    private static async Task<string> RunAsync(string script, string secret)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", script])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["CALLMYWAY_SECRET"] = secret },
        }).ShouldNotBeNull();
        var (said, errors) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync();
        shell.ExitCode.ShouldBe(0, await errors);
        return await said;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsThere(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    [GeneratedRegex("<!-- lookup.mjs -->\\s*```js\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Node();

    [GeneratedRegex("```bash\n(?<code>body=.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Shell();
}
