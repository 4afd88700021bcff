using CallMyWay.Functions.Homologation;
using CallMyWay.Functions.Operator;

namespace CallMyWay.Functions.Tests.Homologation;

/// <summary>What follows from answers to requests for records, and which request is next.</summary>
public sealed class RequestCaseTests
{
    private static readonly DateTime Noon = new(2026, 5, 4, 12, 0, 0);

    [Theory]
    [InlineData("[{\"callid\":\"1\"}]", "array")]
    [InlineData(" {\"cdrs\":[]}", "wrapped")]
    public void The_Shape_Is_Told_By_The_Text(string text, string shape)
    {
        var verdict = RequestCases.Evaluate("records-shape", [Answer(Call("1", 0)) with { Text = text, IsUtf8 = false }]);
        verdict.Answers.ShouldBe([new("records-shape", shape), new("records-encoding", "ISO-8859-1")]);
    }

    [Theory]
    [InlineData(0, "0 registros", "0 records")]
    [InlineData(1, "1 registro", "1 record")]
    [InlineData(2, "2 registros", "2 records")]
    public void How_Many_Records_Came_Is_Told_In_The_Right_Number(int count, string es, string en)
    {
        var what = RequestCases.Evaluate("records-shape", [Answer() with { Count = count }]).Seen[0].What;

        what.Es.ShouldContain($": {es}, estado 200");
        what.En.ShouldContain($": {en}, status 200");
    }

    [Theory]
    [InlineData(true, true, "ASCII")]
    [InlineData(true, false, "UTF-8")]
    [InlineData(true, null, "UTF-8")]
    [InlineData(false, false, "ISO-8859-1")]
    public void The_Encoding_Is_Told_By_Letters_That_Differ(bool isUtf8, bool? isAscii, string encoding) =>
        RequestCases.Evaluate("records-shape", [Answer(Call("1", 0)) with { IsUtf8 = isUtf8, IsAscii = isAscii }])
            .Answers[1].Value.ShouldBe(encoding);

    [Theory]
    [InlineData(0, 10, 20, "oldestFirst")]
    [InlineData(20, 10, 0, "newestFirst")]
    [InlineData(10, 0, 20, "none")]
    public void The_Order_Is_Told_By_The_Detect_Times(int one, int two, int three, string order) =>
        RequestCases.Evaluate("records-order", [Answer(Call("1", one), Call("2", two), Call("3", three))])
            .Answers.ShouldBe([new("records-order", order)]);

    [Theory]
    [InlineData(60, 25, 5, 20, "no")]
    [InlineData(60, 30, 5, 25, "yes")]
    [InlineData(61, 45, 5, 20, "yes")]
    public void The_Fee_Is_Told_By_What_The_Cost_Adds_Up_To(
        int seconds, int cost, int fee, int rate, string includes)
    {
        var record = Call("1", 0, seconds) with { Cost = cost, AccessFee = fee, Rate = rate };
        if (includes == "no")
        {
            record = record with { Cost = rate * seconds / 60m };
        }

        RequestCases.Evaluate("cost-fee", [Answer(record)]).Answers.ShouldHaveSingleItem()
            .ShouldBe(new CaseAnswer("cost-fee", includes, includes == "yes" ? "true" : "false"));
    }

    [Fact]
    public void A_Cost_That_Adds_Up_To_Neither_Leaves_The_Case_Open() =>
        RequestCases.Evaluate(
            "cost-fee", [Answer(Call("1", 0, 60) with { Cost = 999, AccessFee = 5, Rate = 20 })])
            .State.ShouldBe(CaseState.Open);

    [Fact]
    public void An_Id_Of_Two_Calls_Is_Used_Again()
    {
        IdsAgain(Call("1", 0), Call("2", 5), Call("1", 40)).ShouldBe("Yes (1)");
        IdsAgain(
            Call("1", 0) with { Ani = "88887777", DnisUser = "8000001" },
            Call("1", 5) with { Ani = "22334455", DnisUser = "8000002" }).ShouldBe("Yes (1)");
        // The same call listed twice is no other call.
        IdsAgain(Call("1", 0), Call("2", 5), Call("1", 0)).ShouldBe("No (3 records were looked at)");
    }

    [Fact]
    public void The_Legs_Of_A_Call_Do_Not_Use_Its_Id_Again()
    {
        // Hunted: the second phone rings after the first.
        IdsAgain(
            Call("1", 0) with { Ani = "88887777", DnisUser = "8000001", ConnectTime = null, Duration = 0 },
            Call("1", 1) with { Ani = "88887777", DnisUser = "8000002" }).ShouldBe("No (2 records were looked at)");
        // Transferred after an hour.
        IdsAgain(
            Call("1", 0, 3600) with { Ani = "88887777", DnisUser = "8000001" },
            Call("1", 60) with { Ani = "88887777", DnisUser = "8000002" }).ShouldBe("No (2 records were looked at)");
        // Forwarded to a mobile.
        IdsAgain(
            Call("1", 0) with { Ani = "88887777", DnisUser = "8000001" },
            Call("1", 1) with { Dnis = "83334444", AniUser = "8000001" }).ShouldBe("No (2 records were looked at)");
    }

    private static string IdsAgain(params CallRecord[] records) =>
        AnswerWords.Of(RequestCases.Evaluate("ids-again", [Answer(records)]).Answers.ShouldHaveSingleItem()).En;

