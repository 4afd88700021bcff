using System.Net;
using System.Text.Json;
using CallMyWay.Functions.HandOver;
using CallMyWay.Functions.Jobs;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.HandOver;

/// <summary>What an agent has goes to another, before the agent is removed.</summary>
public abstract class HandOverTests(DemoHost demo)
{
    [SkippableFact]
    public async Task Everything_Of_An_Agent_Goes_To_Another_And_Then_The_Agent_Can_Be_Removed()
    {
        await AddAsync("eva");
        await AddAsync("rosa");
        await PutAsync("/api/mappings/5001", new { agentId = "eva", phone = "4000-5001", primary = true });
        await PutAsync("/api/mappings/5002", new
        {
            agentId = "luis",
            shifts = new[] { new { agentId = "eva", days = new[] { 1 }, from = "08:00", to = "12:00" } },
        });
        using var eva = await SignInAsync("eva");
        using var rosa = await SignInAsync("rosa");
        var due = DateTimeOffset.UtcNow.AddDays(2);
        await TalkAsync("ho-followed");
        await WrapUpAsync(eva, "ho-followed", new { outcome = "call-back", followUp = new { dueAt = due, note = "Volver a llamar" } });
        await TalkAsync("ho-promised");
        await WrapUpAsync(eva, "ho-promised", new { outcome = "promise-to-pay", promise = new { amount = 500, currency = "CRC", dueAt = due } });
        await TalkAsync("ho-open");
        await demo.StartAsync("ho-missed", ("endpoint_id", "5001"), ("ani", "61995555"));
        await demo.EndAsync("ho-missed", ("endpoint_id", "5001"), ("ani", "61995555"));
        await demo.CallAsync("ho-missed", call => call.Text("state") == "ended");

        var has = (await demo.Admin.ReadAsync("/api/agents/eva/belongings")).ShouldNotBeNull();
        (Number(has, "phones"), Number(has, "followUps"), Number(has, "promises"), Number(has, "liveCalls"))
            .ShouldBe((2, 1, 1, 0));
        Number(has, "calls").ShouldBeGreaterThanOrEqualTo(2);
        (await demo.Admin.AskAsync(HttpMethod.Delete, "/api/agents/eva?leave=true")).Status
            .ShouldBe(HttpStatusCode.Conflict, "a phone can't be left to nobody");

        foreach (var (to, field) in new[] { ("eva", "to"), ("nadie", "to"), ("", "to") })
        {
            var (status, problem) = await demo.Admin.AskAsync(HttpMethod.Post, "/api/agents/eva/hand-over", new { to });
            status.ShouldBe(HttpStatusCode.BadRequest);
            problem.Errors().ShouldBe([field]);
        }

        (await demo.Admin.AskAsync(HttpMethod.Post, "/api/agents/nobody/hand-over", new { to = "ana" })).Status
            .ShouldBe(HttpStatusCode.NotFound);
        var done = await HandOverAsync("eva", "rosa");
        (Number(done, "phones"), Number(done, "followUps"), Number(done, "promises")).ShouldBe((2, 1, 1));
        Number(done, "calls").ShouldBe(Number(has, "calls"));

        var mappings = (await demo.Admin.ItemsAsync("/api/mappings")).ToDictionary(item => item.Text("endpointId")!);
        mappings["5001"].Text("agentId").ShouldBe("rosa");
        mappings["5002"].GetProperty("shifts")[0].Text("agentId").ShouldBe("rosa");
        (await rosa.ItemsAsync("/api/follow-ups")).ShouldHaveSingleItem().Text("callId").ShouldBe("ho-followed");
        (await demo.CallAsync("ho-followed")).GetProperty("nextAction").Text("agentId").ShouldBe("rosa");
        var promise = (await rosa.ItemsAsync("/api/promises")).ShouldHaveSingleItem();
        (await rosa.AskAsync(HttpMethod.Put, $"/api/promises/{promise.Text("promiseId")}", new { state = "kept" }))
            .Status.ShouldBe(HttpStatusCode.OK);
        var work = await rosa.ItemsAsync("/api/work-list");
        work.Where(item => item.Text("kind") is "undocumented" or "missed").Select(item => item.Text("callId"))
            .ShouldBe(["ho-open", "ho-missed"], ignoreOrder: true);
        (await eva.ItemsAsync("/api/work-list")).ShouldBeEmpty();
        (await eva.ItemsAsync("/api/pop-ups")).ShouldBeEmpty();
        // Rosa finishes what was Eva's.
        await WrapUpAsync(rosa, "ho-open", new { outcome = "attended" });
        var open = await demo.CallAsync("ho-open");
        open.Text("agentId").ShouldBe("eva", "who talked in it stays so");
        open.Text("outcome").ShouldBe("attended");

        // Repeated it moves nothing.
        var again = await HandOverAsync("eva", "rosa");
        new[] { "phones", "followUps", "promises", "calls" }.ShouldAllBe(name => Number(again, name) == 0);
        (await demo.Admin.AskAsync(HttpMethod.Delete, "/api/agents/eva")).Status.ShouldBe(HttpStatusCode.NoContent);
    }

