using CallMyWay.Functions.CallFlow;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace CallMyWay.Functions.Tests.CallFlow;

public sealed class OperatorClockTests : IDisposable
{
    private static readonly DateTimeOffset Received = new(2026, 3, 2, 15, 15, 0, TimeSpan.Zero);

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

    private static void Note(OperatorClock clock, string account, TimeSpan offset) => clock.Note(
        new Account(account, "CRC", TimeZoneInfo.Utc), Received + offset, Received);

    private OperatorClock Clock() => new(_logging.CreateLogger<OperatorClock>());

    private IReadOnlyList<string> Told(string account) =>
        [.. _log.Entries().Where(line => line.Contains(account, StringComparison.Ordinal))];
}
