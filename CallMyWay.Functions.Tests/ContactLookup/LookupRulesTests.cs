using System.Text;
using CallMyWay.Functions.ContactLookup;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.ContactLookup;

/// <summary>What is taken of an answer, when the CRM is asked, and what is remembered: rules without a host.</summary>
public sealed class LookupRulesTests
{
    private const string Ana = """{"id":"77","name":"Ana Mora","numbers":["8888-1234"]}""";

    private readonly SetClock _clock = new(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("""{"contacts":[]}""", 0)]
    [InlineData($$"""{"contacts":[{{Ana}}]}""", 1)]
    [InlineData($$"""{"contacts":[{{Ana}}],"total":1}""", 1)]
    [InlineData("\uFEFF" + $$"""{"contacts":[{{Ana}}]}""", 1)]
    [InlineData("""{"contacts":[{"id":"77","name":"Ana","numbers":["2222-0000 / 8888-1234"]}]}""", 1)]
    [InlineData("""{"contacts":[{"id":"77","numbers":["+506 8888 1234"],"link":"https://crm.example.com/77","fields":{"plan":"A"}}]}""", 1)]
    public void An_Answer_Has_The_Contacts_Of_The_Number(string body, int count)
    {
        var read = Read(body);

        (read.Error, read.Contacts?.Count).ShouldBe((null, count));
        read.Contacts!.ShouldAllBe(contact => contact.Source == "crm" && contact.Id == "77");
    }

    [Theory]
    [InlineData("", LookupError.NotJson, null)]
    [InlineData("null", LookupError.NotJson, "contacts")]
    [InlineData("<html>", LookupError.NotJson, null)]
    [InlineData("{}", LookupError.NotJson, "contacts")]
    [InlineData("""{"contacts":{}}""", LookupError.NotJson, "contacts")]
    [InlineData("""{"contacts":[{"id":"1","name":"A","numbers":"8888-1234"}]}""", LookupError.NotJson, "contacts[0].numbers")]
    [InlineData("""{"contacts":[null]}""", LookupError.WrongContact, "contacts[0].name")]
    [InlineData("""{"contacts":[{"name":"A","numbers":["8888-1234"]}]}""", LookupError.WrongContact, "contacts[0].id")]
    [InlineData($$"""{"contacts":[{{Ana}},{{Ana}}]}""", LookupError.WrongContact, "contacts[1].id")]
    [InlineData(
        """{"contacts":[{"id":"1","name":"A","numbers":["8888-1234"],"link":"javascript:alert(1)"}]}""",
        LookupError.WrongContact,
        "contacts[0].link")]
    [InlineData(
        """{"contacts":[{"id":"1","name":"A","numbers":["8888-1234"],"fields":{"":"88881234"}}]}""",
        LookupError.WrongContact,
        "contacts[0].fields")]
    [InlineData("""{"contacts":[{"id":"1","name":"A","numbers":["8888-1235"]}]}""", LookupError.OtherNumber, "contacts[0].numbers")]
    [InlineData("""{"contacts":[{"id":"1","name":"A"}]}""", LookupError.OtherNumber, "contacts[0].numbers")]
    public void Of_A_Broken_Answer_Nothing_Is_Taken(string body, LookupError error, string? field)
    {
        var read = Read(body);

        (read.Contacts, read.Error, read.Field).ShouldBe((null, error, field));
    }

    [Fact]
    public void An_Answer_Has_Ten_Contacts_At_Most()
    {
        static string Many(int count) => $$"""{"contacts":[{{string.Join(',', Enumerable.Range(0, count).Select(
            i => $$"""{"id":"{{i}}","name":"A","numbers":["8888-1234"]}"""))}}]}""";

        Read(Many(10)).Contacts!.Count.ShouldBe(10);
        Read(Many(11)).Error.ShouldBe(LookupError.TooManyContacts);
    }

    [Fact]
    public void A_Value_That_A_Field_Of_The_Office_Cant_Hold_Is_Left_Out_Alone()
    {
        var own = new ContactFieldList(
            [
                Field("saldo", ContactFieldKind.Amount),
                Field("vence", ContactFieldKind.Date),
                Field("plan", ContactFieldKind.Choice, "A", "B"),
            ],
            null);
        var read = Read(
            """
            {"contacts":[
              {"id":"1","name":"Ana","numbers":["8888-1234"],"fields":{"saldo":"1500.50","vence":"2026-11-30","plan":"A","nota":"x"}},
              {"id":"2","name":"Eva","numbers":["8888-1234"],"fields":{"vence":"30/11/2026","saldo":"10","plan":"C","nota":""}},
              {"id":"3","name":"Luz","numbers":["8888-1234"]}]}
            """);

        var (contacts, leftOut) = LookupFields.Fit(read.Contacts!, own);

        contacts.Select(contact => contact.Name).ShouldBe(["Ana", "Eva", "Luz"]);
        contacts[0].ShouldBe(read.Contacts![0]);
        contacts[1].Fields!.Keys.ShouldBe(["saldo", "nota"], ignoreOrder: true);
        contacts[1].NotTaken.ShouldBe(["vence", "plan"]);
        var stored = new Contact
        {
            ContactId = "2",
            Name = "Eva",
            Numbers = [],
            Fields = new Dictionary<string, string> { ["vence"] = "2026-11-30", ["saldo"] = "7", ["otro"] = "x" },
        };
        contacts[1].Over(stored).Fields!.Select(field => (field.Key, field.Value)).ShouldBe(
            [("saldo", "10"), ("nota", ""), ("vence", "2026-11-30")], ignoreOrder: true);
        contacts[2].ShouldBe(read.Contacts![2]);
        leftOut!.Key.ShouldBe("vence", "the first one in the office's order");
        LookupFields.Fit(contacts, own).LeftOut.ShouldBeNull();

        static ContactFieldDefinition Field(string key, ContactFieldKind kind, params string[] choices) =>
            new(key, new ContactFieldLabel(key, key), kind, choices);
    }

