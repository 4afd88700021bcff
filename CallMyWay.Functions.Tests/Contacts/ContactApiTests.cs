using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Contacts;

/// <summary>The contacts' API.</summary>
public abstract class ContactApiTests(DemoHost demo)
{
    [SkippableFact]
    public async Task A_Contact_Is_Created_Read_Changed_And_Deleted()
    {
        var (status, made) = await demo.Ana.AskAsync(HttpMethod.Post, "/api/contacts", new { name = " Ñico Brenes ", numbers = new[] { "7300-1122", "(506) 7300-1123" }, document = "1-2345-6789", email = "nico@example.com", fields = new { cliente = "A-7" } });
        status.ShouldBe(HttpStatusCode.Created);
        var id = made.Text("contactId")!;
        made.Text("name").ShouldBe("Ñico Brenes");
        made.GetProperty("numbers").EnumerateArray().Select(number => number.GetString())
            .ShouldBe(["7300-1122", "(506) 7300-1123"]);
        made.Text("etag").ShouldNotBeNullOrEmpty();

        var read = (await demo.Luis.ReadAsync($"/api/contacts/{id}")).ShouldNotBeNull();
        read.Text("etag").ShouldBe(made.Text("etag"));
        read.GetProperty("fields").Text("cliente").ShouldBe("A-7");

        (status, var changed) = await demo.Luis.AskAsync(
            HttpMethod.Put,
            $"/api/contacts/{id}",
            new { name = "Nicolás Brenes", numbers = new[] { "7300-9999" } },
            read.Text("etag"));
        status.ShouldBe(HttpStatusCode.OK);
        changed.Text("etag").ShouldNotBe(read.Text("etag"));
        (await IdsAsync("phone=73009999")).ShouldContain(id);
        (await IdsAsync("phone=73001122")).ShouldNotContain(id);
        (await IdsAsync("query=nicolas")).ShouldContain(id);
        (await IdsAsync("query=nico")).ShouldContain(id, "the beginning of a word");

        (status, _) = await demo.Ana.AskAsync(
            HttpMethod.Put,
            $"/api/contacts/{id}",
            new { name = "Too late", numbers = new[] { "7300-9999" } },
            read.Text("etag"));
        status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (status, _) = await demo.Ana.AskAsync(
            HttpMethod.Put,
            $"/api/contacts/{id}",
            new { name = "Whatever is there", numbers = new[] { "7300-9999" } },
            "*");
        status.ShouldBe(HttpStatusCode.OK);

        (await demo.Ana.AskAsync(HttpMethod.Delete, $"/api/contacts/{id}", null))
            .Status.ShouldBe(HttpStatusCode.Forbidden);
        (await demo.Sofia.AskAsync(HttpMethod.Delete, $"/api/contacts/{id}", null, changed.Text("etag")))
            .Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await demo.Sofia.AskAsync(HttpMethod.Delete, $"/api/contacts/{id}", null))
            .Status.ShouldBe(HttpStatusCode.NoContent);
        (await demo.Ana.ReadAsync($"/api/contacts/{id}")).ShouldBeNull();
        (await demo.Sofia.AskAsync(HttpMethod.Delete, $"/api/contacts/{id}", null))
            .Status.ShouldBe(HttpStatusCode.NotFound);
        (await demo.Ana.AskAsync(HttpMethod.Put, $"/api/contacts/{id}", new { name = "Gone" }))
            .Status.ShouldBe(HttpStatusCode.NotFound);
        (await IdsAsync("phone=73009999")).ShouldNotContain(id);
        (await IdsAsync("query=whatever")).ShouldNotContain(id);
    }

    [SkippableTheory]
    [InlineData("query=jose+rod", "José Rodríguez Solís")]
    [InlineData("query=RODR%C3%8DGUEZ", "José Rodríguez Solís")]
    [InlineData("query=zuniga", "Íñigo Zúñiga Barquero")]
    [InlineData("phone=8888-1234", "José Rodríguez Solís")]
    [InlineData("phone=%2B50688881234", "José Rodríguez Solís")]
    [InlineData("phone=0050622345678", "José Rodríguez Solís")]
    [InlineData("phone=13055550142", "Emily Carter")]
    public async Task A_Contact_Is_Found_By_Its_Name_And_By_Its_Number(string question, string name) =>
        (await demo.Ana.ItemsAsync($"/api/contacts?{question}")).Select(item => item.Text("name")).ShouldContain(name);

    [SkippableTheory]
    [InlineData("1-2345-0678", "1-2345-0678", "123450678", "1 2345 0678", "1-2345")]
    [InlineData("203450911", "203450911", "2-0345-0911", "2 0345 0911", "20345")]
    [InlineData("3-109-447788", "3-109-447788", "3109447788", "3 109 447788", "3-109-44")]
    public async Task A_Document_Is_Found_However_Its_Dashes_Were_Typed(string document, params string[] searches)
    {
        var (_, made) = await demo.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Con Cédula", numbers = Array.Empty<string>(), document });

        foreach (var search in searches)
        {
            (await IdsAsync($"query={Uri.EscapeDataString(search)}")).ShouldBe([made.Text("contactId")!], search);
        }
    }

    [SkippableFact]
    public async Task Many_Documents_That_Begin_Alike_Are_All_Found_Page_By_Page()
    {
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            made.Add((await demo.Ana.AskAsync(HttpMethod.Post, "/api/contacts", new { name = $"Hermana {i}", document = $"7-011-{i}001" })).Body.Text("contactId")!);
        }

        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = (await demo.Ana.ReadAsync(
                $"/api/contacts?query=7-011&take=2{(next is null ? "" : $"&next={next}")}")).ShouldNotBeNull();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.Text("contactId")!));
            next = page.Text("next");
        }
        while (next is not null);
        seen.ShouldBe(made, ignoreOrder: true);
    }

    [SkippableFact]
    public async Task A_Number_That_Several_Have_Finds_Them_All() =>
        (await demo.Ana.ItemsAsync("/api/contacts?phone=22223344")).Count.ShouldBe(3);

    [SkippableFact]
    public async Task All_Contacts_Come_Once_In_Pages_Of_Any_Size()
    {
        var all = (await demo.Ana.AllItemsAsync("/api/contacts")).Select(item => item.Text("contactId")).ToList();
        all.Count.ShouldBeGreaterThanOrEqualTo(26);
        foreach (var take in new[] { 1, 7, 25 })
        {
            var seen = new List<string?>();
            string? next = null;
            do
            {
                var page = (await demo.Ana.ReadAsync(
                    $"/api/contacts?take={take}{(next is null ? "" : $"&next={next}")}")).ShouldNotBeNull();
                page.GetProperty("items").GetArrayLength().ShouldBeLessThanOrEqualTo(take);
                seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.Text("contactId")));
                next = page.Text("next");
            }
            while (next is not null);
            seen.Where(id => id!.StartsWith("demo-", StringComparison.Ordinal))
                .ShouldBe(all.Where(id => id!.StartsWith("demo-", StringComparison.Ordinal)));
        }
    }

    [SkippableFact]
    public async Task An_Id_From_The_Caller_Makes_A_Repeated_Creation_Harmless()
    {
        var contact = new { contactId = "crm-77", name = "Repetida", numbers = new[] { "7400-0001" } };
        var (_, first) = await demo.Ana.AskAsync(HttpMethod.Post, "/api/contacts", contact);
        var (again, second) = await demo.Ana.AskAsync(HttpMethod.Post, "/api/contacts", contact);
        (again, second.GetRawText()).ShouldBe((HttpStatusCode.Created, first.GetRawText()));

        var (status, problem) = await demo.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", contact with { name = "Otra" });
        status.ShouldBe(HttpStatusCode.Conflict);
        problem.Text("detail").ShouldNotBeNullOrEmpty();
        (await demo.Ana.ItemsAsync("/api/contacts?phone=74000001")).Count.ShouldBe(1);
    }

    [SkippableFact]
    public async Task One_Of_Two_Concurrent_Changes_Is_Refused()
    {
        var (_, made) = await demo.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Disputada", numbers = new[] { "7400-0002" } });
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            (i % 2 == 0 ? demo.Ana : demo.Luis).AskAsync(HttpMethod.Put, $"/api/contacts/{made.Text("contactId")}", new { name = $"Por {i}", numbers = new[] { $"7400-10{i:D2}" } }, made.Text("etag"))));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed).ShouldBe(7);
        var winner = answers.Single(answer => answer.Status == HttpStatusCode.OK).Body;
        for (var i = 0; i < 8; i++)
        {
            (await IdsAsync($"phone=740010{i:D2}")).Contains(made.Text("contactId")!)
                .ShouldBe(winner.Text("name") == $"Por {i}");
        }
    }

    [SkippableTheory]
    [InlineData("{}", "name")]
    [InlineData("""{"name":" "}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"name":"a","numbers":["abc"]}""", "numbers[0]")]
    [InlineData("""{"name":"a","numbers":["8888-1234",null," "]}""", "numbers[1]", "numbers[2]")]
    [InlineData("""{"name":"a","numbers":["anonymous"]}""", "numbers[0]")]
    [InlineData("""{"name":"a","email":"no at"}""", "email")]
    [InlineData("""{"name":"a","contactId":"../x"}""", "contactId")]
    [InlineData("""{"name":"a","contactId":""}""", "contactId")]
    [InlineData("""{"name":"a","fields":{"":"x"}}""", "fields.")]
    [InlineData("""{"name":"","numbers":["x"],"email":"@"}""", "email", "name", "numbers[0]")]
    public async Task Errors_Are_Reported_By_Field(string body, params string[] fields)
    {
        var (status, problem) = await demo.Ana.AskAsync(HttpMethod.Post, "/api/contacts", body);

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().Order(StringComparer.Ordinal).ShouldBe(fields);
        problem.Text("title").ShouldBe("Revise los datos");
    }

    [SkippableFact]
    public async Task A_Number_That_Is_Not_Understood_Is_Kept_And_Marked_And_Not_Dialled()
    {
        string[] numbers = ["(305) 555-0143", "8700-0101 / 2200-0101", "88001239.0", "8700OO13"];
        var (status, made) = await demo.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Formatos Viejos", numbers });

        status.ShouldBe(HttpStatusCode.Created);
        var read = (await demo.Ana.ReadAsync($"/api/contacts/{made.Text("contactId")}")).ShouldNotBeNull();
        read.GetProperty("numbers").EnumerateArray().Select(number => number.GetString()).ShouldBe(numbers);
        read.GetProperty("phones").EnumerateArray()
            .Select(phone => (phone.Text("text"), phone.Text("e164"), phone.Text("kind"))).ShouldBe([
                ("(305) 555-0143", null, "invalid"), ("8700-0101", "+50687000101", "number"),
                ("2200-0101", "+50622000101", "number"), ("88001239.0", "+50688001239", "number"),
                ("8700OO13", null, "invalid")]);
        foreach (var phone in new[] { "22000101", "87000101", "88001239" })
        {
            (await IdsAsync($"phone={phone}")).ShouldBe([made.Text("contactId")!], phone);
        }

        (await IdsAsync("phone=87006613")).ShouldBeEmpty();
        foreach (var number in new[] { "(305) 555-0143", "8700OO13" })
        {
            using var click = new HttpRequestMessage(HttpMethod.Post, "/api/calls");
            click.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
            click.Content = JsonContent.Create(new { number, contactId = made.Text("contactId") });
            using var answer = await demo.Ana.SendAsync(click);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, number);
        }
    }

    [SkippableTheory]
    [InlineData("tel1 8700-0046 tel2 2200-0046", "87000046", "22000046")]
    [InlineData("8700-0047:2200-0047", "87000047", "22000047")]
    [InlineData("8700004822000048", "87000048", "22000048")]
    [InlineData("8700-7003 / 7004", "87007003", "87007004")]
    [InlineData("8700-7006 al 08", "87007006", "87007007", "87007008")]
    public async Task Each_Number_Of_A_Field_Finds_The_Contact(string field, params string[] phones)
    {
        var (status, made) = await demo.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Varios Números", numbers = new[] { field } });
        status.ShouldBe(HttpStatusCode.Created);
        foreach (var phone in phones)
        {
            (await IdsAsync($"phone={phone}")).ShouldBe([made.Text("contactId")!], phone);
        }
    }

    [SkippableTheory]
    [InlineData("8700-7003 / 2001")]
    [InlineData("8700004699999999")]
    public async Task Numbers_Of_A_Field_That_Can_t_Be_Told_Apart_Are_Refused_There(string field)
    {
        var numbers = new[] { "8700-0049", field };
        var (status, problem) = await demo.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Sin Separar", numbers });
        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().ShouldBe(["numbers[1]"]);
        problem.GetProperty("errors").GetProperty("numbers[1]")[0].GetString()!
            .ShouldStartWith("Parecen varios números.");

        var callId = $"unclear-{field[^4..]}";
        await demo.StartAsync(callId);
        await demo.CallAsync(callId);
        (status, problem) = await demo.Ana.AskAsync(
            HttpMethod.Put,
            $"/api/calls/{callId}/contact",
            new { contact = new { name = "Sin Separar", numbers } },
            language: "en");
        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.GetProperty("errors").GetProperty("numbers[1]")[0].GetString()!
            .ShouldStartWith("This seems to be several numbers.");
    }

    [SkippableFact]
    public async Task A_Contact_May_Have_A_Number_And_No_Name()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        var (status, made) = await demo.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", new { numbers = new[] { "7555-0009" } });
        (status, made.Text("name")).ShouldBe((HttpStatusCode.Created, ""));
        (await IdsAsync("query=7555")).ShouldContain(made.Text("contactId")!);
        (await demo.Ana.AllItemsAsync("/api/contacts")).Select(contact => contact.Text("contactId"))
            .ShouldContain(made.Text("contactId"));

        await demo.StartAsync("nameless", ("ani", "75550009"));
        var popUp = (await ana.NextOfAsync("nameless")).PopUp;
        popUp.Text("contactId").ShouldBe(made.Text("contactId"));
        popUp.GetProperty("candidates")[0].Text("name").ShouldBe("7555-0009", "the number is what they are called");

        (status, var named) = await demo.Ana.AskAsync(
            HttpMethod.Put,
            $"/api/contacts/{made.Text("contactId")}",
            new { name = "Ya Con Nombre", numbers = new[] { "7555-0009" } });
        (status, named.Text("name")).ShouldBe((HttpStatusCode.OK, "Ya Con Nombre"));
    }

    [SkippableFact]
    public async Task Errors_Are_In_The_Requested_Language_Or_In_The_Agents()
    {
        (await demo.Admin.AskAsync(HttpMethod.Put, "/api/agents/luis", new { name = "Luis Mora Jiménez", roles = new[] { "agent" }, team = "cobros", language = "en" })).Status.ShouldBe(HttpStatusCode.OK);
        using var luis = await demo.Host.SignInAsync("luis");

        var (_, problem) = await luis.AskAsync(HttpMethod.Post, "/api/contacts", "{}");
        problem.Text("title").ShouldBe("Check the data");
        problem.GetProperty("errors").GetProperty("name")[0].GetString()
            .ShouldBe("Write the name or a phone number.");
        (_, problem) = await luis.AskAsync(HttpMethod.Post, "/api/contacts", "{}", language: "de, es;q=0.5");
        problem.GetProperty("errors").GetProperty("name")[0].GetString()
            .ShouldBe("Escriba el nombre o un teléfono.");
        (_, problem) = await demo.Ana.AskAsync(HttpMethod.Post, "/api/contacts", "{}");
        problem.Text("title").ShouldBe("Revise los datos");
        // The console's language switch: pages and the API's sentences are in the same language.
        (_, problem) = await demo.Ana.AskAsync(HttpMethod.Post, "/api/contacts", "{}", language: "en");
        problem.Text("title").ShouldBe("Check the data");

        // Nobody is signed in: the browser's language is used.
        (_, problem) = await demo.Nobody.AskAsync(
            HttpMethod.Get, "/api/me", null, language: "de, en-GB;q=0.8, es;q=0.5");
        problem.Text("title").ShouldBe("Sign in");
        (_, problem) = await demo.Nobody.AskAsync(HttpMethod.Get, "/api/me", null, language: "fr");
        problem.Text("title").ShouldBe("Inicie sesión");
    }

    public static TheoryData<string> OddBodies { get; } =
    [
        "", " ", "{", "nothing", "null", "[]", "1", "\"text\"", """[{"name":"a"}]""", """{"name":1}""", """{"name":["a"]}""", """{"name":{"a":1}}""",
        """{"name":"a","numbers":"8888"}""", """{"name":"a","numbers":{"0":"8888"}}""", """{"name":"a","numbers":[1]}""", """{"name":"a","fields":[]}""",
        """{"name":"a","fields":{"x":{}}}""", """{"name":"a","fields":{"x":1}}""", """{"name":"\ud800"}""", "{\"name\":\"a\u0001\"}", """{'name':'a'}""",
        string.Concat(Enumerable.Repeat("[", 5000)), "{\"name\":\"" + new string('x', 300) + "\"}", "{\"name\":\"a\",\"email\":\"" + new string('x', 300) + "@x\"}",
        "{\"name\":\"a\",\"document\":\"" + new string('x', 65) + "\"}", "{\"name\":\"a\",\"numbers\":[" + string.Join(
            ',', Enumerable.Repeat("\"8888-1234\"", 21)) + "]}",
        "{\"name\":\"a\",\"fields\":{" + string.Join(
            ',', Enumerable.Range(0, 51).Select(i => $"\"f{i}\":\"v\"")) + "}}",
        "{\"name\":\"a\",\"fields\":{\"x\":\"" + new string('x', 501) + "\"}}",
    ];

    [SkippableTheory]
    [MemberData(nameof(OddBodies))]
    public async Task A_Body_That_Is_No_Contact_Is_Refused_In_Plain_Words(string body)
    {
        foreach (var (method, path) in new[] { (HttpMethod.Post, "/api/contacts"), (HttpMethod.Put, "/api/contacts/demo-01") })
        {
            var (status, problem) = await demo.Ana.AskAsync(method, path, body);
            status.ShouldBe(HttpStatusCode.BadRequest);
            problem.Text("detail").ShouldNotBeNullOrEmpty();
        }

        (await demo.Ana.ReadAsync("/api/contacts/demo-01")).ShouldNotBeNull().Text("name")
            .ShouldBe("José Rodríguez Solís");
    }

    [SkippableFact]
    public async Task A_Huge_Body_Is_Refused_By_Its_Size()
    {
        (await demo.Ana.AskAsync(HttpMethod.Post, "/api/contacts", "{\"name\":\"" + new string('x', 300 * 1024) + "\"}")).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);

        // The size of a body in chunks is known only at its end. This body is valid, so that nothing else refuses it.
        var lengthy = JsonSerializer.SerializeToUtf8Bytes(new { name = "Eva", document = new string('x', 400 * 1024) });
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/api/contacts");
        chunked.Content = new StreamContent(new MemoryStream(lengthy));
        chunked.Content.Headers.ContentType = new("application/json");
        chunked.Headers.TransferEncodingChunked = true;
        using var response = await demo.Ana.SendAsync(chunked);
        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        response.Content.Headers.ContentType.ShouldNotBeNull().MediaType.ShouldBe("application/problem+json");
    }

    [SkippableFact]
    public async Task Another_Content_Type_Is_Refused()
    {
        using var form = new FormUrlEncodedContent([new("name", "a")]);
        using var response = await demo.Ana.PostAsync("/api/contacts", form);
        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [SkippableTheory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("Robert'); DROP TABLE contacts;--")]
    [InlineData("名前 😀 ‮abc")]
    [InlineData("%00%20..%2f")]
    public async Task Odd_Names_Are_Kept_As_They_Are(string name)
    {
        var (status, made) = await demo.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name, numbers = Array.Empty<string>() });
        status.ShouldBe(HttpStatusCode.Created);
        (await demo.Ana.ReadAsync($"/api/contacts/{made.Text("contactId")}")).ShouldNotBeNull().Text("name")
            .ShouldBe(name);
    }

    [SkippableFact]
    public async Task Control_Characters_In_A_Name_Become_Spaces()
    {
        var (status, made) = await demo.Ana.AskAsync(HttpMethod.Post, "/api/contacts", """{"name":"a\u0000b\u001bc\u0007","numbers":[]}""");
        status.ShouldBe(HttpStatusCode.Created);
        made.Text("name").ShouldBe("a b c");
    }

    [SkippableTheory]
    [InlineData("take=0", "take")]
    [InlineData("next=%F0%9F%98%80", "next")]
    [InlineData("query=a&phone=1", "phone")]
    public async Task An_Invalid_Query_Names_Its_Parameter(string query, string field)
    {
        var (status, problem) = await demo.Ana.AskAsync(HttpMethod.Get, $"/api/contacts?{query}", null);
        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Errors().ShouldBe([field]);
    }

    [SkippableTheory]
    [InlineData("query=%00")]
    [InlineData("query=%E2%80%AE")]
    [InlineData("query=~")]
    [InlineData("query=%F0%9F%98%80")]
    [InlineData("query='")]
    [InlineData("phone=%00")]
    [InlineData("phone=abc")]
    [InlineData("phone=999999999999999999999999999999")]
    [InlineData("phone=anonymous")]
    public async Task An_Odd_Search_Finds_Nobody_Without_An_Error(string query) =>
        (await demo.Ana.ItemsAsync($"/api/contacts?{query}"))
            .ShouldNotContain(item => item.Text("contactId") == "demo-01");

    [SkippableTheory]
    [InlineData("..%2F..")]
    [InlineData("a%2Fb")]
    [InlineData("%F0%9F%98%80")]
    [InlineData("long")]
    public async Task An_Impossible_Id_Is_Not_Found(string id)
    {
        var path = $"/api/contacts/{(id == "long" ? new string('x', 2000) : id)}";
        (await demo.Ana.AskAsync(HttpMethod.Get, path, null)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await demo.Ana.AskAsync(HttpMethod.Put, path, new { name = "a" })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await demo.Sofia.AskAsync(HttpMethod.Delete, path, null)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableFact]
    public async Task A_Repeated_Creation_Tells_The_Open_Card_What_The_First_Has_Only_Stored()
    {
        var contact = new Contact { ContactId = "told-again", Name = "Vuelta Mora", Numbers = ["7409-0001"] };
        await using var ana = await demo.ScreenAsync(demo.Ana);
        await demo.StartAsync("told-again", ("ani", "74090001"));
        (await ana.NextOfAsync("told-again")).PopUp.Text("contactId").ShouldBeNull();
        // A process ended after it had stored the contact.
        (await demo.Host.Get<ContactStore>().CreateAsync(contact, default)).ShouldNotBeNull();

        (await demo.Ana.AskAsync(
            HttpMethod.Post,
            "/api/contacts",
            new { contactId = contact.ContactId, name = contact.Name, numbers = contact.Numbers }))
            .Status.ShouldBe(HttpStatusCode.Created);

        (await ana.NextOfAsync("told-again")).PopUp.Text("contactId").ShouldBe(contact.ContactId);
        await demo.EndAsync("told-again", ("ani", "74090001"));
    }

    [SkippableFact]
    public async Task The_Next_Call_Matches_The_New_Contact()
    {
        await using var ana = await demo.ScreenAsync(demo.Ana);
        var (_, made) = await demo.Ana.AskAsync(
            HttpMethod.Post, "/api/contacts", new { name = "Recién Creada", numbers = new[] { "7555-0001" } });
        await demo.StartAsync("new-contact", ("ani", "+506 7555 0001"));
        (await ana.NextOfAsync("new-contact")).PopUp.Text("contactId").ShouldBe(made.Text("contactId"));
    }

    private async Task<IReadOnlyList<string>> IdsAsync(string question) =>
        [.. (await demo.Ana.ItemsAsync($"/api/contacts?{question}")).Select(item => item.Text("contactId")!)];
}

public sealed class ContactApiTestsOnSqlite(DemoHost demo) : ContactApiTests(demo), IClassFixture<DemoHost>;

public sealed class ContactApiTestsOnAzurite(DemoHostOnAzuriteWithAllContacts demo)
    : ContactApiTests(demo), IClassFixture<DemoHostOnAzuriteWithAllContacts>;
