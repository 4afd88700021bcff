using CallMyWay.Functions.Calls;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Promises;
using CallMyWay.Functions.Reports;
using CallMyWay.Functions.WrapUps;

namespace CallMyWay.Functions.Tests.Reports;

/// <summary>What a call counts for.</summary>
public sealed class ReportFactsTests
{
    private static readonly DateTimeOffset Began = new(2026, 3, 2, 15, 15, 0, TimeSpan.Zero);

    private static readonly Account Account = new(
        "8000001", "CRC", TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica"));

    [Theory]
    // When it connected and ended after it began; in, missed, answered, within 20 s, talked.
    [InlineData(null, 30, 1, 1, 0, 0, 0)]
    [InlineData(8, 68, 1, 0, 1, 1, 60)]
    [InlineData(20, 68, 1, 0, 1, 1, 48)]
    [InlineData(21, 68, 1, 0, 1, 0, 47)]
    // One that goes on is answered or neither.
    [InlineData(8, null, 1, 0, 1, 1, 0)]
    [InlineData(null, null, 1, 0, 0, 0, 0)]
    public void A_Call_That_Came_In(
        int? connected, int? ended, int @in, int missed, int answered, int soon, long talk)
    {
        var figures = Of(CallOf(CallDirection.In, connected, ended));

        foreach (var each in new[] { figures.Whole, figures.Agents.Single().Figures, figures.Teams.Single().Figures })
        {
            (each.In, each.Missed, each.Answered, each.AnsweredWithin20, each.TalkSeconds)
                .ShouldBe((@in, missed, answered, soon, talk));
            (each.Out, each.Internal, each.Reached).ShouldBe((0, 0, 0));
        }
    }

    [Fact]
    public void The_Day_And_The_Hour_Are_The_Accounts()
    {
        var late = CallOf(CallDirection.In, 8, 68) with
        {
            IndexedAt = new DateTimeOffset(2026, 3, 2, 5, 59, 59, TimeSpan.Zero),
        };

        var figures = Of(late);

        (figures.Day, figures.Hour).ShouldBe((new DateOnly(2026, 3, 1), 23));
    }

    [Fact]
    public void A_Ring_Group_Misses_One_Call_And_Each_Of_Its_Agents_Missed_It()
    {
        var call = CallOf(CallDirection.In, null, 30) with
        {
            Agents =
            [
                new CallAgent("ana", "ep-1") { Team = "north" },
                new CallAgent("luis", "ep-2") { Team = "north" },
                new CallAgent("eva", "ep-3") { Team = "south" },
            ],
        };

        var figures = Of(call);

        figures.Whole.Missed.ShouldBe(1);
        figures.Teams.Select(team => (team.Team, team.Figures.In, team.Figures.Missed))
            .ShouldBe([("north", 1, 1), ("south", 1, 1)]);
        figures.Agents.Select(agent => (agent.AgentId, agent.Figures.Missed))
            .ShouldBe([("ana", 1), ("luis", 1), ("eva", 1)]);
    }

    [Fact]
    public void What_A_Colleague_Took_Is_The_Colleagues_Alone()
    {
        var call = CallOf(CallDirection.In, 8, 68) with
        {
            Cost = 12.5m,
            Agents =
            [
                new CallAgent("ana", "ep-2")
                {
                    Team = "south",
                    Part = new AgentPart { State = CallState.Ended, IsTaken = true, TakenBy = "luis" },
                },
                new CallAgent("luis", "ep-1")
                {
                    Team = "north",
                    Part = new AgentPart
                    {
                        State = CallState.Ended, ConnectedAt = Began.AddSeconds(8), DurationSeconds = 60,
                    },
                },
            ],
        };

        var figures = Of(call);

        var luis = figures.Agents.ShouldHaveSingleItem();
        (luis.AgentId, luis.Team, luis.Figures.Answered, luis.Figures.TalkSeconds).ShouldBe(("luis", "north", 1, 60));
        luis.Figures.Amounts.ShouldHaveSingleItem().Cost.ShouldBe(12.5m);
        figures.Teams.ShouldHaveSingleItem().Team.ShouldBe("north");
    }

    [Fact]
    public void A_Call_That_Was_Handed_Over_Is_One_Call_Of_Which_Each_Has_Their_Part()
    {
        var call = CallOf(CallDirection.In, 8, 108) with
        {
            Cost = 20m,
            Agents =
            [
                new CallAgent("ana", "ep-1") { Team = "north", Part = PartOf(8, 38) },
                new CallAgent("luis", "ep-2") { Team = "north", Part = PartOf(38, 108) },
            ],
        };

        var figures = Of(call);

        (figures.Whole.Answered, figures.Whole.TalkSeconds).ShouldBe((1, 100));
        var team = figures.Teams.ShouldHaveSingleItem().Figures;
        (team.In, team.Answered, team.AnsweredWithin20, team.TalkSeconds).ShouldBe((1, 1, 1, 100));
        // Whom it was handed over to has not answered it within 20 seconds.
        figures.Agents.Select(agent => (
                agent.AgentId, agent.Figures.Answered, agent.Figures.AnsweredWithin20, agent.Figures.TalkSeconds))
            .ShouldBe([("ana", 1, 1, 30), ("luis", 1, 0, 70)]);
        // Nobody's cost is counted twice.
        figures.Agents.Sum(agent => agent.Figures.Amounts?.Sum(amounts => amounts.Cost) ?? 0).ShouldBe(20m);
    }

    [Theory]
    [InlineData(CallDirection.Out, 5, 1, 1, 0)]
    [InlineData(CallDirection.Out, null, 1, 0, 0)]
    [InlineData(CallDirection.Internal, 5, 0, 0, 1)]
    public void Others_Are_Never_Missed(CallDirection direction, int? connected, int @out, int reached, int @internal)
    {
        var call = Of(CallOf(direction, connected, 65));

        foreach (var figures in new[] { call.Whole, call.Agents.Single().Figures, call.Teams.Single().Figures })
        {
            (figures.Out, figures.Reached, figures.Internal, figures.In, figures.Missed, figures.Answered)
                .ShouldBe((@out, reached, @internal, 0, 0, 0));
            figures.TalkSeconds.ShouldBe(reached == 1 ? 60 : 0);
        }
    }

    [Theory]
    // Out, reached, internal, in, answered, soon.
    [InlineData(CallDirection.Out, 1, 1, 0, 0, 0, 0)]
    [InlineData(CallDirection.Internal, 0, 0, 1, 0, 0, 0)]
    [InlineData(CallDirection.In, 0, 0, 0, 1, 1, 1)]
    public void A_Teams_Call_Is_One_Though_Two_Of_Its_Agents_Talked(
        CallDirection direction, int @out, int reached, int @internal, int @in, int answered, int soon)
    {
        var team = Of(CallOf(direction, 8, 108) with
        {
            Outcome = "attended",
            Agents =
            [
                new CallAgent("ana", "ep-1") { Team = "north", Part = PartOf(8, 38) },
                new CallAgent("luis", "ep-2") { Team = "north", Part = PartOf(12, 108) },
            ],
        }).Teams.ShouldHaveSingleItem().Figures;

        (team.Out, team.Reached, team.Internal, team.In, team.Answered, team.AnsweredWithin20, team.Documented)
            .ShouldBe((@out, reached, @internal, @in, answered, soon, 1));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(null)]
    public void Whom_A_Past_Call_Was_Handed_Over_To_Had_No_Part_In_It(int? connected)
    {
        var call = CallOf(CallDirection.In, connected, 68) with
        {
            Agents =
            [
                new CallAgent("ana", "ep-1") { Team = "north" },
                new CallAgent("luis", "ep-1") { Team = "south", HandedFrom = "ana" },
            ],
        };
        var wrapUp = SentAt(90) with { AgentId = "luis", OwnerId = "luis", Charge = new Charge(10m, "CRC", "x") };

        var figures = Of(call, new SentWrapUp(wrapUp, null));

        var ana = figures.Agents.ShouldHaveSingleItem();
        (ana.AgentId, ana.Figures.WrapUps, ana.Figures.Amounts!.Single().Charges).ShouldBe(("ana", 1, 10m));
        figures.Teams.ShouldHaveSingleItem().Team.ShouldBe("north");
    }

    [Fact]
    public void A_Call_That_Was_Answered_After_All_Is_Not_Returned()
    {
        var figures = Of(CallOf(CallDirection.In, 8, 68) with
        {
            Returned = new ReturnedCall("later", "8000001", Began.AddSeconds(330), "ana", 60),
        }).Whole;

        (figures.Missed, figures.Returned, figures.CallBackSeconds).ShouldBe((0, 0, 0));
    }

    [Fact]
    public void A_Call_Whose_End_Is_Only_Concluded_Is_Neither_Answered_Nor_Missed()
    {
        var figures = Of(CallOf(CallDirection.In, null, 30) with { IsSettled = true }).Whole;

        (figures.In, figures.Missed, figures.Answered).ShouldBe((1, 0, 0));
        ReportRow.Of("", "", figures, "CRC").AnsweredRate.ShouldBeNull();
    }

    [Fact]
    public void A_Returned_Call_Stays_Missed_And_Tells_How_Long_The_Caller_Waited()
    {
        var figures = Of(CallOf(CallDirection.In, null, 30) with
        {
            Returned = new ReturnedCall("later", "8000001", Began.AddSeconds(330), "ana", 60),
        });

        foreach (var each in new[] { figures.Whole, figures.Teams.Single().Figures })
        {
            (each.Missed, each.Returned, each.CallBackSeconds).ShouldBe((1, 1, 300));
        }
    }

    [Theory]
    [InlineData(90, 22)]
    // Before the end, and long after it.
    [InlineData(30, 0)]
    [InlineData(86400, 900)]
    public void A_Wrap_Up_Counts_From_The_Calls_End_Until_It_Was_First_Sent(int sent, long seconds)
    {
        var wrapUp = SentAt(sent) with { UpdatedAt = Began.AddDays(3) };

        var figures = Of(CallOf(CallDirection.In, 8, 68), new SentWrapUp(wrapUp, null));

        (figures.Whole.WrapUps, figures.Whole.WrapUpSeconds).ShouldBe((1, seconds));
        (figures.Agents[0].Figures.WrapUps, figures.Agents[0].Figures.WrapUpSeconds).ShouldBe((1, seconds));
    }

    [Theory]
    [InlineData(108)]
    // The colleague talks on.
    [InlineData(null)]
    public void A_Wrap_Up_Of_A_Call_That_Was_Handed_Over_Counts_From_The_End_Of_The_Agents_Part(int? ended)
    {
        var call = CallOf(CallDirection.In, 8, ended) with
        {
            Agents =
            [
                new CallAgent("ana", "ep-1") { Team = "north", Part = PartOf(8, 38) },
                new CallAgent("luis", "ep-2") { Team = "south", Part = PartOf(38, 108) },
            ],
        };

        var figures = Of(call, new SentWrapUp(SentAt(50), null));

        foreach (var each in new[] { figures.Whole, figures.Teams[0].Figures, figures.Agents[0].Figures })
        {
            (each.WrapUps, each.WrapUpSeconds).ShouldBe((1, 12));
        }
    }

    [Fact]
    public void Amounts_Of_Several_Currencies_Are_Not_Added_Up()
    {
        var wrapUp = SentAt(90) with
        {
            Charge = new Charge(2500m, "CRC", "gestión"),
            Promise = new Promise(100m, "USD", Began.AddDays(2)),
        };
        var promise = PromiseOf(100m, "USD") with { State = PromiseState.Partly, PaidAmount = 40m };

        var figures = Of(CallOf(CallDirection.Out, 8, 68) with { Cost = 7.25m }, new SentWrapUp(wrapUp, promise));

        var row = ReportRow.Of("", "", figures.Whole, "CRC");
        (row.Cost, row.Charges, row.PromisesMade, row.PromisesKept, row.PromisedAmount, row.PaidAmount)
            .ShouldBe((7.25m, 2500m, 1, 0, 0m, 0m));
        row.Amounts.ShouldBe([new ReportAmounts("CRC", 7.25m, 2500m, 0, 0), new ReportAmounts("USD", 0, 0, 100m, 40m)]);
    }

    [Fact]
    public void Amounts_Of_Another_Currency_Alone_Are_Not_The_Offices()
    {
        var figures = Of(
            CallOf(CallDirection.Out, 8, 68) with { Cost = 7.25m, Currency = "USD", Outcome = "attended" });
        figures.Whole.Add(Of(CallOf(CallDirection.Out, 8, 68)).Whole);

        var row = ReportRow.Of("", "", figures.Whole, "CRC");

        (row.Out, row.Cost, row.CostPerOutcome, row.Currency).ShouldBe((2, 0m, 0m, "CRC"));
        row.Amounts.ShouldBe([new ReportAmounts("USD", 7.25m, 0, 0, 0)]);
        // The calls without an outcome cost something too.
        ReportRow.Of("", "", figures.Whole, "USD").CostPerOutcome.ShouldBe(7.25m);
    }

    [Fact]
    public void A_Kept_Promise_Is_Paid_Wholly_Where_Nobody_Said_How_Much()
    {
        var wrapUp = SentAt(90) with { Promise = new Promise(5000m, "CRC", Began.AddDays(2)) };

        var row = ReportRow.Of("", "", Of(
            CallOf(CallDirection.Out, 8, 68),
            new SentWrapUp(wrapUp, PromiseOf(5000m, "CRC") with { State = PromiseState.Kept })).Whole, "CRC");

        (row.PromisesMade, row.PromisesKept, row.PromisedAmount, row.PaidAmount).ShouldBe((1, 1, 5000m, 5000m));
        row.Amounts.ShouldBeNull();
    }

    [Fact]
    public void What_A_Supervisor_Wrote_Is_The_Agents_Whose_Call_It_Was()
    {
        var wrapUp = SentAt(90) with { AgentId = "sofia", OwnerId = null, Charge = new Charge(10m, "CRC", "x") };

        var figures = Of(CallOf(CallDirection.In, 8, 68), new SentWrapUp(wrapUp, null));

        figures.Agents.ShouldHaveSingleItem().Figures.Amounts.ShouldHaveSingleItem().Charges.ShouldBe(10m);
    }

    private static CallFigures Of(Call call, params IReadOnlyList<SentWrapUp> sent) =>
        ReportFacts.Of(call, sent, Account);

    private static AgentPart PartOf(int connected, int ended) => new()
    {
        State = CallState.Ended,
        ConnectedAt = Began.AddSeconds(connected),
        EndedAt = Began.AddSeconds(ended),
        DurationSeconds = ended - connected,
    };

    private static WrapUp SentAt(int seconds) => new()
    {
        Outcome = "attended",
        AgentId = "ana",
        OwnerId = "ana",
        UpdatedAt = Began.AddSeconds(seconds),
        SentAt = Began.AddSeconds(seconds),
    };

    private static PromiseToPay PromiseOf(decimal amount, string currency) => new()
    {
        PromiseId = "p",
        AgentId = "ana",
        CallId = "c-1",
        Account = "8000001",
        Number = new NumberView("+50688887777", "8888-7777", PhoneNumberKind.Number),
        DueAt = Began.AddDays(2),
        Amount = amount,
        Currency = currency,
    };

    private static Call CallOf(CallDirection direction, int? connected, int? ended)
    {
        DateTimeOffset? connectedAt = connected is { } seconds ? Began.AddSeconds(seconds) : null;
        return new Call
        {
            CallId = "c-1",
            Account = "8000001",
            Direction = direction,
            State = ended is not null ? CallState.Ended
                : connected is null ? CallState.Ringing
                : CallState.Connected,
            Number = new NumberView("+50688887777", "8888-7777", PhoneNumberKind.Number),
            Ani = "88887777",
            Dnis = "40001000",
            EndpointId = "ep-1",
            StartedAt = Began,
            IndexedAt = Began,
            ConnectedAt = connectedAt,
            EndedAt = ended is { } end ? Began.AddSeconds(end) : null,
            DurationSeconds = ended - connected,
            Currency = "CRC",
            Match = MatchKind.None,
            Candidates = [],
            Agents = [new CallAgent("ana", "ep-1") { Team = "north" }],
            Sources = [CallSource.Webhook],
            Phones = [new CallPhone("ep-1", Began, connectedAt, null)],
        };
    }
}
