using CallMyWay.Functions.CallRecords;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Tests.CallRecords;

/// <summary>From when on a pull reads, and in which way.</summary>
public sealed class RecordPullPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);

    private static readonly RecordPull UpToDate = new()
    {
        Account = "a",
        Watermark = Now.AddMinutes(-1),
        DeepAt = Now.AddMinutes(-10),
    };

    [Fact]
    public void The_First_Pull_Reads_A_Day() =>
        new RecordPull { Account = "a" }.BeginsAt(Now, null).ShouldBe(Now.AddHours(-24));

    [Fact]
    public void Each_Pull_Reads_A_Quarter_Of_An_Hour_Again() =>
        UpToDate.BeginsAt(Now, null).ShouldBe(Now.AddMinutes(-16));

    [Fact]
    public void It_Reads_From_Before_The_Oldest_Call_That_Goes_On() =>
        UpToDate.BeginsAt(Now, Now.AddHours(-3)).ShouldBe(Now.AddHours(-3).AddMinutes(-1));

    [Fact]
    public void A_Call_That_Began_Just_Now_Shortens_Nothing() =>
        UpToDate.BeginsAt(Now, Now.AddSeconds(-5)).ShouldBe(Now.AddMinutes(-16));

    [Theory]
    [InlineData(-60)]
    [InlineData(60)]
    public void Once_An_Hour_It_Reads_Further_Back_Than_The_Longest_Call(int deepMinutes) =>
        (UpToDate with { DeepAt = Now.AddMinutes(deepMinutes) }).BeginsAt(Now, null).ShouldBe(Now.AddHours(-5).AddMinutes(-1));

    [Fact]
    public void After_A_Break_It_Reads_From_Further_Back_Than_The_Longest_Call_Before_It() =>
        (UpToDate with { Watermark = Now.AddDays(-3) }).BeginsAt(Now, null).ShouldBe(Now.AddDays(-3).AddHours(-5));

    [Fact]
    public void A_Watermark_Of_A_Clock_That_Was_Ahead_Is_No_Gap() =>
        (UpToDate with { Watermark = Now.AddHours(2) }).BeginsAt(Now, null).ShouldBe(Now.AddMinutes(-15));

    [Theory]
    [InlineData(0, 0.25, 500, true)]
    [InlineData(400, 0.25, 500, true)]
    [InlineData(400, 24, 500, false)]
    [InlineData(12_000, 0.25, 500, false)]
    [InlineData(12_000, 5, 500, true)]
    [InlineData(12_000, 23, 500, true)]
    [InlineData(12_000, 24, 500, false)]
    public void The_Last_24_Hours_Are_Asked_For_Where_That_Is_No_More_Requests(
        int perDay, double hours, int pageSize, bool isCheaper) =>
        (UpToDate with { PerDay = perDay }).IsRecentCheaper(Now, Now.AddHours(-hours), pageSize).ShouldBe(isCheaper);

    [Fact]
    public void What_Was_Seen_Is_Known_Until_Many_Others_Have_Come()
    {
        var marks = Enumerable.Range(0, SeenRecords.Most + 5).Select(i => i.ToString("x16", null)).ToList();
        var seen = new SeenRecords("").With(marks[..10]).With(marks[10..]);

        seen.ToSet().ShouldBe(marks.Skip(5), ignoreOrder: true);
    }

    [Fact]
    public void Of_A_Corrected_Record_The_Last_Version_Alone_Is_Known()
    {
        var first = new CallRecord { RecordId = "c", DetectTime = new DateTime(2026, 11, 3, 6, 0, 0), Cost = 10m };
        var corrected = first with { Cost = 0m };
        var other = first with { RecordId = "d" };

        var seen = new SeenRecords("").With([first.SeenMark(), other.SeenMark()]).With([corrected.SeenMark()]);

        seen.ToSet().ShouldBe([corrected.SeenMark(), other.SeenMark()], ignoreOrder: true);
        seen.With([first.SeenMark()]).ToSet().ShouldBe([first.SeenMark(), other.SeenMark()], ignoreOrder: true);
    }

    [Fact]
    public void A_Failure_Is_Told_From_Its_First_Try_On()
    {
        var failed = UpToDate.Failed(new PullFailure(null, 500, ""), Now).Failed(new PullFailure(null, 0, ""), Now.AddMinutes(1));

        (failed.FailingSince, failed.TriedAt, failed.Failure!.Status).ShouldBe((Now, Now.AddMinutes(1), 0));
        failed.Worked(Now).FailingSince.ShouldBeNull();
    }
}
