using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;
using Xunit.Abstractions;

namespace CallMyWay.Functions.Tests.Reconciliation;

/// <summary>What it costs to read a day once more whose records are all known, and to compare its calls.</summary>
public sealed class DayCostTests(ITestOutputHelper output)
{
    private const int Count = 200;

    [Fact]
    public async Task A_Known_Call_Costs_Two_Reads()
    {
        await using var features = await Features.StartAsync();
        var account = features.Get<Accounts>().Home;
        var began = new DateTime(2026, 3, 2, 8, 0, 0);
        List<CallRecord> records =
        [
            .. Enumerable.Range(0, Count).Select(i => new CallRecord
            {
                RecordId = $"c-{i}",
                Ani = "ep-1",
                Dnis = "88881234",
                DetectTime = began.AddSeconds(10 * i),
                ConnectTime = began.AddSeconds((10 * i) + 1),
                Duration = 5,
            }),
        ];
        await TakeAsync();
        features.Meter.Reset();

        await TakeAsync();
        var listed = await features.Get<CallIndex>().ReadAsync(
            account.Username,
            account.ToInstant(began, features.Clock.Now),
            account.ToInstant(began.AddHours(1), features.Clock.Now),
            default);
        await features.Get<CallStore>().GetManyAsync(listed.Select(call => call.Key), default);

        listed.Count.ShouldBe(Count);
        var operations = features.Meter.Operations;
        output.WriteLine(string.Join(
            ", ", operations.CountBy(each => each).Select(each => $"{each.Value} {each.Key}")));
        // Beside them the mappings, the mark of the day and the list.
        operations.Count.ShouldBeInRange(2 * Count, (2 * Count) + 10);

        async Task TakeAsync() => await features.Get<RecordIntake>().TakeAsync(
            account, records, features.Clock.Now, record => Assert.Fail($"{record}"), _ => { }, default);
    }
}
