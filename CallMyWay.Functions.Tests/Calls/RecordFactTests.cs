using System.Globalization;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Tests.Calls;

/// <summary>The times of a record, and which part of a call it is of.</summary>
public sealed class RecordFactTests
{
    private static readonly Account NewYork = new(
        "8000001", "USD", TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));

    [Theory]
    // The clocks are set back at two on the first of November, and half past one comes twice.
    [InlineData("2026-11-01T05:29:58Z", "2026-11-01T05:30:00Z", "2026-11-01T05:31:00Z")]
    [InlineData("2026-11-01T06:29:58Z", "2026-11-01T06:30:00Z", "2026-11-01T06:31:00Z")]
    // Where nothing else is known of the call, it is the later one.
    [InlineData(null, "2026-11-01T06:30:00Z", "2026-11-01T06:31:00Z")]
    public void Of_An_Hour_That_Comes_Twice_A_Record_Means_The_One_In_Which_Its_Call_Began(
        string? began, string detected, string connected)
    {
        var record = new CallRecord
        {
            RecordId = "r-1",
            Ani = "ep-1",
            Dnis = "88881234",
            DetectTime = new DateTime(2026, 11, 1, 1, 30, 0),
            ConnectTime = new DateTime(2026, 11, 1, 1, 31, 0),
        };

        var fact = RecordFact.Of(
            record, "c-1", At("2026-11-02T12:00:00Z"), NewYork, began is null ? null : At(began));

        (fact.DetectedAt, fact.ConnectedAt).ShouldBe((At(detected), At(connected)));
    }

    [Theory]
    [InlineData("88881234", "+506 8888-1234", true)]
    [InlineData("88881234", "0050688881234", true)]
    [InlineData("88881234", "88881235", false)]
    [InlineData("ana@example.org", " Ana@Example.org", true)]
    [InlineData("ep-1", "ep-2", false)]
    public void A_Phone_In_Another_Form_Is_The_Same_Part_Of_The_Call(string one, string other, bool isSame) =>
        (PartOf(one) == PartOf(other)).ShouldBe(isSame);

    private static string PartOf(string ani) =>
        new RecordFact { At = default, Mark = "", CallId = "c-1", Ani = ani, Dnis = "1001" }.Part;

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
