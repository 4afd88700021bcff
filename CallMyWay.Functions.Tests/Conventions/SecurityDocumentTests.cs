using System.Reflection;
using System.Text.RegularExpressions;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>The document of threats names a test for each protection. These tests are there.</summary>
public sealed partial class SecurityDocumentTests
{
    [Fact]
    public void Each_Test_That_The_Document_Names_Is_There()
    {
        var named = NamedTest().Matches(SourceFiles.Read("docs/security.md")).Select(match => match.Groups["name"].Value).ToList();
        var there = typeof(SecurityDocumentTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Where(method => method.GetCustomAttribute<FactAttribute>() is not null)
            .Select(method => method.Name)
            .ToHashSet(StringComparer.Ordinal);

        named.Count.ShouldBeGreaterThan(30);
        named.Where(name => !there.Contains(name)).ShouldBeEmpty();
    }

    /// <summary>A text in code style with three words or more, joined as in the name of a test.</summary>
    [GeneratedRegex("`(?<name>[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+){2,})`", RegexOptions.ExplicitCapture)]
    private static partial Regex NamedTest();
}