    [SkippableFact]
    public async Task A_Call_That_Goes_On_Is_Waited_For()
    {
        await AddAsync("iris");
        await AddAsync("olga");
        await PutAsync("/api/mappings/5101", new { agentId = "iris", phone = "4000-5101" });
        await demo.StartAsync("ho-live", ("endpoint_id", "5101"));
        await demo.CallAsync("ho-live", call => call.Text("agentId") == "iris");

        var (status, started) = await demo.Admin.AskAsync(HttpMethod.Post, "/api/agents/iris/hand-over", new { to = "olga" });
        status.ShouldBe(HttpStatusCode.Accepted);
        JsonElement waits = default;
        await Eventually.TrueAsync(async () => (waits = (await ReadAsync(started)).ShouldNotBeNull())
            .Text("error") is not null);
        waits.Text("state").ShouldBe("running");
        Number(waits, "phones").ShouldBe(1, "the next call rings at the other");
        (await demo.Admin.AskAsync(HttpMethod.Delete, "/api/agents/iris?leave=true")).Status
            .ShouldBe(HttpStatusCode.Conflict);
        await demo.EndAsync("ho-live", ("endpoint_id", "5101"));
        (await demo.CallAsync("ho-live", call => call.Text("state") == "ended")).Text("agentId").ShouldBe("iris");
    }

    [SkippableFact]
    public async Task A_Phone_That_Is_Given_Back_Stays_And_What_Waits_Can_Be_Ended()
    {
        await AddAsync("nora");
        await AddAsync("pia");
        await PutAsync("/api/mappings/5201", new { agentId = "nora", phone = "4000-5201" });
        await demo.StartAsync("ho-back", ("endpoint_id", "5201"));
        await demo.CallAsync("ho-back", call => call.Text("agentId") == "nora");
        var (_, started) = await demo.Admin.AskAsync(HttpMethod.Post, "/api/agents/nora/hand-over", new { to = "pia" });
        await Eventually.TrueAsync(async () => (await ReadAsync(started)).ShouldNotBeNull().Text("error") is not null);

        // The entry of the phone, beside that of the hand-over.
        var moved = (await demo.Admin.ItemsAsync("/api/audit?what=mapping.changed")).First(entry => entry.Text("id") == "5201");
        (moved.Text("who"), moved.GetProperty("before").Text("agentId"), moved.GetProperty("after").Text("agentId"))
            .ShouldBe(("admin", "nora", "pia"));
        (await demo.Admin.AskAsync(HttpMethod.Put, "/api/mappings/5201", new { agentId = "nora", phone = "4000-5201" }))
            .Status.ShouldBe(HttpStatusCode.OK);
        await StepAsync(started);
        (await demo.Admin.ReadAsync("/api/mappings/5201")).ShouldNotBeNull().Text("agentId").ShouldBe("nora");

        var path = $"/api/hand-overs/{started.Text("handOverId")}";
        var (status, ended) = await demo.Admin.AskAsync(HttpMethod.Delete, path);
        (status, ended.Text("state")).ShouldBe((HttpStatusCode.OK, "cancelled"));
        (await demo.Admin.AskAsync(HttpMethod.Delete, path)).Status.ShouldBe(HttpStatusCode.OK, "it is over already");
        (await demo.Admin.ItemsAsync("/api/audit?what=agent.hand-over-cancelled")).ShouldHaveSingleItem().Text("id").ShouldBe("nora");
        (await demo.Admin.AskAsync(HttpMethod.Delete, "/api/hand-overs/none")).Status.ShouldBe(HttpStatusCode.NotFound);
        await demo.EndAsync("ho-back", ("endpoint_id", "5201"));
    }

