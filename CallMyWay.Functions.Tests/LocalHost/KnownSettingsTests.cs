using System.Reflection;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost;
using CallMyWay.LocalHost.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.LocalHost;

/// <summary>Names of settings and options that have no effect.</summary>
public sealed partial class KnownSettingsTests : IDisposable
{
    private readonly string _folder = TestFolder.Create("callmyway-settings-");

    public static TheoryData<string> InTheReadme =>
    [
        .. SettingNames().Matches(SourceFiles.Read("README.md"))
            .SelectMany(row => NamesIn(row.Groups["names"].Value)).Distinct(),
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("--DataPath", "--demo=false", "--DataPth", "/canary")]
    [InlineData("--help", "--helpp", "--DataPath", "/canary")]
    [InlineData("--CallRecords:Enabled", "--CallRecord:Enabled=false")]
    [InlineData("--CallRecords:Enabled", "--CallRecords:Enabld", "false")]
    [InlineData("--CallMyWay:Accounts:0:Password", "--CallMyWay:Accounts:0:Pasword", "canary")]
    [InlineData("--CallMyWay:Country", "--CallMyWay__Country", "CR")]
    [InlineData("--DataPath", "/DataPth", "canary")]
    [InlineData("--urls", "--url", "http://127.0.0.1:1")]
    [InlineData("--demo", "--DataPath", "data", "demo", "false")]
    [InlineData("Webhook:Keys:0", "--Webhook:Keys", "canary")]
    [InlineData("CallMyWay:Accounts:0", "--CallMyWay:Accounts:Username", "canary")]
    [InlineData("CallRecords", "--CallRecords", "false")]
    [InlineData("The argument 1", "--canary", "--CallRecords:Enabled", "false")]
    [InlineData("--DataPath needs a value", "--demo", "false", "--DataPath")]
    [InlineData("--DataPath needs a value", "--DataPath", "--demo", "false")]
    public void An_Option_That_Would_Have_No_Effect_Is_Refused_And_No_Secret_Shown(
        string expected, params string[] arguments)
    {
        var message = Should.Throw<StartException>(() => LocalHostApp.Build(arguments)).Message;

        message.ShouldContain(expected);
        message.ShouldNotContain("canary");
        message.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData]
    [InlineData("--demo", "false", "--DataPath", "/storage", "--urls", "http://0.0.0.0:7071")]
    [InlineData("/DataPath", "data")]
    [InlineData("urls=http://127.0.0.1:1", "--Backup:At", "")]
    [InlineData("--Kestrel:Endpoints:Office:Certificate:Path", "office.pem", "--Logging:LogLevel:Default=Debug")]
    [InlineData("--callmyway:accounts:0:accountids", "a, b", "--CallMyWay:Accounts:1:AccountIds:0", "c")]
    [InlineData("--environment", "Production", "--contentRoot", "/", "--TrustedProxies:0", "10.0.0.1")]
    [InlineData("--AzureWebJobsStorage:accountName", "office", "--Storage", "azure", "--Demo:Contacts", "7")]
    [InlineData("--OTEL_SERVICE_NAME", "office", "--https_port", "443")]
    public void Options_That_Have_An_Effect_Are_Taken(params string[] arguments) =>
        KnownSettings.Check(arguments).ShouldBeEmpty();

    [Theory]
    [InlineData(3, "--demo", "false", "--canary", "x", "--DataPath", "data")]
    [InlineData(1, "--canary")]
    [InlineData(1, "-v")]
    [InlineData(1, "AccountKey=canary")]
    [InlineData(3, "--demo", "false", "canary")]
    public void What_Is_Like_No_Option_Is_Told_By_Its_Place_And_Keeps_No_Office_From_Starting(
        int place, params string[] arguments) => KnownSettings.Check(arguments).ShouldBe([place]);

    [Theory, MemberData(nameof(InTheReadme))]
    public void Each_Setting_Of_The_Readme_Is_Known(string setting) =>
        KnownSettings.Check([$"--{setting}", "x"]).ShouldBeEmpty();

    [Fact]
    public void The_Readme_Is_Read() => InTheReadme.Count.ShouldBeGreaterThan(40);

