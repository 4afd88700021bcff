using System.Net;
using System.Net.Http.Json;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Upgrades;

/// <summary>
/// Data that earlier releases stored, opened by this release. Upgrades/README.md says how it is made.
/// </summary>
public abstract class UpgradeTests(TestStorage storage)
{
    public static TheoryData<string> Releases => [.. OfficeFile.Releases];

    [SkippableTheory, MemberData(nameof(Releases))]
    public async Task All_Answers_Of_The_Earlier_Release_Are_Still_Given(string release)
    {
        await using var office = await OpenAsync(release, isOfThePlainRun: release == OfficeFile.Releases.First());
        await office.WorkOffAsync();
        var expected = await OfficeFile.ExpectedAsync(release);

        var seen = await office.ReadAsync(OfficeFile.DialsIn(expected));

        ReadOffice.Missing(expected, seen).ShouldBeEmpty();
        expected.Count.ShouldBeGreaterThan(100);
    }

    [SkippableTheory, MemberData(nameof(Releases))]
    public async Task An_Open_Pop_Up_Is_Wrapped_Up_And_Closed(string release)
    {
        await using var office = await OpenAsync(release);
        var ana = office.People["ana"];
        (await CallIdsAsync(ana, "pop-ups")).ShouldContain("live-ringing");

        await NotifyAsync(office, "callEnd", "live-ringing", ("ani", "70001122"));
        await AskAsync(
            ana, HttpMethod.Put, "calls/live-ringing/wrap-up", new { outcome = "attended", notes = "Listo" });
        await AskAsync(ana, HttpMethod.Post, "pop-ups/live-ringing/acknowledge");

        (await CallIdsAsync(ana, "pop-ups")).ShouldNotContain("live-ringing");
        await Eventually.TrueAsync(async () =>
            (await ana.ReadAsync("/api/calls/live-ringing"))?.Text("state") == "ended");
        var call = (await ana.ReadAsync("/api/calls/live-ringing")).ShouldNotBeNull();
        (call.Text("outcome"), call.Text("contactId")).ShouldBe(("attended", "hugo"));
        // The draft from before the upgrade is sent.
        await AskAsync(ana, HttpMethod.Put, "calls/in-missed/wrap-up", new { outcome = "attended" });
        (await CallIdsAsync(ana, "calls?outcome=attended")).Order().ShouldBe(["in-missed", "live-ringing"]);
    }

    [SkippableTheory, MemberData(nameof(Releases))]
    public async Task A_Call_Finds_The_Contacts_Of_Its_Number_And_The_Agent_Of_Its_Phone(string release)
    {
        await using var office = await OpenAsync(release);

        (await RingAsync(office, "new-1", "22345678")).Text("contactId").ShouldBe("jose");
        (await RingAsync(office, "new-2", "13055550142")).Text("contactId").ShouldBe("emily");
        // Before the upgrade, Ana chose her among the three who share the number.
        var shared = (await RingAsync(office, "new-3", "22223344")).GetProperty("candidates").EnumerateArray().ToList();
        shared.Select(candidate => candidate.Text("contactId")).Order().ShouldBe(["carmen", "rafael", "tornillo"]);
        shared[0].Text("contactId").ShouldBe("carmen");
        // Former numbers, and those of a deleted contact.
        (await RingAsync(office, "new-4", "61237765")).Text("match").ShouldBe("none");
        (await RingAsync(office, "new-5", "89990000")).Text("match").ShouldBe("none");
        (await CallIdsAsync(office.People["ana"], "pop-ups")).ShouldContain("new-1");
    }

