using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.ClickToDial;

/// <summary>Clicks through the whole host, with a simulated operator that calls.</summary>
public abstract class ClickTests(TestStorage storage)
{
    /// <summary>The demo's José Rodríguez, and his main number.</summary>
    private const string Jose = "demo-01";

    /// <summary>
    /// The states of a dial once the operator has accepted it. The call's events can be faster than the answer.
    /// </summary>
    [SkippableTheory]
    [InlineData("one", "internal", "agentFirst")]
    [InlineData("two", "internal", "agentFirst")]
    [InlineData("two", "in", "agentFirst")]
    [InlineData("one", "in", "contactFirst")]
    public async Task A_Click_Is_One_Call_Tied_To_The_Contact_However_The_Operator_Reports_It(
        string legs, string agentLegType, string order)
    {
        await using var desk = await ClickDesk.StartAsync(storage);
        await desk.SetAsync("shape", new { clickLegs = legs, agentLegType, startAt = "both" });
        await desk.SetAsync("click", new { firstAnswers = true, secondAnswers = true, firstRingSeconds = 0, secondRingSeconds = 1, talkSeconds = 1 });
        using var ana = await desk.SignInAsync("ana");
        var screen = await desk.ScreenAsync(ana);

        var (status, dial) = await ClickDesk.ClickAsync(ana, new { contactId = Jose, order });

        status.ShouldBe(HttpStatusCode.Accepted);
        dial.Text("state").ShouldNotBe("refused", dial.ToString());
        var dialId = dial.Text("dialId")!;
        var ended = await ClickDesk.DialAsync(ana, dialId, "ended");

        var truth = (await desk.TruthAsync()).ShouldHaveSingleItem();
        var ids = truth.GetProperty("legs").EnumerateArray().Select(leg => leg.Text("callId")!).ToList();
        ids.Count.ShouldBe(legs == "one" || order == "contactFirst" ? 1 : 2);
        JsonElement call = default;
        await Eventually.TrueAsync(async () =>
        {
            call = (await ana.ReadAsync($"/api/calls/{ended.Text("callId")}")).ShouldNotBeNull();
            // If the end of the agent's leg arrives before the contact's, only the contact's end tells the duration.
            return call.Text("connectedAt") is not null
                && call.TryGetProperty("durationSeconds", out var seconds)
                && seconds.GetInt32() > 0;
        });
        (call.Text("direction"), call.Text("match"), call.Text("contactId"), call.Text("dialId"), call.GetProperty("number").Text("e164")).ShouldBe(("out", "dialled", Jose, dialId, "+50688881234"));
        call.GetProperty("candidates").EnumerateArray().ShouldHaveSingleItem().Text("reason").ShouldBe("dialled");
        foreach (var id in ids)
        {
            // Each of the operator's ids leads to the call.
            (await ana.ReadAsync($"/api/calls/{id}")).ShouldNotBeNull().Text("callId").ShouldBe(call.Text("callId"));
        }

        (await ana.ItemsAsync("/api/calls")).ShouldHaveSingleItem().Text("callId").ShouldBe(call.Text("callId"));
        (await ana.ItemsAsync("/api/pop-ups")).ShouldHaveSingleItem().Text("dialId").ShouldBe(dialId);
        (await ana.ItemsAsync($"/api/contacts/{Jose}/calls")).ShouldHaveSingleItem();
        var messages = new List<(string Name, JsonElement PopUp)> { await screen.NextAsync() };
        while (messages[^1].PopUp.Text("state") != "ended")
        {
            messages.Add(await screen.NextAsync());
        }

        messages.Count(message => message.Name == "popUp").ShouldBe(1);
        messages.ShouldAllBe(message => message.PopUp.Text("contactId") == Jose);
    }

    [SkippableFact]
    public async Task The_Request_To_The_Operator_Follows_Its_Document()
    {
        await using var desk = await ClickDesk.StartAsync(storage);
        using var ana = await desk.SignInAsync("ana");

        var (_, first) = await ClickDesk.ClickAsync(ana, new { number = "+506 8888-1234" });
        await ClickDesk.DialAsync(ana, first.Text("dialId")!, "ended");
        (await ClickDesk.ClickAsync(ana, new { number = "8888 1234", endpointId = "1004" }))
            .Status.ShouldBe(HttpStatusCode.Accepted);

        var truth = await desk.TruthAsync();
        truth.Select(call => call.GetProperty("legs")[0].Text("dnis")).ShouldBe(["88881234", "88881234"]);
        truth.Select(call => call.GetProperty("legs")[0].GetProperty("endpoints")[0].GetString())
            .Order(StringComparer.Ordinal).ShouldBe(["1001", "1004"]);
    }