    [Fact]
    public void Each_Section_That_Is_Read_As_Options_Is_Known()
    {
        var sections = new[] { typeof(CallMyWayServices), typeof(LocalHostApp) }
            .SelectMany(type => type.Assembly.GetTypes())
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal))
            .Select(type => type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue())
            .OfType<string>()
            .ToList();

        sections.Count.ShouldBeGreaterThan(10);
        foreach (var section in sections.Where(section => section != AzureStorageOptions.Section))
        {
            var settings = new ConfigurationManager();
            settings.AddInMemoryCollection([new($"{section}:Zzzzzzzzzz", "x")]);

            KnownSettings.FaultsOf(settings).ShouldBe([$"{section}:Zzzzzzzzzz is no setting that the host knows."]);
        }
    }

    [Theory]
    [InlineData(
        """{"CallMyWay":{"Accounts":{"Username":"8000001"}}}""",
        "CallMyWay:Accounts is a list, whose first entry is CallMyWay:Accounts:0.")]
    [InlineData(
        """{"CallMyWay":{"Acounts":[{"Username":"8000001"}]}}""",
        "CallMyWay:Acounts is no setting that the host knows; the nearest one is CallMyWay:Accounts.")]
    [InlineData(
        """{"Webhook":{"Key":"canary"}}""",
        "Webhook:Key is no setting that the host knows; the nearest one is Webhook:Keys.")]
    [InlineData(
        """{"Webhook":{"Keys":"canary"}}""",
        "Webhook:Keys is a list, whose first entry is Webhook:Keys:0.")]
    [InlineData(
        """{"CallRecord":{"Enabled":false}}""",
        "CallRecord is no setting that the host knows; the nearest one is CallRecords.")]
    [InlineData(
        """{"AllowedHosts":"calls.example.org; https://x.cr"}""",
        "AllowedHosts has 'https://x.cr', which is an address and no host's name such as calls.example.org.")]
    [InlineData("""{"BackupFolder":"/canary"}""", "BackupFolder is no setting that the host knows.")]
    [InlineData("""{"Backup":{"Folder":"/mnt","At":""},"Webhook":{"Keys":[]},"AllowedHosts":"a"}""", null)]
    [InlineData("""{"CallMyWay":{"SipHosts":"a, b","Accounts":[{"AccountIds":"a, b"},{"AccountIds":["c"]}]}}""", null)]
    public async Task A_Name_In_A_File_That_Has_No_Effect_Is_Told(string content, string? expected)
    {
        var file = Path.Combine(_folder, "appsettings.json");
        await File.WriteAllTextAsync(file, content);
        var settings = new ConfigurationManager();
        settings.AddJsonFile(file);

        KnownSettings.FaultsOf(settings).ShouldBe(expected is null ? [] : [expected]);
    }

    [Fact]
    public void Variables_Of_Other_Programs_Are_None_Of_The_Hosts()
    {
        var settings = new ConfigurationManager();
        settings.AddInMemoryCollection(
        [
            new("PATH", "/bin"), new("URL", "x"), new("USER", "x"), new("BACKUP", "/mnt"), new("EVENTS", "1"),
            new("GCgen0size", "2000000"), new("OTEL_SERVICE_NAME", "x"), new("HOSTNAME", "x"), new("Other:Thing", "x"),
            new("CallRecord:Enabled", "false"), new("DataPth", "/data"),
        ]);

        KnownSettings.FaultsOf(settings).Select(fault => fault.Split(' ')[0]).ShouldBe(
            ["CallRecord", "DataPth"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_Host_Starts_With_A_Name_That_Has_No_Effect_And_Logs_It()
    {
        var log = new LogCapture();
        await using var app = LocalHostApp.Build(
            [
                "--urls", "http://127.0.0.1:0", "--DataPath", _folder, "--Demo:Simulator", "false",
                "--Demo:Contacts", "7",
            ],
            builder =>
            {
                builder.Configuration.AddInMemoryCollection([new("Webhook:Key", "canary")]);
                builder.Logging.AddProvider(log);
            });

        (await LocalHostApp.StartAsync(app)).ShouldBeTrue();

        log.Entries(LogLevel.Warning).Single(entry => entry.Contains("no effect", StringComparison.Ordinal)).Trim()
            .ShouldBe(
                "Webhook:Key is no setting that the host knows; the nearest one is Webhook:Keys. It has no effect.");
        log.Entries().ShouldNotContain(entry => entry.Contains("canary", StringComparison.Ordinal));
    }

    /// <summary>The first cell of a row: names with a section, and short ones that follow the one before.</summary>
    private static IEnumerable<string> NamesIn(string cell)
    {
        var last = "";
        foreach (Match name in QuotedName().Matches(cell))
        {
            var text = name.Groups["name"].Value;
            last = text.StartsWith(':') ? last[..last.LastIndexOf(':')] + text : text;
            yield return last;
        }
    }

    [GeneratedRegex(
        @"^\| (?<names>`[A-Z][A-Za-z]+(:[A-Za-z0-9:]+)?`.*?) \|",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex SettingNames();

    [GeneratedRegex("`(?<name>:?[A-Za-z0-9:]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex QuotedName();
}
