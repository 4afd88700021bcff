using CallMyWay.Functions.CallRecords;

namespace CallMyWay.Functions.Tests.CallRecords;

public sealed class BackfillWorkTests
{
    private static readonly DateTimeOffset From = new(2026, 1, 1, 6, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, 1)]
    [InlineData(0, 31)]
    [InlineData(300, 6.667)]
    [InlineData(2000, 1)]
    [InlineData(100_000, 1)]
    public void A_Part_Has_About_Four_Pages_And_A_Day_To_A_Month(int? perDay, double days)
    {
        var work = Work(400) with { PerDay = perDay };

        var part = work.CurrentPart(From.AddDays(500));

        part.From.ShouldBe(From);
        (part.To - part.From).TotalDays.ShouldBe(days, 0.001);
    }

    [Fact]
    public void Parts_Follow_One_Another_Up_To_The_End_And_Count_Their_Records()
    {
        var work = Work(3);
        var ends = new List<DateTimeOffset>();
        while (work.ReachedAt < work.To)
        {
            var part = work.CurrentPart(From.AddDays(500));
            part.From.ShouldBe(work.ReachedAt);
            ends.Add(part.To);
            work = work.With(part with { Read = 600 }, isDone: false);
            work.CurrentPart(default).Read.ShouldBe(600);
            work = work.With(work.CurrentPart(default) with { Read = 1800 }, isDone: true);
        }

        // After the first day it is known that a day has 1,800 records, so that the other parts have one day as well.
        ends.ShouldBe([From.AddDays(1), From.AddDays(1 + (2000 / 1800.0)), From.AddDays(3)], ignoreOrder: false);
        work.Records.ShouldBe(5400);
    }

    [Theory]
    [InlineData(400, null, 400)]
    [InlineData(400, 0, 13)]
    [InlineData(400, 300, 305)]
    public void Requests_Are_Estimated_By_What_A_Day_Has(int days, int? perDay, int requests) =>
        (Work(days) with { PerDay = perDay }).RequestsLeft().ShouldBe(requests);

    [Fact]
    public void Failures_Count_From_The_First_Until_A_Page_Is_Read()
    {
        var failed = Work(3).Failed(From).Failed(From.AddHours(1));
        (failed.FailingSince, failed.Failures).ShouldBe((From, 2));

        var works = failed.With(failed.CurrentPart(From), isDone: false);
        (works.FailingSince, works.Failures).ShouldBe((null, 0));
    }

    [Fact]
    public void It_Is_Stored_And_Read_Again()
    {
        var work = Work(3) with { PerDay = 7 };
        work = work.With(work.CurrentPart(From) with { Read = 20, Tail = ["a", "b"] }, isDone: false);

        var again = BackfillWork.Read(work.ToJson());

        again.ToJson().ShouldBe(work.ToJson());
        (again.Records, again.Part!.Skip, again.PerDay).ShouldBe((20, 18, 7));
    }

    private static BackfillWork Work(int days) => new(From, From.AddDays(days)) { PageSize = 500 };
}
