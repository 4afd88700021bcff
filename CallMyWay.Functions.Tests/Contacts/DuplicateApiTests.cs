using System.Net;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Contacts;

/// <summary>The API says who a new contact may be already.</summary>
public abstract class DuplicateApiTests(DemoHost demo)
{
    [SkippableFact]
    public async Task Who_Is_There_Already_Comes_With_The_Reasons_And_All_That_Is_Known()
    {
        var (_, made) = await demo.Ana.AskAsync(HttpMethod.Post, "/api/contacts", new
        {
            name = "Dunia Repetida Solano",
            numbers = new[] { "7310-1122" },
            document = "1-0777-0888",
            fields = new { saldo = "1500.50" },
        });

        var found = (await demo.Luis.ItemsAsync(
            "/api/duplicates?name=dunia+repetida&phone=50673101122&document=0107770888")).ShouldHaveSingleItem();

        found.Text("contactId").ShouldBe(made.Text("contactId"));
        found.GetProperty("by").EnumerateArray().Select(by => by.GetString()).ShouldBe(["document", "phone", "name"]);
        (found.Text("name"), found.Text("document"), found.Text("etag"))
            .ShouldBe(("Dunia Repetida Solano", "1-0777-0888", made.Text("etag")));
        found.GetProperty("fields").Text("saldo").ShouldBe("1500.50");
        found.GetProperty("phones")[0].Text("e164").ShouldBe("+50673101122");
        (await demo.Ana.ReadAsync("/api/duplicates?document=107770888")).ShouldNotBeNull()
            .GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);

        (await demo.Ana.ItemsAsync($"/api/duplicates?document=107770888&except={made.Text("contactId")}"))
            .ShouldBeEmpty("it is the contact's own file");
        (await demo.Ana.ItemsAsync("/api/duplicates?name=Nadie+Todavía&phone=7310-0000&document=9-9999-0001"))
            .ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("8888-777", "8888-777:invalid")]
    [InlineData("8888777", "8888777:extension")]
    [InlineData("8701-3011 / 2222-333", "8701-3011:number", "2222-333:invalid")]
    [InlineData("")]
    public async Task What_The_Number_Is_Read_As_Is_Told(string phone, params string[] kinds)
    {
        var answer = (await demo.Ana.ReadAsync($"/api/duplicates?name=Nadie+Nunca&phone={Uri.EscapeDataString(phone)}"))
            .ShouldNotBeNull();

        answer.GetProperty("phones").EnumerateArray().Select(each => $"{each.Text("text")}:{each.Text("kind")}")
            .ShouldBe(kinds);
    }

    [SkippableTheory]
    [InlineData("", "name", "Escriba un nombre, un teléfono o una identificación.")]
    [InlineData("?name=+&phone=&document=%20", "name", "Escriba un nombre, un teléfono o una identificación.")]
    [InlineData("?name={201}", "name", "El nombre pasa de 200 caracteres.")]
    [InlineData("?phone={65}", "phone", "El teléfono pasa de 64 caracteres.")]
    [InlineData("?document={65}", "document", "La identificación pasa de 64 caracteres.")]
    public async Task What_Can_Not_Be_Looked_For_Is_Said_In_Plain_Words(string query, string field, string words)
    {
        query = query.Replace("{201}", new string('x', 201), StringComparison.Ordinal)
            .Replace("{65}", new string('1', 65), StringComparison.Ordinal);

        var (status, problem) = await demo.Ana.AskAsync(HttpMethod.Get, "/api/duplicates" + query, language: "es");

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.GetProperty("errors").GetProperty(field)[0].GetString().ShouldBe(words);
    }

    [SkippableTheory]
    [InlineData("name=%00&phone=%00&document=%00")]
    [InlineData("name=%F0%9F%98%80+%F0%9F%98%80&phone=anonymous&document=----")]
    [InlineData("name=a&name=b&phone=1&phone=2&document=x&document=y")]
    [InlineData("phone=-1&name='+~+_+%25")]
    [InlineData("name=~~~~&phone=+++&document=0000&except=%00")]
    [InlineData("name=%D7%A9%D7%9C%D7%95%D7%9D+%E0%A4%95%E0%A4%BF")]
    public async Task What_Is_Nobodys_Finds_Nobody(string query) =>
        (await demo.Ana.ItemsAsync("/api/duplicates?" + query)).ShouldBeEmpty();
}

public sealed class DuplicateApiTestsOnSqlite(DemoHost demo) : DuplicateApiTests(demo), IClassFixture<DemoHost>;

public sealed class DuplicateApiTestsOnAzurite(DemoHostOnAzuriteInTheLongRun demo)
    : DuplicateApiTests(demo), IClassFixture<DemoHostOnAzuriteInTheLongRun>;
