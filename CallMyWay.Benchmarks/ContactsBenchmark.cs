using System.Globalization;

namespace CallMyWay.Benchmarks;

/// <summary>Whether a match costs more in many contacts than in few, and how long a search by name takes.</summary>
internal static class ContactsBenchmark
{
    private const int Few = 10_000;

    public static async Task RunAsync(bool quick)
    {
        var many = ContactFile.Size(quick);
        Report.Title($"A match in {many:N0} contacts, beside {Few:N0}");
        var (small, large) = (await ContactFile.EnsureAsync(Few), await ContactFile.EnsureAsync(many));
        var (means, medians) = (new List<double>(), new List<double>());
        for (var pair = 0; pair < (quick ? 1 : 3); pair++)
        {
            var few = await MatchAsync(small, Few);
            var of = await MatchAsync(large, many);
            means.Add(of.Mean / few.Mean);
            medians.Add(of.Median / few.Median);
        }

        Report.Target("mean match in many / in few, median of pairs", Report.Median(means), "", 1.5, atLeast: false);
        Report.Target("p50 match in many / in few, median of pairs", Report.Median(medians), "", 1.5, atLeast: false);
        await SearchAsync(large, many);
    }

    private static async Task<(double Mean, double Median)> MatchAsync(string folder, int contacts)
    {
        await using var server = await ServerProcess.StartAsync("host", folder, "paused");
        // Of the first ones hardly a page was read before; the compiler is warm from others' numbers.
        _ = await server.AskAsync("match 50 20000");
        var first = await Numbers(server, $"match {contacts} 2000");
        Report.Line($"match in {contacts:N0}, the first 2,000 at random, mean", first[0], "µs");
        var next = await Numbers(server, $"match {contacts} 50000");
        Report.Line($"match in {contacts:N0}, 50,000 at random, mean", next[0], "µs");
        Report.Line("  p50", next[1], "µs");
        Report.Line("  p99", next[2], "µs");
        return (next[0], next[1]);
    }

    private static async Task SearchAsync(string folder, int contacts)
    {
        Report.Title($"A search by name in {contacts:N0} contacts, the first page of 20");
        await using var server = await ServerProcess.StartAsync("host", folder, "paused");
        foreach (var words in new[] { "jose rod", "rodriguez", "jose rodriguez mora", "j r", "x" })
        {
            var first = await Numbers(server, $"search 1 {words}");
            var figures = await Numbers(server, $"search 50 {words}");
            Report.Line($"'{words}', {figures[2]:N0} found, the first time", first[0], "ms");
            Report.Line("  p50 of 50", figures[0], "ms");
        }
    }

    private static async Task<double[]> Numbers(ServerProcess server, string command) =>
        [.. (await server.AskAsync(command)).Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
}
