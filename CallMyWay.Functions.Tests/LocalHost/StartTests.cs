using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CallMyWay.Functions.Provider;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Tests.LocalHost;

/// <summary>What is said of settings, of the folder and of the machine before any storage is asked, and the lock that SQLite alone has.</summary>
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
    [InlineData("CallMyWay:Country", "ZZ", "CallMyWay:Country")]
    [InlineData("urls", "not an address", "urls")]
    [InlineData("urls", "http://127.0.0.1:99999", "urls")]
    [InlineData("urls", "ftp://127.0.0.1:8080", "urls")]
    public async Task A_Wrong_Setting_Is_Named_In_One_Message(string setting, string value, string named)
    {
        var (exitCode, output, error) = await RunAsync("--urls", "http://127.0.0.1:0", "--DataPath", _folder, "--Demo:Simulator", "false", $"--{setting}", value);

        exitCode.ShouldBe(1);
        error.ShouldContain(named);
        ShouldBePlain(output, error);
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
    public async Task What_Is_Set_Of_An_Account_Without_Naming_It_Is_Set_Of_The_Demo_s(string setting, string value)
    {
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = _folder, Settings = [setting, value] });

        var accounts = host.Get<Accounts>();

        accounts.Find("given").Username.ShouldBe("8000001");
        accounts.Find("8000001").ShouldBe(accounts.Find("given"));
    }

    [Fact]
    public async Task An_Account_That_Is_Given_Is_Not_Mixed_With_The_Demo_s()
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
    public async Task A_Folder_That_A_Broken_Off_Start_Left_Is_Nobody_s_Yet()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "kind"), "");

        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = _folder });

        (await File.ReadAllTextAsync(Path.Combine(_folder, "kind"))).ShouldBe("demo");
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
        await using var first = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = _folder });

        var (exitCode, output, error) = await RunAsync("--urls", "http://127.0.0.1:0", "--DataPath", _folder, "--Demo:Simulator", "false");

        exitCode.ShouldBe(1);
        error.ShouldContain(_folder);
        ShouldBePlain(output, error);
    }

    [SkippableFact]
    public async Task The_Data_Folder_Is_Its_Owners_Alone()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no mode bits; folders there inherit their owner's rights.");
        var made = Path.Combine(_folder, "made");
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = made });

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        new DirectoryInfo(made).UnixFileMode.ShouldBe(OwnerOnly);
        new DirectoryInfo(Path.Combine(made, "keys")).UnixFileMode.ShouldBe(OwnerOnly);
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
