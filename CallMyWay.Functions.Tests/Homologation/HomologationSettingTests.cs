using System.Text.Json.Nodes;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.CallRecords;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Tests.Homologation;

/// <summary>What a run has found becomes settings, by a press alone.</summary>
public abstract class HomologationSettingTests(TestStorage storage)
{
    [SkippableFact]
    public async Task Answers_Become_Settings_By_A_Press_And_Can_Be_Given_Back()
    {
        await using var house = await HomologationDesk.StartAsync(storage);
        var run = await RunWithAnswersAsync(house);
        await WatchOneCallAsync(house, run);

        // Found, and nothing is changed by that.
        Home(house).DialFormat.ShouldBe("national");
        Home(house).RecordIdPrefix.ShouldBeEmpty();
        Texts(await SettingAsync(house, run, "dial-format")).ShouldBe(
            ("CallMyWay:Accounts:0:DialFormat", "e164", "national", "default", "CallMyWay__Accounts__0__DialFormat"));
        Texts(await SettingAsync(house, run, "call-id")).ShouldBe(
            ("CallMyWay:Accounts:0:RecordIdPrefix", "cdr-", "", "default", "CallMyWay__Accounts__0__RecordIdPrefix"));

        var toE164 = new { question = "dial-format", value = "e164", now = "national" };
        var withPrefix = new { question = "call-id", value = "cdr-", now = "" };
        var (status, body) = await TakeAsync(house, run, toE164, withPrefix);

        status.ShouldBe(200, body?.ToJsonString());
        (Home(house).DialFormat, Home(house).RecordIdPrefix).ShouldBe(("e164", "cdr-"));
        Texts(await SettingAsync(house, run, "dial-format")).ShouldBe(
            ("CallMyWay:Accounts:0:DialFormat", "e164", "e164", "taken", "CallMyWay__Accounts__0__DialFormat"));
        var audited = (await house.Admin.GetItemsAsync("/api/audit?what=homologation.settings")).ShouldHaveSingleItem();
        audited["before"]!["settings"]!.ToJsonString().ShouldBe("""{"DialFormat":"national","RecordIdPrefix":""}""");
        audited["after"]!["settings"]!.ToJsonString().ShouldBe("""{"DialFormat":"e164","RecordIdPrefix":"cdr-"}""");
        audited["after"]!["account"]!.ToString().ShouldBe("8000001");

        // The same press again, and one that says what is so.
        (await TakeAsync(house, run, toE164)).Status.ShouldBe(200);
        (await TakeAsync(house, run, toE164 with { now = "e164" })).Status.ShouldBe(200);
        (await house.Admin.GetItemsAsync("/api/audit?what=homologation.settings")).Count.ShouldBe(1);

        // Another instance has it once it has read it, and what it changes is not overwritten by who has not seen it.
        var (other, its) = AnotherInstance(house);
        await other.ReadAsync(default);
        its.Home.DialFormat.ShouldBe("e164");
        (await other.ChangeAsync("8000001", [new("DialFormat", "e164", null)], default)).ShouldBe(SettingsChange.Made);
        var back = new { question = "dial-format", value = (string?)null, now = "e164" };
        (await TakeAsync(house, run, back)).Status.ShouldBe(412);
        (await TakeAsync(house, run, back with { question = "call-id", now = "cdr-" })).Status.ShouldBe(200);
        (Home(house).DialFormat, Home(house).RecordIdPrefix).ShouldBe(("national", ""));
        (await SettingAsync(house, run, "call-id"))["source"]!.ToString().ShouldBe("default");
        (await TakeAsync(house, run, back)).Status.ShouldBe(200, "it is given back already");
        (await TakeAsync(house, run, toE164 with { value = "digits", now = "e164" })).Status.ShouldBe(412);
    }

