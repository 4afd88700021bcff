using System.Text.Json.Nodes;
using CallMyWay.Functions.Operator;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace CallMyWay.Functions.Tests.Operator;

/// <summary>An account of the settings is shown without its password, and tested with one real request.</summary>
public sealed class AccountTestTests
{
    [Theory]
    [InlineData(RecordsResult.Read, 200, "", AccountVerdict.Reached)]
    [InlineData(RecordsResult.Refused, 403, "ERROR: IP no habilitada", AccountVerdict.AddressRefused)]
    [InlineData(RecordsResult.Refused, 403, "ERROR: contraseña inválida", AccountVerdict.PasswordRefused)]
    [InlineData(RecordsResult.Refused, 200, "Usuario o clave incorrectos: acceso denegado", AccountVerdict.PasswordRefused)]
    [InlineData(RecordsResult.Refused, 401, "", AccountVerdict.PasswordRefused)]
    [InlineData(RecordsResult.Refused, 403, "", AccountVerdict.AddressRefused)]
    [InlineData(RecordsResult.Refused, 400, "ERROR", AccountVerdict.Refused)]
    [InlineData(RecordsResult.Refused, 400, "ERROR: espere 4 segundos", AccountVerdict.TooFast)]
    [InlineData(RecordsResult.Failed, 429, "", AccountVerdict.TooFast)]
    [InlineData(RecordsResult.Failed, 500, "ERROR", AccountVerdict.Failed)]
    [InlineData(RecordsResult.TooLate, 0, "", AccountVerdict.TooFast)]
    [InlineData(RecordsResult.NoAnswer, 0, "", AccountVerdict.NoAnswer)]
    [InlineData(RecordsResult.NotSent, 0, "", AccountVerdict.NotReached)]
    [InlineData(RecordsResult.Unreadable, 200, "Html: <html>", AccountVerdict.NotUnderstood)]
    public void An_Answer_Has_A_Verdict(RecordsResult result, int status, string text, AccountVerdict verdict) =>
        AccountTest.VerdictOf(new RecordsAnswer(result, status, text, null)).ShouldBe(verdict);

    [Fact]
    public void No_Moment_Within_The_Time_That_Anybody_Waits_Is_Too_Fast() =>
        AccountTest.VerdictOf(null).ShouldBe(AccountVerdict.TooFast);

    [SkippableTheory]
    [InlineData(TestStorage.Sqlite)]
    [InlineData(TestStorage.Azurite)]
    public async Task The_Simulator_Answers_Refuses_And_Is_Not_There(TestStorage storage)
    {
        await using var desk = await ClickDesk.StartWithAsync(
            storage,
            new() { Services = services => services.AddSingleton(CallRecords.RecordDesk.NoPace) },
            ["--QuerySeconds", "0"]);
        using var admin = await desk.SignInAsync("admin");
        var account = (await admin.GetItemsAsync("/api/operator-accounts")).ShouldHaveSingleItem();
        var name = (string)account["account"]!;
        ((bool)account["hasPassword"]!, account["lastTest"]).ShouldBe((true, null));
        account.ToJsonString().ShouldNotContain("\"demo\"", Case.Sensitive, "the password");

        var reached = await TestAsync();
        ((string?)reached["verdict"], (int)reached["status"]!).ShouldBe(("reached", 200));
        ((double)reached["waitedSeconds"]!).ShouldBeInRange(0, 60);
        await desk.PostAsync("faults", new { recordsRefused = 1 });
        var refused = await TestAsync();
        ((string?)refused["verdict"], (string?)refused["answer"]).ShouldBe(("addressRefused", "ERROR: IP no habilitada"));
        ((string?)refused["detail"]).ShouldNotBeNull().ShouldContain("dirección IP");
        await desk.PostAsync("faults", new { recordsHtml = 1 });
        ((string?)(await TestAsync())["verdict"]).ShouldBe("notUnderstood");

        var last = (await admin.GetItemsAsync("/api/operator-accounts"))[0]["lastTest"]!;
        ((string?)last["verdict"]).ShouldBe("notUnderstood");
        (await admin.SendJsonAsync(HttpMethod.Post, "/api/operator-accounts/nobody/test", null)).Status.ShouldBe(404);
        using var sofia = await desk.SignInAsync("sofia");
        (await sofia.SendJsonAsync(HttpMethod.Post, $"/api/operator-accounts/{name}/test", null)).Status.ShouldBe(403);

        async Task<JsonObject> TestAsync()
        {
            var (status, test) = await admin.SendJsonAsync(HttpMethod.Post, $"/api/operator-accounts/{name}/test", null);
            status.ShouldBe(200, test?.ToJsonString());
            return test!;
        }
    }

    [Fact]
    public async Task A_Test_Waits_For_The_Accounts_Turn_And_Says_How_Long()
    {
        // The operator here wants less than the 4 seconds that are kept: a slow machine sends late.
        await using var desk = await ClickDesk.StartWithAsync(TestStorage.Sqlite, new(), ["--QuerySeconds", "2"]);
        using var admin = await desk.SignInAsync("admin");
        var name = (string)(await admin.GetItemsAsync("/api/operator-accounts"))[0]["account"]!;
        var path = $"/api/operator-accounts/{name}/test";

        var first = await admin.SendJsonAsync(HttpMethod.Post, path, null);
        var second = await admin.SendJsonAsync(HttpMethod.Post, path, null);

        ((string?)first.Body!["verdict"], (string?)second.Body!["verdict"]).ShouldBe(("reached", "reached"));
        ((double)second.Body!["waitedSeconds"]!).ShouldBeGreaterThan(2);
    }
}
