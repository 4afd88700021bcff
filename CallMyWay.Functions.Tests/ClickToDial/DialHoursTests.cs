using CallMyWay.Functions.DiallingRules;

namespace CallMyWay.Functions.Tests.ClickToDial;

public sealed class DialHoursTests
{
    [Theory]
    [InlineData("2026-03-02T19:59:59", false)]
    [InlineData("2026-03-02T20:00", true)]
    [InlineData("2026-03-02T23:59:59.9999999", true)]
    [InlineData("2026-03-03T00:00", false)]
    [InlineData("2026-03-03T20:00", false)]
    public void Hours_Until_Midnight_Go_On_To_The_End_Of_Their_Day(string local, bool isIn) =>
        new DialHours(new TimeOnly(20, 0), TimeOnly.MinValue, [1])
            .Include(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(isIn);

    [Theory]
    [InlineData("08:59:59", false)]
    [InlineData("09:00", true)]
    [InlineData("17:59:59", true)]
    [InlineData("18:00", false)]
    public void Hours_Have_Their_First_Instant_And_Not_Their_Last(string time, bool isIn) =>
        new DialHours(new TimeOnly(9, 0), new TimeOnly(18, 0), null)
            .Include(DateTime.Parse($"2026-03-02T{time}", System.Globalization.CultureInfo.InvariantCulture))
            .ShouldBe(isIn);

    [Theory]
    // Monday to Wednesday, 8 to 12. 2026-03-02 is a Monday.
    [InlineData("2026-03-02T07:59:59", "2026-03-02T08:00")]
    [InlineData("2026-03-02T08:00", "2026-03-02T08:00")]
    [InlineData("2026-03-02T11:59:59", "2026-03-02T11:59:59")]
    [InlineData("2026-03-02T12:00", "2026-03-03T08:00")]
    [InlineData("2026-03-04T13:50", "2026-03-09T08:00")]
    public void Hours_Begin_Again_On_Their_Next_Day(string local, string first)
    {
        var hours = new DialHours(new TimeOnly(8, 0), new TimeOnly(12, 0), [1, 2, 3]);

        hours.FirstFrom(Time(local)).ShouldBe(Time(first));

        static DateTime Time(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Hours_Of_One_Day_Begin_Again_A_Week_Later() =>
        new DialHours(new TimeOnly(8, 0), new TimeOnly(12, 0), [1]).FirstFrom(new DateTime(2026, 3, 2, 12, 0, 0))
            .ShouldBe(new DateTime(2026, 3, 9, 8, 0, 0));
}