    [SkippableFact]
    public async Task The_Last_Used_Phone_Is_Used_Again()
    {
        await using var desk = await ClickDesk.StartAsync(storage);
        using var ana = await desk.SignInAsync("ana");

        foreach (var (click, expected) in new[] { (new { number = "88881234", endpointId = (string?)null }, "1001"), (new { number = "88881234", endpointId = (string?)"1004" }, "1004"), (new { number = "88881234", endpointId = (string?)null }, "1004") })
        {
            var (_, dial) = await ClickDesk.ClickAsync(ana, click);
            dial.Text("endpointId").ShouldBe(expected);
            await ClickDesk.DialAsync(ana, dial.Text("dialId")!, "ended");
        }
    }

    [SkippableFact]
    public async Task A_Click_That_Is_Repeated_Calls_Once()
    {
        await using var desk = await ClickDesk.StartAsync(storage);
        using var ana = await desk.SignInAsync("ana");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => ClickDesk.ClickAsync(ana, new { number = "88881234" }, "the same click")));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Accepted);
        answers.Select(answer => answer.Body.Text("dialId")).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        (await desk.TruthAsync()).ShouldHaveSingleItem();
        (await ClickDesk.ClickAsync(ana, new { number = "88881235" }, "the same click"))
            .Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await desk.TruthAsync()).ShouldHaveSingleItem();
    }

    [SkippableFact]
    public async Task One_Of_Several_Simultaneous_Clicks_Calls()
    {
        await using var desk = await ClickDesk.StartAsync(storage);
        await desk.SetAsync("click", new { firstAnswers = true, secondAnswers = true, firstRingSeconds = 20, secondRingSeconds = 1, talkSeconds = 1 });
        using var ana = await desk.SignInAsync("ana");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => ClickDesk.ClickAsync(ana, new { number = $"8888123{i}" })));

        answers.Count(answer => answer.Status == HttpStatusCode.Accepted).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.Conflict).ShouldBe(7);
        (await desk.TruthAsync()).ShouldHaveSingleItem();
    }

    [SkippableFact]
    public async Task A_Busy_Agent_Is_Told_The_Call_And_Force_Leaves_It_To_The_Operator()
    {
        await using var desk = await ClickDesk.StartAsync(storage);
        using var ana = await desk.SignInAsync("ana");
        await desk.PostAsync("calls", new { from = "88887777", to = "1001", type = "in", ringSeconds = 0, talkSeconds = 60, answered = true, callId = "going-on" });
        await Eventually.TrueAsync(async () => await ana.ReadAsync("/api/calls/going-on") is not null);

        var (status, problem) = await ClickDesk.ClickAsync(ana, new { number = "88881234" });
        (status, problem.Text("callId")).ShouldBe((HttpStatusCode.Conflict, "going-on"));

        var (forced, dial) = await ClickDesk.ClickAsync(ana, new { number = "88881234", force = true });
        (forced, dial.Text("state"), dial.Text("problem"), dial.GetProperty("answer").GetProperty("status").GetInt32())
            .ShouldBe((HttpStatusCode.Accepted, "refused", "phoneBusy", 409));
        dial.GetProperty("answer").Text("text")!.ShouldContain("llamada activa");

        await desk.PostAsync("hangup/going-on", new { });
        await Eventually.TrueAsync(
            async () => (await ana.ReadAsync("/api/calls/going-on"))!.Value.Text("state") == "ended");
        var (again, free) = await ClickDesk.ClickAsync(ana, new { number = "88881234" });
        again.ShouldBe(HttpStatusCode.Accepted);
        ClickDesk.Taken.ShouldContain(free.Text("state"), free.ToString());
    }

    [SkippableFact]
    public async Task A_Click_Without_An_Answer_Is_Unknown_Until_Its_Call_Is_Heard_Of()
    {
        await using var desk = await ClickDesk.StartAsync(storage, null, "--CallMyWay:TimeoutSeconds", "1");
        using var ana = await desk.SignInAsync("ana");
        await desk.PostAsync("faults", new { clickDelayMs = 4000 });
        await desk.SetAsync("webhook", new { webhook = "http://127.0.0.1:9/nobody-listens-yet" });

        var (status, dial) = await ClickDesk.ClickAsync(ana, new { contactId = Jose }, "slow");
        (status, dial.Text("state"), dial.Text("problem")).ShouldBe((HttpStatusCode.Accepted, "unknown", "noAnswer"));
        (await ClickDesk.ClickAsync(ana, new { contactId = Jose }, "slow")).Body.Text("state").ShouldBe("unknown");
        (await ClickDesk.ClickAsync(ana, new { contactId = Jose }, "another")).Status.ShouldBe(HttpStatusCode.Conflict);

        // The operator had accepted it, and now notifies of the call.
        var leg = (await desk.TruthAsync()).ShouldHaveSingleItem().GetProperty("legs")[0];
        using var nobody = desk.Host.Anonymous();
        foreach (var action in new[] { "callStart", "callEnd" })
        {
            using var content = new StringContent(
                JsonSerializer.Serialize(new
                {
                    action,
                    data = new
                    {
                        callid = leg.Text("callId"),
                        account_id = "8000001",
                        endpoint_id = "1001",
                        ani = "40001001",
                        dnis = "88881234",
                        type = "out",
                        detect_time = DemoHost.OperatorTime(leg.GetProperty("detectedAt").GetDateTimeOffset())
                    },
                }),
                Encoding.UTF8);
            using var response = await nobody.PostAsync(desk.Host.Webhook, content);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            var settled = await ClickDesk.DialAsync(
                ana, dial.Text("dialId")!, action == "callStart" ? "ringing" : "ended");
            settled.Text("problem").ShouldBeNull();
        }

        (await ana.ReadAsync($"/api/calls/{leg.Text("callId")}")).ShouldNotBeNull().Text("contactId").ShouldBe(Jose);
        (await desk.TruthAsync()).Count.ShouldBe(1);
    }

    [SkippableFact]
    public async Task An_Operator_That_Is_Not_There_Leaves_The_Agent_Free()
    {
        await using var desk = await ClickDesk.StartAsync(storage, null, "--CallMyWay:BaseUrl", "http://127.0.0.1:9");
        using var ana = await desk.SignInAsync("ana");

        for (var i = 0; i < 2; i++)
        {
            var (status, dial) = await ClickDesk.ClickAsync(ana, new { number = "88881234" });
            (status, dial.Text("state"), dial.Text("problem"))
                .ShouldBe((HttpStatusCode.Accepted, "refused", "notReached"));
            dial.Text("message")!.ShouldContain("operador");
        }
    }

    [SkippableTheory]
    [InlineData("status")]
    [InlineData("ok")]
    public async Task The_Operators_Refusal_Is_Stored_As_It_Came_Even_With_Status_200(string refusals)
    {
        await using var desk = await ClickDesk.StartAsync(
            storage, null, "--CallMyWay:Accounts:0:Username", "8000001", "--CallMyWay:Accounts:0:Password", "wrong");
        await desk.SetAsync("shape", new { refusals });
        using var ana = await desk.SignInAsync("ana");

        var (_, dial) = await ClickDesk.ClickAsync(ana, new { number = "88881234" });

        dial.Text("state").ShouldBe("refused");
        dial.GetProperty("answer").GetProperty("status").GetInt32().ShouldBe(refusals == "ok" ? 200 : 401);
        dial.GetProperty("answer").Text("text").ShouldNotBeNullOrEmpty();
        (await desk.TruthAsync()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Two_Agents_Who_Call_One_Number_And_Its_Owner_Who_Calls_Back_Are_Three_Calls()
    {
        await using var desk = await ClickDesk.StartAsync(storage);
        await desk.SetAsync("shape", new { clickLegs = "two", agentLegType = "in" });
        await desk.SetAsync("click", new { firstAnswers = true, secondAnswers = true, firstRingSeconds = 1, secondRingSeconds = 1, talkSeconds = 1 });
        using var ana = await desk.SignInAsync("ana");
        using var luis = await desk.SignInAsync("luis");
        using var sofia = await desk.SignInAsync("sofia");
        var shared = new { number = "2222-3344" };

        var dials = await Task.WhenAll(
            ClickDesk.ClickAsync(ana, new { shared.number, contactId = "demo-05" }),
            ClickDesk.ClickAsync(luis, new { shared.number, contactId = "demo-06" }));
        await desk.PostAsync("calls", new { from = "22223344", to = "1003", type = "in", ringSeconds = 1, talkSeconds = 1, answered = true, callId = "calls-back" });

        foreach (var (agent, dial, contact) in new[] { (ana, dials[0].Body, "demo-05"), (luis, dials[1].Body, "demo-06") })
        {
            var ended = await ClickDesk.DialAsync(agent, dial.Text("dialId")!, "ended");
            (await agent.ReadAsync($"/api/calls/{ended.Text("callId")}")).ShouldNotBeNull().Text("contactId")
                .ShouldBe(contact);
            (await agent.ItemsAsync("/api/calls?agent=" + (agent == ana ? "ana" : "luis"))).ShouldHaveSingleItem();
        }

        await Eventually.TrueAsync(
            async () => (await sofia.ReadAsync("/api/calls/calls-back"))?.Text("state") == "ended");
        var inbound = (await sofia.ReadAsync("/api/calls/calls-back")).ShouldNotBeNull();
        (inbound.Text("match"), inbound.Text("dialId"), inbound.Text("direction")).ShouldBe(("many", null, "in"));
    }

    [SkippableFact]
    public async Task The_Password_Is_Only_In_The_Request_To_The_Operator()
    {
        const string canary = "Canary ñ &?=%+ zqxvjw";
        var account = new[] { "--Accounts:0:Username", "8000001", "--Accounts:0:Password", canary, "--Accounts:0:Endpoints:0:Id", "1001", "--Accounts:0:Endpoints:0:Number", "40001001" };
        await using var desk = await ClickDesk.StartAsync(
            storage,
            account,
            "--CallMyWay:Accounts:0:Username",
            "8000001",
            "--CallMyWay:Accounts:0:Password",
            canary,
            "--CallMyWay:TimeoutSeconds",
            "5");
        using var ana = await desk.SignInAsync("ana");
        var seen = new StringBuilder();
        // What a tracer or a metric would export, whoever listens.
        var traced = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traced.Enqueue($"{activity.DisplayName} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(e => e.Tags))}"),
        };
        ActivitySource.AddActivityListener(listener);

        var (_, placed) = await ClickDesk.ClickAsync(ana, new { number = "88881234" });
        ClickDesk.Taken.ShouldContain(placed.Text("state"), "the operator must have been given the password");
        await ClickDesk.DialAsync(ana, placed.Text("dialId")!, "ended");
        seen.Append(placed);
        await desk.SetAsync("shape", new { refusals = "ok" });
        await desk.PostAsync("faults", new { clickError = 1 });
        seen.Append((await ClickDesk.ClickAsync(ana, new { number = "88881234" })).Body);
        await desk.PostAsync("faults", new { clickError = 0, clickDelayMs = 30_000 });
        seen.Append((await ClickDesk.ClickAsync(ana, new { number = "88881234", force = true })).Body);
        desk.Host.Log.Entries().ShouldContain(entry => entry.Contains("no clear answer", StringComparison.Ordinal));

        traced.ShouldContain(
            entry => entry.Contains("GET", StringComparison.Ordinal),
            "the request to the operator must have been traced");
        seen.AppendJoin('\n', traced).AppendJoin('\n', desk.Host.Log.Entries());
        await desk.Host.App.StopAsync();
        foreach (var file in Directory.EnumerateFiles(desk.Host.DataPath, "*", SearchOption.AllDirectories).Where(
            file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(
                file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            seen.Append(await reader.ReadToEndAsync());
        }

        foreach (var form in new[] { canary, Uri.EscapeDataString(canary), Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(canary)), "zqxvjw" })
        {
            seen.ToString().Contains(form, StringComparison.OrdinalIgnoreCase).ShouldBeFalse(form);
        }
    }
}

public sealed class ClickTestsOnSqlite() : ClickTests(TestStorage.Sqlite);

public sealed class ClickTestsOnAzurite() : ClickTests(TestStorage.AzuriteInTheLongRun);
