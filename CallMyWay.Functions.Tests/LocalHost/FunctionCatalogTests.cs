using System.Runtime.Loader;
using CallMyWay.LocalHost.Functions;

namespace CallMyWay.Functions.Tests.LocalHost;

/// <summary>Each host makes a catalog of the functions, and several hosts may start at once in one process.</summary>
public sealed class FunctionCatalogTests
{
    /// <summary>
    /// The runtime keeps the parameters of a method from their first use on. Two threads that are the first may each
    /// get other objects for the same parameters. Types that were loaded anew have had no use yet.
    /// </summary>
    [Fact]
    public async Task Two_Hosts_That_Start_At_Once_Find_The_Same_Functions()
    {
        for (var round = 0; round < 100; round++)
        {
            var context = new AssemblyLoadContext($"{nameof(FunctionCatalogTests)} {round}", isCollectible: true);
            var functions = context.LoadFromAssemblyPath(typeof(HttpTests).Assembly.Location)
                .GetType(typeof(HttpTests.Functions).FullName!, throwOnError: true)!;
            using var both = new Barrier(2);
            // On threads of their own: those of the pool may be busy with other tests.
            var found = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(
                Find, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            found.ShouldAllBe(names => names == "HttpTestsFailing HttpTestsNoRule HttpTestsNumber");
            context.Unload();

            string Find()
            {
                both.SignalAndWait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
                return string.Join(
                    ' ',
                    FunctionCatalog.Of(functions).Http.Select(function => function.Name).Order(StringComparer.Ordinal));
            }
        }
    }
}
