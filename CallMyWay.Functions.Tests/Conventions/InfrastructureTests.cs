using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Adapters;
using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.Embedding;
using CallMyWay.Functions.Events;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Telemetry;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>The names that infra/ repeats, as Bicep can't read C#, are the same as in the code.</summary>
public sealed partial class InfrastructureTests
{
    private static readonly JsonElement Names = JsonDocument.Parse(Read("names.json")).RootElement;

    [Fact]
    public void Every_Table_Is_Created() => Listed("tables").ShouldBe(StorageNames.Tables, ignoreOrder: true);

    [Fact]
    public void Every_Queue_Is_Created_With_Its_Poison_Queue() =>
        Listed("queues").ShouldBe(
            StorageNames.Queues.SelectMany(queue => new[] { queue, queue + StorageNames.PoisonSuffix }),
            ignoreOrder: true);

    [Fact]
    public void Every_Queue_Function_That_Somebody_Waits_For_Has_Instances_That_Are_Always_Ready() =>
        AlwaysReady().Matches(Read("app/api.bicep")).Select(match => match.Value)
            // A campaign's messages follow each other so soon that its instance stays.
            .ShouldBe(
                QueueFunctions().Except([nameof(RunJob), nameof(SendEvents), nameof(RunCampaigns)]), ignoreOrder: true);

    [Theory]
    [InlineData(CallMyWayOptions.Section, typeof(CallMyWayOptions))]
    [InlineData(WebhookOptions.Section, typeof(WebhookOptions))]
    [InlineData(EmbeddingOptions.Section, typeof(EmbeddingOptions))]
    public void Every_Setting_Is_One_That_The_App_Reads(string section, Type options)
    {
        var settings = Setting().Matches(Read("main.bicep") + Read("app/api.bicep"))
            .Select(match => match.Value.Replace("__", ":", StringComparison.Ordinal)).ToList();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(name => KeyValuePair.Create(name, (string?)"https://example.com")))
            .Build();

