using System.Diagnostics;
using CallMyWay.Functions.Reports;
using CallMyWay.Functions.Tests.Infrastructure;
using Xunit.Abstractions;

namespace CallMyWay.Functions.Tests.Reports;

/// <summary>What a report of a year costs where nothing has changed: its operations do not grow with the calls.</summary>
public sealed class ReportCostTests(ITestOutputHelper output)
{
    private const int Agents = 50;

    private const int Teams = 5;

    private static readonly int Contacts = TestLength.Of(plain: 100, whole: 2_000);

    private static readonly int CallsADay = TestLength.Of(plain: 100, whole: 2_740);

    private static readonly DateOnly First = new(2025, 3, 1);

    private static readonly DateOnly Last = new(2026, 2, 28);

    [Fact]
    public async Task A_Year_Costs_A_Few_Queries_And_A_Get_For_Each_Month()
    {
        await using var features = await Features.StartAsync();
        await StoreAsync(features.Get<PeriodStore>(), features.Clock.Now);

        foreach (var (by, queries, gets) in new[]
        {
            // The marks, and the days or the months.
            (ReportBy.Day, 2, 0), (ReportBy.Team, 2, 0), (ReportBy.Hour, 2, 12), (ReportBy.Outcome, 2, 12),
            (ReportBy.Agent, 2, 12), (ReportBy.Contact, 2, 12),
        })
        {
            foreach (var scope in new[] { ReportScope.All, ReportScope.OfTeam("team-1") })
            {
                await ReadAsync(features, by, scope);
                features.Meter.Reset();
                var began = Stopwatch.GetTimestamp();
                var figures = await ReadAsync(features, by, scope);
                output.WriteLine(
                    $"by {by} of {scope}: {Stopwatch.GetElapsedTime(began).TotalMilliseconds:F1} ms, "
                    + $"{features.Meter.Operations.Count} operations, {figures.Rows.Count} rows");
                figures.Totals.In.ShouldBe(scope == ReportScope.All ? 365 * CallsADay : 365 * CallsADay / Teams);
                features.Meter.Operations.Count(each => each == "query reports").ShouldBe(queries, $"{by}");
                var read = features.Meter.Operations.Count(each => each == "get reports");
                read.ShouldBeInRange(gets, TestLength.IsWhole ? 20 * gets : gets, $"{by}");
            }
        }
    }

    private static Task<ReportFigures> ReadAsync(Features features, ReportBy by, string scope) =>
        features.Get<ReportReader>().ReadAsync(new ReportQuery(First, Last, by), scope, default);

    private static async Task StoreAsync(PeriodStore store, DateTimeOffset now)
    {
        for (var month = First; month <= Last; month = month.AddMonths(1))
        {
            var ofMonth = new PeriodFigures();
            for (var day = month; day < month.AddMonths(1); day = day.AddDays(1))
            {
                var ofDay = new PeriodFigures();
                for (var call = 0; call < CallsADay; call++)
                {
                    ofDay.Add(CallOf(day.DayNumber, call));
                }

                (await store.SaveAsync(Period.OfDay(day), null, ofDay, now, default, default)).ShouldBeTrue();
                foreach (var part in Enum.GetValues<PeriodPart>())
                {
                    ofMonth.Add(part, ofDay.CellsOf(part));
                }
            }

            (await store.SaveAsync(Period.OfMonth(month), null, ofMonth, now, default, default)).ShouldBeTrue();
        }
    }

    private static CallFigures CallOf(int day, int call)
    {
        var figures = new Figures { In = 1, Answered = 1, TalkSeconds = 60 + (call % 200), Documented = 1 };
        figures.AmountsIn("CRC").Cost = 6.5m + (call % 50);
        var team = $"team-{call % Teams}";
        return new CallFigures(
            default,
            7 + (call % 10),
            $"outcome-{call % 8}",
            $"contact-{((day * 31) + (call * 7919)) % Contacts:D32}",
            figures,
            [new TeamShare(team, figures)],
            [new AgentShare($"agent-{call % Agents}", team, figures)]);
    }
}
