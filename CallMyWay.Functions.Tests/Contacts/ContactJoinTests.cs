using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Contacts;

/// <summary>What becomes of two files that are one, and of one that is two again.</summary>
public sealed class ContactJoinTests : IAsyncLifetime
{
    private Features _features = null!;

    private PhoneNumberParser Parser => _features.Get<PhoneNumberParser>();

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public void The_Kept_File_Goes_Before_And_Gets_What_It_Lacks()
    {
        var keep = Of("a", "José Rodríguez", ["8888-1234"]) with { Fields = Fields(("saldo", "100")) };
        var merge = Of("b", "Jose Rodriguez S.", ["+506 8888 1234", "2222-0001 / 2222-0002", "sin 1"]) with
        {
            Document = "1-0234-0567",
            Email = "jose@example.com",
            Fields = Fields(("saldo", "7"), ("expediente", "E-1")),
            Merged = ["c"],
        };

        var joined = ContactJoin.Of(keep, merge, Parser);

        joined.Name.ShouldBe("José Rodríguez");
        joined.Numbers.ShouldBe(["8888-1234", "2222-0001 / 2222-0002", "sin 1"]);
        (joined.Document, joined.Email).ShouldBe(("1-0234-0567", "jose@example.com"));
        joined.Fields!.OrderBy(field => field.Key).Select(field => (field.Key, field.Value))
            .ShouldBe([("expediente", "E-1"), ("saldo", "100")]);
        joined.Ids.ShouldBe(["a", "b", "c"]);
        ContactJoin.Of(joined, merge, Parser).SaysTheSame(joined).ShouldBeTrue("it can be repeated");
    }

    [Fact]
    public void A_Number_Of_Another_Country_That_Ends_Alike_Is_Another_Number()
    {
        var (keep, merge) = (Of("a", "Rosa Him", ["8888-1234"]), Of("b", "Rosa Him", ["+34 688 881 234"]));

        ContactJoin.Of(keep, merge, Parser).Numbers.ShouldBe(["8888-1234", "+34 688 881 234"]);
    }

    [Fact]
    public void What_Came_From_The_Other_File_Goes_Again()
    {
        var (keep, merge) = Two();

        var (alone, left) = ContactJoin.TakeBack(ContactJoin.Of(keep, merge, Parser), keep, merge, [], Parser);

        alone.SaysTheSame(keep).ShouldBeTrue();
        (alone.Merged, left.Count).ShouldBe((null, 0));
    }

    [Fact]
    public void Where_The_Other_File_Lives_Comes_And_Goes_With_It()
    {
        var (keep, merge) = Two();
        merge = merge with { External = new("crm", "2", "https://crm.example.com/2") };
        var joined = ContactJoin.Of(keep, merge, Parser);

        joined.External.ShouldBe(merge.External);
        ContactJoin.TakeBack(joined, keep, merge, [], Parser).Contact.External.ShouldBeNull();
        var own = keep with { External = new("crm", "1", null) };
        ContactJoin.Of(own, merge, Parser).External.ShouldBe(own.External);
    }

    [Fact]
    public void What_Was_Changed_Since_Stays_And_Is_Named()
    {
        var (keep, merge) = Two();
        var joined = ContactJoin.Of(keep, merge, Parser);
        var now = joined with
        {
            Name = "José R.",
            Numbers = ["8888-1234", "7000-0001"],
            Email = "nuevo@example.com",
            Fields = Fields(("saldo", "5"), ("expediente", "E-2")),
        };

        var (alone, left) = ContactJoin.TakeBack(now, keep, merge, [], Parser);

        alone.Name.ShouldBe("José R.", "the merge had not changed it");
        alone.Numbers.ShouldBe(["8888-1234", "7000-0001"]);
        (alone.Document, alone.Email).ShouldBe((null, "nuevo@example.com"));
        alone.Fields!.OrderBy(field => field.Key).Select(field => (field.Key, field.Value))
            .ShouldBe([("expediente", "E-2"), ("saldo", "5")]);
        left.ShouldBe(["fields.expediente", "numbers", "email"], ignoreOrder: true);
    }

    [Fact]
    public void A_Number_That_Another_Merged_Contact_Has_As_Well_Stays()
    {
        var (keep, merge) = Two();
        var other = Of("c", "Otro", ["2222-0001"]);
        var now = ContactJoin.Of(ContactJoin.Of(keep, merge, Parser), other, Parser);

        var (alone, left) = ContactJoin.TakeBack(now, keep, merge, [other], Parser);

        alone.Numbers.ShouldBe(["8888-1234", "2222-0001"]);
        alone.Ids.ShouldBe(["a", "c"]);
        left.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null, "CRM/2", null)]
    [InlineData("otro/7", "crm/2", "otro/7")]
    [InlineData("crm/1", "crm/1", "crm/1")]
    [InlineData(null, "crm/3", "crm/3")]
    [InlineData("crm/2", "crm/2", "crm/2")]
    [InlineData("crm/1", null, null)]
    public void Where_The_Other_File_Lives_Goes_Again(string? was, string? isNow, string? left)
    {
        var (keep, merge) = Two();
        keep = keep with { External = At(was) };
        merge = merge with { External = At("crm/2") };
        var now = ContactJoin.Of(keep, merge, Parser) with { External = At(isNow) };

        ContactJoin.TakeBack(now, keep, merge, [], Parser).Contact.External.ShouldBe(At(left));

        static ExternalRef? At(string? at) =>
            at?.Split('/') is [var source, var id] ? new(source, id, $"https://crm.example.com/{id}") : null;
    }

    [Fact]
    public void A_Contact_Is_Never_Left_Without_Name_And_Number()
    {
        var keep = Of("a", "", ["8888-1234"]);
        var merge = Of("b", "José", ["2222-0001"]);
        var now = ContactJoin.Of(keep, merge, Parser) with { Numbers = ["2222-0001"] };

        var (alone, _) = ContactJoin.TakeBack(now, keep, merge, [], Parser);

        alone.Title.ShouldBe("José");
    }

    private static (Contact Keep, Contact Merge) Two() => (
        Of("a", "José Rodríguez", ["8888-1234"]) with { Fields = Fields(("saldo", "100")) },
        Of("b", "Jose Rodriguez S.", ["8888 1234", "2222-0001"]) with
        {
            Document = "1-0234-0567",
            Email = "jose@example.com",
            Fields = Fields(("saldo", "7"), ("expediente", "E-1")),
        });

    private static Contact Of(string id, string name, IReadOnlyList<string> numbers) =>
        new() { ContactId = id, Name = name, Numbers = numbers };

    private static Dictionary<string, string> Fields(params (string Key, string Value)[] fields) =>
        fields.ToDictionary(field => field.Key, field => field.Value);
}
