using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.DoNotCall;

/// <summary>The list of numbers that must not be called, through the front door.</summary>
public abstract class DoNotCallTests(DemoHost host)
{
    [SkippableFact]
    public async Task A_Number_Is_Found_In_Any_Spelling_And_Says_Why_And_Since_When_And_By_Whom()
    {
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);

        var (status, added) = await AddAsync("7100-0001", " Lo pidió por correo. ");

        status.ShouldBe(HttpStatusCode.Created);
        foreach (var spelling in new[] { "+50671000001", "71000001", "7100 0001", "(506) 7100-0001", "00506 71000001" })
        {
            var found = (await host.Sofia.ItemsAsync($"/api/do-not-call?number={Uri.EscapeDataString(spelling)}"))
                .ShouldHaveSingleItem(spelling);
            (found.Text("number"), found.Text("display"), found.Text("reason"))
                .ShouldBe(("+50671000001", "7100-0001", "Lo pidió por correo."));
            (found.Text("addedBy"), found.Text("addedByName"), found.Text("source"))
                .ShouldBe(("sofia", added.Text("addedByName"), "person"));
            found.GetProperty("addedAt").GetDateTimeOffset().ShouldBeInRange(before, DateTimeOffset.UtcNow.AddSeconds(1));
        }

        added.Text("addedByName").ShouldNotBeNull();
        (await host.Sofia.ItemsAsync("/api/do-not-call?number=71000002")).ShouldBeEmpty();
        (await host.Sofia.ItemsAsync("/api/do-not-call?query=7100-00")).ShouldContain(
            item => item.Text("number") == "+50671000001");
        (await host.Sofia.ItemsAsync("/api/do-not-call?query=%2B506%207100%200001")).ShouldHaveSingleItem();
        (await host.Sofia.ItemsAsync("/api/do-not-call?query=7199")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Number_That_Is_Added_Again_Keeps_Its_First_Reason_And_Is_In_The_Audit_Once()
    {
        (await AddAsync("7101-0001", "Primero")).Status.ShouldBe(HttpStatusCode.Created);

        var (status, again) = await AddAsync("+506 7101 0001", "Después", host.Admin);

        (status, again.Text("reason"), again.Text("addedBy")).ShouldBe((HttpStatusCode.OK, "Primero", "sofia"));
        (await host.Sofia.ItemsAsync("/api/do-not-call?query=71010001")).ShouldHaveSingleItem();
        var entry = (await host.Admin.ItemsAsync("/api/audit?what=do-not-call&id=%2B50671010001")).ShouldHaveSingleItem();
        (entry.Text("what"), entry.Text("who"), entry.GetProperty("after").Text("reason"))
            .ShouldBe(("do-not-call.added", "sofia", "Primero"));
    }

    [SkippableFact]
    public async Task A_Number_Is_Taken_Off_And_The_Second_Time_Is_Answered_Alike()
    {
        await AddAsync("7102-0001", "Por error");

        for (var i = 0; i < 2; i++)
        {
            (await RemoveAsync("71020001")).Status.ShouldBe(HttpStatusCode.NoContent);
            (await host.Sofia.ItemsAsync("/api/do-not-call?number=71020001")).ShouldBeEmpty();
            (await host.Sofia.ItemsAsync("/api/do-not-call?take=500")).ShouldNotContain(
                item => item.Text("number") == "+50671020001");
        }

        var removed = (await host.Admin.ItemsAsync("/api/audit?what=do-not-call.removed&id=%2B50671020001"))
            .ShouldHaveSingleItem();
        removed.GetProperty("before").Text("reason").ShouldBe("Por error");
        (await AddAsync("7102-0001", "Otra vez")).Status.ShouldBe(HttpStatusCode.Created, "it was gone");
    }

    [SkippableFact]
    public async Task Pages_Go_From_The_Latest_To_The_First_And_By_Number_Where_Searched()
    {
        foreach (var i in new[] { 3, 1, 2, 5, 4 })
        {
            await AddAsync($"7103-000{i}", "Pedido");
        }

        (await PagesAsync("/api/do-not-call")).Where(IsOfThese).ShouldBe(
            ["+50671030004", "+50671030005", "+50671030002", "+50671030001", "+50671030003"]);
        (await PagesAsync("/api/do-not-call?query=7103")).ShouldBe(
            ["+50671030001", "+50671030002", "+50671030003", "+50671030004", "+50671030005"]);
        (await PagesAsync("/api/do-not-call?query=00506-7103")).Count.ShouldBe(5, "00 is dialled in place of a plus");

        static bool IsOfThese(string? number) => number!.StartsWith("+5067103", StringComparison.Ordinal);

        async Task<IReadOnlyList<string?>> PagesAsync(string path)
        {
            var (all, next) = (new List<string?>(), "");
            do
            {
                var page = (await host.Sofia.ReadAsync(
                    $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}take=2&next={next}"))!.Value;
                var items = page.GetProperty("items").EnumerateArray().Select(item => item.Text("number")).ToList();
                items.Count.ShouldBeInRange(1, 2);
                all.AddRange(items);
                next = page.Text("next") ?? "";
            }
            while (next.Length > 0);
            return all;
        }
    }

    [SkippableTheory]
    [InlineData("", "Pedido", "number")]
    [InlineData("1234", "Pedido", "number")]
    [InlineData("no es un número", "Pedido", "number")]
    [InlineData("71040001 / 71040003", "Pedido", "number")]
    [InlineData("71040001, 71040003", "Pedido", "number")]
    [InlineData("2026-11-30", "Pedido", "number")]
    [InlineData("71040001", " ", "reason")]
    [InlineData("71040001", null, "reason")]
    [InlineData(null, null, "number,reason")]
    public async Task What_Is_No_Number_Or_Has_No_Reason_Is_Refused(string? number, string? reason, string fields)
    {
        var (status, problem) = await AddAsync(number, reason);

        (status, string.Join(',', problem.Errors())).ShouldBe((HttpStatusCode.BadRequest, fields));
        (await host.Sofia.ItemsAsync("/api/do-not-call?query=71040001")).ShouldBeEmpty();
        (await host.Sofia.ItemsAsync("/api/do-not-call?query=20261130")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_Search_That_Is_No_Number_And_A_Long_Reason_Are_Refused()
    {
        (await AddAsync("71040002", new string('x', 301))).Body.Errors().ShouldBe(["reason"]);
        foreach (var (query, field) in new[]
        {
            ("number=ana", "number"), ("query=ana", "query"), ("take=0", "take"), ("next=%20", "next"),
            ("number=71040001&query=7104", "query"),
        })
        {
            var (status, problem) = await host.Sofia.AskAsync(HttpMethod.Get, $"/api/do-not-call?{query}");
            (status, string.Join(',', problem.Errors())).ShouldBe((HttpStatusCode.BadRequest, field), query);
        }

        (await RemoveAsync("ana")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await host.Ana.AskAsync(HttpMethod.Get, "/api/do-not-call-check")).Body.Errors().ShouldBe(["number"]);
    }

    [SkippableFact]
    public async Task Agents_Ask_For_Single_Numbers_And_Nothing_More()
    {
        await AddAsync("7105-0001", "No quiere");

        var check = (await host.Ana.ItemsAsync(
            "/api/do-not-call-check?number=7105-0002&number=%2B50671050001&number=71050001&number=1001&number=nada"))
            .ShouldHaveSingleItem();

        (check.Text("number"), check.Text("reason")).ShouldBe(("+50671050001", "No quiere"));
        (await host.Ana.AskAsync(HttpMethod.Get, "/api/do-not-call")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await AddAsync("71050003", "x", host.Ana)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await host.Ana.AskAsync(HttpMethod.Delete, "/api/do-not-call/71050001")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await host.Sofia.ItemsAsync("/api/do-not-call?number=71050001")).ShouldHaveSingleItem();
    }

    [SkippableFact]
    public async Task Of_Many_Who_Add_And_Take_Off_At_Once_The_List_And_The_Numbers_Say_The_Same()
    {
        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
            {
                var status = i % 3 == 0
                    ? (await RemoveAsync("71060001")).Status
                    : (await AddAsync("71060001", $"{round}/{i}")).Status;
                status.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.NoContent);
            }));

            var byNumber = await host.Sofia.ItemsAsync("/api/do-not-call?number=71060001");
            var listed = (await host.Sofia.ItemsAsync("/api/do-not-call?take=500"))
                .Where(item => item.Text("number") == "+50671060001").ToList();
            listed.Select(item => item.Text("reason")).ShouldBe(byNumber.Select(item => item.Text("reason")));
        }
    }

