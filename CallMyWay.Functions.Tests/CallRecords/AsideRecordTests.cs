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
}
