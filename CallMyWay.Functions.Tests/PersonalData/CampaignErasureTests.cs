using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.PersonalData;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.PersonalData;

/// <summary>A person in the list of a campaign, below HTTP.</summary>
public sealed class CampaignErasureTests : IAsyncLifetime
{
    private const string CampaignId = "campaign-1";

    private Features _features = null!;

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Theory]
    [InlineData(EntryState.Waiting)]
    [InlineData(EntryState.Held)]
    [InlineData(EntryState.Offered)]
    public async Task Who_Was_To_Be_Called_Is_Called_By_Nobody_Any_More(EntryState state)
    {
        var entries = _features.Get<EntryStore>();
        var entry = new CampaignEntry
        {
            CampaignId = CampaignId,
            EntryId = "0000001",
            ContactId = "person",
            Name = "Zenobia Quiros",
            Number = new NumberView("+50661239874", "6123-9874", PhoneNumberKind.Number),
            State = state,
            NextAt = _features.Clock.Now,
        };
        var before = await entries.GetBuiltAsync(CampaignId, default);
        (await entries.AddAsync(CampaignId, [entry], before, before.List, default)).ShouldBeTrue();
        var row = (await _features.RowsAsync(StorageNames.Campaigns, EntryStore.PartitionOf(CampaignId)))
            .Single(each => EntryStore.EntryOf(each) is not null);
        var rule = _features.Get<ErasedTables>().RuleOf(StorageNames.Campaigns);

        var outcome = await rule.EraseAsync(
            StorageNames.Campaigns, row, new PersonText(new Person { ContactIds = ["person"] }), default);

        outcome.ShouldBe(RowErasure.Erased);
        var left = (await entries.GetAsync(CampaignId, entry.EntryId, default)).ShouldNotBeNull();
        (left.State, left.Reason, left.Name, left.ContactId)
            .ShouldBe((EntryState.Refused, RefusalReason.Erased, null, null));
    }
}
