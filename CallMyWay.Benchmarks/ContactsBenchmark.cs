using System.Globalization;

namespace CallMyWay.Benchmarks;

/// <summary>
/// Whether a match among many contacts takes longer than among few, and how long a search by name takes.
/// </summary>
internal static class ContactsBenchmark
{
    private const int Few = 10_000;

    public static async Task RunAsync(bool quick)
    {
        var many = ContactFile.Size(quick);
        Report.Title($"A match in {many:N0} contacts, beside {Few:N0}");
        var (small, large) = (await ContactFile.EnsureAsync(Few), await ContactFile.EnsureAsync(many));
        await using var few = await ServerProcess.StartAsync("host", small, "paused");
        await using var of = await ServerProcess.StartAsync("host", large, "paused");
        // A few numbers warm up the code. Hardly a page of the rest of the file has been read before.
        await FirstAsync(few, Few);
        await FirstAsync(of, many);
        // In turns, so that other users of the machine slow down both.
        var (means, medians) = (new List<double>(), new List<double>());
        for (var turn = 0; turn < (quick ? 4 : 20); turn++)
        {
            var (mean, median) = await NextAsync(few, Few);
            var (meanOf, medianOf) = await NextAsync(of, many);
            means.Add(meanOf / mean);
            medians.Add(medianOf / median);
        }

        await NextAsync(few, Few, print: true);
        await NextAsync(of, many, print: true);
        Report.Target(
            $"mean match in many / in few, median of {means.Count} turns",
            Report.Median(means),
            "",
            1.5,
            atLeast: false);
        Report.Target("  the same of their p50", Report.Median(medians), "", 1.5, atLeast: false);
        await SearchAsync(of, many);
    }

    private static async Task FirstAsync(ServerProcess server, int contacts)
    {
        _ = await server.AskAsync("match 50 20000 1");
        var first = await Numbers(server, $"match {contacts} 2000 2");
        Report.Line($"match in {contacts:N0}, the first 2,000 at random, mean", first[0], "µs");
    }

    private static async Task<(double Mean, double Median)> NextAsync(ServerProcess server, int contacts, bool print = false)
    {
        var next = await Numbers(server, $"match {contacts} 5000 {Random.Shared.Next()}");
        if (print)
        {
            Report.Line($"match in {contacts:N0}, 5,000 at random, mean", next[0], "µs");
            Report.Line("  p50", next[1], "µs");
            Report.Line("  p99", next[2], "µs");
        }

        return (next[0], next[1]);
    }

    private static async Task SearchAsync(ServerProcess server, int contacts)
    {
        Report.Title($"A search by name in {contacts:N0} contacts, the first page of 20");
        foreach (var words in new[] { "jose rod", "rodriguez", "jose rodriguez mora", "j r", "x", "rodrigues", "salaz", "jose rodrigues mora", "881234" })
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
