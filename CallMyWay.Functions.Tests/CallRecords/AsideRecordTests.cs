using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.Functions.Text;

namespace CallMyWay.Functions.Tests.CallRecords;

/// <summary>Records that could not be read are kept as long as the rules of retention say.</summary>
public sealed class AsideRecordTests
{
    [Theory]
    [InlineData(null, new[] { "old", "young" })]
    [InlineData(60, new[] { "young" })]
    public async Task One_Goes_Once_It_Is_Older_Than_Raw_Events_Are_Kept(int? eventDays, string[] kept)
    {
        await using var features = await Features.StartAsync();
        var (aside, account) = (features.Get<AsideRecordStore>(), features.Get<Accounts>().Home);
        await features.Get<RetentionStore>().PutAsync(new RetentionRules { EventDays = eventDays }, default);
        foreach (var (raw, days) in new[] { ("old", 61), ("young", 59) })
        {
            await aside.KeepAsync(
                account,
                [new AsideRecord(null, "callid", new Phrase("no", "no"), raw)],
                features.Clock.Now.AddDays(-days),
                default);
        }

        await features.SweepAsync<AsideRecordSweep>();

        (await features.RowsAsync(StorageNames.AsideRecords, account.Username))
            .Select(row => AsideRecordStore.Read(row).Raw).ShouldBe(kept, ignoreOrder: true);
    }

    [Fact]
    public async Task One_Goes_Once_Its_Record_Is_Stored()
    {
        await using var features = await Features.StartAsync();
        var (aside, account) = (features.Get<AsideRecordStore>(), features.Get<Accounts>().Home);
        const string noId = """{"callid":"","ani":"1001","dnis":"88887777","detect_time":"2026-03-02 09:00:00"}""";
        await KeepAsync(
            Bad("a", "first"), Bad("a", "another part of it"), Bad("b", "second"), Bad(null, noId), Bad(null, "?"));

        await SettleAsync([Good("a"), Good("c")]);
        (await KeptAsync()).ShouldBe(["second", noId, "?"], ignoreOrder: true);
        await SettleAsync([Good("b")], Bad("b", "second"));
        (await KeptAsync()).ShouldBe(["second", noId, "?"], ignoreOrder: true);
        await SettleAsync([Good("it-has-an-id-now", "88887777")]);
        (await KeptAsync()).ShouldBe(["second", "?"], ignoreOrder: true);

        // A part of a call that could not be stored waits for itself, and not for another part of that call.
        var part = Good("parts");
        await KeepAsync(Bad("parts", "a part") with { Whole = part.Identity() });
        await SettleAsync([part with { DetectTime = part.DetectTime!.Value.AddMinutes(5) }]);
        (await KeptAsync()).ShouldBe(["second", "?", "a part"], ignoreOrder: true);
        await SettleAsync([part with { Cost = 2m }]);
        (await KeptAsync()).ShouldBe(["second", "?"], ignoreOrder: true);

        // What is kept later is known too.
        await SettleAsync([Good("c")]);
        await KeepAsync(Bad("c", "third"));
        await SettleAsync([Good("c")]);
        (await KeptAsync()).ShouldBe(["second", "?"], ignoreOrder: true);

        // Records of which none is kept cost a query in a while.
        await SettleAsync([Good("d")]);
        features.Meter.Reset();
        await SettleAsync([Good("d"), Good("e")]);
        features.Meter.Operations.ShouldBeEmpty();
        features.Clock.Now += AsideRecordStore.Remembers;
        await SettleAsync([Good("d")]);
        features.Meter.Operations.ShouldBe(["query asiderecords"]);

        static AsideRecord Bad(string? id, string raw) => new(id, "cost", new Phrase("no", "no"), raw);

        static CallRecord Good(string id, string dnis = "88889999") => new()
        {
            RecordId = id,
            Ani = "1001",
            Dnis = dnis,
            DetectTime = new DateOnly(2026, 3, 2).ToDateTime(new TimeOnly(9, 0)),
            ConnectTime = new DateOnly(2026, 3, 2).ToDateTime(new TimeOnly(9, 1)),
            Cost = 1m,
        };

        Task KeepAsync(params AsideRecord[] records) => aside.KeepAsync(account, records, features.Clock.Now, default);

        Task SettleAsync(CallRecord[] stored, params AsideRecord[] bad) =>
            aside.SettleAsync(account, stored, bad, default);

        async Task<IEnumerable<string>> KeptAsync() =>
            (await aside.ListAsync(account.Username, default)).Select(record => record.Raw);
    }
}
