using CallMyWay.Functions.Api;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Contacts;

public sealed class ContactStoreTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 18, 0, 0, TimeSpan.Zero);

    private Features _features = null!;

    private ContactStore Contacts => _features.Get<ContactStore>();

    private ContactSearch Search => _features.Get<ContactSearch>();

    private ContactChoices Choices => _features.Get<ContactChoices>();

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Theory]
    [InlineData("jose rod")]
    [InlineData("ROD jos")]
    [InlineData("José Rodríguez")]
    [InlineData("rodriguez")]
    public async Task A_Name_Is_Found_By_The_Beginnings_Of_Its_Words(string query)
    {
        await _features.AddContactAsync("José Rodríguez", "88887777");
        await _features.AddContactAsync("Josefa Mora", "88887778");

        (await SearchAsync(query)).ShouldBe(["José Rodríguez"]);
    }

    [Fact]
    public async Task A_Contact_Is_Found_By_Document_And_Fields()
    {
        await Contacts.CreateAsync(
            new Contact
            {
                ContactId = "c1",
                Name = "Ana Solís",
                Numbers = [],
                Document = "1-0234-0567",
                Email = "ana@solis.example",
                Fields = new Dictionary<string, string> { ["expediente"] = "EXP-778" }
            },
            CancellationToken.None);

        foreach (var query in new[] { "1-0234-0567", "102340567", "solis.example", "778", "exp-778" })
        {
            (await SearchAsync(query)).ShouldBe(["Ana Solís"], query);
        }
    }

    [Fact]
    public async Task The_List_Is_Sorted_By_Name_And_Paged()
    {
        foreach (var name in new[] { "Óscar Vega", "ana Solís", "Zoé Araya", "Ñancy Cruz", "Bruno Díaz" })
        {
            await _features.AddContactAsync(name);
        }

        var names = new List<string>();
        PageToken? after = null;
        do
        {
            var page = await Search.ListAsync(new PageRequest(2, after), CancellationToken.None);
            names.AddRange(page.Items.Select(contact => contact.Name));
            after = null;
            if (page.Next is not null)
            {
                PageToken.TryParse(page.Next, out after).ShouldBeTrue();
            }
        }
        while (after is not null);
        names.ShouldBe(["ana Solís", "Bruno Díaz", "Ñancy Cruz", "Óscar Vega", "Zoé Araya"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(500)]
    public async Task A_Search_Over_Pages_Finds_Each_Once(int take)
    {
        for (var i = 0; i < 23; i++)
        {
            await _features.AddContactAsync(i % 3 == 0 ? $"Mora Morales {i}" : $"Mora {i}");
        }

        var found = new List<string>();
        PageToken? after = null;
        do
        {
            var page = await Search.SearchAsync("mor", new PageRequest(take, after), CancellationToken.None);
            found.AddRange(page.Items.Select(contact => contact.ContactId));
            after = null;
            if (page.Next is not null)
            {
                PageToken.TryParse(page.Next, out after).ShouldBeTrue();
            }
        }
        while (after is not null);
        found.Count.ShouldBe(23);
        found.Distinct().Count().ShouldBe(23);
    }

    [Fact]
    public async Task A_Changed_Contact_Is_Found_By_Its_New_Values_Only()
    {
        var before = await _features.AddContactAsync("José Rodríguez", "8888-7777");
        await Contacts.ReplaceAsync(
            before with { Name = "Josué Ramírez", Numbers = ["2222-3333"] }, before, CancellationToken.None);

        (await SearchAsync("rodriguez")).ShouldBeEmpty();
        (await SearchAsync("ramirez")).ShouldBe(["Josué Ramírez"]);
        (await MatchAsync("88887777")).Kind.ShouldBe(MatchKind.None);
        (await MatchAsync("22223333")).Kind.ShouldBe(MatchKind.One);
    }

    [Fact]
    public async Task The_Second_Of_Two_Concurrent_Changes_Is_Refused()
    {
        var before = await _features.AddContactAsync("José", "8888-7777");
        (await Contacts.ReplaceAsync(before with { Name = "Primero" }, before, CancellationToken.None))
            .ShouldNotBeNull();

        (await Contacts.ReplaceAsync(before with { Name = "Segundo" }, before, CancellationToken.None)).ShouldBeNull();

        (await Contacts.GetAsync(before.ContactId, CancellationToken.None)).ShouldNotBeNull().Name.ShouldBe("Primero");
        (await SearchAsync("primero")).ShouldBe(["Primero"]);
    }

    [Fact]
    public async Task A_Refused_Change_Is_Not_Found_And_Hides_Nothing()
    {
        var ana = await _features.AddContactAsync("Ana Mora", "8888-7777");
        (await Contacts.ReplaceAsync(ana with { Name = "Ana Solís", ETag = "an old one" }, ana, CancellationToken.None))
            .ShouldBeNull();
        (await Contacts.CreateAsync(ana with { Name = "Zoé", ETag = null }, CancellationToken.None)).ShouldBeNull();

        (await SearchAsync("solis")).ShouldBeEmpty();
        (await SearchAsync("zoe")).ShouldBeEmpty();
        (await SearchAsync("ana mo")).ShouldBe(["Ana Mora"]);
        (await Search.ListAsync(new PageRequest(10, null), CancellationToken.None)).Items.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_Refused_Change_Leaves_No_Row_In_The_Index()
    {
        var ana = await _features.AddContactAsync("Ana Mora", "8888-7777");

        var again = ana with { Name = "Zoé", Numbers = ["8888-7777", "2222-3333"], ETag = null };
        (await Contacts.CreateAsync(again, CancellationToken.None)).ShouldBeNull();
        var late = ana with { Name = "Yolanda", Numbers = ["2222-4444"], ETag = "an old one" };
        (await Contacts.ReplaceAsync(late, ana, CancellationToken.None)).ShouldBeNull();

        foreach (var word in new[] { "zoe", "yolanda" })
        {
            (await NameRowsAsync(ContactIndex.WordPartition(word))).ShouldBeEmpty();
        }

        foreach (var number in new[] { "2222-3333", "2222-4444" })
        {
            (await NumberRowsAsync(number)).ShouldBeEmpty();
        }

        (await MatchAsync("88887777")).ContactId.ShouldBe(ana.ContactId);
        (await NameRowsAsync(ContactIndex.AllPartition)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_Contacts_Former_Name_Leaves_No_Row_In_The_Index()
    {
        var before = await _features.AddContactAsync("Ana Mora", "8888-7777");
        var renamed = before with { Name = "Zoé Mora", Numbers = ["2222-3333"] };
        var after = (await Contacts.ReplaceAsync(renamed, before, CancellationToken.None)).ShouldNotBeNull();
        (await NameRowsAsync(ContactIndex.WordPartition("ana"))).ShouldBeEmpty();
        (await NumberRowsAsync("8888-7777")).ShouldBeEmpty();
        (await NameRowsAsync(ContactIndex.WordPartition("mora"))).ShouldHaveSingleItem();

        await Contacts.DeleteAsync(after, null, CancellationToken.None);

        (await NameRowsAsync(ContactIndex.AllPartition)).ShouldBeEmpty();
        (await NameRowsAsync(ContactIndex.WordPartition("zoe"))).ShouldBeEmpty();
        (await NameRowsAsync(ContactIndex.WordPartition("mora"))).ShouldBeEmpty();
        (await NumberRowsAsync("2222-3333")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_Contact_Whose_Name_And_Number_Only_Change_Their_Spelling_Is_Found_As_Before()
    {
        var before = await _features.AddContactAsync("jose mora", "88887777");

        var rewritten = before with { Name = "José MORA", Numbers = ["+506 8888-7777"] };
        await Contacts.ReplaceAsync(rewritten, before, CancellationToken.None);

        (await SearchAsync("jose mora")).ShouldBe(["José MORA"]);
        (await MatchAsync("88887777")).ContactId.ShouldBe(before.ContactId);
    }

    [Fact]
    public async Task Candidates_With_The_Same_Reason_Are_Sorted_By_Name()
    {
        foreach (var name in new[] { "Zoila", "bruno", "Álvaro", "Ana", "Ñancy" })
        {
            await _features.AddContactAsync(name, "2222-3333");
        }

        var names = (await MatchAsync("22223333")).Candidates.Select(candidate => candidate.Name);
        names.ShouldBe(["Álvaro", "Ana", "bruno", "Ñancy", "Zoila"]);
    }

    [Fact]
    public async Task If_Many_Share_A_Number_Twenty_Are_Offered_And_None_Is_Tied()
    {
        for (var i = 0; i < 23; i++)
        {
            await _features.AddContactAsync($"Contacto {i:D2}", "2222-3333");
        }

        var match = await MatchAsync("22223333");

        (match.Kind, match.ContactId, match.Candidates.Count).ShouldBe((MatchKind.Many, null, 20));
    }

    [Fact]
    public async Task Long_Fields_Of_A_Contact_Are_Stored_Whole()
    {
        var fields = Enumerable.Range(0, 15)
            .ToDictionary(i => $"f{i}", _ => string.Concat(Enumerable.Repeat("\U0001F600", 250)));
        await Contacts.CreateAsync(
            new Contact { ContactId = "c1", Name = "Ana", Numbers = [], Fields = fields }, CancellationToken.None);

        (await Contacts.GetAsync("c1", CancellationToken.None)).ShouldNotBeNull().Fields.ShouldBe(fields);
    }

    [Fact]
    public async Task A_Deleted_Contact_Is_Not_Found()
    {
        var contact = await _features.AddContactAsync("José Rodríguez", "8888-7777");

        (await Contacts.DeleteAsync(contact, contact.ETag, CancellationToken.None)).ShouldBeTrue();

        (await SearchAsync("jose")).ShouldBeEmpty();
        (await MatchAsync("88887777")).Kind.ShouldBe(MatchKind.None);
    }

    [Fact]
    public async Task The_Last_Eight_Digits_Alone_Do_Not_Tie_A_Contact()
    {
        await _features.AddContactAsync("Acme Madrid", "+34 688 887 777");

        var match = await MatchAsync("88887777");

        match.Kind.ShouldBe(MatchKind.One);
        match.ContactId.ShouldBeNull();
        match.Candidates.ShouldHaveSingleItem().Reason.ShouldBe(MatchReason.LastDigits);
    }

    [Fact]
    public async Task A_Call_Stays_With_Its_Contact_While_The_Whole_Number_Is_In_The_File()
    {
        var acme = await _features.AddContactAsync("Acme Madrid", "+34 688 887 777");
        var ana = await _features.AddContactAsync("Ana Mora", "8888-7777");
        await _features.AddContactAsync("Beto Mora", "8888-7777");

        (await TiedAsync(ana)).ShouldBe(ana.ContactId);
        (await TiedAsync(acme)).ShouldBeNull("its number only ends alike");

        async Task<string?> TiedAsync(Contact contact) => (await _features.Get<ContactMatcher>().MatchAsync(
            Parse("88887777"), CancellationToken.None, contact.ContactId)).ContactId;
    }

    [Theory]
    [InlineData("+507 200-1234", "5072001234")]
    [InlineData("5072001234", "+507 200 1234")]
    [InlineData("29022222", "+290 22222")]
    [InlineData("+290 22222", "29022222")]
    [InlineData("+298 201 234", "298201234")]
    public async Task A_Foreign_Caller_Without_The_Plus_Is_Offered_And_Not_Tied(string number, string caller)
    {
        await _features.AddContactAsync("Rosa Him", number);

        var match = await MatchAsync(caller);

        (match.Kind, match.ContactId).ShouldBe((MatchKind.One, null));
        match.Candidates.ShouldHaveSingleItem().Reason.ShouldBe(MatchReason.LastDigits);
    }

    [Fact]
    public async Task Two_Complete_Numbers_That_Differ_Are_Not_Offered_As_Each_Other()
    {
        await _features.AddContactAsync("Acme Madrid", "+34 912 345 678");

        (await MatchAsync("+34612345678")).Kind.ShouldBe(MatchKind.None);
    }

    [Fact]
    public async Task Each_Of_Several_Numbers_In_A_Field_Finds_The_Contact()
    {
        var contact = await _features.AddContactAsync("Eva Lara", "8700-0001 / 2200-0001", "8700-0002 y 8700-0003");

        foreach (var (caller, reason) in new[]
        {
            ("87000001", MatchReason.MainNumber), ("22000001", MatchReason.OtherNumber),
            ("87000002", MatchReason.OtherNumber), ("+506 8700 0003", MatchReason.OtherNumber),
        })
        {
            var match = await MatchAsync(caller);
            match.ContactId.ShouldBe(contact.ContactId, caller);
            match.Candidates.ShouldHaveSingleItem().Reason.ShouldBe(reason, caller);
        }
    }

    [Fact]
    public async Task The_Last_Chosen_Contact_Comes_First()
    {
        var maria = await _features.AddContactAsync("María Mora", "2222-3333");
        await _features.AddContactAsync("Carlos Mora", "2222-3333");
        await ChooseAsync(Parse("2222-3333"), maria);

        var match = await MatchAsync("+50622223333");

        match.Kind.ShouldBe(MatchKind.Many);
        match.Candidates.Select(candidate => (candidate.Name, candidate.Reason))
            .ShouldBe([("María Mora", MatchReason.ChosenBefore), ("Carlos Mora", MatchReason.MainNumber)]);
    }

    [Fact]
    public async Task The_Last_Chosen_Contact_Comes_First_Even_Behind_The_Contacts_That_Are_Read()
    {
        for (var i = 0; i < 60; i++)
        {
            await _features.AddContactAsync($"Oficina {i:D2}", "2222-3344");
        }

        // The last one, both by id and by name.
        var chosen = await _features.AddContactAsync("Zulema", "2222-3344");
        await ChooseAsync(Parse("2222-3344"), chosen);

        var match = await _features.Get<ContactMatcher>().MatchAsync(Parse("2222-3344"), CancellationToken.None);
        match.Candidates[0].ShouldBe(new Candidate(chosen.ContactId, "Zulema", MatchReason.ChosenBefore));
        var found = await _features.Get<ContactMatcher>().FindAsync(Parse("2222-3344"), CancellationToken.None);
        found[0].Contact.Name.ShouldBe("Zulema");
    }

    [Fact]
    public async Task A_Number_Without_A_Contact_Offers_The_Last_Chosen_One_To_Be_Confirmed()
    {
        var maria = await _features.AddContactAsync("María Mora", "2222-3333");
        await ChooseAsync(Parse("7000-0001"), maria);

        var match = await MatchAsync("70000001");
        (match.Kind, match.ContactId).ShouldBe((MatchKind.One, null));
        match.Candidates.ShouldHaveSingleItem()
            .ShouldBe(new Candidate(maria.ContactId, "María Mora", MatchReason.ChosenBefore));

        await Contacts.DeleteAsync(maria, null, CancellationToken.None);
        (await MatchAsync("70000001")).Kind.ShouldBe(MatchKind.None);
    }

    [Fact]
    public async Task A_Chosen_Contact_Whose_File_Has_The_Number_Is_Certain()
    {
        var maria = await _features.AddContactAsync("María Mora", "2222-3333", "7000-0001");
        await ChooseAsync(Parse("7000-0001"), maria);

        var match = await MatchAsync("70000001");
        match.ContactId.ShouldBe(maria.ContactId);
        match.Candidates.ShouldHaveSingleItem().Reason.ShouldBe(MatchReason.ChosenBefore);
    }

    [Fact]
    public async Task A_Choice_Never_Precedes_The_Contact_Who_Has_The_Number()
    {
        var maria = await _features.AddContactAsync("Ana Mora", "2222-3333");
        await ChooseAsync(Parse("7000-0001"), maria);
        var owner = await _features.AddContactAsync("Zulema Arce", "2222-4444", "7000-0001");

        var match = await MatchAsync("70000001");
        (match.Kind, match.ContactId).ShouldBe((MatchKind.One, owner.ContactId));
        match.Candidates.Select(candidate => (candidate.Name, candidate.Reason))
            .ShouldBe([("Zulema Arce", MatchReason.OtherNumber), ("Ana Mora", MatchReason.ChosenBefore)]);
    }

    [Fact]
    public async Task Of_Two_Whole_Numbers_That_End_Alike_Each_Has_A_Choice_Of_Its_Own()
    {
        const string madrid = "+34912345678";
        const string london = "+447912345678";
        var maria = await _features.AddContactAsync("María Mora", madrid, london);
        await _features.AddContactAsync("Carlos Mora", madrid, london);
        await ChooseAsync(Parse(madrid), maria);
        await ChooseAsync(Parse(london), maria);

        await Contacts.ReplaceAsync(maria with { Numbers = [london] }, maria, CancellationToken.None);

        (await MatchAsync(madrid)).Candidates.ShouldHaveSingleItem().Name.ShouldBe("Carlos Mora");
        (await MatchAsync(london)).Candidates[0]
            .ShouldBe(new Candidate(maria.ContactId, "María Mora", MatchReason.ChosenBefore));
    }

    [Fact]
    public async Task A_Choice_For_A_Number_That_Was_In_No_File_Outlives_One_That_Ends_Alike()
    {
        var maria = await _features.AddContactAsync("María Mora", "+34912345678");
        await ChooseAsync(Parse("+447912345678"), maria);

        await Contacts.ReplaceAsync(maria with { Numbers = [] }, maria, CancellationToken.None);

        (await MatchAsync("+447912345678")).Candidates.ShouldHaveSingleItem().Reason.ShouldBe(MatchReason.ChosenBefore);
    }

    [Fact]
    public async Task A_Choice_Ends_When_The_Number_Leaves_The_File()
    {
        var maria = await _features.AddContactAsync("María Mora", "2222-3333", "7000-0001");
        await ChooseAsync(Parse("7000-0001"), maria);

        var without = await Contacts.ReplaceAsync(
            maria with { Numbers = ["2222-3333"] }, maria, CancellationToken.None);

        (await MatchAsync("70000001")).Kind.ShouldBe(MatchKind.None);
        (await MatchAsync("22223333")).ContactId.ShouldBe(without!.ContactId);
    }

    [Fact]
    public async Task A_Refused_Change_Forgets_No_Choice()
    {
        var maria = await _features.AddContactAsync("María Mora", "2222-3333", "7000-0001");
        await _features.AddContactAsync("Carlos Mora", "7000-0001");
        await ChooseAsync(Parse("7000-0001"), maria);

        (await Contacts.ReplaceAsync(
            maria with { Numbers = ["2222-3333"], ETag = "another" }, maria, CancellationToken.None)).ShouldBeNull();

        (await MatchAsync("70000001")).Candidates[0].ContactId.ShouldBe(maria.ContactId);
    }

    [Fact]
    public async Task A_Choice_Of_Another_Contact_Stays_When_The_Number_Leaves_A_File()
    {
        var maria = await _features.AddContactAsync("María Mora", "2222-3333");
        var carlos = await _features.AddContactAsync("Carlos Mora", "2222-4444", "7000-0001");
        await ChooseAsync(Parse("7000-0001"), maria);

        await Contacts.ReplaceAsync(carlos with { Numbers = ["2222-4444"] }, carlos, CancellationToken.None);

        (await MatchAsync("70000001")).Candidates.ShouldHaveSingleItem().ContactId.ShouldBe(maria.ContactId);
    }

    [Fact]
    public async Task What_Was_Chosen_Later_Than_It_Was_Unlearned_Stays()
    {
        var maria = await _features.AddContactAsync("María Mora", "2222-3333");
        await ChooseAsync(Parse("7000-0001"), maria);

        await Choices.ForgetAsync(Parse("7000-0001"), Noon.AddSeconds(-1), CancellationToken.None);
        (await MatchAsync("70000001")).Candidates.ShouldHaveSingleItem();

        await Choices.ForgetAsync(Parse("7000-0001"), Noon, CancellationToken.None);
        (await MatchAsync("70000001")).Kind.ShouldBe(MatchKind.None);
        await Choices.ForgetAsync(Parse("7000-0001"), Noon, CancellationToken.None);
    }

    private PhoneNumber Parse(string number) => _features.Get<PhoneNumberParser>().ParseCaller(number);

    private Task<IReadOnlyList<Row>> NameRowsAsync(string partition) =>
        _features.RowsAsync(StorageNames.ContactNames, partition);

    private Task<IReadOnlyList<Row>> NumberRowsAsync(string number) =>
        _features.RowsAsync(StorageNames.ContactNumbers, Parse(number).MatchKey);

    private async Task<IEnumerable<string>> SearchAsync(string query) =>
        (await Search.SearchAsync(query, new PageRequest(100, null), CancellationToken.None))
            .Items.Select(contact => contact.Name);

    private Task ChooseAsync(PhoneNumber number, Contact contact) =>
        Choices.RememberAsync(number, contact.ContactId, Noon, CancellationToken.None);

    private ValueTask<ContactMatch> MatchAsync(string number) =>
        _features.Get<ContactMatcher>().MatchAsync(Parse(number), CancellationToken.None);
}