    [Theory]
    [InlineData(true, true, "detect", "included")]
    [InlineData(true, false, "detect", "excluded")]
    [InlineData(false, true, "end", "included")]
    [InlineData(false, false, "end", "excluded")]
    public void The_Bounds_Are_Told_By_Short_Ranges(bool byDetect, bool included, string by, string end)
    {
        var call = Call("1", 0, 60);
        var its = byDetect ? call.DetectTime!.Value : call.ConnectTime!.Value.AddSeconds(60);
        List<Asked> asked = [];
        while (RequestCases.Next("records-bounds", Noon.AddHours(1), asked) is { } query)
        {
            asked.Count.ShouldBeLessThan(6);
            var has = its >= query.From && (included ? its <= query.To : its < query.To);
            asked.Add((has ? Answer(call) : Answer()) with { From = query.From!.Value, To = query.To!.Value });
        }

        RequestCases.Evaluate("records-bounds", asked).Answers
            .ShouldBe([new("range-by", by), new("range-end", end)]);
    }

    [Theory]
    [InlineData(3, 1, "3", "3")]
    [InlineData(3, 0, ">= 3", null)]
    public void What_Is_Behind_The_First_Page_Was_Held_Back(int first, int behind, string page, string? setting)
    {
        var asked = new List<Asked> { Answer() with { Count = first, Take = 1000 }, Answer() with { Count = behind } };
        RequestCases.Next("records-page", Noon, asked[..1])!.Skip.ShouldBe(first);
        if (RequestCases.Next("records-page", Noon, asked) is { } again)
        {
            (again.Skip, again.Take, again.To).ShouldBe((0, 1000, asked[0].To));
            RequestCases.Evaluate("records-page", asked).State.ShouldBe(CaseState.Open);
            asked.Add(asked[0]);
        }

        RequestCases.Evaluate("records-page", asked).Answers.ShouldBe([new("largest-page", page, setting)]);
        RequestCases.Next("records-page", Noon, asked).ShouldBeNull();
    }

    [Fact]
    public void A_Record_That_Came_Meanwhile_Was_Not_Held_Back()
    {
        var (one, two, came) = (Call("1", 0), Call("2", 5), Call("3", 9));
        // The oldest first, and then the newest first.
        RequestCases.Evaluate("records-page", [Page(one, two), Page(came), Page(one, two, came)])
            .ShouldSatisfyAllConditions(
                verdict => verdict.State.ShouldBe(CaseState.Open), verdict => verdict.Answers.ShouldBeEmpty());
        RequestCases.Evaluate("records-page", [Page(one), Page(one), Page(came, one)])
            .ShouldSatisfyAllConditions(
                verdict => verdict.State.ShouldBe(CaseState.Open), verdict => verdict.Answers.ShouldBeEmpty());
        RequestCases.Evaluate("records-page", [Page(one), Page(one), Page(one)]).State.ShouldBe(CaseState.Failed);

        static Asked Page(params CallRecord[] records) => Answer(records) with { Take = 1000 };
    }

    [Fact]
    public void A_Refusal_Ends_A_Case_And_Says_What_It_Looked_Like()
    {
        var refused = Answer() with { Result = RecordsResult.Refused, Status = 403, Text = "ERROR: IP no habilitada" };
        RequestCases.Next("pace", Noon, [refused]).ShouldBeNull();
        var verdict = RequestCases.Evaluate("pace", [refused]);
        verdict.State.ShouldBe(CaseState.Failed);
        verdict.Answers.ShouldBe([new("refused-address", "403: ERROR: IP no habilitada")]);
    }

    [Fact]
    public void Every_Case_And_Question_Is_There_Once_And_Answered_By_Some_Case()
    {
        Catalogue.All.Select(test => test.Code).ShouldBeUnique();
        Questions.All.Select(question => question.Code).ShouldBeUnique();
        Catalogue.All.SelectMany(test => test.Questions).Distinct().Order()
            .ShouldBe(Questions.All.Select(question => question.Code).Order());
        foreach (var test in Catalogue.All)
        {
            test.Steps.ShouldNotBeEmpty(test.Code);
            test.Asks.Select(ask => ask.Key).ShouldBeSubsetOf(test.Questions);
            // Each that goes on by itself has an evaluation.
            if (test.Code == PaceScope.Case)
            {
                PaceScope.Evaluate([]).State.ShouldBe(CaseState.Open);
            }
            else if (test.Kind == CaseKind.Request)
            {
                RequestCases.Evaluate(test.Code, [Answer(), Answer(), Answer()]).ShouldNotBeNull();
            }
            else if (test.Kind == CaseKind.Watch || (test.Kind == CaseKind.Dial && test.Code != "busy-agent"))
            {
                var notice = new Notice(DateTimeOffset.UnixEpoch, Functions.Calls.CallAction.Start, "1");
                WatchCases.Evaluate(
                    test.Code, new WatchEvidence("8000001", "UTC", DateTimeOffset.UnixEpoch, [notice])).ShouldNotBeNull();
            }
        }
    }

    private static CallRecord Call(string id, int minutes, int seconds = 60) => new()
    {
        RecordId = id,
        DetectTime = Noon.AddMinutes(minutes),
        ConnectTime = Noon.AddMinutes(minutes).AddSeconds(5),
        Duration = seconds,
    };

    private static Asked Answer(params CallRecord[] records) => new(
        DateTimeOffset.UnixEpoch, Noon, Noon.AddDays(1), 0, 200, RecordsResult.Read, 200, "[", true, records.Length)
    {
        Records = records,
    };
}
