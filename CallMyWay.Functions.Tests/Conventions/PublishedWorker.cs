using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>
/// The output of <c>dotnet publish CallMyWay.Functions -p:FunctionsHost=Azure</c>, which is deployed.
/// </summary>
internal static class PublishedWorker
{
    /// <summary>The setting that says where the folder is; <c>.ci/run</c> gives it.</summary>
    public const string Setting = "CALLMYWAY_PUBLISHED_WORKER";

    private static readonly string? Folder = Environment.GetEnvironmentVariable(Setting);

    /// <summary>Why nothing can be checked here; null if it can.</summary>
    public static string? WhyNot { get; } = Directory.Exists(Folder) ? null
        : $"The worker is not published: .ci/run does it. Else set {Setting} to the folder that dotnet publish wrote.";

    public static string PathOf(string file) => Path.Combine(Folder!, file);

    public static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllText(PathOf(file))).RootElement;

    /// <summary>The names of the types in one of its assemblies.</summary>
    public static IReadOnlySet<string> TypesOf(string assembly)
    {
        using var file = new PEReader(File.OpenRead(PathOf(assembly)));
        var metadata = file.GetMetadataReader();
        return metadata.TypeDefinitions
            .Select(type => metadata.GetString(metadata.GetTypeDefinition(type).Name))
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The version of one of its assemblies, or of a host extension beside it.</summary>
    public static Version VersionOf(string assembly) => AssemblyName.GetAssemblyName(PathOf(assembly)).Version!;
}