    [Fact]
    public void Settings_Without_A_Source_Or_The_Switch_Keep_What_Is_Stored()
    {
        const string url = "https://crm.example.com/contacts";
        var first = new LookupInput(url, null, null, null).In(new LookupSettings());
        (first.Source, first.Enabled).ShouldBe(("lookup", true));

        var stored = new LookupInput(url, false, 500, "crm").In(first) with { ETag = "1" };
        var later = new LookupInput(url, null, 700, null).In(stored);

        (later.Source, later.Enabled, later.TimeoutMs).ShouldBe(("crm", false, 700));
        new LookupInput(url, true, null, null).In(later).Enabled.ShouldBeTrue();
    }

    [Fact]
    public void A_Failure_Of_What_Was_Asked_Before_The_Pause_Prolongs_It_Not()
    {
        var circuit = new LookupCircuit(_clock);
        for (var i = 0; i <= LookupCircuit.Failures; i++)
        {
            circuit.TryEnter("1").ShouldBeTrue();
        }

        for (var i = 1; i <= LookupCircuit.Failures; i++)
        {
            circuit.Failed().ShouldBe(i == LookupCircuit.Failures);
        }

        _clock.Now += LookupCircuit.Pause / 2;
        circuit.Failed().ShouldBeFalse();
        _clock.Now += LookupCircuit.Pause / 2;

        circuit.TryEnter("1").ShouldBeTrue();
    }

    [Fact]
    public async Task An_Answer_Ends_The_Pause_That_An_Administrator_Sees()
    {
        await using var features = await Features.StartAsync();
        var (reports, store) = (features.Get<LookupReports>(), features.Get<LookupStore>());
        await reports.FailedAsync(LookupError.Timeout, null, null, features.Clock.Now.AddMinutes(1));
        (await store.GetAsync(default)).Health.ShouldNotBeNull().PausedUntil.ShouldNotBeNull();

        await reports.AnsweredAsync();

        (await store.GetAsync(default)).Health.ShouldNotBeNull()
            .ShouldSatisfyAllConditions(
                health => health.PausedUntil.ShouldBeNull(), health => health.FailingSince.ShouldBeNull());
    }

    [Fact]
    public void After_Three_Failures_In_A_Row_It_Is_Left_In_Peace_For_A_Minute_And_Then_Tried_By_One()
    {
        var circuit = new LookupCircuit(_clock);
        FailTwice();
        circuit.TryEnter("1").ShouldBeTrue();
        circuit.Succeeded();
        FailTwice();
        circuit.TryEnter("1").ShouldBeTrue("an answer has come in between");
        circuit.Failed().ShouldBeTrue();
        circuit.TryEnter("1").ShouldBeFalse();

        _clock.Now += LookupCircuit.Pause;
        (circuit.TryEnter("1"), circuit.TryEnter("1")).ShouldBe((true, false));
        circuit.Left();
        (circuit.TryEnter("1"), circuit.TryEnter("1")).ShouldBe((true, false), "another asks in the place of one who did not");
        circuit.Failed().ShouldBeTrue("one that fails again is enough");
        circuit.TryEnter("1").ShouldBeFalse();
        circuit.TryEnter("2").ShouldBeTrue("these settings lead elsewhere");
        circuit.Failed().ShouldBeFalse();

        void FailTwice()
        {
            for (var i = 0; i < 2; i++)
            {
                circuit.TryEnter("1").ShouldBeTrue();
                circuit.Failed().ShouldBeFalse();
            }
        }
    }

    [Fact]
    public async Task A_Number_Is_Asked_For_Once_In_Five_Minutes_And_By_One_At_A_Time()
    {
        var cache = new LookupCache(_clock);
        var (asked, answer) = (0, new TaskCompletionSource<IReadOnlyList<string>?>());
        var first = AskAsync();
        var second = AskAsync();
        answer.SetResult([]);
        (await first).ShouldBe([]);
        (await second).ShouldBe([]);
        await AskAsync();
        asked.ShouldBe(1, "that nobody has it is remembered too");

        await AskAsync(version: "2");
        asked.ShouldBe(2);
        _clock.Now += LookupCache.KeptFor;
        await AskAsync(version: "2");
        asked.ShouldBe(3);

        Task<IReadOnlyList<string>?> AskAsync(string version = "1") => cache.GetAsync("+50688881234", version, () =>
        {
            asked++;
            return answer.Task;
        });
    }

    [Fact]
    public async Task What_Failed_Is_Asked_Again_And_Of_Many_Numbers_The_Oldest_Are_Forgotten()
    {
        var cache = new LookupCache(_clock);
        var asked = new List<string>();
        (await AskAsync("a", null)).ShouldBeNull();
        (await AskAsync("a", ["x"])).ShouldBe(["x"]);
        for (var i = 0; i < LookupCache.Most; i++)
        {
            await AskAsync($"n{i}", []);
        }

        asked.Clear();
        await AskAsync("n9999", []);
        await AskAsync("a", []);
        asked.ShouldBe(["a"]);

        Task<IReadOnlyList<string>?> AskAsync(string number, IReadOnlyList<string>? answer) =>
            cache.GetAsync(number, "1", () =>
            {
                asked.Add(number);
                return Task.FromResult(answer);
            });
    }

    private static LookupReading Read(string body) =>
        LookupAnswer.Read(Encoding.UTF8.GetBytes(body), "+50688881234", "crm", new PhoneNumberParser("CR"));
}
