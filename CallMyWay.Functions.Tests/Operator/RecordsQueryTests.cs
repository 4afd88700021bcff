using System.Globalization;
using System.Text;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Tests.Operator;

/// <summary>Which records the operator is asked for, in the account's local time, and what came of it.</summary>
public sealed class RecordsQueryTests
{
    [Theory]
    [InlineData("America/Costa_Rica", "2026-11-01T15:00:00", "2026-11-01T16:00:00", "09:00:00", "10:00:01")]
    // The operator tells whole seconds.
    [InlineData("America/Costa_Rica", "2026-11-01T15:00:00.9", "2026-11-01T16:00:00.9", "09:00:00", "10:00:01")]
    // In New York the hour from one to two comes twice that day, until six and until seven in UTC.
    [InlineData("America/New_York", "2026-11-01T03:00:00", "2026-11-01T12:00:00", "23:00:00", "07:00:01")]
    [InlineData("America/New_York", "2026-11-01T06:30:00", "2026-11-01T12:00:00", "01:30:00", "07:00:01")]
    [InlineData("America/New_York", "2026-11-01T05:30:00", "2026-11-01T12:00:00", "00:30:00", "07:00:01")]
    [InlineData("America/New_York", "2026-11-01T03:00:00", "2026-11-01T05:30:00", "23:00:00", "01:30:01")]
    [InlineData("America/New_York", "2026-11-01T03:00:00", "2026-11-01T06:30:00", "23:00:00", "02:30:01")]
    // The hour from two to three does not come.
    [InlineData("America/New_York", "2026-03-08T03:00:00", "2026-03-08T06:30:00", "22:00:00", "03:30:01")]
    public void A_Range_Is_An_Hour_Longer_At_An_End_Where_The_Clock_Is_Set(
        string zone, string from, string to, string askedFrom, string askedTo)
    {
        var account = new Account("north", "CRC", TimeZoneInfo.FindSystemTimeZoneById(zone));

        var query = RecordsQuery.Range(account, Utc(from), Utc(to), skip: 20, take: 10);

        (Time(query.From), Time(query.To)).ShouldBe((askedFrom, askedTo));
        (query.Skip, query.Take, query.IsLive).ShouldBe((20, 10, false));
    }

    [Fact]
    public void The_Query_Is_Spelled_As_The_Document_Has_It()
    {
        var began = new DateTime(2026, 3, 2, 0, 0, 0).AddMilliseconds(1);

        RecordsQuery.Exactly(began, began.AddDays(1), skip: 20, take: 10).ToText()
            .ShouldBe("&dateStart=2026-03-02%2000%3A00%3A00&dateEnd=2026-03-03%2000%3A00%3A00&ini=20&cant=10");
        RecordsQuery.Recent.ToText().ShouldBe("&recent=1");
        RecordsQuery.Live.ToText().ShouldBe("");
    }

    [Theory]
    [InlineData(200, "[]", RecordsResult.Read)]
    [InlineData(200, """{"error":"IP no permitida"}""", RecordsResult.Refused)]
    [InlineData(200, "<html></html>", RecordsResult.Unreadable)]
    [InlineData(401, "", RecordsResult.Refused)]
    [InlineData(403, "[]", RecordsResult.Refused)]
    // Who asks too soon, or too slowly, is not refused: the next time it may work.
    [InlineData(408, "", RecordsResult.Failed)]
    [InlineData(429, "", RecordsResult.Failed)]
    [InlineData(302, "", RecordsResult.Failed)]
    [InlineData(500, "", RecordsResult.Failed)]
    public void The_Status_Of_An_Answer_Says_Whether_The_Operator_Refuses_Or_Fails(
        int status, string text, RecordsResult result) =>
        RecordsAnswer.Of(new RawAnswer(true, status, Encoding.UTF8.GetBytes(text), true, null), _ => "").Result
            .ShouldBe(result);

    private static DateTimeOffset Utc(string time) =>
        DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Time(DateTime? local) =>
        local!.Value.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}
