using System.Diagnostics;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Statements;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Xunit.Abstractions;

namespace CallMyWay.Functions.Tests.Statements;

/// <summary>
/// What the statement of a month costs: where each of its days has changed, where none has, and where an invoice
/// differs.
/// </summary>
public sealed class StatementCostTests(ITestOutputHelper output)
{
    private const int Days = 30;

    private const int PageSize = RowRange.MaxTake;

    private static readonly int PerDay = TestLength.Of(plain: 300, whole: 8000);

    private static readonly DateOnly Month = new(2026, 4, 1);

    [Fact]
    public async Task Only_Days_That_Have_Changed_Are_Read_Again()
    {
        await using var features = await Features.StartAsync();
        var account = features.Get<Accounts>().Home;
        features.Clock.Now = new DateTimeOffset(2026, 5, 2, 18, 0, 0, TimeSpan.Zero);
        await StoreAsync(features, account);
        // Of each day its records and what is stored of it, and its mark that goes.
        var pages = (PerDay / PageSize) + 1;

        (await ReadAsync(features, account, "each day has changed")).ShouldBeInRange(
            3 + (Days * (pages + 1)), 3 + (Days * (pages + 2)));
        (await ReadAsync(features, account, "unchanged")).ShouldBe(3);

        await features.Get<StatementStore>().PutInvoiceAsync(
            new Invoice(account.Username, Month, 1m, features.Clock.Now, "admin"), default);
        // All records are looked through once.
        (await ReadAsync(features, account, "with an invoice that differs"))
            .ShouldBeInRange(6 + (Days * PerDay / PageSize), 8 + (Days * PerDay / PageSize));
        (await ReadAsync(features, account, "the same again")).ShouldBe(5);
    }

    private async Task<int> ReadAsync(Features features, Account account, string what)
    {
        features.Meter.Reset();
        var began = Stopwatch.GetTimestamp();
        var statement = await features.Get<MonthStatements>().ReadAsync(account, Month, "es", default);
        var (took, operations) = (Stopwatch.GetElapsedTime(began), features.Meter.Operations.Count);
        output.WriteLine($"{what}: {took.TotalMilliseconds:F0} ms, {operations} operations");
        statement.Totals.Calls.ShouldBe(Days * PerDay);
        return operations;
    }

    private static async Task StoreAsync(Features features, Account account)
    {
        var table = features.Get<ITables>()[StorageNames.CallRecords];
        for (var day = 0; day < Days; day++)
        {
            var began = new DateTimeOffset(2026, 4, 1, 14, 0, 0, TimeSpan.Zero).AddDays(day);
            var rows = Enumerable.Range(0, PerDay).Select(i => RecordStore.RowOf(
                new CallKey($"c-{day}-{i}", account.Username), Fact($"c-{day}-{i}", began.AddSeconds(3 * i), i)).Row);
            foreach (var some in rows.Select(RowChange.Upsert).Chunk(RowChange.MaxBatchCount))
            {
                (await table.BatchAsync(some, default)).ShouldBeTrue();
            }

            await features.Get<ChangedDays>().MarkAsync(
                account, [Month.AddDays(day)], features.Clock.Now.AddHours(-1), default);
        }
    }

    private static RecordFact Fact(string callId, DateTimeOffset at, int i) => new()
    {
        At = at,
        Mark = "",
        CallId = callId,
        DetectedAt = at,
        ConnectedAt = at,
        Duration = 60 + (i % 200),
        Cost = 6.5m + (i % 50),
        Rate = 6.5m,
        AccessFee = 0.25m,
        RoutePattern = $"506{i % 7}",
        RouteName = "Costa Rica",
    };
}
