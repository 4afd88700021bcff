using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using CallMyWay.LocalHost.Backups;
using CallMyWay.LocalHost.Copy;
using CallMyWay.LocalHost.SignIn;
using CallMyWay.LocalHost.Sqlite;

namespace CallMyWay.Functions.Tests.LocalHost;

/// <summary>The command that copies an office's data to Azure, with Azurite as the account.</summary>
public sealed class CopyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("callmyway-copy-").FullName;

    /// <summary>The data folder of the host that runs on the account.</summary>
    private readonly string _there = Directory.CreateTempSubdirectory("callmyway-copied-").FullName;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_there, recursive: true);
    }

    [SkippableFact]
    public async Task After_The_Copy_A_Host_On_The_Account_Shows_The_Folders_Data()
    {
        TestStorage.Azurite.SkipWhereMissing();
        var before = await LiveADayAsync();

        var (exitCode, told, _) = await CopyAsync();

        exitCode.ShouldBe(0, told);
        told.ShouldContain("call-events: 1 messages sent.");
        told.ShouldContain("call-events-poison: 1 messages sent.");
        var (again, toldAgain, _) = await CopyAsync();
        again.ShouldBe(0, toldAgain);
        toldAgain.ShouldNotContain("rows written");
        toldAgain.ShouldContain("call-events-poison: 0 messages sent.");

        await using var host = await StartOnAccountAsync();
        using var admin = await FirstAdministratorAsync(host);
        (await SeenAsync(admin)).ShouldBe(before);
        var receiver = host.Get<IQueueReceiver>();
        (await receiver.ReceiveAsync("call-events-poison", 32, TimeSpan.FromMinutes(1), default)).ShouldHaveSingleItem()
            .Body.ShouldBe("¿qué es esto? 😀");
        (await receiver.ReceiveAsync("call-events", 32, TimeSpan.FromMinutes(1), default))
            .ShouldBeEmpty("it is due in an hour");
    }

    [SkippableFact]
    public async Task Differing_Rows_Of_The_Account_Are_Listed_And_Overwritten_Only_On_Request()
    {
        TestStorage.Azurite.SkipWhereMissing();
        await FillAsync(
            tables => tables["outcomes"].UpsertAsync(new Row("outcomes", "all").Set("json", "ours"), default).AsTask());
        (await CopyAsync()).ExitCode.ShouldBe(0);
        await using (var host = await StartOnAccountAsync())
        {
            await host.Get<ITables>()["outcomes"]
                .UpsertAsync(new Row("outcomes", "all").Set("json", "theirs"), default);
            await host.Get<ITables>()["wrapups"].UpsertAsync(new Row("theirs", "alone").Set("json", "{}"), default);
        }

        var (refused, told, _) = await CopyAsync();

        refused.ShouldBe(1);
        told.ShouldContain("outcomes: outcomes / all is another in the account.");
        told.ShouldContain("wrapups: theirs / alone is in the account and not in the folder.");
        told.ShouldContain("--overwrite");
        (await OutcomesAsync()).ShouldBe("theirs");

        var (overwritten, toldThen, _) = await CopyAsync("--overwrite");
        overwritten.ShouldBe(1, toldThen);
        toldThen.ShouldContain("wrapups: 0 of 0 rows are the same; the account has 1 more");
        toldThen.ShouldContain("wrapups: theirs / alone is in the account and not in the folder.");
        toldThen.ShouldNotContain("What comes next");
        (await OutcomesAsync()).ShouldBe("ours");

        async Task<string?> OutcomesAsync()
        {
            await using var host = await StartOnAccountAsync();
            return (await host.Get<ITables>()["outcomes"].GetAsync("outcomes", "all", default))?.Text("json");
        }
    }

    [SkippableFact]
    public async Task What_Was_Deleted_Since_An_Earlier_Copy_Is_Named_And_Such_A_Copy_Does_Not_End_As_Whole()
    {
        TestStorage.Azurite.SkipWhereMissing();
        var (erased, stays) = (new Row("emily", "contact"), new Row("hugo", "contact"));
        await FillAsync(async tables =>
        {
            await tables["contacts"].UpsertAsync(erased.Set("json", """{"name":"Emily Carter"}"""), default);
            await tables["contacts"].UpsertAsync(stays.Set("json", "before"), default);
        });
        (await CopyAsync()).ExitCode.ShouldBe(0);
        await FillAsync(tables => tables["contacts"].UpsertAsync(stays.Set("json", "since"), default).AsTask());
        var (overwritten, told, _) = await CopyAsync("--overwrite");
        overwritten.ShouldBe(0, told);
        await FillAsync(tables => tables["contacts"].DeleteAsync("emily", "contact", null, default).AsTask());

        var (exitCode, toldThen, _) = await CopyAsync("--overwrite");

        exitCode.ShouldBe(1, toldThen);
        toldThen.ShouldContain("contacts: emily / contact is in the account and not in the folder.");
        toldThen.ShouldContain("copy into an empty account");
        toldThen.ShouldNotContain("All of it is in the account");
    }

    [SkippableFact]
    public async Task Partitions_Larger_Than_A_Page_And_Rows_Larger_Than_A_Batch_Arrive()
    {
        TestStorage.Azurite.SkipWhereMissing();
        await FillAsync(async tables =>
        {
            await Task.WhenAll(Enumerable.Range(0, 1234).Select(i => tables["contactnames"].UpsertAsync(new Row("all", $"name~{i:D5}").Set("n", i).Set("t", DateTimeOffset.UnixEpoch.AddTicks(i)).Set("b", i % 2 == 0), default).AsTask()));
            foreach (var i in Enumerable.Range(0, 12))
            {
                var row = new Row("long", $"{i}");
                foreach (var column in Enumerable.Range(0, 4))
                {
                    row.Set($"c{column}", new string('ñ', Row.MaxTextLength));
                }

                await tables["refusedevents"].UpsertAsync(row, default);
            }
        });

        var (exitCode, told, _) = await CopyAsync();

        exitCode.ShouldBe(0, told);
        told.ShouldContain("contactnames: 1,234 of 1,234 rows are the same.");
        told.ShouldContain("refusedevents: 12 of 12 rows are the same.");
    }

    [SkippableFact]
    public async Task Rows_That_Azure_Can_Not_Hold_Are_Listed_And_The_Others_Copied()
    {
        TestStorage.Azurite.SkipWhereMissing();
        await FillAsync(
            tables => tables["contacts"].UpsertAsync(new Row("good", "contact").Set("json", "{}"), default).AsTask());
        using (var database = SqliteDatabase.Open(_folder))
        {
            await database.Writer.WriteAsync(WriteLane.Sends, writer =>
            {
                writer.Session.Execute("""
                    INSERT INTO contacts VALUES ('a/b', 'contact', 1, '{"json":"{}"}');
                    INSERT INTO contacts VALUES ('no-json', 'contact', 1, 'x');
                    INSERT INTO queue_call-events (due, tries, body) VALUES (0, 0, printf('%.*c', 60000, 'x'));
                    """.Replace("queue_call-events", "\"queue_call-events\"", StringComparison.Ordinal));
                return true;
            });
        }

        var (exitCode, told, _) = await CopyAsync();

        exitCode.ShouldBe(1);
        told.ShouldContain("contacts: a/b / contact is no row that a table of Azure holds: ");
        told.ShouldContain("contacts: no-json / contact is no row that a table of Azure holds: ");
        told.ShouldContain("call-events: message 1 is none that a queue of Azure takes: ");
        told.ShouldContain("contacts: 1 of 3 rows are the same.");
        told.ShouldNotContain("What comes next");
    }

    [SkippableFact]
    public async Task A_Folder_That_A_Host_Is_Using_Is_Not_Copied()
    {
        TestStorage.Azurite.SkipWhereMissing();
        await using var host = await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = _folder });

        var (exitCode, told, error) = await CopyAsync();

        exitCode.ShouldBe(1);
        told.ShouldBeEmpty();
        error.ShouldContain(_folder);
        error.ShouldContain("in use by another running host");
    }

    [SkippableFact]
    public async Task A_Restored_Folder_Is_Not_Copied_Before_Its_Campaigns_Are_Paused()
    {
        TestStorage.Azurite.SkipWhereMissing();
        await using (var database = SqliteDatabase.Open(_folder))
        {
            await database.Writer.WriteAsync(WriteLane.Rows, writer =>
            {
                RestoreMark.Write(writer.Session, DateTimeOffset.UtcNow);
                return true;
            });
        }

        var (exitCode, told, error) = await CopyAsync();

        (exitCode, told).ShouldBe((1, ""));
        error.ShouldContain("was restored from a backup");

        await using (await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = _folder }))
        {
        }

        (await CopyAsync()).ExitCode.ShouldBe(0);
    }

    [SkippableTheory]
    [InlineData("There is no data in", "--DataPath", "no-such-folder", "--to", "UseDevelopmentStorage=true")]
    [InlineData("is none that it knows", "--tu", "AccountKey=canary")]
    [InlineData("is none that it knows", "AccountKey=canary")]
    [InlineData("needs a value", "--to")]
    [InlineData("takes no value", "--overwrite=yes")]
    public async Task A_Wrong_Argument_Is_Reported_In_Plain_Words(string expected, params string[] arguments)
    {
        TestStorage.Azurite.SkipWhereMissing();
        using var output = new StringWriter();
        using var error = new StringWriter();

        (await CopyCommand.RunAsync(arguments, output, error)).ShouldBe(1);

        error.ToString().ShouldContain(expected);
        (error.ToString() + output).ShouldNotContain("canary");
    }

    [SkippableFact]
    public async Task Demo_Data_Is_Not_Copied_To_A_Real_Account()
    {
        TestStorage.Azurite.SkipWhereMissing();
        await using (await TestHost.StartAsync(TestStorage.Sqlite, new() { DataPath = _folder }))
        {
        }

        using var output = new StringWriter();
        using var error = new StringWriter();
        (await CopyCommand.RunAsync(["--DataPath", _folder, "--to", "anaccount"], output, error)).ShouldBe(1);

        error.ToString().ShouldContain("made up by the demo");
    }

    private async Task<(int ExitCode, string Output, string Error)> CopyAsync(params string[] more)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CopyCommand.RunAsync(
            ["--DataPath", _folder, "--to", await Azurite.ConnectionStringAsync(_there), .. more], output, error);
        return (exitCode, output.ToString(), error.ToString());
    }

    private async Task FillAsync(Func<ITables, Task> fill)
    {
        await using var database = SqliteDatabase.Open(_folder);
        await fill(new SqliteTables(database));
    }

    private Task<TestHost> StartOnAccountAsync() =>
        TestHost.StartAsync(TestStorage.Azurite, new() { Demo = false, DataPath = _there });

    /// <summary>
    /// Fills the folder with calls, a click, a wrap-up and waiting messages. Returns what an administrator sees.
    /// </summary>
    private async Task<string> LiveADayAsync()
    {
        string seen;
        await using (var desk = await ClickDesk.StartAsync(TestStorage.Sqlite, null, "--DataPath", _folder))
        {
            using var ana = await desk.SignInAsync("ana");
            var (_, dial) = await ClickDesk.ClickAsync(ana, new { contactId = "demo-01" });
            await ClickDesk.DialAsync(ana, dial.Text("dialId")!, "ended");
            var callId = await desk.Host.RingAsync(ana, "88881234");
            (await ana.SendJsonAsync(
                HttpMethod.Put,
                $"/api/calls/{callId}/wrap-up",
                new { outcome = "attended", notes = "Paga el lunes." })).Status.ShouldBe(200);
            using var admin = await desk.SignInAsync("admin");
            seen = await SeenAsync(admin);
            seen.ShouldContain("Paga el lunes.");
            seen.ShouldContain(dial.Text("dialId")!);
        }

        await using var database = SqliteDatabase.Open(_folder);
        var queue = new SqliteQueue(database);
        await queue.SendAsync(StorageNames.CallEvents, "{}", TimeSpan.FromHours(1), default);
        await queue.SendAsync(StorageNames.CallEvents + StorageNames.PoisonSuffix, "¿qué es esto? 😀", null, default);
        return seen;
    }

    /// <summary>
    /// Contacts, calls with wrap-ups, phones and agents, as the API shows them. ETags are left out, as they differ
    /// between storages.
    /// </summary>
    private static async Task<string> SeenAsync(HttpClient admin)
    {
        var items = new List<JsonNode>();
        foreach (var list in new[] { "contacts", "calls", "mappings", "agents" })
        {
            foreach (var item in await admin.AllItemsAsync($"/api/{list}"))
            {
                items.Add(JsonNode.Parse(item.GetRawText())!);
                if (list == "calls")
                {
                    items.Add(await admin.GetObjectAsync($"/api/calls/{item.Text("callId")}"));
                }
                else if (list == "contacts")
                {
                    items.AddRange(await admin.GetItemsAsync($"/api/contacts/{item.Text("contactId")}/calls"));
                }
            }
        }

        items.ForEach(WithoutVersions);
        return string.Join(
            '\n', items.Where(item => (string?)item["agentId"] != "jefa").Select(item => item.ToJsonString()));
    }

    private static void WithoutVersions(JsonNode node)
    {
        if (node is JsonObject item)
        {
            item.Remove("etag");
            item.Remove("wrapUpToReplace");
        }

        foreach (var child in node is JsonObject some ? some.Select(field => field.Value) : node is JsonArray all ? all : [])
        {
            if (child is not null)
            {
                WithoutVersions(child);
            }
        }
    }

    private static async Task<HttpClient> FirstAdministratorAsync(TestHost host)
    {
        var admin = host.Browser();
        var token = host.Get<Setup>().Token.ShouldNotBeNull();
        (await admin.PostAsJsonAsync("/api/setup", new { token, agentId = "jefa", name = "La Jefa", password = "una frase larga" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        return admin;
    }
}
