using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost;
using CallMyWay.LocalHost.Settings;
using CallMyWay.LocalHost.Web;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CallMyWay.Functions.Tests.LocalHost;

/// <summary>The host as a service of a machine: under systemd, with its own certificate, with its log in files, on a disk that fills.</summary>
public sealed class ServiceTests : IDisposable
{
    private readonly string _folder = TestFolder.Create("callmyway-service-");

    private string Data => Path.Combine(_folder, "data");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task Systemd_Hears_When_The_Host_Takes_Requests_And_When_It_Stops()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "systemd is Linux's.");
        var path = Path.Combine(_folder, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));

        // A program knows systemd by the name of the process that started it.
        var (starter, pidFile) = (Path.Combine(_folder, "systemd"), Path.Combine(_folder, "pid"));
        File.Copy("/bin/sh", starter);
        string[] before = [starter, "-c", $"export NOTIFY_SOCKET='{path}'; \"$@\" & echo $! > '{pidFile}'; wait", "sh"];
        await using var starting = await HostProcess.StartAsync(before, ["--DataPath", Data]);
        using var host = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(pidFile, limit.Token), CultureInfo.InvariantCulture));
        try
        {
            (await HearAsync()).ShouldContain("READY=1");
            using (var http = new HttpClient())
            {
                (await http.GetAsync(new Uri(starting.Address, "/api/health"), limit.Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
            }

            Process.Start("kill", ["-TERM", host.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
            (await HearAsync()).ShouldContain("STOPPING=1");
            await host.WaitForExitAsync(limit.Token);
        }
        finally
        {
            host.Kill();
        }

        async Task<string> HearAsync()
        {
            var buffer = new byte[4096];
            return Encoding.UTF8.GetString(buffer, 0, await systemd.ReceiveAsync(buffer, limit.Token));
        }
    }

    [Fact]
    public async Task The_Host_Serves_Its_Own_Certificate_And_A_Renewed_One_Without_A_Restart()
    {
        var (certificate, key) = (Path.Combine(_folder, "office.pem"), Path.Combine(_folder, "office.key"));
        var first = WriteCertificate(certificate, key);
        var address = FreeAddress();
        await using var app = LocalHostApp.Build([
            "--DataPath", Data, "--Demo:Simulator", "false", "--Demo:Contacts", "7",
            "--Kestrel:Endpoints:Office:Url", address.ToString(),
            "--Kestrel:Endpoints:Office:Certificate:Path", certificate,
            "--Kestrel:Endpoints:Office:Certificate:KeyPath", key]);
        await app.StartAsync();

        // The endpoint's address is the only one: none without TLS beside it.
        app.Urls.ShouldHaveSingleItem().ShouldStartWith("https://");
        (await ServedAsync()).ShouldBe(first);

        var second = WriteCertificate(certificate, key);
        await Eventually.TrueAsync(async () => await ServedAsync() == second);
        await app.StopAsync();

        async Task<string?> ServedAsync()
        {
            string? served = null;
            using var handler = new HttpClientHandler();
#pragma warning disable MA0039 // The certificate is the test's own, and what is looked at.
            handler.ServerCertificateCustomValidationCallback = (_, found, _, _) =>
            {
                served = found?.Thumbprint;
                return true;
            };
#pragma warning restore MA0039
            using var http = new HttpClient(handler);
            try
            {
                (await http.GetAsync(new Uri(address, "/api/health"))).StatusCode.ShouldBe(HttpStatusCode.OK);
            }
            catch (HttpRequestException)
            {
                // The endpoint is opened anew with the renewed certificate.
                return null;
            }

            return served;
        }
    }

    [Fact]
    public async Task With_Allowed_Hosts_This_Machine_Is_Answered_Too_And_Notifications_Come_By_Any_Name()
    {
        await using var host = await TestHost.StartAsync(
            TestStorage.Sqlite, new() { DataPath = Data, Settings = ["--AllowedHosts", "calls.example.org"] });
        foreach (var (name, status) in new[]
        {
            ("calls.example.org", HttpStatusCode.OK), ("localhost:7071", HttpStatusCode.OK),
            ("127.0.0.1", HttpStatusCode.OK), ("evil.example", HttpStatusCode.BadRequest),
        })
        {
            var client = host.Anonymous();
            client.DefaultRequestHeaders.Host = name;
            (await client.GetAsync("/api/health")).StatusCode.ShouldBe(status, name);
            using var notification = new StringContent(
                """{"action":"callEnd","data":{"callid":"s1","account_id":"8000001"}}""");
            (await client.PostAsync(host.Webhook.PathAndQuery, notification)).StatusCode.ShouldBe(HttpStatusCode.OK, name);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_Log_Is_A_File_For_The_Hosts_User_Alone_If_A_Folder_Is_Named(bool isThere)
    {
        var logs = Path.Combine(_folder, "logs");
        if (isThere)
        {
            Directory.CreateDirectory(logs);
            await File.WriteAllTextAsync(Path.Combine(logs, "probe-1"), "");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(
                    logs, File.GetUnixFileMode(logs) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
            }
        }

        await using (var host = await TestHost.StartAsync(
            TestStorage.Sqlite, new() { DataPath = Data, Settings = ["--LogFiles:Folder", logs, "--Logging:LogLevel:CallMyWay", "Debug"] }))
        {
            using var anyone = host.Browser();
            (await anyone.PostAsync(new Uri("/api/webhooks/callmyway/a-wrong-key-000000000000", UriKind.Relative), null)).StatusCode
                .ShouldBe(HttpStatusCode.NotFound);
            host.Get<ILogger<ServiceTests>>().Log(
                LogLevel.Warning, default, "Something to look at.", null, (text, _) => text);
        }

        var text = await File.ReadAllTextAsync(Directory.GetFiles(logs, "callmyway-*.log").ShouldHaveSingleItem());
        text.ShouldContain("WRN CallMyWay.Functions.Tests.LocalHost.ServiceTests: Something to look at.");
        text.ShouldNotContain("a-wrong-key");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(logs).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Theory]
    [InlineData("LogFiles:KeepDays", "0", "LogFiles:KeepDays")]
    [InlineData("LogFiles:MostFiles", "1", "LogFiles:MostFiles")]
    public void A_Wrong_Setting_Of_The_Log_Is_Named_At_The_Start(string setting, string value, string named)
    {
        var error = Should.Throw<StartException>(() => LocalHostApp.Build(
            ["--DataPath", Data, "--LogFiles:Folder", Path.Combine(_folder, "logs"), $"--{setting}", value]));
        error.Message.ShouldContain(named);
    }

    [Fact]
    public async Task A_Folder_That_Others_Use_Is_Left_To_Them_And_The_Log_Is_Its_Owners_Alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // Folders have other rights there.
        }

        var logs = Path.Combine(_folder, "log");
        Directory.CreateDirectory(logs);
        await File.WriteAllTextAsync(Path.Combine(logs, "syslog"), "");
        var mode = File.GetUnixFileMode(logs) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(logs, mode);

        await using (var host = await TestHost.StartAsync(
            TestStorage.Sqlite, new() { DataPath = Data, Settings = ["--LogFiles:Folder", logs] }))
        {
            host.Get<ILogger<ServiceTests>>().Log(
                LogLevel.Warning, default, "Something to look at.", null, (text, _) => text);
        }

        File.GetUnixFileMode(logs).ShouldBe(mode);
        File.GetUnixFileMode(Directory.GetFiles(logs, "callmyway-*.log").ShouldHaveSingleItem())
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_Folder_Of_The_Log_That_Can_Not_Be_Written_Is_Told_At_The_Start()
    {
        var file = Path.Combine(_folder, "a-file");
        File.WriteAllText(file, "");
        Should.Throw<StartException>(() => LocalHostApp.Build(["--DataPath", Data, "--LogFiles:Folder", file]))
            .Message.ShouldContain("LogFiles:Folder");
    }

    [Fact]
    public void The_Log_Tells_Of_A_Filling_Disk_Once_An_Hour_And_When_There_Is_Room_Again()
    {
        var disk = new FillingDisk();
        var clock = new FakeTimeProvider();
        using var log = new LogCapture();
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var watch = new DiskWatch(disk, clock, logs.CreateLogger<DiskWatch>());

        watch.Look();
        log.Entries().ShouldBeEmpty();
        disk.Free = 1_500_000_000;
        watch.Look();
        clock.Advance(TimeSpan.FromMinutes(59));
        watch.Look();
        (log.Entries(LogLevel.Warning).Count(), log.Entries(LogLevel.Error).Count()).ShouldBe((1, 0));
        clock.Advance(TimeSpan.FromMinutes(1));
        watch.Look();
        (log.Entries(LogLevel.Warning).Count(), log.Entries(LogLevel.Error).Count()).ShouldBe((2, 0));
        disk.Free = 100_000_000;
        watch.Look();
        log.Entries(LogLevel.Error).ShouldHaveSingleItem().ShouldContain("100 MB");
        disk.Free = 90_000_000_000;
        watch.Look();
        watch.Look();
        log.Entries().Count().ShouldBe(4);
        log.Entries().Last().ShouldContain("room again");
    }

    // Where Windows is asked of a share, it says the same as of this.
    [Fact]
    public void A_Data_Folder_Whose_Room_Nobody_Can_Tell_Is_No_Error() => LocalHostStatus.DiskOf("\0", 1).ShouldBeNull();

    private static string WriteCertificate(string path, string keyPath)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(path, certificate.ExportCertificatePem());
        return certificate.Thumbprint;
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    private sealed class FillingDisk : IHostStatus
    {
        public long Free { get; set; } = 90_000_000_000;

        public HostStatus Read() => new(new HostDisk(Free, 100_000_000_000, 1_000_000), 0);
    }
}
