using System.Globalization;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Xunit.Abstractions;
using Builder = CallMyWay.Functions.Tests.Calls.CallFactsBuilder;

namespace CallMyWay.Functions.Tests.CallFlow;

/// <summary>An operator's call id that is used again and again: each time two hours after the time before.</summary>
public sealed class CallUsesTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Many = 1000;

    private static readonly CallKey First = new("c", "8000001");

    private Features _features = null!;

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task An_Id_That_Was_Used_A_Thousand_Times_Costs_A_Few_Reads()
    {
        await Parallel.ForAsync(1, Many + 1, async (use, token) =>
        {
            var fact = Builder.End(60, disconnect: 60);
            fact = fact with
            {
                CallId = IdOf(use),
                At = TimeOf(use).AddSeconds(60),
                DetectedAt = TimeOf(use),
                DisconnectedAt = TimeOf(use).AddSeconds(60),
                Mark = $"{use}",
            };
            var facts = Builder.Of(fact) with { CallId = fact.CallId, IndexedAt = TimeOf(use) };
            (await _features.Get<CallStore>().SaveAsync(CallDerivation.Derive(facts), token)).ShouldNotBeNull();
        });
        await WriteUsesAsync(Many);

        await CostsAsync("a call of it that is known", Many, "callStart", most: 3);
        await CostsAsync("a further call", Many + 1, "callEnd", most: 7);
        await CostsAsync("its start, which comes late", Many + 1, "callStart", most: 3);
        await CostsAsync("news of the first", 1, "callStart", most: 1);
        foreach (var use in new[] { 2, 3, 500, 750, 996, 997, 998, 999, 1000 })
        {
            await CostsAsync($"late news of call {use}", use, use == Many ? "callEnd" : "callStart", most: 17);
            (await _features.CallAsync(IdOf(use))).ShouldNotBeNull().Timeline.Count
                .ShouldBe(use == Many ? 3 : 2, $"call {use}");
        }

        await CostsAsync("a call before all others", 0, "callEnd", most: 17);
        (await _features.CallAsync(IdOf(Many + 2))).ShouldNotBeNull().Facts.Notifications
            .ShouldHaveSingleItem().DetectedAt.ShouldBe(TimeOf(0));
        (await _features.CallAsync(IdOf(Many + 3))).ShouldBeNull();
    }

    [Theory]
    [InlineData("insert calls")]
    [InlineData("upsert calls")]
    public async Task A_Process_That_Ends_Between_The_Count_And_The_Call_Leaves_Nothing_Wrong(string operation)
    {
        await NotifyAsync(1, "callEnd");
        _features.Clock.Now = TimeOf(2);
        var message = _features.Message(Text(2, "callEnd"));
        _features.Meter.CrashAt(operation);
        await Should.ThrowAsync<CrashException>(() => _features.DeliverAsync(message));
        _features.Meter.Recover();
        (await _features.CallAsync(IdOf(2))).ShouldBeNull();

        await _features.DeliverAsync(message);

        for (var use = 3; use < 8; use++)
        {
            await NotifyAsync(use, "callEnd");
        }

        for (var use = 1; use < 8; use++)
        {
            (await _features.CallAsync(IdOf(use))).ShouldNotBeNull().StartedAt.ShouldBe(TimeOf(use));
        }

        (await _features.CallAsync(IdOf(8))).ShouldBeNull();
    }

    [Fact]
    public async Task A_Count_That_Lags_Behind_Is_Made_Good_By_The_Next_Call()
    {
        for (var use = 1; use < 6; use++)
        {
            await NotifyAsync(use, "callEnd");
        }

        await WriteUsesAsync(2);
        await NotifyAsync(5, "callStart");
        (await _features.CallAsync(IdOf(5))).ShouldNotBeNull().Timeline.Count.ShouldBe(2);
        await NotifyAsync(6, "callEnd");

        (await _features.CallAsync(IdOf(6))).ShouldNotBeNull().StartedAt.ShouldBe(TimeOf(6));
        (await _features.Get<CallStore>().CountUsesAsync(First, CancellationToken.None)).ShouldBe(6);
        // The count is no call.
        (await _features.Get<CallStore>().FindAsync("c", CancellationToken.None)).ShouldHaveSingleItem()
            .StartedAt.ShouldBe(TimeOf(1));
    }

    [Fact]
    public async Task What_Comes_At_Once_Of_A_Further_Call_Is_Of_One()
    {
        await NotifyAsync(1, "callEnd");
        for (var use = 2; use < 12; use++)
        {
            _features.Clock.Now = TimeOf(use).AddSeconds(70);
            var messages = new[] { "callStart", "callEnd" }.Select(action => _features.Message(Text(use, action)));
            await Task.WhenAll(messages.Select(message => Task.Run(() => _features.DeliverAsync(message))));

            (await _features.CallAsync(IdOf(use))).ShouldNotBeNull().Timeline.Count.ShouldBe(2);
            (await _features.CallAsync(IdOf(use + 1))).ShouldBeNull();
        }
    }

    private async Task CostsAsync(string what, int use, string action, int most)
    {
        _features.Clock.Now = TimeOf(Many + 2);
        _features.Meter.Reset();
        // Months late, as it were: the operator's time is compared with its own times alone.
        await _features.DeliverAsync(_features.Message(Text(use, action)));
        var reads = _features.Meter.Operations.Count(operation => operation == "get calls");
        output.WriteLine($"{what}: {reads} reads of calls");
        reads.ShouldBeLessThanOrEqualTo(most, what);
    }

    private Task NotifyAsync(int use, string action)
    {
        _features.Clock.Now = TimeOf(use).AddSeconds(70);
        return _features.ProcessAsync(Text(use, action));
    }

    private async Task WriteUsesAsync(int uses) => await _features.Get<ITables>()[StorageNames.Calls].UpsertAsync(
        CallStore.UsesRow(First, uses).Row, CancellationToken.None);

    private static DateTimeOffset TimeOf(int use) => Builder.Began.AddHours(2 * use);

    private static string IdOf(int use) => use == 1 ? "c" : $"c~{use}";

    private static string Text(int use, string action)
    {
        // The account's zone is six hours behind.
        var detected = TimeOf(use).AddHours(-6);
        var end = action == "callEnd" ? Local(detected.AddSeconds(60)) : "";
        return $$$"""
            {"action":"{{{action}}}","data":{"callid":"c","account_id":"8000001","endpoint_id":"ep-1",
            "ani":"88887777","dnis":"40001000","type":"in","detect_time":"{{{Local(detected)}}}","connect_time":"",
            "disconnect_time":"{{{end}}}"}}
            """;
    }

    private static string Local(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
