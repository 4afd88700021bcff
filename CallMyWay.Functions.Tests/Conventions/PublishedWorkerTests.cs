using System.Reflection;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>What the Functions host reads in the published worker agrees with the functions' attributes.</summary>
public sealed class PublishedWorkerTests
{
    private const string Assembly = "CallMyWay.Functions.dll";

    // The worker's SDK adds it.
    private const string MetadataLoader = "Microsoft.Azure.WebJobs.Extensions.FunctionMetadataLoader";

    private const string SignalR = "Microsoft.Azure.WebJobs.Extensions.SignalRService";

    public PublishedWorkerTests() => Skip.If(PublishedWorker.WhyNot is not null, PublishedWorker.WhyNot);

    [SkippableFact]
    public void Every_Function_Is_Told_To_The_Host_As_Its_Attributes_Say() =>
        PublishedWorker.Read("functions.metadata").EnumerateArray().Select(Told)
            .ShouldBe(FunctionMethods.All.Select(Declared), ignoreOrder: true);

    [SkippableFact]
    public void Every_Trigger_That_Needs_An_Extension_Of_The_Host_Has_It()
    {
        // The host itself has the triggers for HTTP and timers, and their assemblies name no extension.
        var needed = FunctionMethods.All
            .SelectMany(function => function.Triggers.Select(trigger => trigger.GetType().Assembly))
            .Distinct()
            .Select(assembly => assembly.GetCustomAttribute<ExtensionInformationAttribute>()?.ExtensionPackage)
            .OfType<string>()
            .ToList();

        needed.ShouldBe(["Microsoft.Azure.WebJobs.Extensions.Storage.Queues"]);
        Extensions().Select(extension => extension.Assembly).Except([SignalR, MetadataLoader])
            .ShouldBe(needed, ignoreOrder: true);
    }

    [SkippableFact]
    public void Every_Extension_Of_The_Host_Is_There_In_The_Version_That_Is_Named()
    {
        foreach (var (assembly, version, file) in Extensions())
        {
            Path.GetFileNameWithoutExtension(file).ShouldBe(assembly);
            PublishedWorker.VersionOf(file).ShouldBe(version);
        }
    }

    [SkippableFact]
    public void The_Screens_Are_Reached_By_Azure_SignalR_Service()
    {
        Skip.If(
            PublishedWorker.TypesOf(Assembly).Contains("WithoutSignalR"),
            "Microsoft.Azure.Functions.Worker.Extensions.SignalRService is not on this feed: the worker was published without.");

        Extensions().Select(extension => extension.Assembly).ShouldContain(SignalR);
        PublishedWorker.TypesOf(Assembly).ShouldContain("AzureScreens");
    }

    [SkippableFact]
    public void The_Host_Starts_This_Assembly_With_Dotnet()
    {
        var description = PublishedWorker.Read("worker.config.json").GetProperty("description");

        description.GetProperty("language").GetString().ShouldBe("dotnet-isolated");
        description.GetProperty("defaultExecutablePath").GetString().ShouldBe("dotnet");
        description.GetProperty("defaultWorkerPath").GetString().ShouldBe(Assembly);
        PublishedWorker.VersionOf(Assembly).ShouldBe(typeof(CallMyWayServices).Assembly.GetName().Version);
        var runtime = PublishedWorker.Read("CallMyWay.Functions.runtimeconfig.json").GetProperty("runtimeOptions");
        runtime.GetProperty("tfm").GetString().ShouldBe("net10.0");
    }

    [SkippableFact]
    public void The_Host_s_Settings_Are_Ours_And_No_Secret_Comes_Along()
    {
        var ours = File.ReadAllText(SourceTree.PathOf("host.json"));
        File.ReadAllText(PublishedWorker.PathOf("host.json")).ShouldBe(ours);
        // The console and the operators' webhook addresses contain this prefix.
        var http = PublishedWorker.Read("host.json").GetProperty("extensions").GetProperty("http");
        http.GetProperty("routePrefix").GetString().ShouldBe("api");
        File.Exists(PublishedWorker.PathOf("local.settings.json")).ShouldBeFalse();
    }

    /// <summary>A function by its attributes: all that the host uses.</summary>
    private static string Declared(FunctionMethod function)
    {
        var parameter = function.Method.GetParameters()
            .Single(parameter => parameter.IsDefined(typeof(TriggerBindingAttribute), inherit: true));
        var entryPoint = $"{function.Method.DeclaringType!.FullName}.{function.Method.Name}";
        var trigger = function.Triggers.Single() switch
        {
            HttpTriggerAttribute http =>
                $"httpTrigger {http.AuthLevel} {string.Join(',', http.Methods!)} {http.Route}, http $return",
            QueueTriggerAttribute queue => $"queueTrigger {queue.QueueName} {queue.Connection}",
            TimerTriggerAttribute timer => $"timerTrigger {timer.Schedule} {timer.UseMonitor} {timer.RunOnStartup}",
            var other => other.GetType().Name,
        };
        return $"{function.Name}: {Assembly} {entryPoint}({parameter.Name}) {trigger}";
    }

    /// <summary>The same function, as the host reads it.</summary>
    private static string Told(JsonElement function)
    {
        var bindings = function.GetProperty("bindings").EnumerateArray().ToList();
        var trigger = string.Join(", ", bindings.Select(binding => Text(binding, "type") switch
        {
            "httpTrigger" => $"httpTrigger {Text(binding, "authLevel")} {Methods(binding)} {Text(binding, "route")}",
            "queueTrigger" => $"queueTrigger {Text(binding, "queueName")} {Text(binding, "connection")}",
            "timerTrigger" =>
                $"timerTrigger {Text(binding, "schedule")} {Text(binding, "useMonitor") ?? "True"} "
                + $"{Text(binding, "runOnStartup") ?? "False"}",
            var type => $"{type} {Text(binding, "name")}",
        }));
        var entryPoint = $"{Text(function, "entryPoint")}({Text(bindings[0], "name")})";
        return $"{Text(function, "name")}: {Text(function, "scriptFile")} {entryPoint} {trigger}";
    }

    private static string Methods(JsonElement binding) =>
        string.Join(',', binding.GetProperty("methods").EnumerateArray());

    private static IEnumerable<(string Assembly, Version Version, string File)> Extensions() =>
        from extension in PublishedWorker.Read("extensions.json").GetProperty("extensions").EnumerateArray()
        let name = new AssemblyName(Text(extension, "typeName")!.Split(", ", 2)[1])
        select (name.Name!, name.Version!, Text(extension, "hintPath")!);

    private static string? Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) ? value.ToString() : null;
}
