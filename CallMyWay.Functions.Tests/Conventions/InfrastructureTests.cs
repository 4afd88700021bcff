using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Provider;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>The names that infra/ repeats, as Bicep can't read C#, are those of the code.</summary>
public sealed partial class InfrastructureTests
{
    private static readonly JsonElement Names = JsonDocument.Parse(Read("names.json")).RootElement;

    [Fact]
    public void Every_Table_Is_Created() => Listed("tables").ShouldBe(StorageNames.Tables, ignoreOrder: true);

    [Fact]
    public void Every_Queue_Is_Created_With_Its_Poison_Queue() =>
        Listed("queues").ShouldBe(StorageNames.Queues.SelectMany(queue => new[] { queue, queue + StorageNames.PoisonSuffix }), ignoreOrder: true);

    [Fact]
    public void Every_Queue_Function_Has_Instances_That_Are_Always_Ready() =>
        AlwaysReady().Matches(Read("app/api.bicep")).Select(match => match.Value).ShouldBe(QueueFunctions(), ignoreOrder: true);

    [Theory]
    [InlineData(CallMyWayOptions.Section, typeof(CallMyWayOptions))]
    [InlineData(WebhookOptions.Section, typeof(WebhookOptions))]
    public void Every_Setting_Is_One_That_The_App_Reads(string section, Type options)
    {
        var settings = Setting().Matches(Read("main.bicep") + Read("app/api.bicep")).Select(match => match.Value.Replace("__", ":", StringComparison.Ordinal)).ToList();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(name => KeyValuePair.Create(name, (string?)"https://example.com"))).Build();

        configuration.GetSection(section).Exists().ShouldBeTrue();
        configuration.GetSection(section).Get(options, binder => binder.ErrorOnUnknownConfiguration = true).ShouldNotBeNull();
    }

    [Fact]
    public void Every_Setting_Of_An_Environment_Reaches_The_Preview_And_The_Deployment()
    {
        var workflow = Read("../.github/workflows/deploy-environment.yml");

        EnvironmentSetting().Matches(Read("main.parameters.json")).Select(match => match.Value).ShouldAllBe(name => Given(workflow, name) == 2);
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
        // The instruments are there from the first use on.
        _ = Instrumentation.IsWatchingQueues;
        listener.Start();

        Names.GetProperty("metrics").EnumerateObject().Select(metric => metric.Value.GetString()!).ShouldBeSubsetOf(measured);
    }

    private static IEnumerable<string> QueueFunctions() =>
        from type in typeof(StorageNames).Assembly.GetTypes()
        from method in type.GetMethods()
        where method.GetParameters().Any(parameter => parameter.GetCustomAttribute<QueueTriggerAttribute>() is not null)
        select method.GetCustomAttribute<FunctionAttribute>()!.Name;

    private static int Given(string workflow, string name) => Regex.Count(workflow, $@"^ +{name}: \$\{{\{{ vars\.{name} ", RegexOptions.Multiline);

    private static IEnumerable<string> Listed(string kind) => Names.GetProperty(kind).EnumerateArray().Select(name => name.GetString()!);

    private static string Read(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "infra", file) is var path && File.Exists(path))
            {
                return File.ReadAllText(path);
            }
        }

        throw new InvalidOperationException($"There is no infra/{file} above {AppContext.BaseDirectory}.");
    }

    [GeneratedRegex("(?<='function:)\\w+(?=')")]
    private static partial Regex AlwaysReady();

    [GeneratedRegex(@"(?<=\$\{)\w+")]
    private static partial Regex EnvironmentSetting();

    [GeneratedRegex("(?<=^ *)\\w+__\\w+(?=:)", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
