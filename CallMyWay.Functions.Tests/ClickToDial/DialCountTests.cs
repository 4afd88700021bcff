using System.Globalization;
using CallMyWay.Functions.ClickToDial;

namespace CallMyWay.Functions.Tests.ClickToDial;

/// <summary>How dials are counted when the clock is changed.</summary>
public sealed class DialCountTests
{
    private static readonly DateTime Noon = new(2026, 3, 2, 12, 0, 0);

    [Theory]
    // The clock went on.
    [InlineData("2026-03-02 12:59", "2026-03-02 12:00", DialLimit.Hour)]
    [InlineData("2026-03-02 13:00", "2026-03-02 13:00", DialLimit.None)]
    [InlineData("2026-03-03 12:30", "2026-03-03 12:00", DialLimit.None)]
    // It was set back: counting goes on in the hour that was reached.
    [InlineData("2026-03-02 11:30", "2026-03-02 12:00", DialLimit.Hour)]
    [InlineData("2026-03-02 00:00", "2026-03-02 12:00", DialLimit.Hour)]
    [InlineData("2026-03-01 12:30", "2026-03-02 12:00", DialLimit.Hour)]
    [InlineData("2026-02-28 12:00", "2026-03-02 12:00", DialLimit.Hour)]
    // It had been days ahead: what was dialled then counts as of now, and nobody waits for that day.
    [InlineData("2026-02-28 11:59", "2026-02-28 11:00", DialLimit.Hour)]
    [InlineData("2025-03-02 00:10", "2025-03-02 00:00", DialLimit.Hour)]
    public void Hours_Never_Go_Back(string now, string hour, DialLimit reached)
    {
        var count = DialCount.None.Add(Noon).Add(Noon);

        var (at, counted) = count.At(DateTime.Parse(now, CultureInfo.InvariantCulture));

        counted.ShouldBe(DateTime.Parse(hour, CultureInfo.InvariantCulture));
        at.Reached(counted, ofHour: 2, ofDay: null).ShouldBe(reached);
        at.Add(counted).Reached(counted, ofHour: null, ofDay: 3)
            .ShouldBe(reached == DialLimit.Hour || counted == Noon.AddHours(1) ? DialLimit.Day : DialLimit.None);
    }

    [Fact]
    public void Dials_Counted_At_A_Wrong_Clock_Count_For_The_Day_Too()
    {
        var count = DialCount.None.Add(Noon.AddHours(-2)).Add(Noon.AddHours(-1)).Add(Noon);

        var (at, hour) = count.At(Noon.AddYears(-1));

        at.Reached(hour, ofHour: 2, ofDay: 4).ShouldBe(DialLimit.None);
        at.Reached(hour, ofHour: 1, ofDay: 4).ShouldBe(DialLimit.Hour);
        at.Reached(hour, ofHour: null, ofDay: 3).ShouldBe(DialLimit.Day);
        // The next hour is a normal one.
        at.At(Noon.AddYears(-1).AddHours(1)).Hour.ShouldBe(Noon.AddYears(-1).AddHours(1));
    }

    [Fact]
    public void A_Dial_That_Was_Not_Sent_Is_Taken_Back_From_The_Hour_In_Which_It_Was_Counted()
    {
        var count = DialCount.None.Add(Noon).Add(Noon).Add(Noon.AddHours(1));

        var after = count.Remove(Noon);
        after.Hours[12].ShouldBe(1);
        after.Hours[13].ShouldBe(1);
        count.Remove(Noon.AddDays(-1)).ShouldBe(count);
        DialCount.None.Remove(Noon).ShouldBe(DialCount.None);
        DialCount.None.Add(Noon).Remove(Noon).Remove(Noon).Hours.Sum().ShouldBe(0);
    }

    [Theory]
    [InlineData(0, null, DialLimit.Hour)]
    [InlineData(null, 0, DialLimit.Day)]
    [InlineData(null, null, DialLimit.None)]
    public void A_Limit_Of_Zero_Allows_Nothing_And_No_Limit_Allows_All(int? ofHour, int? ofDay, DialLimit reached) =>
        DialCount.None.Reached(Noon, ofHour, ofDay).ShouldBe(reached);
}
