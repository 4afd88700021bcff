using CallMyWay.Functions.ContactGuard;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.DoNotCall;
using CallMyWay.Functions.Numbers;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.ContactGuard;

public sealed class PersonGuardTests : IAsyncLifetime
{
    private const string Number = "+50688881234";

    private Features _features = null!;

    private PersonGuard Guard => _features.Get<PersonGuard>();

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task Of_Many_Dials_At_Once_No_More_Than_The_Limit_Are_Allowed()
    {
        await RulesAsync(new GuardRules { Holidays = GuardRules.Open.Holidays, PerDay = 3 });

        var verdicts = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => Task.Run(() => Guard.ReserveAsync($"dial-{i}", Number, "contact-1"))));

        verdicts.Count(verdict => verdict.Allowed).ShouldBe(3);
        verdicts.Where(verdict => !verdict.Allowed).ShouldAllBe(verdict => verdict.Reason == GuardReason.PerDay);
    }

    [Fact]
    public async Task A_Repeated_Dial_Counts_Once_And_One_That_Is_Given_Back_Counts_Not_At_All()
    {
        await RulesAsync(new GuardRules { Holidays = GuardRules.Open.Holidays, PerDay = 1 });

        (await Guard.ReserveAsync("dial-1", Number, null)).Allowed.ShouldBeTrue();
        (await Guard.ReserveAsync("dial-1", Number, null)).Allowed.ShouldBeTrue();
        (await Guard.ReserveAsync("dial-2", Number, null)).Reason.ShouldBe(GuardReason.PerDay);

        await Guard.ReleaseAsync("dial-1", Number, null);
        (await Guard.ReserveAsync("dial-2", Number, null)).Allowed.ShouldBeTrue();
        await Guard.ReleaseAsync("dial-1", Number, null);
        (await Guard.ReserveAsync("dial-3", Number, null)).Reason.ShouldBe(GuardReason.PerDay);
    }

    [Fact]
    public async Task The_Numbers_Of_A_Contact_Count_Together_And_A_Refusal_Counts_For_None()
    {
        await RulesAsync(new GuardRules { Holidays = GuardRules.Open.Holidays, PerDay = 1 });
        (await Guard.ReserveAsync("dial-1", Number, "contact-1")).Allowed.ShouldBeTrue();

        (await Guard.ReserveAsync("dial-2", "+50622345678", "contact-1")).Reason.ShouldBe(GuardReason.PerDay);

        // The second number was not called, so that another contact who has it may be.
        (await Guard.ReserveAsync("dial-3", "+50622345678", "contact-2")).Allowed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_Call_To_A_Contact_Is_One_Call_And_Not_Another_To_The_Number()
    {
        await RulesAsync(new GuardRules { Holidays = GuardRules.Open.Holidays, PerDay = 2 });
        (await Guard.ReserveAsync("dial-1", Number, "contact-1")).Allowed.ShouldBeTrue();

        (await Guard.CheckAsync(Number, ["contact-1"], _features.Clock.Now, default)).Allowed.ShouldBeTrue();
        (await Guard.ReserveAsync("dial-2", Number, "contact-1")).Allowed.ShouldBeTrue();
        (await Guard.CheckAsync(Number, ["contact-1"], _features.Clock.Now, default)).Reason
            .ShouldBe(GuardReason.PerDay);
    }

    [Fact]
    public async Task A_Contact_Whose_Number_Only_Ends_Alike_Is_Not_The_Person()
    {
        await RulesAsync(new GuardRules { Holidays = GuardRules.Open.Holidays, PerDay = 1 });
        await _features.AddContactAsync("Otra", "688881234");
        var parser = _features.Get<PhoneNumberParser>();

        (await Guard.FindAsync(parser.Parse(Number), null, default)).ContactIds.ShouldBeEmpty();

        var hers = await _features.AddContactAsync("Suya", "8888-1234");
        (await Guard.FindAsync(parser.Parse(Number), null, default)).ContactIds.ShouldBe([hers.ContactId]);
    }

    [Fact]
    public async Task After_A_Merge_Is_Undone_The_Calls_To_The_One_Contact_Count_For_Both()
    {
        await RulesAsync(new GuardRules { Holidays = GuardRules.Open.Holidays, PerDay = 1 });
        var keep = await _features.AddContactAsync("Adriana", "8888-0001");
        var merge = await _features.AddContactAsync("Carmen", "8888-1234", "2234-5678");
        var merges = _features.Get<ContactMerges>();
        var made = (await merges.MergeAsync(keep.ContactId, merge.ContactId, null, null, "sofia", default)).Merge!;
        (await Guard.ReserveAsync("dial-1", Number, keep.ContactId)).Allowed.ShouldBeTrue();

        (await merges.UndoAsync(made.MergeId, default)).Outcome.ShouldBe(UndoOutcome.Undone);

        (await Guard.CheckAsync("+50622345678", [merge.ContactId], _features.Clock.Now, default)).Reason
            .ShouldBe(GuardReason.PerDay);
        (await Guard.CheckAsync("+50688880001", [keep.ContactId], _features.Clock.Now, default)).Reason
            .ShouldBe(GuardReason.PerDay);
    }

    [Theory]
    [InlineData("get donotcall")]
    [InlineData("get contactguard all")]
    [InlineData("get contactguard number")]
    [InlineData("insert contactguard number")]
    public async Task What_Can_Not_Be_Read_Or_Counted_Is_Refused(string operation)
    {
        await RulesAsync(GuardRules.Open);
        _features.Gate.Fail(operation, andAllAfter: true);

        (await Guard.ReserveAsync("dial-1", Number, null)).Reason.ShouldBe(GuardReason.Unreadable);

        _features.Gate.Open();
        (await Guard.ReserveAsync("dial-1", Number, null)).Allowed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_Number_On_The_List_Is_Called_At_No_Time_With_The_Reason_That_Was_Given()
    {
        await RulesAsync(GuardRules.Open);
        var wish = new DoNotCallWish
        {
            Reason = "Lo pidió por carta",
            AddedAt = _features.Clock.Now,
            AddedBy = "ana",
            Source = DoNotCallSource.Person,
        };
        await _features.Get<DoNotCallStore>().AddAsync(Number, wish, default);

        var verdict = await Guard.ReserveAsync("dial-1", Number, null);

        (verdict.Reason, verdict.AllowedFrom).ShouldBe((GuardReason.DoNotCall, null));
        verdict.Why!.Value.Es.ShouldBe(
            "Este número está en la lista de no llamar desde el 2 mar 2026: Lo pidió por carta");
        (await Guard.CheckAsync(Number, [], _features.Clock.Now, default)).ShouldBe(verdict);
        (await Guard.ReserveAsync("dial-1", "+50688881235", null)).Allowed.ShouldBeTrue();
    }

    [Fact]
    public async Task An_Office_That_Has_Decided_Nothing_Is_On_The_Safe_Side()
    {
        // Nine on a Monday morning, then six in the evening, then a Sunday.
        var now = _features.Clock.Now;
        (await Guard.CheckAsync(Number, [], now, default)).Allowed.ShouldBeTrue();
        (await Guard.CheckAsync(Number, [], now.AddHours(9), default)).Reason.ShouldBe(GuardReason.OutsideHours);
        (await Guard.CheckAsync(Number, [], now.AddDays(6), default)).Reason.ShouldBe(GuardReason.OutsideHours);
        (await Guard.CheckAsync(Number, [], new(2026, 9, 15, 16, 0, 0, TimeSpan.Zero), default)).Reason
            .ShouldBe(GuardReason.Holiday);
    }

    private async Task RulesAsync(GuardRules rules) =>
        (await _features.Get<GuardStore>().PutRulesAsync(rules, default)).ShouldNotBeNull();
}
