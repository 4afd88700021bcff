using CallMyWay.Functions.Reports;
using CallMyWay.Functions.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;

namespace CallMyWay.Functions.Tests.Reports;

/// <summary>
/// Figures of days that are made of hours, and of months that are made of days, are those of all calls, in whatever order
/// and however often each is worked out.
/// </summary>
public sealed class PeriodFiguresProperties
{
    private static readonly DateOnly First = new(2026, 3, 30);

    private static readonly Gen<Figures> Some =
        from missed in Gen.Choose(0, 1)
        from talk in Gen.Choose(0, 400)
        from charged in Gen.Elements("", "CRC", "USD")
        from cents in Gen.Choose(1, 100_000)
        select Of(missed, talk, charged, cents / 100m);

    private static readonly Gen<(int Hour, CallFigures Call)> Calls =
        from hour in Gen.Choose(0, 95)
        // Of several zones an hour can have calls of two days.
        from shift in Gen.Elements(0, 0, 0, 7)
        from agent in Gen.Elements("", "ana", "luis")
        from team in Gen.Elements(null, "north", "south")
        from outcome in Gen.Elements(null, "paid", "refused")
        from contact in Gen.Elements(null, "c-1", "c-2")
        from figures in Some
        let day = First.AddDays((hour + shift) / 24)
        select (hour, new CallFigures(
            day,
            (hour + shift) % 24,
            outcome,
            contact,
            figures,
            agent.Length == 0 ? [] : [new TeamShare(team, figures)],
            agent.Length == 0 ? [] : [new AgentShare(agent, team, figures)]));

    [Fact]
    public void Any_Order_And_Any_Repetition_Make_The_Same_Figures()
    {
        var cases =
            from calls in Calls.ListOf(12)
            from order in Gen.Choose(0, 95).ListOf(40)
            select (calls, order);
        Check.One(Properties.Config(200), Prop.ForAll(cases.ToArbitrary(), each => Holds([.. each.calls], each.order)));
    }

    private static bool Holds(
        IReadOnlyList<(int Hour, CallFigures Call)> calls, IEnumerable<int> order)
    {
        var hours = new Dictionary<int, PeriodFigures>();
        var days = new Dictionary<DateOnly, PeriodFigures>();
        var all = Enumerable.Range(0, 96).ToList();
        // Some hours are worked out before their calls are all there, and again in another order at last.
        foreach (var (hour, step) in order.Index().Select(each => (each.Item, each.Index)).Concat(
            all.OrderBy(hour => hour * 37 % 96).Select(hour => (hour, int.MaxValue))))
        {
            hours[hour] = Sum(calls.Take(step).Where(call => call.Hour == hour).Select(call => call.Call));
            foreach (var day in hours[hour].Days)
            {
                var sum = new PeriodFigures();
                foreach (var part in Enum.GetValues<PeriodPart>())
                {
                    foreach (var each in hours.Values)
                    {
                        sum.Add(part, each.CellsOf(part), day);
                    }
                }

                days[day] = sum;
            }
        }

        var month = new PeriodFigures();
        foreach (var part in Enum.GetValues<PeriodPart>())
        {
            foreach (var day in days.Values)
            {
                month.Add(part, day.CellsOf(part));
            }
        }

        foreach (var (day, figures) in days)
        {
            Told(figures).ShouldBe(Told(Sum(calls.Select(call => call.Call).Where(call => call.Day == day)
                .Select(call => call with { Day = default }))));
        }

        Told(month).ShouldBe(Told(Sum(calls.Select(call => call.Call with { Day = default }))));
        return true;
    }

    private static PeriodFigures Sum(IEnumerable<CallFigures> calls)
    {
        var sum = new PeriodFigures();
        foreach (var call in calls)
        {
            sum.Add(call);
        }

        return sum;
    }

    private static string Told(PeriodFigures figures) => System.Text.Json.JsonSerializer.Serialize(
        Enum.GetValues<PeriodPart>().SelectMany(figures.CellsOf).ToList());

    private static Figures Of(int missed, int talk, string currency, decimal charged)
    {
        var figures = new Figures { In = 1, Missed = missed, Answered = 1 - missed, TalkSeconds = talk * (1 - missed) };
        return currency.Length == 0 ? figures : figures.Add(new Figures
        {
            Amounts = [new Amounts { Currency = currency, Cost = 1m, Charges = charged }],
        });
    }
}
