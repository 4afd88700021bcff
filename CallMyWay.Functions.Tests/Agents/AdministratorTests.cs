using System.Net;
using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Agents;

/// <summary>The office keeps an administrator, whatever administrators do to each other.</summary>
public abstract class AdministratorTests(DemoHost demo)
{
    [SkippableFact]
    public async Task Two_Administrators_Who_Remove_Each_Other_At_Once_Leave_One()
    {
        for (var round = 0; round < 3; round++)
        {
            var (one, other) = ($"jefa-{round}", $"jefe-{round}");
            using var first = await AdministratorAsync(one);
            using var second = await AdministratorAsync(other);
            var byRole = round == 1;

            var answers = await Task.WhenAll(RemoveAsync(first, other, byRole), RemoveAsync(second, one, byRole));

            answers.Count(status => status is HttpStatusCode.NoContent or HttpStatusCode.OK)
                .ShouldBe(1, string.Join(' ', answers));
            answers.ShouldAllBe(status => status == HttpStatusCode.NoContent || status == HttpStatusCode.OK
                || status == HttpStatusCode.Conflict || status == HttpStatusCode.Forbidden
                || status == HttpStatusCode.Unauthorized);
            var left = (await demo.Admin.ItemsAsync("/api/agents"))
                .Where(agent => agent.Text("agentId") == one || agent.Text("agentId") == other)
                .Where(agent => agent.GetProperty("roles").EnumerateArray().Any(role => role.GetString() == "admin"))
                .ShouldHaveSingleItem();
            await RemoveAsync(demo.Admin, left.Text("agentId")!, byRole: false);
        }
    }

    [SkippableFact]
    public async Task Who_Is_No_Administrator_Any_More_Removes_Nobody_And_A_Turn_That_Was_Left_Ends()
    {
        using var first = await AdministratorAsync("antes");
        using var second = await AdministratorAsync("despues");
        var turn = demo.Host.Get<AdministratorTurn>();
        var agents = demo.Host.Get<AgentStore>();
        var taken = (await agents.GetAsync("antes", default))!;
        // Its session has not heard of it yet.
        await agents.PutAsync(taken with { Roles = [Functions.Api.Role.Agent] }, default);
        (await turn.TakeAsync("antes", isAppointed: false, () => Task.FromResult(1), default))
            .ShouldBe((TurnOutcome.NotAnAdministrator, 0));
        (await turn.TakeAsync("antes", isAppointed: true, () => Task.FromResult(1), default))
            .ShouldBe((TurnOutcome.Done, 1));

        await TurnEndsInAsync(TimeSpan.FromMinutes(1));
        (await RemoveAsync(second, "admin", byRole: false)).ShouldBe(HttpStatusCode.Conflict);
        // The turn was taken by an instance whose clock is a little ahead.
        await TurnEndsInAsync(AdministratorTurn.Longest.Add(TimeSpan.FromSeconds(30)));
        (await RemoveAsync(second, "admin", byRole: false)).ShouldBe(HttpStatusCode.Conflict);
        // The turn was taken before the clock was set back.
        await TurnEndsInAsync(2 * AdministratorTurn.Longest);
        (await turn.TakeAsync("despues", isAppointed: true, () => Task.FromResult(1), default))
            .ShouldBe((TurnOutcome.Done, 1));
        await TurnEndsInAsync(TimeSpan.FromSeconds(-1));
        (await RemoveAsync(demo.Admin, "despues", byRole: false)).ShouldBe(HttpStatusCode.NoContent);

        async Task TurnEndsInAsync(TimeSpan time) => await demo.Host.Get<ITables>()[StorageNames.Agents].UpsertAsync(
            new Row("turn", "administrators").Set("until", DateTimeOffset.UtcNow + time), default);
    }

    [SkippableFact]
    public async Task Who_Has_Lost_The_Role_Neither_Keeps_It_For_A_Moment_Nor_Gives_It_Back()
    {
        using var taken = await AdministratorAsync("quitada");
        using var elsewhere = await AdministratorAsync("en-otra");
        foreach (var each in new[] { taken, elsewhere })
        {
            (await each.AskAsync(HttpMethod.Get, "/api/agents")).Status.ShouldBe(HttpStatusCode.OK);
        }

        (await PutAsync(demo.Admin, "quitada", "supervisor")).ShouldBe(HttpStatusCode.OK);
        (await taken.AskAsync(HttpMethod.Get, "/api/agents")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await PutAsync(taken, "quitada", "supervisor", "admin")).ShouldBe(HttpStatusCode.Forbidden);

        // Another instance takes the role. The session here has not heard of it yet.
        var agents = demo.Host.Get<AgentStore>();
        await agents.PutAsync(
            (await agents.GetAsync("en-otra", default))! with { Roles = [Functions.Api.Role.Supervisor] }, default);
        (await elsewhere.AskAsync(HttpMethod.Get, "/api/agents")).Status.ShouldBe(HttpStatusCode.OK);
        (await PutAsync(elsewhere, "en-otra", "supervisor", "admin")).ShouldBe(HttpStatusCode.Forbidden);
        (await PutAsync(elsewhere, "complice", "admin")).ShouldBe(HttpStatusCode.Forbidden);
        (await agents.GetAsync("en-otra", default))!.Roles.ShouldBe([Functions.Api.Role.Supervisor]);
        (await agents.GetAsync("complice", default)).ShouldBeNull();

        static async Task<HttpStatusCode> PutAsync(HttpClient by, string agentId, params string[] roles) =>
            (await by.AskAsync(HttpMethod.Put, $"/api/agents/{agentId}", new { name = agentId, roles })).Status;
    }

    [SkippableFact]
    public async Task An_Agent_Is_Not_Added_In_The_Place_Of_Another()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/agents/ana")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { name = "Otra Ana", roles = new[] { "agent" } }),
        };
        request.Headers.TryAddWithoutValidation("If-None-Match", "*");
        using var answer = await demo.Admin.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Ana Solano");
        (await demo.Admin.ReadAsync("/api/agents/ana")).ShouldNotBeNull().Text("name").ShouldNotBe("Otra Ana");
    }

    private static async Task<HttpStatusCode> RemoveAsync(HttpClient by, string agentId, bool byRole) => byRole
        ? (await by.AskAsync(HttpMethod.Put, $"/api/agents/{agentId}", new { name = agentId, roles = new[] { "agent" } })).Status
        : (await by.AskAsync(HttpMethod.Delete, $"/api/agents/{agentId}")).Status;

    private async Task<HttpClient> AdministratorAsync(string agentId)
    {
        await demo.Admin.AskAsync(HttpMethod.Put, $"/api/agents/{agentId}", new { name = agentId, roles = new[] { "admin" } });
        (await demo.Admin.AskAsync(HttpMethod.Put, $"/api/agents/{agentId}/password", new { password = "una-clave-larga" }))
            .Status.ShouldBe(HttpStatusCode.NoContent);
        return await demo.Host.SignInAsync(agentId, "una-clave-larga");
    }
}

public sealed class AdministratorTestsOnSqlite(DemoHost demo) : AdministratorTests(demo), IClassFixture<DemoHost>;

public sealed class AdministratorTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : AdministratorTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;
