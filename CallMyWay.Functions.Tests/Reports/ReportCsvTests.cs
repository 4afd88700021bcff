using System.Text;
using CallMyWay.Functions.Reports;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Tests.Reports;

/// <summary>The amounts of a report in a spreadsheet.</summary>
public sealed class ReportCsvTests
{
    [Fact]
    public void Each_Currency_Has_Its_Columns_Once()
    {
        var figures = new Figures
        {
            Out = 3,
            Documented = 2,
            Amounts =
            [
                new Amounts { Currency = "CRC", Cost = 10m },
                new Amounts { Currency = "USD", Cost = 5m, Paid = 1.5m },
            ],
        };
        // Without an outcome no call has a cost of it, and this row has colones alone.
        var other = new Figures { Out = 1, Amounts = [new Amounts { Currency = "CRC", Cost = 4m }] };

        var lines = LinesOf(ReportRow.Of("all", "Total", figures, "CRC"), ReportRow.Of("x", "ana", other, "CRC"));

        lines[0].Split(',')[17..].ShouldBe(
        [
            "cost CRC", "cost per outcome CRC", "charges CRC", "promised CRC", "paid CRC",
            "cost USD", "cost per outcome USD", "charges USD", "promised USD", "paid USD",
        ]);
        lines[1].Split(',')[17..].ShouldBe(["4", "", "0", "0", "0", "0", "", "0", "0", "0"]);
        lines[2].Split(',')[17..].ShouldBe(["10", "5", "0", "0", "0", "5", "2.5", "0", "0", "1.5"]);
    }

    private static string[] LinesOf(ReportRow totals, params IReadOnlyList<ReportRow> items)
    {
        var day = new DateOnly(2026, 3, 2);
        var report = new ReportView(items, totals, day, day, ReportBy.Agent, default, 0, 0);
        return Encoding.UTF8.GetString(ReportCsv.Of(report, "en", CsvForm.Comma)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