    [SkippableFact]
    public async Task An_Erasure_Keeps_The_Number_Alone()
    {
        var (_, contact) = await host.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Berta Quesada Mora", numbers = new[] { "7107-0001" } });
        await AddAsync("7107-0001", "La señora Quesada no quiere");
        await AddAsync("7107-0002", "Lo pidió desde el 7107-0001");
        var (accepted, erasure) = await host.Admin.AskAsync(
            HttpMethod.Delete, $"/api/personal-data/{contact.Text("contactId")}?confirmed=true&reference=Oficio-1");
        accepted.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.TrueAsync(async () => (await host.Admin.ReadAsync(
            $"/api/personal-data-erasures/{erasure.Text("erasureId")}"))!.Value.Text("state") == "done");

        foreach (var list in new[] { "?number=71070001", "?take=500" })
        {
            var kept = (await host.Sofia.ItemsAsync($"/api/do-not-call{list}")).Single(
                item => item.Text("number") == "+50671070001");
            (kept.Text("reason"), kept.Text("addedBy"), kept.Text("erasedAt") is null).ShouldBe((null, "sofia", false));
        }

        (await host.Sofia.ItemsAsync("/api/do-not-call?number=71070002")).ShouldHaveSingleItem()
            .Text("reason").ShouldBe("Lo pidió desde el xxxx-xxxx");
        (await host.Admin.ItemsAsync("/api/audit?what=do-not-call&take=500")).Select(entry => entry.ToString()).ShouldAllBe(
            entry => !entry.Contains("71070001", StringComparison.Ordinal)
                && !entry.Contains("Quesada", StringComparison.Ordinal));
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> AddAsync(string? number, string? reason, HttpClient? by = null) =>
        (by ?? host.Sofia).AskAsync(HttpMethod.Post, "/api/do-not-call", new { number, reason });

    private Task<(HttpStatusCode Status, JsonElement Body)> RemoveAsync(string number) =>
        host.Sofia.AskAsync(HttpMethod.Delete, $"/api/do-not-call/{Uri.EscapeDataString(number)}");
}

public sealed class DoNotCallTestsOnSqlite(DemoHost host) : DoNotCallTests(host), IClassFixture<DemoHost>;

public sealed class DoNotCallTestsOnAzurite(DemoHostOnAzuriteInTheLongRun host)
    : DoNotCallTests(host), IClassFixture<DemoHostOnAzuriteInTheLongRun>;
