using CallMyWay.Functions.Homologation;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Tests.Homologation;

/// <summary>The pages of records that a case reads while it is watched.</summary>
public sealed class HomologationWorkTests
{
    private static readonly DateTimeOffset Began = new(2026, 5, 4, 18, 0, 0, TimeSpan.Zero);

    private static readonly HomologationWork None = new("run", "records-live", Began, Began.AddHours(1));

    [Fact]
    public void A_List_Is_Read_To_Its_End_Where_The_Operator_Gives_Less_Than_Is_Asked_For()
    {
        var work = With(None, 0, "a", "b", "c");
        (work.Skip, work.RoundAt, work.AskedAt.Count).ShouldBe((3, Began, 0));

        work = With(work, 4, "watched");

        (work.Skip, work.RoundAt).ShouldBe((0, null));
        work.AskedAt.ShouldBe([Began]);
        var found = work.Records.ShouldHaveSingleItem();
        (found.FirstAt, found.RoundAt).ShouldBe((Began.AddSeconds(4), Began));

        // A next look reads it again: first seen is when it was so the first time.
        work = With(With(work, 8, "a", "b", "c"), 12, "watched");
        work.AskedAt.ShouldBe([Began, Began.AddSeconds(8)]);
        work.Records.ShouldHaveSingleItem().FirstAt.ShouldBe(Began.AddSeconds(4));
    }

    [Fact]
    public void A_Page_Smaller_Than_The_Largest_Known_Ends_The_List()
    {
        With(None with { Largest = 50 }, 0, "a", "b").AskedAt.ShouldBe([Began]);
        With(None with { Largest = 2 }, 0, "a", "b").AskedAt.ShouldBeEmpty();
        With(None, 0).AskedAt.ShouldBe([Began]);
    }

    [Fact]
    public void An_Operator_That_Ignores_Where_A_Page_Begins_Is_Asked_Twice() =>
        With(With(None, 0, "a", "b"), 4, "a", "b").AskedAt.ShouldBe([Began]);

    private static HomologationWork With(HomologationWork work, int seconds, params string[] ids)
    {
        List<CallRecord> records =
        [
            .. ids.Select(id => new CallRecord { RecordId = id, Ani = "1001", Dnis = "88887777" }),
        ];
        var page = new RecordsReading(RecordsForm.Records, records, [])
        {
            Identities = [.. records.Select(record => record.Identity())],
        };
        return work.With(
            page, 200, records.Where(record => record.RecordId == "watched"), Began.AddSeconds(seconds));
    }
}
