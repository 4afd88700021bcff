using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Conventions;

/// <c>infra/</c> compiles, and the linter has no complaint. The tests use a copy, as the CLI writes files beside its
/// sources.
public sealed class BicepTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("callmyway-bicep-").FullName;

    public BicepTests() => Skip.If(Bicep.WhyNot is not null, Bicep.WhyNot);

    [SkippableFact]
    public async Task Our_Templates_Pass_With_Stubs_For_The_Registrys_Modules()
    {
        CopyInfra();
        Bicep.PutStubs(_folder);

        (await Bicep.RunAsync(_folder, "build", "--no-restore")).ShouldBeEmpty();
        (await Bicep.RunAsync(_folder, "lint", "--no-restore")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task All_Passes_With_The_Registry_s_Modules()
    {
        CopyInfra();
        var modules = Bicep.ModulesOfTheRegistry(_folder);
        Skip.IfNot(
            modules.Count == 0 || await Bicep.CanReachTheRegistryAsync(),
            $"{Bicep.Registry.Host} can't be reached. Not checked is what its modules take and give: "
            + $"{string.Join(", ", modules)}.");

        (await Bicep.RunAsync(_folder, "build")).ShouldBeEmpty();
        (await Bicep.RunAsync(_folder, "lint")).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("param unused string", "no-unused-params")]
    [InlineData("output name strin = 'x'", "BCP302")]
    [InlineData("module m 'br/public:a/b:1.0.0' = {\n  params: { name: nam }\n}", "BCP057")]
    [InlineData("module m 'br/public:a/b:1.0.0' = {\n  params: {}\n}\noutput x int = 'a${m.outputs.name}'", "BCP033")]
    public async Task Errors_Are_Found_With_A_Stub_Too(string text, string rule)
    {
        File.Copy(SourceTree.PathOf("infra", "bicepconfig.json"), Path.Combine(_folder, "bicepconfig.json"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "wrong.bicep"), text + "\n");
        Bicep.PutStubs(_folder);

        (await Bicep.RunAsync(_folder, "build", "--no-restore")).ShouldHaveSingleItem().ShouldContain(rule);
    }

    [SkippableFact]
    public async Task The_Origins_Of_CRM_Pages_Are_As_Browsers_Send_Them()
    {
        var template = await File.ReadAllTextAsync(SourceTree.PathOf("infra", "main.bicep"));
        var rule = template.Split('\n').Single(line => line.StartsWith("var origins = ", StringComparison.Ordinal));
        const string Given = "https://CRM.example.com/, ,https://app.hubspot.com,https://crm.example.com:8443/ ";

        var origins = await Bicep.EvaluateAsync(_folder, $"var crmOrigins = '{Given}'\n{rule}", "origins");

        origins.EnumerateArray().Select(origin => origin.GetString())
            .ShouldBe(["https://crm.example.com", "https://app.hubspot.com", "https://crm.example.com:8443"]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void CopyInfra()
    {
        var infra = SourceTree.PathOf("infra");
        foreach (var file in Directory.EnumerateFiles(infra, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder, Path.GetRelativePath(infra, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