    [SkippableFact]
    public async Task What_Is_Not_Asked_For_Rightly_Or_Is_The_Deployments_Changes_Nothing()
    {
        await using var house = new HomologationDesk(
            await RecordDesk.StartAsync(storage, "--CallMyWay:Accounts:0:DialFormat", "national"));
        var run = await RunWithAnswersAsync(house);
        foreach (var (settings, field) in new (object[] Settings, string Field)[]
        {
            ([], "settings"),
            ([new { question = "none", value = "x", now = "y" }], "settings.0"),
            ([new { question = "codec", value = "x", now = "y" }], "settings.0"),
            ([new { question = "call-id", value = "x" }], "settings.0"),
            ([new { question = "call-id", now = "" }, new { question = "call-id", now = "" }], "settings.1"),
        })
        {
            var (status, problem) = await TakeAsync(house, run, settings);
            status.ShouldBe(400, problem?.ToJsonString());
            problem!["errors"]!.AsObject().Select(each => each.Key).ShouldBe([field]);
        }

        // Not what the run has found.
        (await TakeAsync(house, run, new { question = "call-id", value = "x-", now = "" })).Status.ShouldBe(412);
        (await TakeAsync(house, "none", new { question = "call-id", value = "x-", now = "" })).Status.ShouldBe(404);

        foreach (var (question, value, now, variable) in new[]
        {
            ("dial-format", "e164", "national", "CallMyWay__Accounts__0__DialFormat"),
            ("pace-scope", "address", "account", "CallMyWay__PaceBy"),
        })
        {
            (await SettingAsync(house, run, question))["source"]!.ToString().ShouldBe("deployment");
            // With one that could be taken none is.
            var free = new { question = "call-id", value = (string?)null, now = "" };
            var (status, problem) = await TakeAsync(house, run, new { question, value, now }, free);
            status.ShouldBe(409, problem?.ToJsonString());
            problem!["detail"]!.ToString().ShouldContain(variable);
        }

        Home(house).DialFormat.ShouldBe("national");
        (await house.Admin.GetItemsAsync("/api/audit?what=homologation.settings")).ShouldBeEmpty();
    }

    private static Account Home(HomologationDesk house) => house.Desk.Host.Get<Accounts>().Home;

    private static (AccountSettings Settings, Accounts Accounts) AnotherInstance(HomologationDesk house)
    {
        var accounts = new Accounts(house.Desk.Host.Get<IOptions<CallMyWayOptions>>());
        var log = NullLogger<AccountSettings>.Instance;
        return (new AccountSettings(house.Desk.Host.Get<ITables>(), accounts, log), accounts);
    }

    private static async Task<string> RunWithAnswersAsync(HomologationDesk house)
    {
        var run = await house.BeginAsync();
        foreach (var (code, question, value) in new[]
        {
            ("click-format", "dial-format", "e164"), ("pace-scope", "pace-scope", "address"),
        })
        {
            var told = new Dictionary<string, string> { [question] = value };
            var (status, body) = await house.DoAsync(run, code, new { @do = "decide", state = "passed", told });
            status.ShouldBe(200, body?.ToJsonString());
        }

        return run;
    }

    private static async Task WatchOneCallAsync(HomologationDesk house, string run)
    {
        await house.Desk.Desk.SetAsync("shape", new { recordCallId = "prefixed" });
        await house.StartAsync(run, "identifiers");
        await house.Desk.CallAsync(
            new { from = "22334455", to = "1001", type = "in", ringSeconds = 0, talkSeconds = 1, answered = true });
        await house.PassedAsync(run, "identifiers");
    }

    private static async Task<JsonNode> SettingAsync(HomologationDesk house, string run, string question) =>
        (await house.Admin.GetObjectAsync($"/api/homologation/{run}"))["questions"]!.AsArray()
            .Single(each => (string)each!["question"]! == question)!["setting"].ShouldNotBeNull();

    private static (string Name, string Value, string Now, string Source, string Variable) Texts(JsonNode setting) => (
        $"{setting["name"]}",
        $"{setting["value"]}",
        $"{setting["now"]}",
        $"{setting["source"]}",
        $"{setting["variable"]}");

    private static async Task<(int Status, JsonObject? Body)> TakeAsync(
        HomologationDesk house, string run, params object[] settings)
    {
        var (status, body) = await house.Admin.SendJsonAsync(
            HttpMethod.Post, $"/api/homologation/{run}/settings", new { settings });
        return ((int)status, body);
    }
}

public sealed class HomologationSettingTestsOnSqlite() : HomologationSettingTests(TestStorage.Sqlite);

public sealed class HomologationSettingTestsOnAzurite() : HomologationSettingTests(TestStorage.AzuriteInTheLongRun);

/// <summary>What was taken over is in force in a host that starts on the same data.</summary>
public sealed class KeptSettingTests
{
    [Fact]
    public async Task A_Host_That_Starts_Has_What_Was_Taken_Over_Unless_The_Deployment_Names_It()
    {
        var folder = TestFolder.Create("callmyway-settings-");
        try
        {
            await using (var first = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = folder }))
            {
                (await first.Get<AccountSettings>().ChangeAsync(
                    "8000001",
                    [new("RecordsPage", "500", "200"), new("TimeZone", "America/Costa_Rica", "America/Bogota")],
                    default)).ShouldBe(SettingsChange.Made);
            }

            await using var second = await TestHost.StartAsync(TestStorage.Sqlite, new()
            {
                DataPath = folder,
                Settings = ["--CallMyWay:Accounts:0:RecordsPage", "100"],
            });
            var home = second.Get<Accounts>().Home;
            (home.RecordsPage, home.TimeZone.Id).ShouldBe((100, "America/Bogota"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
