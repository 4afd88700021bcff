using System.Net;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Homologation;

namespace CallMyWay.Functions.Tests.Homologation;

/// <summary>Runs of the homologation through the front door, against the simulator.</summary>
public abstract class HomologationTests(TestStorage storage) : IAsyncLifetime
{
    private HomologationDesk? _house;

    private HomologationDesk House => _house!;

    public async Task InitializeAsync() => _house = await HomologationDesk.StartAsync(storage);

    public async Task DisposeAsync()
    {
        if (_house is not null)
        {
            await _house.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task Cases_Are_Decided_Skipped_And_Opened_Again_And_Runs_Are_Kept()
    {
        var first = await House.BeginAsync();
        var second = await House.BeginAsync();

        var (status, run) = await House.DoAsync(
            second, "pace-scope", new { @do = "decide", state = "passed", told = new { pace_scope = "x" } });
        status.ShouldBe(400, run?.ToJsonString());
        (status, run) = await House.DoAsync(second, "pace-scope", new
        {
            @do = "decide",
            state = "passed",
            told = new Dictionary<string, string> { ["pace-scope"] = "address" },
            note = "Lo dijo soporte.",
        });
        status.ShouldBe(200, run?.ToJsonString());
        var question = run!["questions"]!.AsArray().Single(each => (string)each!["question"]! == "pace-scope")!;
        ((string?)question["answer"], (string?)question["case"]).ShouldBe(("address", "pace-scope"));
        ((string?)question["setting"]!["name"], (string?)question["setting"]!["value"], (string?)question["setting"]!["now"])
            .ShouldBe(("CallMyWay:PaceBy", "address", "account"));
        var etag = (string)run["etag"]!;

        (status, run) = await House.DoAsync(second, "codec", new { @do = "skip" });
        status.ShouldBe(200);
        ((string)run!["etag"]!).ShouldNotBe(etag);
        (await House.DoAsync(second, "codec", new { @do = "dance" })).Status.ShouldBe(400);
        (await House.DoAsync(second, "no-such-case", new { @do = "skip" })).Status.ShouldBe(404);
        (await House.DoAsync("none", "codec", new { @do = "skip" })).Status.ShouldBe(404);

        var runs = await House.Admin.GetItemsAsync("/api/homologation?account=8000001");
        runs.Select(each => (string)each["runId"]!).ShouldBe([second, first]);
        ((int)runs[0]["passed"]!, (int)runs[0]["skipped"]!, (int)runs[1]["passed"]!).ShouldBe((1, 1, 0));
        (await House.DoAsync(second, "codec", new { @do = "reopen" })).Status.ShouldBe(200);
        ((string)(await House.CaseAsync(second, "codec"))["state"]!).ShouldBe("open");
        (await House.CaseAsync(second, "pace-scope"))["note"]!.ToString().ShouldBe("Lo dijo soporte.");
        (await House.DoAsync(second, "resends", new { @do = "start" })).Status.ShouldBe(400, "it is done by hand");
    }

    [SkippableFact]
    public async Task Two_Runs_Are_Compared_Case_By_Case_And_Old_Ones_Are_Behind_The_First_Page()
    {
        var first = await House.BeginAsync();
        var second = await House.BeginAsync();
        foreach (var (run, state, scope) in new[] { (first, "passed", "account"), (second, "failed", "address") })
        {
            await House.DoAsync(run, "pace-scope", new
            {
                @do = "decide",
                state,
                told = new Dictionary<string, string> { ["pace-scope"] = scope },
            });
        }

        await House.DoAsync(first, "codec", new { @do = "decide", state = "failed" });
        await House.DoAsync(second, "codec", new { @do = "decide", state = "passed" });
        await House.DoAsync(second, "transfer", new { @do = "decide", state = "passed" });

        // Whichever is named first, the earlier one is.
        var found = await House.Admin.GetObjectAsync($"/api/homologation-comparisons?one={second}&other={first}");
        ((string?)found["earlier"]!["runId"], (string?)found["later"]!["runId"]).ShouldBe((first, second));
        found["cases"]!.AsArray().Where(each => (string)each!["difference"]! != "none")
            .Select(each => $"{each!["case"]} {each["earlier"]} {each["later"]} {each["difference"]}").ShouldBe(
            ["pace-scope passed failed worse", "transfer open passed undecided", "codec failed passed better"],
            ignoreOrder: true);
        var question = found["questions"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)question["earlier"], (string?)question["later"], (bool)question["isChanged"]!)
            .ShouldBe(("account", "address", true));
        var (status, problem) = await House.Admin.SendJsonAsync(
            HttpMethod.Get, $"/api/homologation-comparisons?one={first}&other=none", null);
        status.ShouldBe(400);
        problem!["errors"]!.AsObject().Select(each => each.Key).ShouldBe(["other"]);

        var begun = new List<string> { second, first };
        for (var i = 0; i < 12; i++)
        {
            begun.Insert(0, await House.BeginAsync());
        }

        var listed = (await House.Admin.AllItemsAsync("/api/homologation")).Select(run => run.Text("runId")!).ToList();
        listed.ShouldBe(begun, ignoreOrder: true);
        // An id begins with its millisecond. Runs of one millisecond are in no order.
        listed.Select(run => run[..12]).ShouldBeInOrder(SortDirection.Descending);
    }

    [SkippableFact]
    public async Task A_Number_That_Was_Erased_Does_Not_Come_Back_By_A_Case()
    {
        const string number = "87340001";
        var (_, contact) = await House.Admin.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Aurelia Monge Ñaca", numbers = new[] { number } });
        var contactId = contact.Text("contactId")!;
        await House.Desk.CallAsync(
            new { from = number, to = "1001", type = "in", ringSeconds = 0, talkSeconds = 0, answered = true });
        await Eventually.TrueAsync(
            async () => (await House.Admin.ItemsAsync($"/api/calls?contact={contactId}")).Any(
                call => call.Text("state") == "ended"),
            () => "the call");
        var run = await House.BeginAsync();
        await House.StartAsync(run, "records-shape");
        (await House.PassedAsync(run, "records-shape")).ToJsonString().ShouldContain(number);
        var (status, erasure) = await House.Admin.AskAsync(
            HttpMethod.Delete, $"/api/personal-data/{contactId}?confirmed=true&reference=2026-014");
        status.ShouldBe(HttpStatusCode.Accepted, erasure.ToString());
        await Eventually.TrueAsync(
            async () => (await House.Admin.ReadAsync($"/api/personal-data-erasures/{erasure.Text("erasureId")}"))!.Value
                .Text("state") == "done",
            () => "the erasure");
        (await House.CaseAsync(run, "records-shape")).ToJsonString().ShouldNotContain(number);

        (await House.DoAsync(run, "records-shape", new { @do = "reopen" })).Status.ShouldBe(200);
        await House.StartAsync(run, "records-shape");

        var again = (await House.PassedAsync(run, "records-shape")).ToJsonString();
        again.ShouldNotContain(number);
        again.ShouldContain("xxxxxxxx");
        var tables = House.Desk.Host.Get<ITables>();
        foreach (var row in await tables[StorageNames.Jobs].ScanAsync(null, 1000, CancellationToken.None))
        {
            string.Join(" ", row.Columns.Values).ShouldNotContain(number);
        }
    }

    [SkippableFact]
    public async Task Of_Two_Who_Decide_With_The_Same_Version_One_Is_Told_That_It_Has_Changed()
    {
        var run = await House.BeginAsync();
        var etag = (string)(await House.Admin.GetObjectAsync($"/api/homologation/{run}"))["etag"]!;
        string[] cases = ["codec", "resends", "wrong-password", "click-format", "outgoing-address"];

        // Each decides another case: it is the run's version that they name.
        var answers = await Task.WhenAll(cases.Select(code => House.Admin.AskAsync(
            HttpMethod.Post, $"/api/homologation/{run}/cases/{code}", new { @do = "skip" }, etag)));

        answers.Select(answer => (int)answer.Status).Order().ShouldBe([200, 412, 412, 412, 412]);
        var skipped = (await House.Admin.GetObjectAsync($"/api/homologation/{run}"))["cases"]!.AsArray()
            .Where(each => (string)each!["state"]! == "skipped");
        var its = skipped.ShouldHaveSingleItem()!;
        (await House.Admin.GetItemsAsync("/api/audit?what=homologation.case")).ShouldHaveSingleItem()["after"]!["case"]!
            .ToString().ShouldBe((string)its["case"]!, "what was refused is not written down");
        (await House.DoAsync(run, "codec", new { @do = "skip" })).Status.ShouldBe(200, "without a version anybody's");
    }

    [SkippableFact]
    public async Task The_Records_Are_Looked_At_Without_Hands()
    {
        await House.Desk.Desk.SetAsync("shape", new { maxRecords = 2, recordShape = "wrapped", recordOrder = "newestFirst", recordEndIncluded = false });
        var begin = DateTime.UtcNow.AddHours(-3);
        for (var i = 0; i < 4; i++)
        {
            await House.Desk.CallAsync(new
            {
                from = "88887777",
                to = "1001",
                type = "in",
                ringSeconds = 0,
                talkSeconds = 20,
                answered = true,
                at = begin.AddMinutes(10 * i).ToString("o"),
                notify = false,
            });
        }

        var run = await House.BeginAsync();
        foreach (var code in new[] { "credentials", "pace", "records-shape", "records-page", "records-order", "records-bounds" })
        {
            await House.StartAsync(run, code);
        }

        await House.PassedAsync(run, "credentials");
        (await House.PassedAsync(run, "pace"))["seen"]!.AsArray().Count.ShouldBe(3);
        HomologationDesk.AnswerOf(await House.PassedAsync(run, "records-shape"), "records-shape").ShouldBe("wrapped");
        var page = await House.PassedAsync(run, "records-page");
        HomologationDesk.AnswerOf(page, "largest-page").ShouldBe("2");
        ((string?)page["answers"]![0]!["setting"]!["name"]).ShouldBe("CallMyWay:Accounts:0:RecordsPage");
        HomologationDesk.AnswerOf(await House.PassedAsync(run, "records-order"), "records-order").ShouldBe("newestFirst");
        var bounds = await House.PassedAsync(run, "records-bounds");
        HomologationDesk.AnswerOf(bounds, "range-by").ShouldBe("detect");
        HomologationDesk.AnswerOf(bounds, "range-end").ShouldBe("excluded");
        bounds.ToJsonString().ShouldNotContain("demo\"", Case.Sensitive, "the password");
    }

    [SkippableFact]
    public async Task A_Watch_That_Is_Stopped_Says_What_Is_Missing_And_Can_Begin_Again()
    {
        var run = await House.BeginAsync();
        await House.StartAsync(run, "start-at");
        (await House.DoAsync(run, "start-at", new { @do = "start" })).Status.ShouldBe(409, "it is under way");
        ((string?)(await House.CaseAsync(run, "start-at"))["working"]!["what"]).ShouldBe("waiting");

        (await House.DoAsync(run, "start-at", new { @do = "stop" })).Status.ShouldBe(200);

        var stopped = await House.SettledAsync(run, "start-at");
        ((string?)stopped["state"], stopped["advice"] is null).ShouldBe(("open", false));
        await House.StartAsync(run, "start-at");
    }

    [SkippableFact]
    public async Task The_Console_Does_What_Needs_No_Hands_And_Dials_Only_After_A_Yes()
    {
        var run = await House.BeginAsync();
        var output = new StringWriter();
        var code = await HomologationCommand.RunAsync(
            ["--url", House.Admin.BaseAddress!.ToString(), "--automatic", "--language", "en"],
            new StringReader("demo\n"),
            output,
            output);
        code.ShouldBe(0, output.ToString());
        output.ToString().ShouldContain("Going on with the run");
        ((string?)(await House.CaseAsync(run, "credentials"))["state"]).ShouldBe("passed");
        ((string?)(await House.CaseAsync(run, "start-at"))["state"]).ShouldBe("open");

        foreach (var test in Functions.Homologation.Catalogue.All.Where(each => each.Code != "click-agent-first"))
        {
            await House.DoAsync(run, test.Code, new { @do = "skip" });
        }

        output = new StringWriter();
        await HomologationCommand.RunAsync(
            ["--url", House.Admin.BaseAddress!.ToString()], new StringReader("demo\n\n88881234\n1001\nno\n"), output, output);
        output.ToString().ShouldContain("Nothing was dialled");
        (await House.Desk.Desk.Operator.GetStringAsync("/simulator/calls")).ShouldNotContain("88881234");

        output = new StringWriter();
        (await HomologationCommand.RunAsync(
            ["--url", House.Admin.BaseAddress!.ToString()], new StringReader("wrong\n"), output, output)).ShouldBe(1);
    }

    [SkippableFact]
    public async Task A_Press_That_Is_Sent_Again_Dials_Once_Also_When_The_Case_Is_Decided_Or_Opened_Again()
    {
        var run = await House.BeginAsync();
        await House.Desk.Desk.PostAsync("calls", new { from = "22334455", to = "1001", type = "in", ringSeconds = 0, talkSeconds = 60, answered = true });
        var press = new { @do = "start", confirmed = true, number = "88887777", endpointId = "1001", key = "press-1" };
        var (status, body) = await House.DoAsync(run, "busy-agent", press);
        status.ShouldBe(200, body?.ToJsonString());
        await House.PassedAsync(run, "busy-agent");

        (await House.DoAsync(run, "busy-agent", press)).Status.ShouldBe(200);
        (await House.DoAsync(run, "busy-agent", press with { key = "press-2" })).Status.ShouldBe(409, "it is decided");
        (await House.DoAsync(run, "busy-agent", press with { key = new string('k', 201) })).Status.ShouldBe(400);
        (await House.DoAsync(run, "busy-agent", new { @do = "reopen", note = "Otra vez." })).Status.ShouldBe(200);
        (await House.DoAsync(run, "busy-agent", press)).Status.ShouldBe(200);
        (await ClicksAsync()).ShouldBe(1);

        (await House.DoAsync(run, "busy-agent", press with { key = "press-2" })).Status.ShouldBe(200);
        (await House.PassedAsync(run, "busy-agent"))["note"]!.ToString().ShouldBe("Otra vez.");
        (await ClicksAsync()).ShouldBe(2);
        (await House.DoAsync(run, "busy-agent", new { @do = "reopen" })).Status.ShouldBe(200);
        (await House.CaseAsync(run, "busy-agent"))["note"]!.ToString().ShouldBe("Otra vez.", "the tester wrote it");

        async Task<int> ClicksAsync() => System.Text.Json.Nodes.JsonNode.Parse(
            await House.Desk.Desk.Operator.GetStringAsync("/simulator/clicks"))!["items"]!.AsArray().Count;
    }

    [SkippableFact]
    public async Task A_Click_That_The_Contact_Guard_Stops_Is_Told_As_At_The_Desk()
    {
        (await House.Admin.SendJsonAsync(HttpMethod.Put, "/api/contact-guard", new
        {
            gapMinutes = 60,
            perDay = 3,
            holidays = new { observed = false },
        })).Status.ShouldBe(200);
        using var ana = await House.Desk.Host.SignInAsync("ana");
        (await ClickDesk.ClickAsync(ana, new { number = "88887777", force = true })).Status
            .ShouldBe(HttpStatusCode.Accepted);
        var (_, atDesk) = await ClickDesk.ClickAsync(ana, new { number = "88887777", force = true });
        var run = await House.BeginAsync();

        var (status, problem) = await House.DoAsync(
            run,
            "click-contact-first",
            new { @do = "start", confirmed = true, number = "8888-7777", endpointId = "1002" });

        (status, (string?)problem!["detail"]).ShouldBe((409, atDesk.Text("detail")), problem.ToJsonString());
        ((string?)problem["detail"])!.ShouldContain("60 minutos");
        var its = await House.CaseAsync(run, "click-contact-first");
        ((string?)its["state"], (string?)its["advice"]).ShouldBe(("open", (string?)problem["detail"]));
        its["working"].ShouldBeNull();
    }

    [SkippableFact]
    public async Task Nothing_Is_Dialled_Without_A_Confirmation_And_No_Short_Code()
    {
        var run = await House.BeginAsync();
        foreach (var (body, field) in new (object, string)[]
        {
            (new { @do = "start", number = "88887777", endpointId = "1001" }, "confirmed"),
            (new { @do = "start", confirmed = true, number = "911", endpointId = "1001" }, "number"),
            (new { @do = "start", confirmed = true, number = "1022", endpointId = "1001" }, "number"),
            (new { @do = "start", confirmed = true, number = "88887777", endpointId = "9999" }, "endpointId"),
        })
        {
            var (status, problem) = await House.DoAsync(run, "click-agent-first", body);
            status.ShouldBe(400, problem?.ToJsonString());
            problem!["errors"]!.AsObject().Select(each => each.Key).ShouldBe([field]);
        }

        (await House.Desk.Desk.Operator.GetStringAsync("/simulator/calls")).ShouldNotContain("88887777");
    }
}

public sealed class HomologationTestsOnSqlite() : HomologationTests(TestStorage.Sqlite);

public sealed class HomologationTestsOnAzurite() : HomologationTests(TestStorage.AzuriteInTheLongRun);
