using System.Text.RegularExpressions;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>Links within the repository lead to something that exists. Other links are not checked.</summary>
public sealed partial class DocumentationTests
{
    public static TheoryData<string> Documents => [.. SourceFiles.Named("*.md")];

    [Theory, MemberData(nameof(Documents))]
    public void Every_Link_Leads_To_A_File_And_A_Heading_That_Are_There(string document)
    {
        var links = Link().Matches(WithoutCode(SourceFiles.Read(document))).Select(match => match.Groups["to"].Value);

        links.Where(link => !link.Contains(':', StringComparison.Ordinal) && !Leads(document, link)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("host.json, and why", "hostjson-and-why")]
    [InlineData("`Storage` on Azure's side", "storage-on-azures-side")]
    public void A_Heading_s_Anchor_Is_As_GitHub_Makes_It(string heading, string anchor) =>
        AnchorOf(heading).ShouldBe(anchor);

    [Fact]
    public void A_Dead_Link_Is_Found()
    {
        Leads("README.md", "docs/architecture.md#in-one-picture").ShouldBeTrue();
        Leads("README.md", "docs/architecture.md#in-two-pictures").ShouldBeFalse();
        Leads("docs/calls.md", "../README.md").ShouldBeTrue();
        Leads("docs/calls.md", "README.md").ShouldBeFalse();
    }

    private static bool Leads(string document, string link)
    {
        var (file, anchor) = link.Split('#', 2) is [var before, var after] ? (before, after) : (link, null);
        var path = file.Length == 0
            ? SourceTree.PathOf(document)
            : Path.GetFullPath(
                Path.Combine(Path.GetDirectoryName(SourceTree.PathOf(document))!, Uri.UnescapeDataString(file)));
        return anchor is null
            ? File.Exists(path) || Directory.Exists(path)
            : File.Exists(path) && Heading().Matches(WithoutCode(File.ReadAllText(path)))
                .Any(match => AnchorOf(match.Groups["text"].Value) == anchor);
    }

    private static string AnchorOf(string heading) =>
        NotInAnchors().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static string WithoutCode(string text) => Fence().Replace(text.ReplaceLineEndings("\n"), "");

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
