using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost;

namespace CallMyWay.Functions.Tests.ClickToDial;

/// <summary>The result of a click whose host was killed: whether the request may have been sent.</summary>
public abstract class KilledHostTests(TestStorage storage) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("callmyway-killed-").FullName;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    [SkippableTheory]
    // The host waits for the operator's part of the TLS handshake: nothing of the request was sent.
    [InlineData(true, "refused", "notSent", HttpStatusCode.Accepted)]
    // The operator has read the request, and does not answer.
    [InlineData(false, "unknown", "noAnswer", HttpStatusCode.Conflict)]
    public async Task If_Nothing_Was_Sent_The_Click_Is_Reported_As_Not_Sent(
        bool isBefore, string state, string problem, HttpStatusCode next)
    {
        storage.SkipWhereMissing();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var raw = new RawOperator(isTls: false, async connection =>
        {
            if (isBefore || await connection.ReadRequestAsync())
            {
                reached.TrySetResult();
            }

            await connection.ReadToEndAsync();
        });
        var address = new UriBuilder(raw.Address) { Scheme = isBefore ? Uri.UriSchemeHttps : Uri.UriSchemeHttp, Port = raw.Address.Port }.Uri;

        using var killed = await StartAsync(address);
        using var agent = new HttpClient { BaseAddress = await AddressAsync(killed) };
        agent.DefaultRequestHeaders.Add("X-Requested-With", "tests");
        using var session = await agent.PostAsJsonAsync("/api/session", new { agent = "ana", password = "demo" });
        session.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var click = ClickDesk.ClickAsync(agent, new { number = "88881234" }, "the click");
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var (_, placing) = await ClickDesk.ClickAsync(agent, new { number = "88881234" }, "the click");
        placing.Text("state").ShouldBe("placing");
        killed.Kill();
        await killed.WaitForExitAsync();
        await Should.ThrowAsync<HttpRequestException>(click);

        var clock = new SetClock(DateTimeOffset.UtcNow + TimeSpan.FromSeconds(50));
        var options = new TestHostOptions
        {
            DataPath = _folder,
            Time = clock,
            Settings = ["--CallMyWay:BaseUrl", "http://127.0.0.1:9"]
        };
        await using var host = await TestHost.StartAsync(storage, options);
        using var ana = await host.SignInAsync("ana");
        var dial = (await ana.ReadAsync($"/api/dials/{placing.Text("dialId")}")).ShouldNotBeNull();
        (dial.Text("state"), dial.Text("problem")).ShouldBe((state, problem));
        dial.Text("message").ShouldNotBeNullOrEmpty();
        // A repetition of the click finds its dial, and is not sent again.
        (await ClickDesk.ClickAsync(ana, new { number = "88881234" }, "the click")).Body.Text("state").ShouldBe(state);
        (await ClickDesk.ClickAsync(ana, new { number = "88881235" })).Status.ShouldBe(next);
        raw.Requests.ShouldBe(isBefore ? 0 : 1);
    }

    private async Task<Process> StartAsync(Uri operatorAddress)
    {
        var dotnet = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet"
            ? path
            : "dotnet";
        string[] arguments =
        [
            "exec", typeof(LocalHostApp).Assembly.Location,
            "--urls", "http://127.0.0.1:0",
            "--DataPath", _folder,
            "--Demo:Simulator", "false",
            "--CallMyWay:BaseUrl", operatorAddress.ToString(),
            // Nothing but the click is to reach the operator, at the beginning of a minute too.
            "--CallRecords:Enabled", "false",
            .. await storage.SettingsAsync(_folder),
        ];
        return Process.Start(new ProcessStartInfo(dotnet, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
    }

    private static async Task<Uri> AddressAsync(Process process)
    {
        const string told = "CallMyWay is at ";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(told, StringComparison.Ordinal))
            {
                return new Uri(line[told.Length..]);
            }
        }

        throw new InvalidOperationException("The host ended before it told its address.");
    }
}

public sealed class KilledHostTestsOnSqlite() : KilledHostTests(TestStorage.Sqlite);

public sealed class KilledHostTestsOnAzurite() : KilledHostTests(TestStorage.AzuriteInTheLongRun);
