using System.Reflection;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>What is tested on one storage is tested on the other. Without Azurite, its tests are skipped.</summary>
public sealed class StorageTests
{
    public static TheoryData<Type> SharedTests { get; } =
        [.. typeof(StorageTests).Assembly.GetTypes().Where(type => type.IsAbstract && FactsOf(type).Any()).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(SharedTests))]
    public void The_Same_Tests_Run_On_Sqlite_And_On_Azurite(Type tests)
    {
        // The contracts run on the proof's storage in memory as well.
        var names = tests.Assembly.GetTypes()
            .Where(type => type.BaseType == tests && !type.IsAbstract
                && !type.Name.StartsWith("Memory", StringComparison.Ordinal))
            .Select(type => type.Name).ToList();

        names.Count.ShouldBe(2, string.Join(", ", names));
        names.ShouldContain(name => name.Contains("Sqlite", StringComparison.Ordinal));
        names.ShouldContain(name => name.Contains("Azur", StringComparison.Ordinal));
        FactsOf(tests).ShouldAllBe(fact => fact is SkippableFactAttribute || fact is SkippableTheoryAttribute);
    }

    [Fact]
    public void A_Shared_Host_Is_Only_For_Tests_Of_Both() => typeof(StorageTests).Assembly.GetTypes()
        .Where(type => typeof(IClassFixture<DemoHost>).IsAssignableFrom(type) && !type.BaseType!.IsAbstract)
        .ShouldBeEmpty();

    private static IEnumerable<FactAttribute> FactsOf(Type type) =>
        type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Select(method => method.GetCustomAttribute<FactAttribute>()).OfType<FactAttribute>();
}
