using System.Globalization;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Provider;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Tests.Api;

public sealed class TimeQueryTests
{
    private static readonly Account CostaRican = new("8000001", "CRC", TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica"));

    [Theory]
    [InlineData("2026-01-31", "2026-01-31T06:00:00Z")]
    [InlineData("2026-01-31T08:00", "2026-01-31T14:00:00Z")]
    [InlineData("2026-01-31 08:00", "2026-01-31T14:00:00Z")]
    [InlineData("2026-01-31 08:00:30", "2026-01-31T14:00:30Z")]
    [InlineData("2026-01-31T08:00:00Z", "2026-01-31T08:00:00Z")]
    [InlineData("2026-01-31T08:00:00.5Z", "2026-01-31T08:00:00.5Z")]
    [InlineData("2026-01-31T08:00:00-06:00", "2026-01-31T14:00:00Z")]
    [InlineData("2026-01-31T08:00:00 01:00", "2026-01-31T07:00:00Z")]
    public void A_Time_Is_The_Account_s_Unless_It_Says_Its_Offset(string text, string instant)
    {
        var (time, errors) = Read(text);

        errors.Any.ShouldBeFalse();
        time.ShouldBe(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture));
    }

    // Read in whatever zone the machine is set to, these would mean another day on another host.
    [Theory]
    [InlineData("01/02/2026")]
    [InlineData("2026-1-31")]
    [InlineData("yesterday")]
    [InlineData("9999-12-31")]
    public void What_Could_Be_Read_In_Several_Ways_Is_Refused(string text)
    {
        var (time, errors) = Read(text);

        errors.Any.ShouldBeTrue();
        time.ShouldBeNull();
    }

    [Theory]
    [InlineData("America/Costa_Rica", "2026-03-08", "2026-03-09T06:00:00Z")]
    // Of 23 hours, and of 25.
    [InlineData("America/New_York", "2026-03-08", "2026-03-09T04:00:00Z")]
    [InlineData("America/New_York", "2026-11-01", "2026-11-02T05:00:00Z")]
    // Whose clock goes from midnight to one o'clock: the day before, the day itself, the day of the change back.
    [InlineData("America/Santiago", "2026-09-05", "2026-09-06T04:00:00Z")]
    [InlineData("America/Santiago", "2026-09-06", "2026-09-07T03:00:00Z")]
    [InlineData("America/Santiago", "2026-04-04", "2026-04-05T04:00:00Z")]
    public void A_Bare_Date_Ends_With_Its_Day_However_Long_It_Is(string zone, string day, string end)
    {
        var account = CostaRican with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone) };

        ReadEnd(day, account).ShouldBe(DateTimeOffset.Parse(end, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2026-03-08T00:00", "2026-03-08T06:00:00Z")]
    [InlineData("2026-03-08T00:00:00Z", "2026-03-08T00:00:00Z")]
    public void An_End_That_Tells_Its_Time_Is_Taken_As_It_Is(string text, string end) =>
        ReadEnd(text, CostaRican).ShouldBe(DateTimeOffset.Parse(end, CultureInfo.InvariantCulture));

    private static (DateTimeOffset? Time, FieldErrors Errors) Read(string text)
    {
        var errors = new FieldErrors();
        return (TimeQuery.Read(Request(text), "from", CostaRican, errors), errors);
    }

    private static DateTimeOffset? ReadEnd(string text, Account account) =>
        TimeQuery.ReadEnd(Request(text), "from", account, new FieldErrors());

    private static HttpRequest Request(string from)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = QueryString.Create("from", from);
        return http.Request;
    }
}
