using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>
/// The scripts that azd runs before and after a deployment, with a stand-in for az that behaves as on Windows.
/// </summary>
public sealed class SetUpScriptTests
{
    private const string Before = "infra/scripts/before-provision.sh";

    private const string After = "infra/scripts/after-provision.sh";

    // Everything is set up: the secrets are stored and can be read, and the console's page is registered.
    private const string Done = """
        "keyvault secret list "*) say webhook-key-0 webhook-key-1 operator-password ;;
        "rest --method GET --uri https://graph"*) say https://console.example.com/ ;;
        """;

    [SkippableFact]
    public async Task A_First_Set_Up_Keeps_What_It_Makes_Without_The_CR_Of_Windows()
    {
        using var run = new ScriptRun("""
            "group exists "*) say false ;;
            "ad app create "*) say 11111111-2222-4333-8444-555555555555 ;;
            "ad signed-in-user "*) say person-1 ;;
            """);

        (await run.RunAsync(Before)).Code.ShouldBe(0);

        run.Log.ShouldNotContain(line => line.Contains('\r'));
        run.Log.ShouldContain("azd env set ENTRA_CLIENT_ID 11111111-2222-4333-8444-555555555555");
        run.Log.ShouldContain("azd env set ADMINISTRATOR_ID person-1");
        run.Log.ShouldContain($"azd env set BUDGET_START {DateTime.UtcNow:yyyy-MM}-01");
        var vault = run.Log.Single(
            line => line.StartsWith("azd env set AZURE_KEY_VAULT_NAME ", StringComparison.Ordinal)).Split(' ')[^1];
        vault.ShouldMatch("^kv-[0-9a-f]{16}$");
        run.Log.ShouldContain("az provider register --namespace Microsoft.App --wait --subscription subscription-1");
    }

    [SkippableFact]
    public async Task After_A_Removal_The_Vault_Gets_Another_Name_And_The_Budget_Another_Month()
    {
        using var run = new ScriptRun("""
            "group exists "*) say false ;;
            """);
        Keep(run);

        (await run.RunAsync(Before)).Code.ShouldBe(0);

        run.Log.ShouldContain($"azd env set BUDGET_START {DateTime.UtcNow:yyyy-MM}-01");
        run.Log.ShouldContain(line => line.StartsWith(
            "azd env set AZURE_KEY_VAULT_NAME kv-",
            StringComparison.Ordinal) && !line.EndsWith(" kv-1", StringComparison.Ordinal));
        run.Log.Count(line => line.StartsWith("azd ", StringComparison.Ordinal)).ShouldBe(2);
    }