        configuration.GetSection(section).Exists().ShouldBeTrue();
        configuration.GetSection(section).Get(options, binder => binder.ErrorOnUnknownConfiguration = true)
            .ShouldNotBeNull();
    }

    [Fact]
    public void Every_Setting_Of_An_Environment_Reaches_The_Preview_And_The_Deployment()
    {
        var workflow = Read("../.github/workflows/deploy-environment.yml");

        EnvironmentSetting().Matches(Read("main.parameters.json")).Select(match => match.Value)
            .ShouldAllBe(name => Given(workflow, name) == 2);
    }

    [Fact]
    public void Every_Metric_That_An_Alert_Watches_Is_Measured()
    {
        var measured = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == Instrumentation.Name)
                {
                    measured.Add(instrument.Name);
                }
            },
        };
        // Makes the instruments exist: they are created at the first use.
        _ = Instrumentation.IsWatchingQueues;
        listener.Start();

        Names.GetProperty("metrics").EnumerateObject().Select(metric => metric.Value.GetString()!)
            .ShouldBeSubsetOf(measured);
    }

    [Fact]
    public void An_Alert_Judges_How_Long_Messages_Wait_Only_Where_None_Is_Sent_With_A_Delay()
    {
        var alert = Alert().Matches(Read("app/alerts.bicep")).Single(match => match.Groups["name"].Value == "queue-age");

        WatchedQueue().Matches(alert.Value).Select(match => match.Value)
            .ShouldBe(StorageNames.Queues.Except(StorageNames.QueuesWithDelays));
    }

    [Fact]
    public void An_Alert_Tells_Where_The_Gauges_Of_The_Others_Are_Not_Written()
    {
        var alert = Alert().Matches(Read("app/alerts.bicep"))
            .Single(match => match.Groups["name"].Value == "schedule-stopped").Value;

        alert.ShouldContain("count() | where Measured == 0");
        alert.ShouldContain("values: [metrics.poisonMessages]");
    }

    [Fact]
    public void The_Guide_Says_What_To_Do_About_Each_Alert()
    {
        var guide = Read("../docs/azure.md");
        var table = guide[guide.IndexOf("| alert | go to |", StringComparison.Ordinal)..];
        table = table[..table.IndexOf("\n\n", StringComparison.Ordinal)];

        var alerts = AlertName().Matches(Read("app/alerts.bicep")).Select(match => match.Value).ToList();
        alerts.Count.ShouldBeGreaterThan(5);
        alerts.Where(name => !table.Contains($"`{name}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void The_Functions_Host_Is_Told_To_Pass_The_Callers_Address_On() =>
        Read("app/api.bicep").ShouldContain($"{CallerAddress.Switch}: 'true'");

    [Fact]
    public void Azd_Asks_For_Nothing_That_Its_Hook_Sets()
    {
        var template = Read("main.bicep");

        foreach (var parameter in new[] { "entraClientId", "keyVaultName", "budgetStart" })
        {
            template.ShouldContain($"param {parameter} string = ''");
            Regex.IsMatch(Read("main.parameters.json"), $@"""{parameter}"": \{{ ""value"": ""\$\{{\w+=\}}""").ShouldBeTrue(parameter);
        }

        template.ShouldContain("param withBudget bool = false");
    }

    [Fact]
    public void Azd_Is_One_That_Can_Deploy_To_A_Static_Web_App()
    {
        var required = Regex.Match(Read("../azure.yaml"), @"azd: '>= (?<version>[\d.]+)'").Groups["version"].Value;
        var used = Regex.Match(
            Read("../.github/workflows/deploy-environment.yml"),
            @"AZD_VERSION: (?<version>[\d.]+)").Groups["version"].Value;

        Version.Parse(required).ShouldBeGreaterThanOrEqualTo(new Version(1, 25, 6));
        Version.Parse(used).ShouldBeGreaterThanOrEqualTo(Version.Parse(required));
    }

    [Fact]
    public void The_Roles_That_A_Pipeline_May_Give_Are_Those_That_The_Templates_Give()
    {
        var given = Directory.EnumerateFiles(
            Path.Combine(Repository.Folder, "infra"), "*.bicep", SearchOption.AllDirectories)
            .SelectMany(file => RoleName().Matches(File.ReadAllText(file)).Select(match => match.Value))
            .Distinct(StringComparer.Ordinal);

        Roles().Select(role => role.Name).ShouldBe(given, ignoreOrder: true);
    }

    [SkippableFact]
    public async Task A_Pipeline_May_Give_And_Take_Those_Roles_And_No_Other()
    {
        using var run = new ScriptRun();

        var (code, condition) = await run.RunAsync("infra/scripts/role-condition.sh");

        code.ShouldBe(0, condition);
        var roles = "{" + string.Join(", ", Roles().Select(role => role.Value.GetString())) + "}";
        condition.TrimEnd().ShouldBe(
            "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'}))"
            + $" OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {roles}))"
            + " AND ((!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'}))"
            + $" OR (@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {roles}))");
    }

    [SkippableFact]
    public async Task The_Parameters_Of_The_Azure_Cli_Have_The_Types_Of_The_Template()
    {
        using var run = new ScriptRun();
        run.Environment["WITH_BUDGET"] = "true";

        var (code, text) = await run.RunAsync("infra/scripts/parameters.sh");

        code.ShouldBe(0, text);
        var parameters = JsonDocument.Parse(text).RootElement.GetProperty("parameters");
        parameters.GetProperty("withBudget").GetProperty("value").ValueKind.ShouldBe(JsonValueKind.True);
        parameters.GetProperty("opensAt").GetProperty("value").GetInt32().ShouldBe(8);
        parameters.GetProperty("environmentName").GetProperty("value").GetString().ShouldBe("office");
    }

    private static List<JsonProperty> Roles() =>
        [.. JsonDocument.Parse(Read("roles.json")).RootElement.EnumerateObject()];

    private static IEnumerable<string> QueueFunctions() =>
        from type in typeof(StorageNames).Assembly.GetTypes()
        from method in type.GetMethods()
        where method.GetParameters().Any(parameter => parameter.GetCustomAttribute<QueueTriggerAttribute>() is not null)
        select method.GetCustomAttribute<FunctionAttribute>()!.Name;

    private static int Given(string workflow, string name) =>
        Regex.Count(workflow, $@"^ +{name}: \$\{{\{{ vars\.{name} ", RegexOptions.Multiline);

    private static IEnumerable<string> Listed(string kind) =>
        Names.GetProperty(kind).EnumerateArray().Select(name => name.GetString()!);

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Folder, "infra", file));

    [GeneratedRegex(
        @"^  \{\n    name: '(?<name>[\w-]+)'\n.*?^  \}",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Alert();

    [GeneratedRegex(
        @"(?<=^(    |  \{ )name: ')[\w-]+(?='(, metric:|\n    says:))",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex AlertName();

    [GeneratedRegex(@"(?<=Properties\.queue\) == ')[^']+")]
    private static partial Regex WatchedQueue();

    [GeneratedRegex("(?<=roleDefinitionIdOrName: ')[^']+")]
    private static partial Regex RoleName();

    [GeneratedRegex("(?<='function:)\\w+(?=')")]
    private static partial Regex AlwaysReady();

    [GeneratedRegex(@"(?<=\$\{)\w+")]
    private static partial Regex EnvironmentSetting();

    [GeneratedRegex("(?<=^ *)\\w+__\\w+(?=:)", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