    [SkippableTheory, MemberData(nameof(Releases))]
    public async Task A_Late_Or_Repeated_Notification_Finds_Its_Call(string release)
    {
        await using var office = await OpenAsync(release);
        var ana = office.People["ana"];
        await using var screen = await TestScreen.OpenAsync(office.Host, ana);

        // The very first notification, as it came before the upgrade.
        await NotifyAsync(office, "callStart", "in-answered", ("detect_time", WrittenOffice.FirstDetected));
        // These were detected then too: what was detected hours after a call's end is another call of the same id.
        await NotifyAsync(
            office,
            "callStart",
            "transferred-1",
            ("ani", "612345678"),
            ("endpoint_id", "1005"),
            ("detect_time", WrittenOffice.FirstDetected));
        await NotifyAsync(
            office,
            "callEnd",
            "leg-other",
            ("type", "out"),
            ("endpoint_id", "1004"),
            ("cost", "4"),
            ("detect_time", WrittenOffice.FirstDetected));
        var now = DemoHost.OperatorTime(office.Clock.Now);
        await NotifyAsync(office, "callStart", "live-put-away", ("endpoint_id", "1004"), ("connect_time", now));

        await HeardAsync("transferred-1", 5);
        await HeardAsync("leg-own", 5);
        await HeardAsync("in-answered", 3);
        await HeardAsync("live-put-away", 2);
        (await ana.ReadAsync("/api/calls/leg-own")).ShouldNotBeNull().GetProperty("cost").GetDecimal().ShouldBe(5);
        // Ana had closed the pop-up: her screens get nothing about it, but get the next call.
        (await CallIdsAsync(ana, "pop-ups")).ShouldNotContain("live-put-away");
        await NotifyAsync(office, "callStart", "new-1");
        for (var callId = ""; callId != "new-1"; callId = (await screen.NextAsync()).PopUp.Text("callId"))
        {
            callId.ShouldNotBe("live-put-away");
        }

        Task HeardAsync(string callId, int times) => Eventually.TrueAsync(
            async () =>
                (await office.People["jefa"].ReadAsync($"/api/calls/{callId}"))!.Value.GetProperty("timeline")
                    .GetArrayLength() == times,
            () => callId);
    }

    [SkippableTheory, MemberData(nameof(Releases))]
    public async Task A_Repeated_Click_Is_Not_Sent_To_The_Operator_Again(string release)
    {
        await using var office = await OpenAsync(release);
        var pablo = office.People["pablo"];

        var (status, dial) = await ClickDesk.ClickAsync(pablo, new { number = "8834-7712" }, "open");
        (status, dial.Text("state")).ShouldBe((HttpStatusCode.Accepted, "placed"));
        var (_, done) = await ClickDesk.ClickAsync(office.People["ana"], new { contactId = "jose" }, "accepted");
        done.Text("state").ShouldBe("ended");
        office.Asked.ShouldBeEmpty();
        // Her phone was ringing when the earlier release stopped.
        var (busy, problem) = await ClickDesk.ClickAsync(office.People["ana"], new { contactId = "maria" }, "another");
        (busy, problem.Text("callId")).ShouldBe((HttpStatusCode.Conflict, "live-ringing"));
        await ClickDesk.ClickAsync(office.People["ana"], new { contactId = "maria", force = true }, "another");
        office.Asked.ShouldHaveSingleItem();
    }

    [SkippableTheory, MemberData(nameof(Releases))]
    public async Task Follow_Ups_Can_Be_Closed_And_Poison_Messages_Replayed(string release)
    {
        await using var office = await OpenAsync(release);
        var ana = office.People["ana"];
        var followUp = (await ana.ItemsAsync("/api/follow-ups")).ShouldHaveSingleItem();

        await AskAsync(ana, HttpMethod.Post, $"follow-ups/{Uri.EscapeDataString(followUp.Text("followUpId")!)}/done");
        await AskAsync(office.People["jefa"], HttpMethod.Post, $"poison-replays/{StorageNames.CallEvents}");

        (await ana.ItemsAsync("/api/follow-ups")).ShouldBeEmpty();
        (await ana.ItemsAsync("/api/follow-ups?contact=jose")).ShouldBeEmpty();
        await Eventually.TrueAsync(async () => await ana.ReadAsync("/api/calls/poison-1") is not null);
        await Eventually.TrueAsync(async () => await ana.ReadAsync("/api/calls/poison-2") is not null);
    }

