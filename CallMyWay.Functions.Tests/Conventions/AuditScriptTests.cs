using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>The report of vulnerable packages in CI, with stand-ins for the programs that ask for advisories.</summary>
public sealed class AuditScriptTests
{
    private const string Script = ".ci/audit";

    private const string Sources = """case "$*" in *"list source"*) echo "E https://packages.example/index.json" ;; """;

    /// <summary>Writes what a feed with advisories says of itself to the file that the script names.</summary>
    private const string Index = """
        while [ "$1" != --output ]; do shift; done
        echo '{"@type":"VulnerabilityInfo/6.7.0"}' > "$2"
        """;

    [SkippableFact]
    public async Task What_Is_Vulnerable_Is_Named_And_Fails_Nothing()
    {
        using var run = new ScriptRun();
        run.Put("curl", Index);
        run.Put("dotnet", Sources + """
            *) echo '{"projects":[{"frameworks":[{"transitivePackages":[{"id":"A.Package","resolvedVersion":"1.0.0","vulnerabilities":[{"severity":"High","advisoryurl":"https://advisories.example/1"}]}]}]},{}]}' ;; esac
            """);
        run.Put("npm", """echo '{"vulnerabilities":{"a-package":{"name":"a-package","range":"<2","severity":"low"}}}'; exit 1""");

        var (code, output) = await run.RunAsync(Script);

        code.ShouldBe(0, output);
        output.ShouldContain(".NET: A.Package 1.0.0, High: https://advisories.example/1");
        output.ShouldContain("Console: a-package <2, low");
        output.ShouldNotContain("no known");
    }

    [SkippableFact]
    public async Task A_Source_That_Does_Not_Answer_Is_Not_Taken_For_None_Known()
    {
        using var run = new ScriptRun();
        run.Put("curl", "exit 28");
        run.Put("dotnet", Sources + """*) echo '{"projects":[{}]}' ;; esac""");
        run.Put("npm", """echo '{"message":"405 Method Not Allowed"}'; exit 1""");

        var (code, output) = await run.RunAsync(Script);

        code.ShouldBe(0, output);
        output.ShouldContain(".NET: the source of advisories did not answer");
        output.ShouldContain("Console: the source of advisories did not answer");
        output.ShouldNotContain("no known");
    }

    [SkippableFact]
    public async Task Where_All_Is_Well_It_Says_So()
    {
        using var run = new ScriptRun();
        run.Put("curl", Index);
        run.Put("dotnet", Sources + """*) echo '{"projects":[{}]}' ;; esac""");
        run.Put("npm", """echo '{"vulnerabilities":{}}'""");

        var (code, output) = await run.RunAsync(Script);

        code.ShouldBe(0, output);
        output.ShouldContain(".NET: no known vulnerabilities.");
        output.ShouldContain("Console: no known vulnerabilities.");
        // Each lock file of the repository.
        foreach (var folder in new[] { "eng/api-types", "eng/azurite", "eng/openapi" })
        {
            output.ShouldContain($"{folder}: no known vulnerabilities.");
        }
    }
}
