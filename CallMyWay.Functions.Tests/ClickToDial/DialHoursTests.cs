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
}
