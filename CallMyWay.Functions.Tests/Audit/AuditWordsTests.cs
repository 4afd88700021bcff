using System.Reflection;
using CallMyWay.Functions.Audit;
using CallMyWay.Functions.Tests.Conventions;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Audit;

/// <summary>The console has words for whatever is audited.</summary>
public sealed class AuditWordsTests
{
    [Fact]
    public void The_Console_Has_Words_For_Each_Entry_And_Its_Thing()
    {
        var words = File.ReadAllText(SourceTree.PathOf("web", "src", "audit", "what-words.ts"));
        var whats = FunctionMethods.Everywhere
            .SelectMany(function => function.Method.GetCustomAttribute<AuditsAttribute>()?.What ?? [])
            .Distinct(StringComparer.Ordinal)
            .ToList();

        whats.Count.ShouldBeGreaterThan(20);
        whats.Where(what => !words.Contains($"case '{what}':", StringComparison.Ordinal)).ShouldBeEmpty();
        whats.Select(what => what.Split('.')[0])
            .Where(thing => !words.Contains($"  '{thing}',", StringComparison.Ordinal)
                && !words.Contains($"  '{thing.TrimEnd('s')}',", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }
}
