using System.Globalization;

namespace CallMyWay.Benchmarks;

/// <summary>Prints results: names, figures, and after each part whether its target is reached.</summary>
internal static class Report
{
    public static void Title(string text) => Console.WriteLine($"{Environment.NewLine}{text}");

    public static void Line(string name, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-58}{value,12:N2} {unit}"));

    public static void Latencies(string name, Latencies latencies) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"  {name,-58}{latencies.Count,12:N0} at p50 {latencies.Percentile(50):N2} ms, p99 {latencies.Percentile(99):N2} ms, longest {latencies.Percentile(100):N2} ms"));

    public static void Target(string name, double value, string unit, double limit, bool atLeast)
    {
        var reached = atLeast ? value >= limit : value <= limit;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  => {name}: {value:N2} {unit} (target {(atLeast ? "at least" : "at most")} {limit:N2}): {(reached ? "reached" : "MISSED")}"));
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1
            ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
