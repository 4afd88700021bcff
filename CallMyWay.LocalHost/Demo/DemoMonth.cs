namespace CallMyWay.LocalHost.Demo;

/// <summary>
/// The calls of an office in the month before a day, for reports and the history of a demo. The calls of a day are
/// always the same, so a month that is asked for twice has them once.
/// </summary>
internal static class DemoMonth
{
    /// <summary>How many days before today have calls.</summary>
    public const int Days = 30;

    // How busy the hours of a working day are.
    private static readonly (int Hour, double Share)[] Hours =
        [(8, 4), (9, 7), (10, 8), (11, 7), (12, 4), (13, 5), (14, 7), (15, 8), (16, 6), (17, 3)];

    private static readonly (string EndpointId, double Share)[] Phones = [("1001", 0.5), ("1002", 0.4), ("1003", 0.1)];

    /// <summary>The calls, the earliest day first.</summary>
    /// <param name="today">The day after the last one that has calls.</param>
    /// <param name="zone">The zone of the office's hours.</param>
    /// <param name="numbers">The contacts' numbers. Seven of ten calls are with one of them.</param>
    public static IReadOnlyList<SimulatedCallRequest> Before(
        DateOnly today, TimeZoneInfo zone, IReadOnlyList<string> numbers) =>
        [.. Enumerable.Range(1, Days).Reverse().SelectMany(back => Of(today.AddDays(-back), zone, numbers))];

    private static IEnumerable<SimulatedCallRequest> Of(DateOnly day, TimeZoneInfo zone, IReadOnlyList<string> numbers)
    {
        var random = new Random(day.DayNumber);
        var count = day.DayOfWeek switch
        {
            DayOfWeek.Sunday => 0,
            DayOfWeek.Saturday => random.Next(10, 18),
            _ => random.Next(32, 52),
        };
        for (var i = 0; i < count; i++)
        {
            var phone = Pick(random, Phones);
            var number = random.NextDouble() < 0.7
                ? numbers[random.Next(numbers.Count)]
                : $"6{random.Next(10_000_000):D7}";
            var comesIn = random.NextDouble() < 0.55;
            var hour = Pick(random, Hours);
            var at = day.ToDateTime(new TimeOnly(hour, random.Next(60), random.Next(60)));
            yield return new SimulatedCallRequest(
                comesIn ? number : phone,
                comesIn ? phone : number,
                comesIn ? "in" : "out",
                Private: false,
                RingSeconds: random.Next(3, 28),
                TalkSeconds: LengthOf(random),
                Answered: random.NextDouble() < (comesIn ? 0.85 : 0.65))
            {
                CallId = $"month-{day:yyyyMMdd}-{i:D3}",
                At = new DateTimeOffset(at, zone.GetUtcOffset(at)).ToString("O"),
                Notify = false,
            };
        }
    }

    // Half of the conversations are shorter than a minute and a half, and few are long.
    private static int LengthOf(Random random)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Math.Clamp((int)Math.Exp(4.5 + (0.8 * normal)), 5, 1800);
    }

    private static T Pick<T>(Random random, (T What, double Share)[] of)
    {
        var at = random.NextDouble() * of.Sum(each => each.Share);
        foreach (var (what, share) in of)
        {
            if ((at -= share) < 0)
            {
                return what;
            }
        }

        return of[^1].What;
    }
}
