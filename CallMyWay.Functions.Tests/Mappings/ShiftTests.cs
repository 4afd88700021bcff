using CallMyWay.Functions.Mappings;

namespace CallMyWay.Functions.Tests.Mappings;

/// <summary>Whose a shared phone is at which time, as a rule by itself.</summary>
public sealed class ShiftTests
{
    private static readonly int[] Weekdays = [1, 2, 3, 4, 5];

    [Theory]
    [InlineData("2026-11-27 14:00", true)]
    [InlineData("2026-11-27 13:59", false)]
    [InlineData("2026-11-27 21:59", true)]
    [InlineData("2026-11-27 22:00", false)]
    [InlineData("2026-11-28 15:00", false)]
    public void A_Shift_Is_On_Its_Days_From_Its_Beginning_To_Just_Before_Its_End(string local, bool isIn) =>
        Of(Weekdays, "14:00", "22:00").Includes(Local(local)).ShouldBe(isIn);

    [Theory]
    [InlineData("2026-11-27 22:00", true)]
    [InlineData("2026-11-28 05:59", true)]
    [InlineData("2026-11-28 06:00", false)]
    [InlineData("2026-11-28 22:00", false)]
    [InlineData("2026-11-27 05:00", false)]
    public void A_Shift_Past_Midnight_Is_Of_The_Day_On_Which_It_Begins(string local, bool isIn) =>
        // Friday's.
        Of([5], "22:00", "06:00").Includes(Local(local)).ShouldBe(isIn);

    [Theory]
    [InlineData("2026-11-27 00:00", true)]
    [InlineData("2026-11-27 23:59", true)]
    [InlineData("2026-11-28 00:00", false)]
    [InlineData("2026-11-26 23:59", false)]
    public void From_Midnight_To_Midnight_Is_The_Whole_Day(string local, bool isIn) =>
        Of([5], "00:00", "00:00").Includes(Local(local)).ShouldBe(isIn);

    [Theory]
    [InlineData("1 08:00-12:00", "1 12:00-16:00", false)]
    [InlineData("1 08:00-12:00", "1 11:59-16:00", true)]
    [InlineData("1 08:00-12:00", "2 08:00-12:00", false)]
    [InlineData("1 22:00-06:00", "2 05:00-07:00", true)]
    [InlineData("1 22:00-06:00", "2 06:00-07:00", false)]
    [InlineData("6 22:00-06:00", "0 05:00-07:00", true)]
    [InlineData("6 22:00-06:00", "0 06:00-07:00", false)]
    [InlineData("3 00:00-00:00", "3 23:00-01:00", true)]
    [InlineData("3 00:00-00:00", "4 00:00-01:00", false)]
    public void Two_Shifts_Overlap_Where_A_Minute_Is_In_Both(string one, string other, bool overlap)
    {
        Parse(one).Overlaps(Parse(other)).ShouldBe(overlap);
        Parse(other).Overlaps(Parse(one)).ShouldBe(overlap);
    }

    [Fact]
    public void Overlapping_And_Being_In_Both_Are_The_Same()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var (one, other) = (Any(random), Any(random));
            var isInBoth = Enumerable.Range(0, 7 * 24 * 4).Select(quarter => Local("2026-11-22 00:00").AddMinutes(15 * quarter))
                .Any(local => one.Includes(local) && other.Includes(local));
            one.Overlaps(other).ShouldBe(isInBoth, $"{one} {string.Join(',', one.Days)} {other} {string.Join(',', other.Days)}");
        }
    }

    [Theory]
    [InlineData("luis lun-vie 14:00-22:00; ana sáb 08:00-12:00", "es")]
    [InlineData("luis mon-wed,fri-sun 22:00-06:00", "en")]
    [InlineData("ana lun,mar 08:00-12:00", "es")]
    [InlineData("", "en")]
    public void Shifts_Are_Read_From_The_Text_That_They_Are_Written_As(string text, string language)
    {
        var read = ShiftText.Read(text).ShouldNotBeNull();
        ShiftText.Of([.. read.Select(shift => new Shift(shift.AgentId!, [.. shift.Days!.Order()], TimeOnly.Parse(shift.From!, null), TimeOnly.Parse(shift.To!, null)))], language).ShouldBe(text);
    }

    [Theory]
    [InlineData("luis")]
    [InlineData("luis lunes 08:00-12:00")]
    [InlineData("luis lun 08:00")]
    [InlineData("luis lun-mar-mié 08:00-09:00")]
    public void What_Is_No_Text_Of_Shifts_Is_Not_Read(string text) => ShiftText.Read(text).ShouldBeNull();

    [Fact]
    public void A_Range_Of_Days_Can_Go_Past_Saturday() =>
        ShiftText.Read("luis vie-lun 08:00-09:00")![0].Days.ShouldBe([5, 6, 0, 1]);

    private static Shift Any(Random random) => new(
        "ana",
        [.. Enumerable.Range(0, 7).Where(_ => random.Next(4) == 0)],
        new TimeOnly(random.Next(24), 15 * random.Next(4)),
        new TimeOnly(random.Next(24), 15 * random.Next(4)));

    private static Shift Parse(string text) =>
        text.Split(' ', '-') is [var day, var from, var to] ? Of([int.Parse(day, null)], from, to) : throw new FormatException(text);

    private static Shift Of(int[] days, string from, string to) =>
        new("luis", days, TimeOnly.Parse(from, null), TimeOnly.Parse(to, null));

    private static DateTime Local(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