    [SkippableTheory, MemberData(nameof(Releases))]
    public async Task A_Promise_Of_A_Wrap_Up_Is_Listed(string release)
    {
        await using var office = await OpenAsync(release);

        var promise = (await office.People["ana"].ItemsAsync("/api/promises")).ShouldHaveSingleItem();

        (promise.GetProperty("amount").GetDecimal(), promise.Text("currency"), promise.Text("contactId"))
            .ShouldBe((25_000m, "CRC", "jose"));
    }

    [SkippableTheory, MemberData(nameof(Releases))]
    public async Task The_Sweep_Continues_And_Deletes_Old_Rows(string release)
    {
        await using var office = await OpenAsync(release);
        office.Clock.Now += TimeSpan.FromDays(1);

        (await office.Host.Get<Sweeper>().RunAsync(TimeSpan.FromMinutes(1), CancellationToken.None)).ShouldBeTrue();

        var popUps = office.Host.Get<ITables>()[StorageNames.PopUps];
        foreach (var agent in new[] { "ana", "luis", "pablo" })
        {
            (await popUps.ReadAsync(new RowRange(agent), CancellationToken.None)).ShouldBeEmpty();
        }
    }

    [SkippableTheory, MemberData(nameof(Releases))]
    public async Task Data_That_Was_Opened_Is_Of_A_Schema_Version_That_The_Earlier_Release_Refuses(string release)
    {
        await using var office = await OpenAsync(release);

        // Release 0.1.0 knows version 1. It would not find the timeline in the calls that this one writes.
        (await office.SchemaVersionAsync()).ShouldBe(StorageSchema.Version);
        StorageSchema.Version.ShouldBeGreaterThan(1);
    }

    private Task<OpenedOffice> OpenAsync(string release, bool isOfThePlainRun = false)
    {
        Skip.If(
            storage == TestStorage.Azurite && !TestLength.IsWhole && !isOfThePlainRun,
            "The plain run compares the answers of the oldest release on Azurite; .ci/run --long does the rest.");
        return OpenedOffice.OpenAsync(storage, OfficeFile.ZipOf(release));
    }

    private static async Task<System.Text.Json.JsonElement> RingAsync(OpenedOffice office, string callId, string number)
    {
        await NotifyAsync(office, "callStart", callId, ("ani", number));
        var ana = office.People["ana"];
        await Eventually.TrueAsync(async () => await ana.ReadAsync($"/api/calls/{callId}") is not null);
        return (await ana.ReadAsync($"/api/calls/{callId}"))!.Value;
    }

    private static async Task NotifyAsync(
        OpenedOffice office, string action, string callId, params (string Field, object? Value)[] data)
    {
        var now = DemoHost.OperatorTime(office.Clock.Now);
        var notification = DemoHost.Notification(
            action, callId, [("detect_time", now), ("disconnect_time", action == "callEnd" ? now : ""), .. data]);
        using var response = await office.Webhook.PostAsJsonAsync(office.Host.Webhook, notification);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<IEnumerable<string?>> CallIdsAsync(HttpClient who, string list) =>
        (await who.ItemsAsync($"/api/{list}")).Select(call => call.Text("callId"));

    private static async Task AskAsync(HttpClient who, HttpMethod method, string path, object? body = null)
    {
        var (status, answer) = await who.AskAsync(method, $"/api/{path}", body);
        ((int)status).ShouldBeInRange(200, 299, $"{path}: {answer}");
    }
}

public sealed class UpgradeTestsOnSqlite() : UpgradeTests(TestStorage.Sqlite);

public sealed class UpgradeTestsOnAzurite() : UpgradeTests(TestStorage.Azurite);
