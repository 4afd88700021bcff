using CallMyWay.Functions.Api;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Contacts;

/// <summary>Documents, names and numbers are found as people write them.</summary>
public sealed class ContactSearchTests : IAsyncLifetime
{
    private Features _features = null!;

    private ContactStore Contacts => _features.Get<ContactStore>();

    private ContactSearch Search => _features.Get<ContactSearch>();

    private ITable Names => _features.Get<ITables>()[StorageNames.ContactNames];

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Theory]
    [InlineData("1-0987-0654", "1-0987-0654", "109870654", "0109870654", "01-0987-0654", "1-987-654", "1 0987 06", "10987")]
    [InlineData("109870654", "1-0987-0654", "0109870654", "1-987-654", "01 0987 0654")]
    [InlineData("0109870654", "1-0987-0654", "109870654", "0109870654", "010987")]
    [InlineData("1-987-654", "1-0987-0654", "109870654", "0109870654", "987")]
    [InlineData("3-101-045678", "3101045678", "3-101-45678", "3-101-045678", "03101045678")]
    [InlineData("3-101-45678", "3101045678", "3-101-045678")]
    [InlineData("155812345607", "155812345607", "1558-1234-5607", "0155812345607")]
    [InlineData("1558-12345607", "155812345607")]
    [InlineData("Cédula 1-0987-0654", "109870654", "0109870654", "wanted 0109870654", "1-987-654", "cedula")]
    [InlineData("1-0987-0654", "wanted 0109870654", "wanted 109870654")]
    [InlineData("C02718345", "c02718345", "C02718")]
    public async Task A_Document_Is_Found_With_And_Without_Its_Zeros_And_Dashes(
        string document, params string[] queries)
    {
        await AddAsync("wanted", document: document);
        await AddAsync("other", document: "1-0986-0654");
        await AddAsync("another", document: "3-102-045678");

        foreach (var query in queries)
        {
            (await SearchAsync(query)).ShouldBe(["wanted"], query);
        }
    }

    [Theory]
    [InlineData("Sean O'Brien", "obrien", "o'brien", "o brien", "brien", "sean obr")]
    [InlineData("Sean Obrien", "obrien", "o'brien", "O Brien", "sean o'brien")]
    [InlineData("María de la Cruz Mora", "delacruz", "de la cruz", "maria delacruz", "lacruz", "cruz mora")]
    [InlineData("María Delacruz", "de la cruz", "delacruz", "maria de la cruz", "de la cru")]
    [InlineData("Inés San Martín", "sanmartin", "san martin")]
    [InlineData("Inés Sanmartín", "san martin", "sanmar")]
    [InlineData("Mariajosé Arce", "maria jose")]
    [InlineData("Rita Montesdeoca", "montes de oca")]
    [InlineData("Rita Montes de Oca", "montesdeoca", "montes deoca", "montes de oca", "deoca")]
    [InlineData("Rita Delacruz", "dela cruz")]
    [InlineData("Rita Dela Cruz", "delacruz", "de la cruz", "dela cruz")]
    [InlineData("Inés de la O", "delao", "de la o", "ines delao")]
    [InlineData("Tania N'Diaye", "ndiaye", "n'diaye", "n diaye")]
    [InlineData("Rita de la Cruz", "dela cruz")]
    [InlineData("Jean Paul Castro", "jeanpaul", "jean paul", "jeanpaul castro", "jeanp", "paul castro")]
    [InlineData("María José Arce", "mariajose", "maria jose", "mariajose arce")]
    [InlineData("Ann Mary Smith-Jones", "smithjones", "smith jones", "annmary smithjones")]
    public async Task A_Name_Is_Found_Joined_And_Split(string name, params string[] queries)
    {
        await AddAsync("wanted", name);
        await AddAsync("other", "Delia Lara");

        foreach (var query in queries)
        {
            (await SearchAsync(query)).ShouldBe(["wanted"], query);
        }
    }

    [Theory]
    [InlineData("8888-1234", "81234", "881234", "8-1234", "(88) 12-34", "888812", "8888", "1234", "88881234", "+506 8888 12", "(8888) 12", "wanted 1234", "50688881234", "506 8888 1234", "(506) 8888-1234", "+5068888", "5068888", "00506 8888 1234", "0050688881234")]
    [InlineData("+506 88881234", "8888-12", "1234", "+50688881234")]
    [InlineData("+1 305-555-0143", "305-555", "0143", "1305555", "+1 305 555", "+13055550143", "0013055550143")]
    public async Task A_Number_Is_Found_By_Its_Parts(string number, params string[] queries)
    {
        await AddAsync("wanted", number: number);
        await AddAsync("other", number: "2222-8812");

        foreach (var query in queries)
        {
            (await SearchAsync(query)).ShouldBe(["wanted"], query);
        }
    }

    [Theory]
    [InlineData("Rosa González", "gonsales", "gonzales", "gonzalez", "gonsalez", "gonsa", "rosa gonsales", "rosa gonz", "roza gonz")]
    [InlineData("Luis Valdés", "baldes", "valdez", "baldez", "luiz valdes", "lu bald")]
    [InlineData("Cecilia Vásquez", "sesilia", "zecilia", "cesi", "sec", "basques", "vaz")]
    [InlineData("Sesilia Vega", "cecilia", "cec", "bega")]
    [InlineData("Marcelo Brenes", "marselo", "mars", "marzelo brenes", "vrenes")]
    public async Task A_Name_Is_Found_As_It_Sounds(string name, params string[] queries)
    {
        await AddAsync("wanted", name);
        await AddAsync("other", "Marco Goncalo Suco");

        foreach (var query in queries)
        {
            (await SearchAsync(query)).ShouldBe(["wanted"], query);
        }
    }

    [Fact]
    public async Task What_Sounds_Alike_Comes_Last()
    {
        foreach (var name in new[] { "Gonzalez", "Gonsales", "Gonsalez", "Gonzales", "Gonsalo", "Goncho" })
        {
            await AddAsync(name.ToLowerInvariant(), $"Ana {name}");
        }

        (await SearchAsync("gonsal")).ShouldBe(["gonsales", "gonsalez", "gonsalo", "gonzales", "gonzalez"]);
        (await SearchAsync("ana gonzal")).ShouldBe(["gonzales", "gonzalez", "gonsales", "gonsalez", "gonsalo"]);
        (await SearchAsync("gonzalo")).ShouldBe(["gonsalo"]);
        (await SearchAsync("gonc")).ShouldBe(["goncho"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task What_Sounds_Alike_Has_Pages_Without_A_Contact_Twice(int take)
    {
        for (var i = 0; i < 4; i++)
        {
            // The second name of some sounds alike too.
            await AddAsync($"s{i}", $"Vasques Basques {i}");
            await AddAsync($"z{i}", $"Vazquez Basques {i}");
            await AddAsync($"b{i}", $"Bazquez {i}");
        }

        var seen = new List<string>();
        PageToken? after = null;
        do
        {
            var page = await Search.SearchAsync("vasques", new PageRequest(take, after), CancellationToken.None);
            page.Items.Count.ShouldBeInRange(1, take);
            seen.AddRange(page.Items.Select(contact => contact.ContactId));
            after = null;
            (page.Next is null || PageToken.TryParse(page.Next, out after)).ShouldBeTrue();
        }
        while (after is not null);

        seen.Take(4).ShouldBe(["s0", "s1", "s2", "s3"]);
        seen.ShouldBe(["s0", "s1", "s2", "s3", "z0", "z1", "z2", "z3", "b0", "b1", "b2", "b3"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("jose rod", 3)]
    [InlineData("gonsales", 6)]
    [InlineData("vasconcelos vives zeballos bosques", 13)]
    [InlineData("maria mora", 1)]
    public async Task A_Search_For_What_Sounds_Alike_Costs_A_Query_For_Each_Spelling_And_At_Most_Twelve(
        string query, int queries)
    {
        await AddAsync("wanted", "José Rodríguez Mora María");
        _features.Meter.Reset();

        await SearchAsync(query);

        _features.Meter.Operations.Count(operation => operation == "query contactnames").ShouldBe(queries);
    }

    [Theory]
    [InlineData("8812")]
    [InlineData("8881")]
    public async Task A_Part_In_The_Middle_Of_A_Number_Is_Not_Looked_For(string part)
    {
        await AddAsync("wanted", number: "8888-1234");

        (await SearchAsync(part)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_Is_Typed_Comes_Before_What_It_May_Mean_Too()
    {
        await AddAsync("split", "De la Cruz");
        await AddAsync("joined", "Delacruz");

        (await SearchAsync("de la cruz")).ShouldBe(["split", "joined"]);
        (await SearchAsync("delacruz")).ShouldBe(["split", "joined"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("0109870", "1-0987-0")]
    [InlineData("de la cruz", "Delacruz")]
    [InlineData("o'brien", "Obrien")]
    [InlineData("maria jose", "Mariajose")]
    [InlineData("7000-0", "7000-0")]
    public async Task A_Search_That_Is_Read_In_Another_Way_Has_Pages(string query, string alike)
    {
        for (var i = 0; i < 5; i++)
        {
            await AddAsync($"c{i}", $"{alike} {i}", document: $"1-0987-000{i}", number: $"7000-000{i}");
        }

        var seen = new List<string>();
        PageToken? after = null;
        do
        {
            var page = await Search.SearchAsync(query, new PageRequest(2, after), CancellationToken.None);
            page.Items.Count.ShouldBeInRange(1, 2);
            seen.AddRange(page.Items.Select(contact => contact.ContactId));
            after = null;
            (page.Next is null || PageToken.TryParse(page.Next, out after)).ShouldBeTrue();
        }
        while (after is not null);

        seen.ShouldBe(["c0", "c1", "c2", "c3", "c4"]);
    }

    [Theory]
    [InlineData("jo rod")]
    [InlineData("1-0987-0654")]
    [InlineData("109870654")]
    [InlineData("8888-12")]
    [InlineData("delacru")]
    public async Task What_Is_Found_As_Typed_Costs_One_Query(string query)
    {
        await AddAsync("wanted", "José Rodríguez de la Cruz", "1-0987-0654", "8888-1234");
        _features.Meter.Reset();

        (await SearchAsync(query)).ShouldBe(["wanted"]);

        _features.Meter.Operations.ShouldBe(["query contactnames", "get contacts"]);
    }

    [Theory]
    [InlineData("jose")]
    [InlineData("jos")]
    [InlineData("jose mora")]
    [InlineData("jos mor")]
    public async Task Joined_Names_Of_Many_With_One_Name_Do_Not_Crowd_Them_Out(string query)
    {
        // Each has a row of the joined name, such as josemora, that sorts before the row of jose.
        const int namesakes = 250;
        await Contacts.CreateManyAsync(
            [
                .. Enumerable.Range(0, namesakes).Select(i => Named($"c{i:D3}", "José Mora")),
                Named("fina", "Josefina Mora"),
                Named("ana", "Ana Mora Josan"),
            ],
            CancellationToken.None);
        _features.Meter.Reset();

        var first = await Search.SearchAsync(query, new PageRequest(8, null), CancellationToken.None);

        first.Items.Select(contact => contact.ContactId).ShouldBe(Enumerable.Range(0, 8).Select(i => $"c{i:D3}"));
        _features.Meter.Operations.Count(operation => operation == "query contactnames").ShouldBeLessThan(8);
        var seen = first.Items.Select(contact => contact.ContactId).ToList();
        for (var next = first.Next; next is not null;)
        {
            PageToken.TryParse(next, out var after).ShouldBeTrue();
            var page = await Search.SearchAsync(query, new PageRequest(8, after), CancellationToken.None);
            seen.AddRange(page.Items.Select(contact => contact.ContactId));
            next = page.Next;
        }

        var others = query.StartsWith("jose", StringComparison.Ordinal) ? new[] { "fina" } : ["ana", "fina"];
        seen.ShouldBe(
            Enumerable.Range(0, namesakes).Select(i => $"c{i:D3}").Concat(others), ignoreOrder: true);
    }

    [Theory]
    [InlineData("reading~0~0~mora", true)]
    [InlineData("reading~0~0~", true)]
    [InlineData("reading~0~0~jose~x", true)]
    [InlineData("reading~0~0~josemora", true)]
    [InlineData("reading~0~0~jo", true)]
    [InlineData("reading~0~7~jose", false)]
    [InlineData("reading~9~0~jose", false)]
    [InlineData("reading~99999999999~0~jose", false)]
    public async Task A_Token_That_Somebody_Made_Up_Finds_Nobody_Else(string partition, bool finds)
    {
        await AddAsync("wanted", "José Mora");
        await AddAsync("other", "Rita Mora");

        var page = await Search.SearchAsync(
            "jose", new PageRequest(8, new PageToken(partition, "a")), CancellationToken.None);

        page.Items.Select(contact => contact.ContactId).ShouldBe(finds ? ["wanted"] : []);
    }

    [Fact]
    public async Task The_Index_Of_An_Earlier_Release_Finds_As_Before_And_Is_Completed_By_The_Repair()
    {
        await AddAsync("wanted", "Ana de la Cruz", "1-0987-0654", "8888-1098");
        await LeaveRowsOfEarlierReleaseAsync();
        var before = new[] { "ana cruz", "de la cruz", "1-0987-0654", "109870654", "0109870654", "1-987-654", "109" };
        var added = new[] { "delacruz", "8888-10" };
        foreach (var query in before)
        {
            (await SearchAsync(query)).ShouldBe(["wanted"], query);
        }

        foreach (var query in added)
        {
            (await SearchAsync(query)).ShouldBeEmpty(query);
        }

        var page = await _features.Get<IndexRepair>().RunAsync(null, rows: 5000, TimeSpan.FromMinutes(1), default);

        page.Next.ShouldBeNull();
        foreach (var query in before.Concat(added))
        {
            (await SearchAsync(query)).ShouldBe(["wanted"], query);
        }
    }

    // The words as they were typed, and the document without dashes, were all there was.
    private async Task LeaveRowsOfEarlierReleaseAsync()
    {
        var words = new[] { "ana", "de", "la", "cruz", "1", "0987", "0654", "109870654" };
        foreach (var letter in "abcdefghijklmnopqrstuvwxyz0123456789")
        {
            foreach (var row in await Names.ReadAsync(new RowRange($"w~{letter}"), default))
            {
                await Names.DeleteAsync(row.Partition, row.Key, null, default);
            }
        }

        foreach (var word in words)
        {
            var row = new Row(ContactIndex.WordPartition(word), Keys.Join(word, "wanted"))
                .Set(ContactIndex.ContactIdColumn, "wanted")
                .Set("words", string.Join(' ', words));
            await Names.UpsertAsync(row, default);
        }
    }

    private static Contact Named(string id, string name) => new() { ContactId = id, Name = name, Numbers = [] };

    private Task<Contact?> AddAsync(string id, string? name = null, string? document = null, string? number = null) =>
        Contacts.CreateAsync(
            new Contact
            {
                ContactId = id,
                Name = name ?? id,
                Numbers = number is null ? [] : [number],
                Document = document,
            },
            CancellationToken.None);

    private async Task<IEnumerable<string>> SearchAsync(string query) =>
        (await Search.SearchAsync(query, new PageRequest(100, null), CancellationToken.None))
            .Items.Select(contact => contact.ContactId);
}
