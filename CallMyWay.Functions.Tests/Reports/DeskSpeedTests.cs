using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.PopUps;
using CallMyWay.Functions.Reports;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Reports;

/// <summary>How soon cards were on the screens: what a screen tells, and what it adds up to.</summary>
public sealed class DeskSpeedTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 15, 15, 0, TimeSpan.Zero);

    // c/1 and ñ
    private const string Call = "Yy8x";

    private const string Account = "w7E";

    [Fact]
    public void What_A_Screen_Tells_Is_Read()
    {
        Read($"10000.400.50.60.30.{Call}.{Account}~0...70.20.{Call}.{Account}").ShouldBe(
        [
            new PaintedCard("c/1", "ñ", Now.AddSeconds(-10), 400, 50, 60, 30),
            new PaintedCard("c/1", "ñ", Now, null, null, 70, 20),
        ]);
        Read("").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(3, 2, 3)]
    [InlineData(20, 10, 19)]
    [InlineData(21, 11, 20)]
    public void Half_And_95_Percent_Of_The_Cards_Are_No_Slower_Than_P50_And_P95(int count, int half, int nearlyAll)
    {
        var speed = DeskSpeed.Of([.. Enumerable.Range(1, count).Reverse().Select(
            time => new PaintedCard("c", "a", Now, null, null, time, 0))]);

        (speed.Count, speed.P50, speed.P95).ShouldBe((count, half, nearlyAll));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("1.2.3.4.5.Yy8x")]
    [InlineData("-1.1.1.1.1.Yy8x.w7E")]
    [InlineData("1.1.1.1.1,5.Yy8x.w7E")]
    [InlineData("1.1.1..1.Yy8x.w7E")]
    [InlineData("1.1.1.600001.1.Yy8x.w7E")]
    [InlineData("1.1.1.1.99999999999.Yy8x.w7E")]
    [InlineData("1.1.1.1.1..w7E")]
    [InlineData("1.1.1.1.1.Y!8x.w7E")]
    [InlineData("1.1.1.1.1._w.w7E")]
    public void What_Is_No_Such_List_Is_Refused(string text)
    {
        Refused(text).ShouldBeTrue(text);
        Refused($"0.1.1.1.1.{Call}.{Account}~{text}").ShouldBeTrue(text);
    }

    [Fact]
    public void A_Long_List_Is_Refused_And_A_Card_Of_Long_Ago_Left_Out()
    {
        var one = $"0.1.1.1.1.{Call}.{Account}";
        Read(string.Join('~', Enumerable.Repeat(one, PaintedCard.Most))).Count.ShouldBe(PaintedCard.Most);
        Refused(string.Join('~', Enumerable.Repeat(one, PaintedCard.Most + 1))).ShouldBeTrue();
        Refused($"0.1.1.1.1.{new string('A', 9000)}.{Account}").ShouldBeTrue();
        Read($"3600001.1.1.1.1.{Call}.{Account}").ShouldBeEmpty();
        // The operator's clock can be days behind: that is no measure either.
        Read($"0.700000.1.1.1.{Call}.{Account}").ShouldHaveSingleItem().Operator.ShouldBeNull();
    }

    [Fact]
    public void Percentiles_Are_Times_That_Were_Measured()
    {
        var speed = DeskSpeed.Of([.. Enumerable.Range(1, 100).Select(i => Card(browser: i * 20))]);

        (speed.Count, speed.P50, speed.P95, speed.OverSecond).ShouldBe((100, 1000, 1900, 50));
        (speed.Late.Browser, speed.LateMost).ShouldBe((50, LatePart.Browser));
        DeskSpeed.Of([Card(browser: 7)]).ShouldSatisfyAllConditions(
            one => one.P50.ShouldBe(7), one => one.P95.ShouldBe(7), one => one.LateMost.ShouldBeNull());
    }

    [Fact]
    public void Each_Late_Card_Is_Late_By_What_It_Waited_For_The_Longest()
    {
        var speed = DeskSpeed.Of(
        [
            Card(queue: 900, channel: 200), Card(queue: 100, channel: 2000, browser: 1900), Card(channel: 1001),
            Card(@operator: 3001), Card(@operator: 3000, browser: 1000),
        ]);

        speed.Late.ShouldBe(new LateCards(Operator: 1, Queue: 1, Channel: 2, Browser: 0));
        (speed.OverSecond, speed.LateMost).ShouldBe((3, LatePart.Channel));
    }

    [Fact]
    public async Task Times_Are_Found_By_Agent_And_Day_And_Go_After_Ninety_Days()
    {
        await using var features = await Features.StartAsync();
        var times = features.Get<ScreenTimes>();
        features.Meter.Reset();
        await times.NoteAsync("ana", [Card(browser: 1), Card(browser: 2)], default);
        features.Meter.Operations.ShouldBe(["upsert screentimes"]);
        var began = features.Clock.Now;
        features.Clock.Now += TimeSpan.FromMinutes(1);
        await times.NoteAsync("ana", [Card(browser: 3)], default);
        await times.NoteAsync("ana.maria", [Card(browser: 4)], default);
        // In the evening, which is the next day by UTC.
        features.Clock.Now += TimeSpan.FromHours(13);
        await times.NoteAsync("luis", [Card(browser: 6)], default);
        // The next day, by the account's zone.
        features.Clock.Now += TimeSpan.FromHours(2);
        await times.NoteAsync("ana", [Card(browser: 5)], default);

        (await BrowserAsync(began, features.Clock.Now)).ShouldBe([1, 2, 3, 5]);
        (await BrowserAsync(began.AddSeconds(1), began.AddHours(1))).ShouldBe([3]);
        (await times.ReadAsync(times.DayOf(began), default)).Select(time => (time.AgentId, time.Card.Browser))
            .ShouldBe([("ana", 1), ("ana", 2), ("ana", 3), ("ana.maria", 4), ("luis", 6)], ignoreOrder: true);

        features.Clock.Now = began + ScreenTimes.KeptFor;
        await features.SweepAsync<ScreenTimes>();
        (await CountAsync(began), await CountAsync(began.AddDays(1))).ShouldBe((5, 1));
        features.Clock.Now += TimeSpan.FromDays(1);
        await features.SweepAsync<ScreenTimes>();
        (await CountAsync(began), await CountAsync(began.AddDays(1))).ShouldBe((0, 1));

        async Task<IEnumerable<int>> BrowserAsync(DateTimeOffset from, DateTimeOffset to) =>
            (await times.ListAsync("ana", from, to, default)).Select(time => time.Card.Browser);

        async Task<int> CountAsync(DateTimeOffset time) => (await times.ReadAsync(times.DayOf(time), default)).Count;
    }

    [Fact]
    public async Task A_Supervisor_Without_A_Team_Has_No_Times_Of_Who_Is_In_None()
    {
        await using var features = await Features.StartAsync();
        await features.Get<AgentStore>().PutAsync(
            new Agent { AgentId = "eva", Name = "Eva", SignInName = "eva", Roles = [Role.Agent] }, default);
        await features.Get<ScreenTimes>().NoteAsync("eva", [Card(browser: 1)], default);
        await features.Get<ScreenTimes>().NoteAsync("gone", [Card(browser: 2)], default);
        var functions = ActivatorUtilities.CreateInstance<DeskSpeedFunctions>(features.Get<IServiceProvider>());

        var rows = await RowsAsync("gone", Role.Supervisor);
        var all = await RowsAsync("admin", Role.Admin);

        rows.ShouldBe(["gone"]);
        all.ShouldBe(["eva", "gone"], ignoreOrder: true);

        async Task<IReadOnlyList<string>> RowsAsync(string agentId, Role role)
        {
            var request = new DefaultHttpContext
            {
                RequestServices = features.Get<IServiceProvider>(),
                User = Principal.Create("tests", agentId, agentId, [role], null),
            }.Request;
            var result = (await functions.Get(request, default)).ShouldBeOfType<Ok<DeskSpeedView>>();
            return [.. result.Value.ShouldNotBeNull().Items.Select(row => row.AgentId)];
        }
    }

    private static IReadOnlyList<PaintedCard> Read(string text)
    {
        var errors = new FieldErrors();
        var cards = PaintedCard.Read(RequestOf(text), Now, errors);
        errors.Any.ShouldBeFalse();
        return cards;
    }

    private static bool Refused(string text)
    {
        var errors = new FieldErrors();
        PaintedCard.Read(RequestOf(text), Now, errors).ShouldBeEmpty();
        return errors.Any;
    }

    private static HttpRequest RequestOf(string text) =>
        new DefaultHttpContext { Request = { QueryString = QueryString.Create(PaintedCard.Parameter, text) } }.Request;

    private static PaintedCard Card(int? @operator = null, int? queue = 0, int channel = 0, int browser = 0) =>
        new("c", "8000001", Now, @operator, queue, channel, browser);
}
