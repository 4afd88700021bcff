using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Contacts;

/// <summary>Who is a contact already is found by document, number and name, at a cost that is bounded.</summary>
public sealed class DuplicateTests : IAsyncLifetime
{
    private Features _features = null!;

    private ContactDuplicates Duplicates => _features.Get<ContactDuplicates>();

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Theory]
    [InlineData("1-0987-0654", "1-0987-0654", "109870654", "0109870654", "01-0987-0654", "1-987-654", "Cédula 109870654")]
    [InlineData("0109870654", "1-0987-0654", "109870654", "1-987-654")]
    [InlineData("1-987-654", "109870654", "01-0987-0654")]
    [InlineData("3-101-045678", "3101045678", "3-101-45678", "03101045678")]
    [InlineData("1558-12345607", "155812345607", "0155812345607")]
    [InlineData("Cédula 1-0987-0654", "109870654", "1-0987-0654")]
    [InlineData("C02718345", "c02718345", "C-02718345", "C02718345")]
    public async Task By_A_Document_With_And_Without_Its_Zeros_And_Hyphens(string document, params string[] typed)
    {
        await AddAsync("wanted", document: document);
        await AddAsync("longer", document: document + "1");
        await AddAsync("number", number: "8098-7065", document: "1-0986-0654");

        foreach (var text in typed)
        {
            (await FindAsync(document: text)).ShouldBe(["wanted: Document"], text);
        }

        (await FindAsync(document: document[..^1])).ShouldBeEmpty("a part of a document is another one");
    }

    [Fact]
    public async Task A_Word_Of_A_Name_Is_No_Document()
    {
        await AddAsync("lot", name: "Lote 109870654", document: "1-0111-0222");

        (await FindAsync(document: "1-0987-0654")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("8888-1234", "88881234", "+506 8888 1234", "50688881234", "(506) 8888-1234", "2222-0000 / 8888-1234")]
    [InlineData("+1 305-555-0143", "13055550143", "+1 (305) 555-0143")]
    public async Task By_A_Number_As_It_Is_Dialled(string number, params string[] typed)
    {
        await AddAsync("wanted", number: number);
        await AddAsync("other", number: "2222-8812");

        foreach (var text in typed)
        {
            (await FindAsync(phone: text)).ShouldBe(["wanted: Phone"], text);
        }
    }

    [Theory]
    [InlineData("José Rodríguez Solís", "jose rodriguez solis", "RODRIGUEZ SOLIS JOSE", "José Rodríguez", "josé solís", "Jose Rodrigues Solis", "Jose Rodriguez Solis Mora")]
    [InlineData("José Rodríguez", "José Rodríguez Solís", "José Manuel Rodríguez", "José Manuel Rodríguez Solís", "Rodríguez José")]
    [InlineData("Ana de la Cruz", "Ana Delacruz", "ana de la cruz", "Ana De La Cruz Mora")]
    [InlineData("Ana Delacruz", "Ana de la Cruz")]
    [InlineData("María José Arce", "Mariajosé Arce")]
    [InlineData("Mariajosé Arce", "María José Arce")]
    [InlineData("Rosa Valdés", "rosa baldez", "Roza Valdés")]
    [InlineData("Ferretería", "ferreteria")]
    public async Task By_A_Name_As_People_Write_It(string name, params string[] typed)
    {
        await AddAsync("wanted", name);
        await AddAsync("other", "José Rosa María Arias");

        foreach (var text in typed)
        {
            (await FindAsync(text)).ShouldBe(["wanted: Name"], text);
        }
    }

    [Theory]
    [InlineData("José")]
    [InlineData("Rodríguez")]
    [InlineData("José Rodrígue")]
    [InlineData("José Rodríguez Mora")]
    [InlineData("José 1-0987-0654")]
    [InlineData("rodri")]
    [InlineData("...")]
    public async Task A_Name_That_Many_Share_In_Part_Is_Nobodys(string typed)
    {
        await AddAsync("other", "José Rodríguez Solís", "1-0987-0654");

        (await FindAsync(typed)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_Surest_Comes_First_And_One_Contact_Once()
    {
        await AddAsync("name", "Rosa Mora");
        await AddAsync("longer", "Rosa Mora Díaz");
        await AddAsync("phone", "Otra", number: "8888-1234");
        await AddAsync("document", "Luis", "1-0987-0654");
        await AddAsync("all", "Rosa Mora", "109870654", "8888-1234");

        (await FindAsync("rosa mora", "88881234", "1-0987-0654")).ShouldBe(
        [
            "all: Document, Phone, Name",
            "document: Document",
            "phone: Phone",
            "name: Name",
            "longer: Name",
        ]);
        (await FindAsync("rosa mora", except: "name")).ShouldBe(["all: Name", "longer: Name"]);
    }

    [Fact]
    public async Task Who_Was_Changed_Or_Deleted_Is_Found_No_More()
    {
        var contact = await AddAsync("wanted", "Rosa Mora", "1-0987-0654", "8888-1234");
        var store = _features.Get<ContactStore>();
        var changed = contact with { Name = "Rosa Arias", Document = null, Numbers = [] };

        var replaced = (await store.ReplaceAsync(changed, contact, default)).ShouldNotBeNull();

        (await FindAsync("rosa mora", "88881234", "1-0987-0654")).ShouldBeEmpty();
        (await FindAsync("rosa arias")).Count.ShouldBe(1);
        (await store.DeleteAsync(replaced, null, default)).ShouldBeTrue();
        (await FindAsync("rosa arias")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null, "8888-1234", null, 1)]
    [InlineData(null, "8888-1234 / 2222-1234 / 2222-3344 / 2222-5566", null, 3)]
    [InlineData(null, null, "1-0987-0654", 1)]
    [InlineData(null, null, "01-0987-0654", 2)]
    [InlineData("Luna", null, null, 1)]
    [InlineData("Ana Luna", null, null, 3)]
    [InlineData("José Rodríguez", null, null, 6)]
    [InlineData("José Manuel Rodríguez Solís", null, null, 10)]
    [InlineData("María José de la Cruz Vasconcelos Vives", "8888-1234 / 2222-1234", "01-0987-0654", 13)]
    public async Task Nobody_Costs_A_Few_Queries(string? name, string? phone, string? document, int operations)
    {
        await _features.AddContactAsync("Otra Persona", "7000-1234");
        _features.Meter.Reset();

        (await FindAsync(name, phone, document)).ShouldBeEmpty();

        _features.Meter.Operations.Count.ShouldBe(operations, string.Join(", ", _features.Meter.Operations));
        _features.Meter.Operations.ShouldAllBe(operation => operation.StartsWith("query contactn"));
    }

    [Fact]
    public async Task A_Switchboard_And_A_Name_That_Hundreds_Have_Cost_No_More_Than_Ten_Reads_Each()
    {
        for (var i = 0; i < 60; i++)
        {
            await AddAsync($"c{i:D2}", "Rosa Mora", "1-0987-0654", "2222-1234");
        }

        _features.Meter.Reset();

        (await FindAsync("rosa mora", "22221234", "1-0987-0654")).Count.ShouldBe(10);

        _features.Meter.Operations.Count(operation => operation == "get contacts").ShouldBe(30);
        // The choice that was remembered of the number is read beside a full page.
        _features.Meter.Operations.Count.ShouldBe(36, string.Join(", ", _features.Meter.Operations));
    }

    private async Task<IReadOnlyList<string>> FindAsync(
        string? name = null, string? phone = null, string? document = null, string? except = null) =>
        [
            .. (await Duplicates.FindAsync(name, phone, document, except, CancellationToken.None))
                .Select(found => $"{found.Contact.ContactId}: {string.Join(", ", found.By)}"),
        ];

    private async Task<Contact> AddAsync(
        string id, string name = "Nadie", string? document = null, string? number = null) =>
        (await _features.Get<ContactStore>().CreateAsync(
            new Contact
            {
                ContactId = id,
                Name = name,
                Document = document,
                Numbers = number is null ? [] : [number],
                CreatedAt = _features.Clock.Now,
            },
            CancellationToken.None)).ShouldNotBeNull();
}
