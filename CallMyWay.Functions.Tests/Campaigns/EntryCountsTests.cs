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

    [Fact]
    public void Each_Call_Has_Its_Outcome_In_The_Counts_Also_Where_It_Is_Corrected_Or_Undone()
    {
        CampaignEntry[] versions =
        [
            Said("no-answer"),
            Said("no-answer", "no-answer"),
            Said("no-answer", "attended"),
            Said(null, "attended"),
            Said(null, null),
        ];

        var counts = versions.Select((after, i) => EntryCounts.Difference(i == 0 ? null : versions[i - 1], after))
            .Aggregate(
                new List<EntryCounts>(),
                (sums, change) => [.. sums, (sums.LastOrDefault() ?? new()).Plus(change)]);

        counts.Select(Outcomes).ShouldBe(
            ["no-answer 1", "no-answer 2", "attended 1, no-answer 1", "attended 1", ""]);
    }

    [Fact]
    public void An_Entry_Of_An_Earlier_Release_Counts_Its_Last_Outcome_Until_It_Is_Written_Again()
    {
        var stored = Said("no-answer", "attended") with { CountsEachCall = false, LastOutcome = "attended" };
        // Its calls did not say their own outcome yet.
        var older = Said(null, null) with { CountsEachCall = false, LastOutcome = "attended" };

        var counts = EntryCounts.Difference(null, stored);
        Outcomes(counts).ShouldBe("attended 1");
        Outcomes(counts.Plus(EntryCounts.Difference(stored, stored with { CountsEachCall = true })))
            .ShouldBe("attended 1, no-answer 1");

        EntryCounts.Difference(older, older with { CountsEachCall = true }).IsNothing.ShouldBeTrue();
        Outcomes(counts.Plus(EntryCounts.Difference(older, Said("no-answer", "sale"))))
            .ShouldBe("no-answer 1, sale 1");
    }

    private static string Outcomes(EntryCounts counts) => string.Join(", ", counts.Outcomes
        .Where(each => each.Value != 0).OrderBy(each => each.Key, StringComparer.Ordinal)
        .Select(each => $"{each.Key} {each.Value}"));

    private static CampaignEntry Said(params string?[] outcomes) =>
        Entry([.. outcomes.Select((outcome, i) => new EntryCall($"{i}", "8000001", 1, Outcome: outcome))]) with
        {
            CountsEachCall = true,
        };

    private static CampaignEntry Entry(params EntryCall[] calls) => new()
    {
        CampaignId = "k",
        EntryId = "0000000",
        Number = new(null, "", PhoneNumberKind.Invalid),
        State = EntryState.Done,
        Calls = calls,
    };
}
