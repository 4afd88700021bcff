using System.Text.Json.Serialization;
using CallMyWay.Functions.PopUps;

namespace CallMyWay.Functions.Reports;

/// <summary>What a card can have waited for.</summary>
public enum LatePart
{
    Operator,
    Queue,
    Channel,
    Browser,
}

/// <summary>How many cards were late by each part.</summary>
public sealed record LateCards(int Operator, int Queue, int Channel, int Browser);

/// <summary>
/// How soon cards were painted after their notification reached us. Times are in milliseconds.
/// </summary>
/// <param name="Count">How many cards were measured.</param>
/// <param name="P50">Half of them were painted within this time.</param>
/// <param name="P95">So were nineteen of twenty.</param>
/// <param name="OverSecond">How many took more than a second.</param>
/// <param name="Late">
/// What those waited for the longest. By the operator were those late that it told us of more than three seconds after it
/// had detected them, whatever they waited for here.
/// </param>
/// <param name="LateMost">The part by which most were late; null where none was.</param>
public sealed record DeskSpeed(
    int Count,
    int P50,
    int P95,
    int OverSecond,
    LateCards Late,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] LatePart? LateMost)
{
    private const int Second = 1000;

    /// <summary>The operator tells whole seconds, and its clock is not ours.</summary>
    private const int OperatorLate = 3000;

    public static DeskSpeed Of(IReadOnlyList<PaintedCard> cards)
    {
        List<int> times = [.. cards.Select(TimeOf).Order()];
        var late = cards.Where(card => TimeOf(card) > Second).CountBy(PartOf)
            .ToDictionary(part => part.Key, part => part.Value);
        late[LatePart.Operator] = cards.Count(card => card.Operator > OperatorLate);
        var most = late.Where(part => part.Value > 0).OrderByDescending(part => part.Value).ThenBy(part => part.Key)
            .Select(part => (LatePart?)part.Key).FirstOrDefault();
        return new DeskSpeed(
            times.Count,
            PercentileOf(times, 50),
            PercentileOf(times, 95),
            times.Count(time => time > Second),
            new LateCards(
                late[LatePart.Operator],
                late.GetValueOrDefault(LatePart.Queue),
                late.GetValueOrDefault(LatePart.Channel),
                late.GetValueOrDefault(LatePart.Browser)),
            most);
    }

    /// <summary>From the notification to the painted card.</summary>
    public static int TimeOf(PaintedCard card) => (card.Queue ?? 0) + card.Channel + card.Browser;

    private static LatePart PartOf(PaintedCard card) =>
        card.Queue >= Math.Max(card.Channel, card.Browser) ? LatePart.Queue
        : card.Channel >= card.Browser ? LatePart.Channel
        : LatePart.Browser;

    /// <summary>The smallest time within which so many of a hundred were (nearest rank); 0 for none.</summary>
    private static int PercentileOf(List<int> times, int percent) =>
        times.Count == 0 ? 0 : times[(((times.Count * percent) + 99) / 100) - 1];
}
