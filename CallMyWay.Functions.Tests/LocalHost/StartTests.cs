using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost;
using CallMyWay.LocalHost.Files;
using CallMyWay.LocalHost.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Tests.LocalHost;

/// <summary>
/// Messages about the settings, the folder and the machine, which come before the storage; and the lock that only
/// SQLite has.
/// </summary>
public sealed class StartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("callmyway-start-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Webhook:Keys:0", "short", "Webhook:Keys:0")]
    [InlineData("CallMyWay:TimeoutSeconds", "0", "CallMyWay:TimeoutSeconds")]
    [InlineData("CallMyWay:TimeoutSeconds", "soon", "CallMyWay:TimeoutSeconds")]
    [InlineData("CallMyWay:BaseUrl", "http://elsewhere.example", "CallMyWay:BaseUrl")]
    [InlineData("CallRecords:Enabled", "no", "CallRecords:Enabled")]
    [InlineData("ContactLookup:AllowPrivateAddresses", "no", "ContactLookup:AllowPrivateAddresses")]
    [InlineData("Queues:Parallel", "0", "Queues:Parallel")]
    [InlineData("SignIn:FirstLock", "2.00:00:00", "SignIn:FirstLock")]
    [InlineData("demo", "perhaps", "demo")]
    [InlineData("CallMyWay:Country", "ZZ", "CallMyWay:Country")]
    [InlineData("urls", "not an address", "urls")]
    [InlineData("urls", "http://127.0.0.1:99999", "urls")]
    [InlineData("urls", "ftp://127.0.0.1:8080", "urls")]
    [InlineData("Kestrel:Endpoints:Office:Url", "ftp://127.0.0.1:8080", "Kestrel:Endpoints:Office:Url")]
    [InlineData("Kestrel:Endpoints:Office:Url", "http://192.0.2.1:8080", "Kestrel:Endpoints:Office:Url")]
    public async Task A_Wrong_Setting_Is_Named_In_One_Message(string setting, string value, string named)
    {
        var (exitCode, output, error) = await RunAsync("--urls", "http://127.0.0.1:0", "--DataPath", _folder, "--Demo:Simulator", "false", $"--{setting}", value);

        exitCode.ShouldBe(1);
        error.ShouldContain(named);
        ShouldBePlain(output, error);
    }

    [Theory]
    [InlineData("CallMyWay:TimeoutSeconds", "soon", "must be a whole number, such as 30; it is 'soon'.")]
    [InlineData("LogFiles:KeepDays", "x", "must be a whole number, such as 30; it is 'x'.")]
    [InlineData("CallRecords:Enabled", "no", "must be true or false; it is 'no'.")]
    public async Task A_Setting_Of_The_Wrong_Kind_Is_Told_With_What_It_Takes(
        string setting, string value, string words)
    {
        var (_, _, error) = await RunAsync(
            "--urls", "http://127.0.0.1:0", "--DataPath", _folder, "--Demo:Simulator", "false", $"--{setting}", value);

        error.ShouldContain($"A setting is wrong: {setting} {words}");
        error.ShouldNotContain("System.");
    }

    [Fact]
    public async Task A_File_That_Can_Not_Be_Read_Is_Named_With_Its_Line()
    {
        var file = Path.Combine(_folder, "appsettings.Production.json");
        await File.WriteAllTextAsync(file, "{\n  \"Backup\": { bad\n}");

        var error = Should.Throw<Exception>(() => new ConfigurationBuilder().AddJsonFile(file).Build());

        var message = StartException.Explain(error).ShouldNotBeNull();
        message.ShouldContain(file);
        message.ShouldContain("line 2");
    }

    [Fact]
    public async Task What_Began_In_The_Background_Has_Ended_Before_The_Storage_Of_A_Host_That_Can_Not_Start_Is_Closed()
    {
        var work = new BackgroundWork();
        await using var app = LocalHostApp.Build(
            ["--urls", "http://127.0.0.1:99999", "--DataPath", _folder, "--Demo:Simulator", "false"],
            builder => builder.Services.AddHostedService(_ => work));

        await Should.ThrowAsync<Exception>(() => LocalHostApp.StartAsync(app));

        work.HasEnded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_Stop_While_The_Host_Starts_Ends_It_As_Any_Other_Stop()
    {
        var slow = new SlowStart();
        await using var app = LocalHostApp.Build(
            ["--urls", "http://127.0.0.1:0", "--DataPath", _folder, "--Demo:Simulator", "false"],
            builder => builder.Services.AddHostedService(_ => slow));
        var start = LocalHostApp.StartAsync(app);
        await slow.HasBegun.Task;

        app.Lifetime.StopApplication();

        (await start).ShouldBeFalse();
    }

    [Fact]
    public async Task A_Wrong_Setting_In_A_List_Is_Named_Too()
    {
        var (exitCode, output, error) = await RunAsync(
            "--urls", "http://127.0.0.1:0", "--DataPath", _folder, "--Demo:Simulator", "false", "--Contacts:Fields:0:Key", "since", "--Contacts:Fields:0:Type", "moment");

        exitCode.ShouldBe(1);
        error.ShouldContain("Contacts:Fields:0:Type");
        ShouldBePlain(output, error);
    }

    [Theory]
    [InlineData("8000001", null, "8000001")]
    [InlineData("8000002", "8000001", "8000001")]
    [InlineData("8000002", "account-1", "account-1")]
    [InlineData("account-1", "account-2", "account-1")]
    public async Task Two_Accounts_That_Share_A_Name_Are_Refused(string username, string? accountId, string named)
    {
        var (exitCode, output, error) = await RunAsync(
            [
                "--urls", "http://127.0.0.1:0", "--DataPath", _folder, "--Demo:Simulator", "false",
                "--CallMyWay:Accounts:0:Username", "8000001", "--CallMyWay:Accounts:0:AccountIds", "account-1",
                "--CallMyWay:Accounts:1:Username", username, .. accountId is null ? [] : new[] { "--CallMyWay:Accounts:1:AccountIds", accountId },
            ]);

        exitCode.ShouldBe(1);
        error.ShouldContain("CallMyWay:Accounts");
        error.ShouldContain($"'{named}'");
        ShouldBePlain(output, error);
    }

    [Theory]
    [InlineData("--CallMyWay:Accounts:0:AccountIds:0", "given")]
    [InlineData("--CallMyWay:Accounts:0:AccountIds", "another, given")]
    [InlineData("--CallMyWay:Accounts:0:AccountIds", "8000001, given")]
    public async Task Settings_Of_An_Account_Without_A_Name_Apply_To_The_Demos_Account(string setting, string value)
    {
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = _folder, Settings = [setting, value] });

        var accounts = host.Get<Accounts>();

        accounts.Find("given").Username.ShouldBe("8000001");
        accounts.Find("8000001").ShouldBe(accounts.Find("given"));
    }

    [Fact]
    public async Task A_Configured_Account_Is_Not_Mixed_With_The_Demos()
    {
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = _folder, Settings = ["--CallMyWay:Accounts:0:Username", "777"] });

        var account = host.Get<IOptions<CallMyWayOptions>>().Value.Accounts.ShouldHaveSingleItem();

        account.Username.ShouldBe("777");
        account.Password.ShouldBeEmpty();
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
    public async Task A_Folder_Left_By_An_Interrupted_Start_Can_Be_Used_For_Either()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "kind"), "");

        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = _folder });

        (await File.ReadAllTextAsync(Path.Combine(_folder, "kind"))).ShouldBe("demo");
    }

    [Theory]
    [InlineData("urls")]
    [InlineData("Kestrel:Endpoints:Office:Url")]
    public async Task A_Port_In_Use_Is_Named_With_The_Setting_That_Changes_It(string setting)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        var (exitCode, output, error) = await RunAsync($"--{setting}", url, "--DataPath", _folder, "--Demo:Simulator", "false");

        exitCode.ShouldBe(1);
        error.ShouldContain(url);
        error.ShouldContain($"--{setting}");
        ShouldBePlain(output, error);
    }

    [Theory]
    [InlineData("missing.pem", "key.pem", null, "missing.pem")]
    [InlineData("office.pem", "missing.pem", null, "missing.pem")]
    [InlineData("office.pem", "other.pem", null, "other.pem")]
    [InlineData("office.pem", null, null, "private key")]
    [InlineData("office.pfx", null, "wrong", "password")]
    public async Task A_Certificate_That_Can_Not_Be_Used_Is_Told_In_One_Line(
        string file, string? key, string? password, string named)
    {
        const string Certificate = "--Kestrel:Endpoints:Office:Certificate";
        using var pair = RSA.Create(2048);
        using var other = RSA.Create(2048);
        using var certificate = new CertificateRequest(
            "CN=office", pair, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await File.WriteAllTextAsync(Path.Combine(_folder, "office.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "key.pem"), pair.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(Path.Combine(_folder, "other.pem"), other.ExportPkcs8PrivateKeyPem());
        await File.WriteAllBytesAsync(
            Path.Combine(_folder, "office.pfx"), certificate.Export(X509ContentType.Pfx, "right"));
        await using var app = LocalHostApp.Build(
            [
                "--Kestrel:Endpoints:Office:Url", "https://127.0.0.1:0",
                $"{Certificate}:Path", Path.Combine(_folder, file),
                .. key is null ? (string[])[] : [$"{Certificate}:KeyPath", Path.Combine(_folder, key)],
                .. password is null ? (string[])[] : [$"{Certificate}:Password", password],
                "--DataPath", Path.Combine(_folder, "data"), "--Demo:Simulator", "false",
            ]);

        var failure = await Should.ThrowAsync<Exception>(() => LocalHostApp.StartAsync(app));

        var message = StartException.Explain(failure).ShouldNotBeNull();
        message.ShouldContain("Kestrel:Endpoints");
        message.ShouldContain(named);
        message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_Folder_Is_For_One_Host_At_A_Time()
    {
        await using var first = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = _folder });

        var (exitCode, output, error) = await RunAsync("--urls", "http://127.0.0.1:0", "--DataPath", _folder, "--Demo:Simulator", "false");

        exitCode.ShouldBe(1);
        error.ShouldContain(_folder);
        ShouldBePlain(output, error);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Only_The_Owner_Can_Read_Stored_Files_Even_If_Others_Could_Before(bool wasThere)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no mode bits; folders there inherit their owner's rights.");
        var data = Path.Combine(_folder, "data");
        if (wasThere)
        {
            await (await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = data })).DisposeAsync();
            foreach (var path in Everything(data))
            {
                OpenToOthers(path);
            }
        }

        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = data });
        await host.SignInAsync("ana");

        foreach (var name in new[] { "callmyway.db", "callmyway.db-wal", "callmyway.db-shm", "callmyway.lock", "kind", "keys" })
        {
            Path.Exists(Path.Combine(data, name)).ShouldBeTrue(name);
        }

        Everything(data).ShouldAllBe(path => (new FileInfo(path).UnixFileMode & ForOthers) == UnixFileMode.None);
    }

    [SkippableFact]
    public async Task A_Folder_That_Others_Use_Keeps_Its_Rights()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no mode bits.");
        await File.WriteAllTextAsync(Path.Combine(_folder, "something"), "else");
        OpenToOthers(_folder);

        var failure = await Should.ThrowAsync<StartException>(() => TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = _folder }));

        failure.Message.ShouldContain("DataPath");
        Directory.GetFileSystemEntries(_folder).ShouldHaveSingleItem();
        (new DirectoryInfo(_folder).UnixFileMode & ForOthers).ShouldBe(ForOthers);
    }

    [SkippableFact]
    public async Task A_Folder_Of_Another_User_That_Others_May_Read_Is_Named()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists("/usr/bin/setpriv"), "To run the host as another user takes root and setpriv.");
        var data = Path.Combine(_folder, "data");
        Directory.CreateDirectory(data);
        OpenToOthers(data);
        OpenToOthers(_folder);

        var (exitCode, output, error) = await RunAsAsync(
            "/usr/bin/setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", HostProcess.Dotnet], "--urls", "http://127.0.0.1:0", "--DataPath", data, "--Demo:Simulator", "false");

        exitCode.ShouldBe(1, error);
        error.ShouldContain($"Others may read {data}");
        error.ShouldContain("chown");
        ShouldBePlain(output, error);
    }

    [SkippableTheory]
    [InlineData("backup")]
    [InlineData("copy", "--to", "UseDevelopmentStorage=true")]
    [InlineData("invite", "--agent", "ana")]
    [InlineData("restore", "--from", "{data}")]
    public async Task A_Command_Says_That_Another_Users_Folder_Hides_What_It_Looks_For(string command, params string[] more)
    {
        Skip.IfNot(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists("/usr/bin/setpriv"),
            "To run a command as another user takes root and setpriv.");
        OpenToOthers(_folder);
        var data = Path.Combine(_folder, "data");
        OwnerOnly.CreateFolder(data);
        string[] place = command == "restore" ? ["--DataPath", Path.Combine(_folder, "new")] : ["--DataPath", data];

        var (exitCode, output, error) = await RunAsAsync(
            "/usr/bin/setpriv",
            ["--reuid=65534", "--regid=65534", "--clear-groups", HostProcess.Dotnet],
            [command, .. place, .. more.Select(each => each.Replace("{data}", data))]);

        exitCode.ShouldBe(1, error);
        error.ShouldContain($"{data} is the user root's");
        error.ShouldContain("runuser -u root -- ");
        ShouldBePlain(output, error);
    }

    private const UnixFileMode ForOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static void OpenToOthers(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | ForOthers);
        }
    }

    private static IEnumerable<string> Everything(string folder) =>
        Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Prepend(folder);

    // The process and not the builder: the test is about what a person sees.
    private static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args) =>
        RunAsAsync(HostProcess.Dotnet, [], args);

    private static async Task<(int ExitCode, string Output, string Error)> RunAsAsync(
        string program, string[] before, params string[] args)
    {
        var start = new ProcessStartInfo(program, [.. before, "exec", typeof(LocalHostApp).Assembly.Location, .. args])
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

    /// <summary>As the upgrade of a large office is.</summary>
    private sealed class SlowStart : IHostedService
    {
        public TaskCompletionSource HasBegun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task StartAsync(CancellationToken cancellationToken)
        {
            HasBegun.SetResult();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>Takes a moment to end, as a read of the storage does.</summary>
    private sealed class BackgroundWork : BackgroundService
    {
        private readonly TaskCompletionSource _hasBegun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool HasEnded { get; private set; }

        public override async Task StartAsync(CancellationToken cancellationToken)
        {
            await base.StartAsync(cancellationToken);
            // A host that stops before the thread pool comes to the work would never begin it.
            await _hasBegun.Task.WaitAsync(cancellationToken);
        }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            _hasBegun.SetResult();
            await Task.Delay(Timeout.Infinite, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(100, CancellationToken.None);
            HasEnded = true;
        }
    }
}
