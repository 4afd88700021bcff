using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Tests.CallFlow;

/// <summary>Which times of a notification, a call and a record can be those of one call. In seconds.</summary>
public sealed class CallTimesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 15, 4, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, null, null, true, "one second apart")]
    [InlineData(5, 8, 20, true, "five seconds apart")]
    [InlineData(6, 8, 20, false, "six seconds apart")]
    public void One_That_Rings_Can_Be_Each_That_Began_Within_Five_Seconds(
        int began, int? connected, int? ended, bool expected, string why) =>
        Check(new CallTimes(Start, null, null, IsOver: false), Told(began, connected, ended), expected, why);

    [Theory]
    [InlineData(4, 9, 15, false, "it began after the other had ended, and was answered")]
    [InlineData(4, null, null, false, "it began after the other had ended")]
    [InlineData(2, 2, 3, false, "it was answered")]
    [InlineData(2, null, null, true, "both were not answered")]
    [InlineData(1, 1, 3, true, "both began in the same second: the sources differ")]
    public void One_That_Nobody_Answered_Is_None_That_Was_Answered_Or_Came_Later(
        int began, int? connected, int? ended, bool expected, string why) =>
        Check(Told(0, null, 3), Told(began, connected, ended), expected, why);

    [Theory]
    [InlineData(3, 9, 40, true, "both connected at about the same time")]
    [InlineData(3, 14, 40, false, "it connected six seconds later")]
    [InlineData(3, null, null, false, "nobody answered it")]
    public void Of_Two_That_Were_Answered_The_Connections_Are_Compared(
        int began, int? connected, int? ended, bool expected, string why) =>
        Check(Told(0, 8, 42), Told(began, connected, ended), expected, why);

    [Fact]
    public void A_Record_Is_Read_By_Its_Own_Times_Wherever_Its_Beginning_Is()
    {
        var local = new DateTime(2026, 3, 2, 9, 4, 0);
        var record = new CallRecord
        {
            RecordId = "r",
            DetectTime = local,
            ConnectTime = local.AddSeconds(7),
            Duration = 4,
        };

        CallTimes.Of(record, Start).ShouldBe(Told(0, 7, 11));
        CallTimes.Of(record with { ConnectTime = null, Duration = 0 }, Start).ShouldBe(Told(0, null, null));
        CallTimes.Of(record with { DetectTime = null }, Start).ShouldBe(Told(0, 0, 4));
    }

    private static CallTimes Told(int began, int? connected, int? ended) => new(
        Start.AddSeconds(began), At(connected), At(ended), IsOver: true);

    private static DateTimeOffset? At(int? seconds) => seconds is { } known ? Start.AddSeconds(known) : null;

    private static void Check(CallTimes one, CallTimes other, bool expected, string why)
    {
        one.MayBe(other).ShouldBe(expected, why);
        other.MayBe(one).ShouldBe(expected, why);
    }
}
