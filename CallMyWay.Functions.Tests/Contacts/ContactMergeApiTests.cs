using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Contacts;

/// <summary>Two contacts become one through the API, with all that happened with each.</summary>
public abstract class ContactMergeApiTests(DemoHost demo)
{
    [SkippableFact]
    public async Task One_Contact_Has_What_Both_Had_And_Two_Have_It_Again_After_The_Undo()
    {
        var (keep, merge) = await TwoAsync("7401");
        var ofKept = await TalkAsync(keep, "7401-0001", "uno");
        var ofMerged = await TalkAsync(merge, "7401-0002", "dos");

        var (status, made) = await MergeAsync(keep, merge);

        status.ShouldBe(HttpStatusCode.Created);
        made.Text("contactId").ShouldBe(keep);
        made.GetProperty("merged").Text("contactId").ShouldBe(merge);
        made.Text("byName").ShouldNotBeNullOrEmpty();
        (await IdsAsync("query=union7401")).ShouldBe([keep]);
        (await IdsAsync("phone=74010002")).ShouldBe([keep]);
        foreach (var id in new[] { keep, merge })
        {
            (await demo.Ana.ReadAsync($"/api/contacts/{id}")).ShouldNotBeNull().Text("contactId").ShouldBe(keep);
            (await CallsAsync($"/api/contacts/{id}/calls?take=1"))
                .ShouldBe([ofMerged, ofKept], "the newest first, paged");
            (await CallsAsync($"/api/calls?contact={id}")).ShouldBe([ofMerged, ofKept]);
            (await demo.Ana.ItemsAsync($"/api/follow-ups?contact={id}")).Select(item => item.Text("note"))
                .ShouldBe(["uno", "dos"]);
            (await CallsAsync($"/api/promises?contact={id}&take=1")).ShouldBe([ofKept, ofMerged], "paged too");
            (await demo.Luis.ItemsAsync($"/api/contacts/{id}/charges")).Select(item => item.Text("concept"))
                .ShouldBe(["dos", "uno"]);
        }

        var latest = (await demo.Ana.ItemsAsync($"/api/latest-calls?contacts={keep},{merge},nobody"))
            .ToDictionary(item => item.Text("contactId")!, item => item.Text("at"));
        latest.Keys.ShouldBe([keep, merge], ignoreOrder: true);
        latest[merge].ShouldNotBeNull().ShouldBe(latest[keep]);
        var listed = (await demo.Sofia.ItemsAsync($"/api/contact-merges?contact={merge}")).ShouldHaveSingleItem();
        listed.Text("mergeId").ShouldBe(made.Text("mergeId"));
        (listed.Text("state"), listed.Text("undoableUntil")).ShouldBe(("merged", made.Text("undoableUntil")));
        (await MergeAsync(keep, merge)).Body.Text("mergeId").ShouldBe(made.Text("mergeId"), "it is repeated");

        foreach (var _ in new[] { "undone", "undone twice" })
        {
            var (undone, body) = await demo.Sofia.AskAsync(
                HttpMethod.Post, $"/api/contact-merges/{made.Text("mergeId")}/undo", null);
            undone.ShouldBe(HttpStatusCode.OK);
            (body.Text("contactId"), body.Text("mergedId")).ShouldBe((keep, merge));
            body.GetProperty("notTakenBack").GetArrayLength().ShouldBe(0);
        }

        (await demo.Admin.ItemsAsync("/api/audit")).Where(entry => entry.Text("id") == keep)
            .Select(entry => entry.Text("what"))
            .ShouldBe(["contact.merge-undone", "contact.merged", "contact.created"], "what was repeated is there once");
        (await IdsAsync("query=union7401")).ShouldBe([keep, merge], ignoreOrder: true);
        (await CallsAsync($"/api/contacts/{keep}/calls")).ShouldBe([ofKept]);
        (await CallsAsync($"/api/contacts/{merge}/calls")).ShouldBe([ofMerged]);
        (await demo.Sofia.ItemsAsync($"/api/contact-merges?contact={keep}")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task What_Is_Noted_Of_A_Call_After_The_Merge_Stays_With_The_Calls_Own_Contact()
    {
        var (keep, merge) = await TwoAsync("7406", "Inés", "Raúl");
        var callId = await TalkAsync(merge, "7406-0002", "tres");
        var (_, made) = await MergeAsync(keep, merge);
        var dueAt = DateTimeOffset.UtcNow.AddDays(5);

        await WrapUpAsync(callId, "cuatro", dueAt);

        foreach (var list in new[] { "follow-ups", "promises" })
        {
            var file = (await demo.Ana.ItemsAsync($"/api/{list}?contact={keep}")).ShouldHaveSingleItem();
            (file.Text("contactId"), file.Text("contactName")).ShouldBe((merge, "Inés7406 Mora"));
        }

        (await demo.Sofia.AskAsync(HttpMethod.Post, $"/api/contact-merges/{made.Text("mergeId")}/undo", null))
            .Status.ShouldBe(HttpStatusCode.OK);
        foreach (var list in new[] { "follow-ups", "promises" })
        {
            (await demo.Ana.ItemsAsync($"/api/{list}?contact={keep}")).ShouldBeEmpty();
            (await demo.Ana.ItemsAsync($"/api/{list}?contact={merge}")).ShouldHaveSingleItem()
                .Text("callId").ShouldBe(callId);
            (await demo.Ana.ItemsAsync($"/api/{list}?take=500")).Where(item => item.Text("callId") == callId)
                .ShouldHaveSingleItem().Text("contactName").ShouldBe("Raúl7406 Mora", "in the agent's list too");
        }
    }

    [SkippableFact]
    public async Task A_Call_That_Is_Open_Goes_To_The_Contact_That_Stays()
    {
        var (keep, merge) = await TwoAsync("7402");
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await demo.StartAsync("merge-open", ("ani", "74020002"));
        (await ana.NextOfAsync("merge-open")).PopUp.Text("contactId").ShouldBe(merge);

        await MergeAsync(keep, merge);

        (await ana.NextOfAsync("merge-open")).PopUp.Text("contactId").ShouldBe(keep);
        // An agent may still have the other one on the screen.
        var (status, call) = await demo.Ana.AskAsync(
            HttpMethod.Put, "/api/calls/merge-open/contact", new { contactId = merge });
        status.ShouldBe(HttpStatusCode.OK);
        call.Text("contactId").ShouldBe(keep);
        await demo.EndAsync("merge-open", ("ani", "74020002"));
    }

    [SkippableFact]
    public async Task An_Open_Call_Of_The_Merged_One_Is_Theirs_Again_After_The_Undo()
    {
        var (keep, merge) = await TwoAsync("7405");
        var (_, made) = await MergeAsync(keep, merge);
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await demo.StartAsync("merge-undone", ("ani", "74050002"));
        (await ana.NextOfAsync("merge-undone")).PopUp.Text("contactId").ShouldBe(keep);

        (await demo.Sofia.AskAsync(HttpMethod.Post, $"/api/contact-merges/{made.Text("mergeId")}/undo", null))
            .Status.ShouldBe(HttpStatusCode.OK);

        string? shown;
        do
        {
            shown = (await ana.NextOfAsync("merge-undone")).PopUp.Text("contactId");
        }
        while (shown == keep);
        shown.ShouldBe(merge);
        await demo.EndAsync("merge-undone", ("ani", "74050002"));
    }

    [SkippableFact]
    public async Task What_Cannot_Be_Merged_Is_Told_In_Plain_Words()
    {
        var (keep, merge) = await TwoAsync("7403");
        (await MergeAsync(keep, keep)).Status.ShouldBe(HttpStatusCode.BadRequest);
        var (status, body) = await demo.Sofia.AskAsync(HttpMethod.Post, "/api/contact-merges", new { });
        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe(["keep", "merge"]);
        (await MergeAsync(keep, "nobody")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await MergeAsync("nobody", keep)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await MergeAsync("a/b", keep)).Status.ShouldBe(HttpStatusCode.NotFound);
        foreach (var stale in new object[]
        {
            new { keep, merge, keepEtag = "another" }, new { keep, merge, mergeEtag = "another" },
        })
        {
            (await demo.Sofia.AskAsync(HttpMethod.Post, "/api/contact-merges", stale))
                .Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        }

        (await demo.Sofia.AskAsync(HttpMethod.Post, "/api/contact-merges/nothing~1/undo", null))
            .Status.ShouldBe(HttpStatusCode.NotFound);
        (await demo.Sofia.AskAsync(HttpMethod.Get, "/api/contact-merges?contact=nobody", null))
            .Status.ShouldBe(HttpStatusCode.NotFound);
        (await demo.Sofia.AskAsync(HttpMethod.Get, "/api/contact-merges", null))
            .Status.ShouldBe(HttpStatusCode.BadRequest);
        (await demo.Ana.AskAsync(HttpMethod.Get, "/api/latest-calls", null)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await demo.Ana.AskAsync(HttpMethod.Get, "/api/contacts/nobody/charges", null))
            .Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task Who_Still_Has_The_Merged_One_Before_Them_Writes_Over_Nothing()
    {
        var (keep, merge) = await TwoAsync("7404");
        var before = (await demo.Ana.ReadAsync($"/api/contacts/{merge}")).ShouldNotBeNull();
        await MergeAsync(keep, merge);
        var change = new { name = "Tarde", numbers = new[] { "7404-0009" } };

        var (status, body) = await demo.Ana.AskAsync(HttpMethod.Put, $"/api/contacts/{merge}", change);
        (status, body.Text("contactId")).ShouldBe((HttpStatusCode.PreconditionRequired, keep));
        (await demo.Ana.AskAsync(HttpMethod.Put, $"/api/contacts/{merge}", change, before.Text("etag")))
            .Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await demo.Sofia.AskAsync(HttpMethod.Delete, $"/api/contacts/{merge}", null))
            .Status.ShouldBe(HttpStatusCode.Conflict);
        (await MergeAsync("demo-01", merge)).Status.ShouldBe(HttpStatusCode.Conflict);
        (await MergeAsync(merge, "demo-01")).Status.ShouldBe(HttpStatusCode.Conflict);
        var kept = (await demo.Ana.ReadAsync($"/api/contacts/{merge}")).ShouldNotBeNull();
        kept.Text("name").ShouldBe("Union7404 Mora");

        (status, body) = await demo.Ana.AskAsync(
            HttpMethod.Put, $"/api/contacts/{merge}", change, kept.Text("etag"));
        (status, body.Text("contactId")).ShouldBe((HttpStatusCode.OK, keep), "it has seen the one that was kept");
        (await demo.Sofia.AskAsync(HttpMethod.Delete, $"/api/contacts/{keep}", null))
            .Status.ShouldBe(HttpStatusCode.NoContent);
        (await demo.Ana.AskAsync(HttpMethod.Get, $"/api/contacts/{merge}", null))
            .Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<(string Keep, string Merge)> TwoAsync(
        string digits, string keptName = "Union", string mergedName = "Union")
    {
        var ids = new List<string>();
        foreach (var (name, last) in new[] { (keptName, 1), (mergedName, 2) })
        {
            var (_, made) = await demo.Ana.AskAsync(HttpMethod.Post, "/api/contacts", new
            {
                name = $"{name}{digits} Mora",
                numbers = new[] { $"{digits}-000{last}" },
            });
            ids.Add(made.Text("contactId")!);
        }

        return (ids[0], ids[1]);
    }

    // A call that is over, of which something is left to do.
    private async Task<string> TalkAsync(string contact, string number, string note)
    {
        var callId = $"merge-{note}-{contact[^6..]}";
        var dueAt = DateTimeOffset.UtcNow.AddDays(note == "uno" ? 2 : 3);
        await demo.StartAsync(callId, ("ani", number));
        await demo.EndAsync(callId, ("ani", number));
        await Eventually.TrueAsync(async () =>
            (await demo.Ana.ReadAsync($"/api/calls/{callId}"))?.Text("contactId") == contact);
        await WrapUpAsync(callId, note, dueAt);
        return callId;
    }

    private async Task WrapUpAsync(string callId, string note, DateTimeOffset dueAt)
    {
        var before = (await demo.Ana.ReadAsync($"/api/calls/{callId}")).ShouldNotBeNull();
        var etag = before.TryGetProperty("wrapUp", out var wrapUp) ? wrapUp.Text("etag") : null;
        var (status, _) = await demo.Ana.AskAsync(
            HttpMethod.Put,
            $"/api/calls/{callId}/wrap-up",
            new
            {
                outcome = "promise-to-pay",
                followUp = new { dueAt, note },
                charge = new { amount = 10, currency = "CRC", concept = note },
                promise = new { amount = 100, currency = "CRC", dueAt },
            },
            etag);
        status.ShouldBe(HttpStatusCode.OK);
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> MergeAsync(string keep, string merge) =>
        demo.Sofia.AskAsync(HttpMethod.Post, "/api/contact-merges", new { keep, merge });

    private async Task<IReadOnlyList<string>> CallsAsync(string path)
    {
        var found = new List<string>();
        string? next = null;
        do
        {
            var more = next is null ? "" : $"{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}next={next}";
            var page = (await demo.Sofia.ReadAsync(path + more)).ShouldNotBeNull();
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.Text("callId")!));
            next = page.Text("next");
        }
        while (next is not null);
        return found;
    }

    private async Task<IReadOnlyList<string>> IdsAsync(string question) =>
        [.. (await demo.Ana.ItemsAsync($"/api/contacts?{question}")).Select(item => item.Text("contactId")!)];
}

public sealed class ContactMergeApiTestsOnSqlite(DemoHost demo) : ContactMergeApiTests(demo), IClassFixture<DemoHost>;

public sealed class ContactMergeApiTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : ContactMergeApiTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;
