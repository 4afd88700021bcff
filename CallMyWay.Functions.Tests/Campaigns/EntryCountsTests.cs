using CallMyWay.Functions.Campaigns;
using CallMyWay.Functions.Numbers;

namespace CallMyWay.Functions.Tests.Campaigns;

/// <summary>What a change of a person changes in the counts of a campaign.</summary>
public sealed class EntryCountsTests
{
    [Fact]
    public void What_Changes_Of_Costs_Is_Counted_By_Currency_And_What_Is_Not_Known_Yet_Too()
    {
        var before = Entry(new EntryCall("a", "8000001", null), new EntryCall("b", "8000002", 2m, "USD"));
        var after = Entry(
            new EntryCall("a", "8000001", 40m), new EntryCall("b", "8000002", 3m, "USD"), new EntryCall("c", "8000001", null));

        var (first, change) = (EntryCounts.Difference(null, before), EntryCounts.Difference(before, after));
        var sum = first.Plus(change);

        (first.Spent, first.Unpriced, first.SpentOtherwise["USD"]).ShouldBe((0m, 1, 2m));
        (change.Spent, change.Unpriced, change.SpentOtherwise["USD"]).ShouldBe((40m, 0, 1m));
        (sum.Spent, sum.Unpriced, sum.SpentOtherwise["USD"]).ShouldBe((40m, 1, 3m));
        EntryCounts.Difference(after, after).IsNothing.ShouldBeTrue();
        change.IsNothing.ShouldBeFalse();
    }

    private static CampaignEntry Entry(params EntryCall[] calls) => new()
    {
        CampaignId = "k",
        EntryId = "0000000",
        Number = new(null, "", PhoneNumberKind.Invalid),
        State = EntryState.Done,
        Calls = calls,
    };
}
