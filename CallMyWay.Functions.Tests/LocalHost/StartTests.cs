using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost;
using CallMyWay.LocalHost.SignIn;
using CallMyWay.LocalHost.Start;

namespace CallMyWay.Functions.Tests.LocalHost;

public sealed class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("callmyway-start-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Webhook:Keys:0", "short", "Webhook:Keys:0")]
    [InlineData("CallMyWay:TimeoutSeconds", "0", "CallMyWay:TimeoutSeconds")]
    [InlineData("CallMyWay:TimeoutSeconds", "soon", "CallMyWay:TimeoutSeconds")]
    [InlineData("CallMyWay:BaseUrl", "http://elsewhere.example", "CallMyWay:BaseUrl")]
    [InlineData("Queues:Parallel", "0", "Queues:Parallel")]
    [InlineData("SignIn:FirstLock", "2.00:00:00", "SignIn:FirstLock")]
    [InlineData("demo", "perhaps", "demo")]
    [InlineData("urls", "not an address", "urls")]
    public async Task A_Wrong_Setting_Is_Named_In_One_Message(string setting, string value, string named)
    {
        var (exitCode, output, error) = await RunAsync("--urls", "http://127.0.0.1:0", "--DataPath", _folder, "--Demo:Simulator", "false", $"--{setting}", value);

        exitCode.ShouldBe(1);
        error.ShouldContain(named);
        ShouldBePlain(output, error);
    }

    [Fact]
    public async Task A_Data_Folder_That_Cannot_Be_Written_Is_Named()
    {
        var file = Path.Combine(_folder, "a-file");
        await File.WriteAllTextAsync(file, "");

        var (exitCode, output, error) = await RunAsync("--urls", "http://127.0.0.1:0", "--DataPath", file);

        exitCode.ShouldBe(1);
        error.ShouldContain(file);
        error.ShouldContain("DataPath");
        ShouldBePlain(output, error);
    }

    [Fact]
    public async Task A_Port_In_Use_Is_Named_With_The_Setting_That_Changes_It()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        var (exitCode, output, error) = await RunAsync("--urls", url, "--DataPath", _folder, "--Demo:Simulator", "false");

        exitCode.ShouldBe(1);
        error.ShouldContain(url);
        error.ShouldContain("--urls");
        ShouldBePlain(output, error);
    }

    [Fact]
    public async Task A_Folder_Is_For_One_Host_At_A_Time()
    {
        await using var first = await TestHost.StartAsync(new() { DataPath = _folder });

        var (exitCode, output, error) = await RunAsync("--urls", "http://127.0.0.1:0", "--DataPath", _folder, "--Demo:Simulator", "false");

        exitCode.ShouldBe(1);
        error.ShouldContain(_folder);
        ShouldBePlain(output, error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_Demo_And_The_Real_Thing_Never_Share_A_Folder(bool demoFirst)
    {
        await using (await TestHost.StartAsync(new() { DataPath = _folder, Demo = demoFirst }))
        {
        }

        var error = await Should.ThrowAsync<StartException>(() => TestHost.StartAsync(new() { DataPath = _folder, Demo = !demoFirst }));
        error.Message.ShouldContain("DataPath");
        await using (await TestHost.StartAsync(new() { DataPath = _folder, Demo = demoFirst }))
        {
        }
    }

    [Fact]
    public async Task The_Real_Thing_Has_No_Accounts_But_A_Link_That_Makes_The_First_Administrator_Once()
    {
        await using var host = await TestHost.StartAsync(new() { Demo = false });
        var token = host.Get<Setup>().Token.ShouldNotBeNull();
        var browser = host.Browser();
        (await browser.GetFromJsonAsync<JsonElement>("/api/host")).GetProperty("setUp").GetBoolean().ShouldBeTrue();
        (await browser.PostAsJsonAsync("/api/session", new { agent = "admin", password = "demo" })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var admin = new { token, agentId = "jefa", name = "La Jefa", password = "una frase larga" };
        (await browser.PostAsJsonAsync("/api/setup", admin with { token = "made-up" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.PostAsJsonAsync("/api/setup", admin with { password = "corta" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await browser.PostAsJsonAsync("/api/setup", admin)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await browser.GetFromJsonAsync<JsonElement>("/api/me")).GetProperty("roles")[0].GetString().ShouldBe("admin");
        (await browser.PostAsJsonAsync("/api/setup", admin)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await browser.GetFromJsonAsync<JsonElement>("/api/host")).GetProperty("setUp").GetBoolean().ShouldBeFalse();
        (await browser.PostAsJsonAsync("/api/demo/calls", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_Session_And_A_Lock_Survive_A_Restart()
    {
        Uri cookieOf;
        CookieContainer cookies;
        await using (var first = await TestHost.StartAsync(new() { DataPath = _folder }))
        {
            cookieOf = first.Address;
            cookies = first.CookiesOf(await first.SignInAsync("ana"));
            for (var i = 0; i < 5; i++)
            {
                await first.Anonymous().PostAsJsonAsync("/api/session", new { agent = "luis", password = "wrong" });
            }
        }

        await using var second = await TestHost.StartAsync(new() { DataPath = _folder });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        request.Headers.Add("Cookie", cookies.GetCookieHeader(cookieOf));
        (await second.Anonymous().SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await second.Anonymous().PostAsJsonAsync("/api/session", new { agent = "luis", password = "demo" })).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [SkippableFact]
    public async Task The_Data_Folder_Is_Its_Owners_Alone()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no mode bits; folders there inherit their owner's rights.");
        var made = Path.Combine(_folder, "made");
        await using var host = await TestHost.StartAsync(new() { DataPath = made });

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        new DirectoryInfo(made).UnixFileMode.ShouldBe(OwnerOnly);
        new DirectoryInfo(Path.Combine(made, "keys")).UnixFileMode.ShouldBe(OwnerOnly);
    }

    [Fact]
    public async Task The_Demo_Starts_Its_Operator_Which_Places_A_Call_And_Ends_With_The_Host()
    {
        await using var host = await TestHost.StartAsync(new() { Settings = ["--Demo:Simulator", "true"] });
        var ana = await host.SignInAsync("ana");

        // The simulator is starting; its first answer is waited for.
        while ((await ana.PostAsJsonAsync("/api/demo/calls", new { kind = "several" })).StatusCode != HttpStatusCode.Accepted)
        {
            await Task.Yield();
        }

        JsonElement popUps;
        do
        {
            popUps = (await ana.GetFromJsonAsync<JsonElement>("/api/pop-ups")).GetProperty("items");
        }
        while (popUps.GetArrayLength() == 0);
        popUps[0].GetProperty("match").GetString().ShouldBe("many");

        var process = Process.GetProcessById(host.Get<CallMyWay.LocalHost.Demo.DemoSimulator>().ProcessId!.Value);
        await host.App.StopAsync();
        process.HasExited.ShouldBeTrue();
    }

    // The process, not the builder: what is tested is what a person sees.
    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        var program = typeof(LocalHostApp).Assembly.Location;
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", ["exec", program, .. args])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private static void ShouldBePlain(string output, string error)
    {
        output.ShouldBeEmpty();
        error.ShouldNotContain("   at ");
        error.ShouldNotContain("Exception");
        error.Trim().Split('\n').Length.ShouldBe(1);
    }
}