    [SkippableFact]
    public async Task A_Further_Deployment_Changes_None_Of_That()
    {
        using var run = new ScriptRun();
        Keep(run);

        (await run.RunAsync(Before)).Code.ShouldBe(0);

        run.Log.ShouldNotContain(line => line.StartsWith("azd ", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData(Before, "AZURE_TENANT_ID", "tenant-2", "az login --tenant tenant-2")]
    [InlineData(Before, "AZURE_SUBSCRIPTION_ID", "subscription-2", "az account set --subscription subscription-2")]
    [InlineData(After, "AZURE_TENANT_ID", "tenant-2", "az login --tenant tenant-2")]
    [InlineData(After, "AZURE_SUBSCRIPTION_ID", "subscription-2", "az account set --subscription subscription-2")]
    public async Task Where_Az_Is_Signed_In_Elsewhere_Than_Azd_Nothing_Is_Done(
        string script, string setting, string value, string advice)
    {
        using var run = new ScriptRun();
        run.Environment[setting] = value;

        var (code, output) = await run.RunAsync(script);

        code.ShouldBe(1);
        output.ShouldContain(advice);
        run.Log.ShouldAllBe(line => line.StartsWith("az account show ", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task What_Entra_Id_Does_Not_Know_Yet_Is_Tried_Again()
    {
        using var run = new ScriptRun("""
            "ad app create "*) say 11111111-2222-4333-8444-555555555555 ;;
            "rest --method PATCH "*) ! once patch || { echo "Resource does not exist" >&2; exit 1; } ;;
            "ad sp show "*) exit 3 ;;
            "ad sp create "*) ! once principal || exit 1 ;;
            """);

        var (code, output) = await run.RunAsync("infra/scripts/register-app.sh office");

        code.ShouldBe(0);
        output.ShouldContain("11111111-2222-4333-8444-555555555555\n");
        run.Log.Count(line => line.StartsWith("az rest --method PATCH", StringComparison.Ordinal)).ShouldBe(2);
        run.Log.Count(line => line.StartsWith("az ad sp create", StringComparison.Ordinal)).ShouldBe(2);
    }

    [SkippableFact]
    public async Task A_Pipeline_Is_Told_What_It_Lacks()
    {
        foreach (var setting in new[] { "ENTRA_CLIENT_ID", "ADMINISTRATOR_ID", "AZURE_KEY_VAULT_NAME", "BUDGET_START" })
        {
            using var run = new ScriptRun();
            Keep(run);
            run.Environment["CI"] = "true";
            run.Environment["WITH_BUDGET"] = "true";
            run.Environment.Remove(setting);

            var (code, output) = await run.RunAsync(Before);

            code.ShouldBe(1, setting);
            output.ShouldContain($"{setting}: is not set");
        }
    }

    [SkippableFact]
    public async Task A_Pipeline_Without_A_Budget_Needs_No_Month()
    {
        using var run = new ScriptRun();
        Keep(run);
        run.Environment["CI"] = "true";
        run.Environment.Remove("BUDGET_START");

        (await run.RunAsync(Before)).Code.ShouldBe(0);
    }

    [SkippableFact]
    public async Task An_Empty_Password_And_One_Of_Blanks_Are_Refused()
    {
        using var run = new ScriptRun("""
            "keyvault secret list "*) say webhook-key-0 webhook-key-1 ;;
            "keyvault secret set "*"operator-password"*) while [ "$1" != --file ]; do shift; done; cp "$2" "$STATE/password" ;;
            """);
        Deployed(run);

        var (code, output) = await run.RunAsync(After, "\n   \npaso-1\n");

        code.ShouldBe(0, output);
        output.Split("That is no password.").Length.ShouldBe(3);
        run.Read("password").ShouldBe("paso-1");
        run.Log.ShouldContain(line => line.StartsWith("az rest --method POST", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("\n\n\n")]
    [InlineData(null)]
    public async Task Without_A_Password_None_Is_Stored_And_It_Is_Said_How(string? typed)
    {
        using var run = new ScriptRun("""
            "keyvault secret list "*) say webhook-key-0 webhook-key-1 ;;
            "rest --method GET --uri https://management"*) say CallMyWay__Accounts__0__Password ;;
            """);
        Deployed(run);

        var (code, output) = await run.RunAsync(After, typed);

        code.ShouldBe(0, output);
        output.ShouldContain("The operator's password is missing: az keyvault secret set --vault-name kv-1 --name operator-password --file <file>");
        output.ShouldContain("The app can't read these settings from the vault yet: CallMyWay__Accounts__0__Password.");
        run.Log.ShouldNotContain(line => line.StartsWith("az keyvault secret set", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_Refresh_That_Failed_Is_Made_Up_For_By_The_Next_Run()
    {
        // An earlier run stored the secrets, and ended before the app was refreshed. The first refresh of this run
        // fails too.
        using var run = new ScriptRun(Done + """

            "rest --method POST "*) ! once refresh || exit 1 ;;
            "rest --method GET --uri https://management"*) ! once unread || say Webhook__Keys__0 CallMyWay__Accounts__0__Password ;;
            """);
        Deployed(run);

        var (code, output) = await run.RunAsync(After);

        code.ShouldBe(0, output);
        output.ShouldNotContain("can't read these settings");
        run.Log.Count(line => line.StartsWith("az rest --method POST", StringComparison.Ordinal)).ShouldBe(2);
        run.Log.ShouldNotContain(line => line.StartsWith("az keyvault secret set", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Where_All_Is_There_Nothing_Is_Changed()
    {
        using var run = new ScriptRun(Done);
        Deployed(run);

        var (code, output) = await run.RunAsync(After);

        code.ShouldBe(0, output);
        output.ShouldContain("requests come from  203.0.113.5");
        run.Log.ShouldNotContain(line => line.Contains(" set ", StringComparison.Ordinal) || line.Contains("PATCH", StringComparison.Ordinal) || line.Contains("POST", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task The_Consoles_Page_Joins_Those_That_Are_Registered()
    {
        using var run = new ScriptRun("""
            "keyvault secret list "*) say webhook-key-0 webhook-key-1 operator-password ;;
            "rest --method GET --uri https://graph"*) say http://localhost:5173/ https://other.example.com/ ;;
            "rest --method PATCH "*) ! once patch || exit 1 ;;
            """);
        Deployed(run);

        (await run.RunAsync(After)).Code.ShouldBe(0);

        run.Log.Last(line => line.StartsWith("az rest --method PATCH", StringComparison.Ordinal))
            .ShouldEndWith("""{"spa":{"redirectUris":["http://localhost:5173/","https://other.example.com/","https://console.example.com/"]}}""");
    }

    [SkippableFact]
    public async Task Where_The_Vault_Does_Not_Answer_No_Key_Is_Drawn_Anew()
    {
        using var run = new ScriptRun("""
            "keyvault secret list "*) echo Forbidden >&2; exit 1 ;;
            """);
        Deployed(run);

        var (code, output) = await run.RunAsync(After);

        code.ShouldBe(1);
        output.ShouldContain("The secrets of kv-1 can't be listed. ADMINISTRATOR_ID says who may.");
        run.Log.ShouldNotContain(line => line.StartsWith("az keyvault secret set", StringComparison.Ordinal));
    }

    // The values that azd has stored since the first set-up.
    private static void Keep(ScriptRun run)
    {
        run.Environment["ENTRA_CLIENT_ID"] = "11111111-2222-4333-8444-555555555555";
        run.Environment["ADMINISTRATOR_ID"] = "person-1";
        run.Environment["AZURE_KEY_VAULT_NAME"] = "kv-1";
        run.Environment["BUDGET_START"] = "2025-03-01";
    }

    private static void Deployed(ScriptRun run)
    {
        run.Environment["VITE_ENTRA_CLIENT_ID"] = "11111111-2222-4333-8444-555555555555";
        run.Environment["VITE_API"] = "https://func-1.azurewebsites.net";
        run.Environment["CONSOLE_URL"] = "https://console.example.com";
        run.Environment["AZURE_KEY_VAULT_NAME"] = "kv-1";
        run.Environment["AZURE_RESOURCE_GROUP"] = "rg-office";
        run.Environment["SERVICE_API_NAME"] = "func-1";
        run.Environment["OUTBOUND_ADDRESS"] = "203.0.113.5";
        run.Environment["AZURE_TENANT_ID"] = run.Environment.GetValueOrDefault("AZURE_TENANT_ID", "tenant-1");
    }
}
