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

    private static (DateTimeOffset? Time, FieldErrors Errors) Read(string text)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = QueryString.Create("from", text);
        var errors = new FieldErrors();
        return (TimeQuery.Read(http.Request, "from", CostaRican, errors), errors);
    }
}
