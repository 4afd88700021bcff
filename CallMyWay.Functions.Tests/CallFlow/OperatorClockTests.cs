using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.CallFlow;

public sealed class OperatorClockTests : IDisposable
{
    private static readonly DateTimeOffset Received = new(2026, 3, 2, 15, 15, 0, TimeSpan.Zero);

    private static readonly Account North = new("north", "CRC", TimeZoneInfo.Utc);

    private readonly LogCapture _log = new();

    private readonly ILoggerFactory _logging;

    public OperatorClockTests() => _logging = LoggerFactory.Create(logging => logging.AddProvider(_log));

    public void Dispose()
    {
        _logging.Dispose();
        _log.Dispose();
    }

    [Theory]
    [InlineData(-60, "60 minutes behind")]
    [InlineData(7, "7 minutes ahead of")]
    public void A_Steady_Offset_Is_Told_Once(int minutes, string words)
    {
        var clock = Clock();
        for (var i = 0; i < 4 * OperatorClock.Enough; i++)
        {
            Note(clock, "north", TimeSpan.FromMinutes(minutes) + TimeSpan.FromSeconds(i % 5));
            (Told("north").Count > 0).ShouldBe(i >= OperatorClock.Enough - 1);
        }

        Told("north").ShouldHaveSingleItem().ShouldContain(words);
        Told("south").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(-1, 20)]
    // Some notifications were late.
    [InlineData(-10, 120)]
    public void A_Small_Or_Unsteady_One_Is_Not_Told(int minutes, int spreadSeconds)
    {
        var clock = Clock();
        for (var i = 0; i < 4 * OperatorClock.Enough; i++)
        {
            Note(clock, "north", TimeSpan.FromMinutes(minutes) + TimeSpan.FromSeconds(i % 2 * spreadSeconds));
        }

        Told("north").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-9, 0, 0, true)]
    [InlineData(5, 0, 0, true)]
    [InlineData(360, 0, 0, true)]
    [InlineData(-11, 0, 0, false)]
    // When it is told that it was answered, or is over.
    [InlineData(-9, 40, 0, true)]
    [InlineData(-9, 40, 300, true)]
    public void A_Call_That_Is_Told_At_Once_Began_By_Our_Clock(int minutes, int rang, int talked, bool isTold)
    {
        var last = Received.UtcDateTime.AddMinutes(minutes);
        var callEvent = new CallEvent
        {
            Action = talked > 0 ? CallAction.End : CallAction.Start,
            CallId = "c1",
            AccountId = "",
            DetectTime = last.AddSeconds(-rang - talked),
            ConnectTime = rang > 0 ? last.AddSeconds(-talked) : null,
            DisconnectTime = talked > 0 ? last : null,
        };

        var clock = Clock();
        clock.BeganAt(North, callEvent, Received)
            .ShouldBe(isTold ? Received.AddSeconds(-rang - talked) : null);
        clock.BeganAt(North, callEvent with { IsLive = true }, Received).ShouldBeNull();

        // Once the clock is known to be right, what is told late is late.
        Note(clock, "north", TimeSpan.FromSeconds(-2));
        clock.BeganAt(North, callEvent, Received).HasValue.ShouldBe(isTold && minutes > 0);
    }

    private static void Note(OperatorClock clock, string account, TimeSpan offset) => clock.Note(
        North with { Username = account }, Received + offset, Received);

    private OperatorClock Clock() => new(_logging.CreateLogger<OperatorClock>());

    private IReadOnlyList<string> Told(string account) =>
        [.. _log.Entries().Where(line => line.Contains(account, StringComparison.Ordinal))];
}