    /// <summary>Takes the step now that the job takes when it has waited.</summary>
    private async Task StepAsync(JsonElement started)
    {
        var jobs = demo.Host.Get<JobStore>();
        var job = (await jobs.GetAsync(HandOverJob.Name, started.Text("handOverId")!, default)).ShouldNotBeNull();
        await demo.Host.App.Services.GetServices<IJobKind>().Single(kind => kind.Kind == HandOverJob.Name)
            .RunAsync(job, default);
    }

    private static long Number(JsonElement element, string name) => element.GetProperty(name).GetInt64();

    private async Task<JsonElement> HandOverAsync(string from, string to)
    {
        var (status, started) = await demo.Admin.AskAsync(HttpMethod.Post, $"/api/agents/{from}/hand-over", new { to });
        status.ShouldBe(HttpStatusCode.Accepted);
        JsonElement read = default;
        await Eventually.TrueAsync(
            async () => (read = (await ReadAsync(started)).ShouldNotBeNull()).Text("state") == "done",
            () => read.ToString());
        return read;
    }

    private Task<JsonElement?> ReadAsync(JsonElement started) =>
        demo.Admin.ReadAsync($"/api/hand-overs/{started.Text("handOverId")}");

    private async Task AddAsync(string agentId)
    {
        await PutAsync($"/api/agents/{agentId}", new { name = agentId, roles = new[] { "agent" } });
        (await demo.Admin.AskAsync(HttpMethod.Put, $"/api/agents/{agentId}/password", new { password = "una-clave-larga" }))
            .Status.ShouldBe(HttpStatusCode.NoContent);
    }

    private Task<HttpClient> SignInAsync(string agentId) => demo.Host.SignInAsync(agentId, "una-clave-larga");

    private async Task PutAsync(string path, object body) =>
        (await demo.Admin.AskAsync(HttpMethod.Put, path, body)).Status.ShouldBe(HttpStatusCode.Created);

    private static async Task WrapUpAsync(HttpClient agent, string callId, object wrapUp)
    {
        var (status, answer) = await agent.AskAsync(HttpMethod.Put, $"/api/calls/{callId}/wrap-up", wrapUp);
        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
    }

    private async Task TalkAsync(string callId)
    {
        var now = DemoHost.OperatorTime(DateTimeOffset.UtcNow.AddSeconds(-1));
        await demo.StartAsync(callId, ("endpoint_id", "5001"), ("connect_time", now));
        await demo.EndAsync(callId, ("endpoint_id", "5001"), ("connect_time", now), ("duration", "1"));
        await demo.CallAsync(callId, call => call.Text("state") == "ended");
    }
}

public sealed class HandOverTestsOnSqlite(DemoHost demo) : HandOverTests(demo), IClassFixture<DemoHost>;

public sealed class HandOverTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : HandOverTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;
