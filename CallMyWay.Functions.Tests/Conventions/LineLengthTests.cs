using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>Limits the number of long lines. A few may be longer, such as tables of test cases.</summary>
public sealed class LineLengthTests
{
    private const int Columns = 120;

    private const double MostLonger = 0.02;

    [Theory]
    [InlineData("*.cs")]
    [InlineData("*.ts")]
    public void Few_Lines_Are_Longer_Than_120_Columns(string pattern)
    {
        var longer = new Dictionary<string, int>(StringComparer.Ordinal);
        var lines = 0;
        foreach (var file in SourceFiles.Named(pattern))
        {
            var these = File.ReadAllLines(SourceTree.PathOf(file));
            lines += these.Length;
            longer[file] = these.Count(line => line.Length > Columns);
        }

        var all = longer.Values.Sum();
        var worst = longer.OrderByDescending(file => file.Value).Take(10).Select(file => $"{file.Value} in {file.Key}");
        lines.ShouldBeGreaterThan(1000);
        all.ShouldBeLessThanOrEqualTo(
            (int)(MostLonger * lines), $"Of {lines} lines {all} are longer; {string.Join(", ", worst)}.");
    }
}
