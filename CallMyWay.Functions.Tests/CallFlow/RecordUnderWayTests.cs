using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Tests.CallFlow;

/// <summary>Which records can be of a call that goes on.</summary>
public sealed class RecordUnderWayTests
{
    private static readonly Account Account = new("8000001", "CRC", TimeZoneInfo.Utc);

    private static readonly DateTimeOffset Now = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    // With a duration so far, which ends now.
    [InlineData(600, 590, 590, true)]
    [InlineData(600, 590, 471, true)]
    [InlineData(600, 590, 469, false)]
    [InlineData(18_000, 17_990, 17_990, true)]
    [InlineData(600, null, 590, true)]
    [InlineData(600, null, 300, false)]
    // Without one, connected.
    [InlineData(600, 590, 0, true)]
    [InlineData(600, 590, null, true)]
    [InlineData(14_399, 14_390, 0, true)]
    [InlineData(14_400, 14_390, 0, false)]
    // Without one, ringing.
    [InlineData(0, null, 0, true)]
    [InlineData(899, null, 0, true)]
    [InlineData(899, null, null, true)]
    [InlineData(900, null, 0, false)]
    public void A_Record_May_Be_Of_A_Call_That_Goes_On(int detectedAgo, int? connectedAgo, int? duration, bool may) =>
        RecordUnderWay.MayGoOn(Record(detectedAgo, connectedAgo, duration), Account, Now).ShouldBe(may);

    [Theory]
    [InlineData(600, 590, 0, true)]
    [InlineData(600, 590, 300, false)]
    public void One_Of_A_Call_That_Is_Not_Known_Or_Goes_On_Waits(
        int detectedAgo, int? connectedAgo, int? duration, bool waits)
    {
        var record = Record(detectedAgo, connectedAgo, duration);

        RecordUnderWay.Waits(record, null, Account, Now).ShouldBe(waits);
        RecordUnderWay.Waits(record, Talked(CallState.Connected, null, null), Account, Now).ShouldBe(waits);
    }

    [Theory]
    // The record as it is once the call is over.
    [InlineData(580, 10, 580, false)]
    [InlineData(579, 10, 580, false)]
    // Read just before the end, of which we have heard by now.
    [InlineData(0, 10, 580, true)]
    [InlineData(575, 10, 580, true)]
    // What is said for so long is meant.
    [InlineData(0, 121, 469, false)]
    public void One_Of_A_Call_That_Is_Over_Waits_Only_Where_It_Was_Read_Before_That(
        int duration, int endedAgo, int talked, bool waits) =>
        RecordUnderWay.Waits(
            Record(600, 590, duration), Talked(CallState.Ended, Now.AddSeconds(-endedAgo), talked), Account, Now)
            .ShouldBe(waits);

    private static CallRecord Record(int detectedAgo, int? connectedAgo, int? duration) => new()
    {
        RecordId = "1",
        DetectTime = Now.DateTime.AddSeconds(-detectedAgo),
        ConnectTime = connectedAgo is { } seconds ? Now.DateTime.AddSeconds(-seconds) : null,
        Duration = duration,
    };

    private static Call Talked(CallState state, DateTimeOffset? endedAt, int? seconds) => new()
    {
        CallId = "1",
        Account = Account.Username,
        Direction = CallDirection.Out,
        State = state,
        Number = new NumberView("+50688881234", "8888-1234", PhoneNumberKind.Number),
        Ani = "1001",
        Dnis = "88881234",
        StartedAt = Now.AddSeconds(-600),
        IndexedAt = Now.AddSeconds(-600),
        ConnectedAt = Now.AddSeconds(-590),
        EndedAt = endedAt,
        DurationSeconds = seconds,
        Currency = "CRC",
        Match = MatchKind.None,
        Candidates = [],
        Agents = [],
        Sources = [CallSource.Webhook],
        Phones = [],
    };
}
