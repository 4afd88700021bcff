using System.Globalization;
using CallMyWay.LocalHost.Demo;

namespace CallMyWay.Functions.Tests.LocalHost;

/// <summary>The calls of a month that a demo can be filled with.</summary>
public sealed class DemoMonthTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica");

    private static readonly string[] Numbers = ["8888-1234", "8712-4455", "7012-9087"];

    private static readonly DateOnly Monday = new(2026, 11, 30);

    [Fact]
    public void A_Day_Has_The_Same_Calls_Whenever_The_Month_Is_Made()
    {
        var today = DemoMonth.Before(Monday, Zone, Numbers);
        var tomorrow = DemoMonth.Before(Monday.AddDays(1), Zone, Numbers);

        var earliest = today.Count(call => DayOf(call) == Monday.AddDays(-DemoMonth.Days));
        today.Intersect(tomorrow).Count().ShouldBe(today.Count - earliest);
        today.Select(call => call.CallId).ShouldBeUnique();
    }

    [Fact]
    public void The_Calls_Are_Those_Of_An_Office_In_Its_Hours()
    {
        var calls = DemoMonth.Before(Monday, Zone, Numbers);

        calls.Count.ShouldBeInRange(700, 1400);
        calls.ShouldAllBe(call => !call.Notify && DayOf(call) < Monday && DayOf(call).DayOfWeek != DayOfWeek.Sunday);
        calls.Select(call => At(call).Hour).ShouldAllBe(hour => hour >= 8 && hour < 18);
        calls.Select(call => call.Type == "in" ? call.To : call.From!).Distinct().Order()
            .ShouldBe(["1001", "1002", "1003"]);
        calls.ShouldContain(call => call.Type == "in" && !call.Answered);
        calls.Any(call => call.Type == "in" && Numbers.Contains(call.From)).ShouldBeTrue();
        calls.Any(call => call.Type == "out" && !Numbers.Contains(call.To)).ShouldBeTrue();
    }

    private static DateTimeOffset At(SimulatedCallRequest call) =>
        DateTimeOffset.Parse(call.At!, CultureInfo.InvariantCulture);

    private static DateOnly DayOf(SimulatedCallRequest call) => DateOnly.FromDateTime(At(call).Date);
}
