using System.Globalization;
using System.Text.Json;
using CallMyWay.Functions.Api;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Tests.Api;

public sealed class TimeQueryTests
{
    private static readonly TimeZoneInfo CostaRican = TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica");

    [Theory]
    [InlineData("2026-01-31", "2026-01-31T06:00:00Z")]
    [InlineData("2026-01-31T08:00", "2026-01-31T14:00:00Z")]
    [InlineData("2026-01-31 08:00", "2026-01-31T14:00:00Z")]
    [InlineData("2026-01-31 08:00:30", "2026-01-31T14:00:30Z")]
    [InlineData("2026-01-31T08:00:00Z", "2026-01-31T08:00:00Z")]
    [InlineData("2026-01-31T08:00:00.5Z", "2026-01-31T08:00:00.5Z")]
    [InlineData("2026-01-31T08:00:00.123456789Z", "2026-01-31T08:00:00.1234567Z")]
    [InlineData("2026-01-31T08:00:00.123456789", "2026-01-31T14:00:00.1234567Z")]
    [InlineData("2026-01-31T08:00:00.123456789-06:00", "2026-01-31T14:00:00.1234567Z")]
    [InlineData("2026-01-31T08:00:00-06:00", "2026-01-31T14:00:00Z")]
    [InlineData("2026-01-31T08:00:00 01:00", "2026-01-31T07:00:00Z")]
    [InlineData("2026-01-31T08:00:00-0600", "2026-01-31T14:00:00Z")]
    [InlineData("2026-01-31T08:00-06", "2026-01-31T14:00:00Z")]
    public void A_Time_Is_In_The_Accounts_Zone_Unless_It_Has_An_Offset(string text, string instant)
    {
        var (time, errors) = Read(text);

        errors.Any.ShouldBeFalse();
        time.ShouldBe(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture));
    }

    // In Santiago the clocks go forward at midnight, so a day of 23 hours begins at one. In Havana the midnight of the
    // change comes twice.
    [Theory]
    [InlineData("America/Costa_Rica", "2026-03-02", "2026-03-02T06:00:00Z", "2026-03-03T06:00:00Z")]
    [InlineData("America/New_York", "2026-03-08", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z")]
    [InlineData("America/Santiago", "2026-09-05", "2026-09-05T04:00:00Z", "2026-09-06T04:00:00Z")]
    [InlineData("America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z")]
    [InlineData("America/Havana", "2026-10-31", "2026-10-31T04:00:00Z", "2026-11-01T04:00:00Z")]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z")]
    public void A_Bare_Date_Is_The_Whole_Of_That_Day_And_Nothing_Of_The_Next(
        string zone, string date, string start, string end)
    {
        var clocks = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var errors = new FieldErrors();

        TimeQuery.Read(Asking(date), "from", clocks, errors).ShouldBe(Instant(start));
        TimeQuery.ReadEnd(Asking(date), "from", clocks, errors).ShouldBe(Instant(end));
        TimeQuery.ReadDue(Asking(date), "from", clocks, errors).ShouldBe(Instant(end));
    }

    [Fact]
    public void Due_By_A_Time_Includes_That_Time() =>
        TimeQuery.ReadDue(Asking("2026-01-31T08:00"), "from", CostaRican, new FieldErrors())
            .ShouldBe(Instant("2026-01-31T14:00:00.0000001Z"));

    // Read in the machine's zone, these would mean different days on different hosts.
    [Theory]
    [InlineData("01/02/2026")]
    [InlineData("2026-1-31")]
    [InlineData("yesterday")]
    [InlineData("9999-12-31")]
    public void An_Unclear_Time_Is_Refused(string text)
    {
        var (time, errors) = Read(text);

        errors.Any.ShouldBeTrue();
        time.ShouldBeNull();
    }

    [Theory]
    [InlineData("America/Costa_Rica", "2026-03-08", "2026-03-09T06:00:00Z")]
    // Days of 23 and of 25 hours.
    [InlineData("America/New_York", "2026-03-08", "2026-03-09T04:00:00Z")]
    [InlineData("America/New_York", "2026-11-01", "2026-11-02T05:00:00Z")]
    // The clock goes from midnight to one o'clock: the day before, the day itself, and the day of the change back.
    [InlineData("America/Santiago", "2026-09-05", "2026-09-06T04:00:00Z")]
    [InlineData("America/Santiago", "2026-09-06", "2026-09-07T03:00:00Z")]
    [InlineData("America/Santiago", "2026-04-04", "2026-04-05T04:00:00Z")]
    public void A_Bare_Date_Ends_With_Its_Day_However_Long_It_Is(string zone, string day, string end)
    {
        var clocks = TimeZoneInfo.FindSystemTimeZoneById(zone);

        ReadEnd(day, clocks).ShouldBe(DateTimeOffset.Parse(end, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2026-03-08T00:00", "2026-03-08T06:00:00Z")]
    [InlineData("2026-03-08T00:00:00Z", "2026-03-08T00:00:00Z")]
    public void An_End_With_A_Time_Is_Used_Unchanged(string text, string end) =>
        ReadEnd(text, CostaRican).ShouldBe(DateTimeOffset.Parse(end, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2026-01-31T08:00:00-06:00", "2026-01-31T14:00:00Z")]
    [InlineData("2026-01-31T08:00:00-0600", "2026-01-31T14:00:00Z")]
    [InlineData("2026-01-31T08:00:00-06", "2026-01-31T14:00:00Z")]
    [InlineData("2026-01-31T08:00:00", "2026-01-31T14:00:00Z")]
    [InlineData("2026-01-31", "2026-01-31T06:00:00Z")]
    public void A_Body_Has_The_Same_Times(string text, string instant) => JsonSerializer
        .Deserialize<DateTimeOffset>(JsonSerializer.Serialize(text), ApiJson.In(CostaRican)).ShouldBe(Instant(instant));

    [Theory]
    [InlineData("?from=2026-03-01", false)]
    [InlineData("?from=2027-01-01", false)]
    [InlineData("?from=2027-01-01&to=2026-12-31", true)]
    [InlineData("?from=2023-01-01", true)]
    public void A_Span_Without_An_End_May_Begin_Later_Than_Now(string query, bool isRefused)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = new QueryString(query);
        var errors = new FieldErrors();

        var (from, to) = TimeQuery.ReadSpan(
            http.Request, TimeSpan.FromDays(31), CostaRican, Instant("2026-06-01T12:00:00Z"), errors);

        errors.Any.ShouldBe(isRefused);
        (from < to).ShouldBe(query != "?from=2027-01-01&to=2026-12-31");
    }

    private static (DateTimeOffset? Time, FieldErrors Errors) Read(string text)
    {
        var errors = new FieldErrors();
        return (TimeQuery.Read(Asking(text), "from", CostaRican, errors), errors);
    }

    private static DateTimeOffset? ReadEnd(string text, TimeZoneInfo clocks) =>
        TimeQuery.ReadEnd(Asking(text), "from", clocks, new FieldErrors());

    private static HttpRequest Asking(string text)
    {
        var http = new DefaultHttpContext();
        http.Request.QueryString = QueryString.Create("from", text);
        return http.Request;
    }

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
