using CallMyWay.Functions.ContactLookup;
using CallMyWay.Functions.Contacts;
using CallMyWay.Functions.Outcomes;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Tests.WrapUps;

/// <summary>Rules that are read again after a while: what another process has changed counts from then on.</summary>
public sealed class RecentRulesTests : IAsyncLifetime
{
    private Features _features = null!;

    private ITables Tables => _features.Get<ITables>();

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task The_Outcomes_Of_Another_Process_Count_After_Half_A_Minute()
    {
        var rules = _features.Get<WrapUpRules>();
        var before = (await rules.GetAsync(default)).Outcomes;
        (await new OutcomeStore(Tables).PutAsync(before with { Items = [before.Items[0]] }, default)).ShouldNotBeNull();

        (await rules.GetAsync(default)).Outcomes.Items.Count.ShouldBe(before.Items.Count);
        _features.Clock.Now += WrapUpRules.Recheck;
        (await rules.GetAsync(default)).Outcomes.Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_Desk_s_Rules_Of_Another_Process_Count_After_Half_A_Minute()
    {
        var rules = _features.Get<DeskRulesStore>();
        (await rules.GetRecentAsync(default)).OutcomeRequired.ShouldBeFalse();
        (await new DeskRulesStore(Tables, _features.Clock).PutAsync(new DeskRules { OutcomeRequired = true }, default))
            .ShouldNotBeNull();

        (await rules.GetRecentAsync(default)).OutcomeRequired.ShouldBeFalse();
        _features.Clock.Now += DeskRulesStore.Recheck;
        (await rules.GetRecentAsync(default)).OutcomeRequired.ShouldBeTrue();
    }

    [Fact]
    public async Task The_Contact_Fields_Of_Another_Process_Count_After_Half_A_Minute()
    {
        var fields = _features.Get<ContactFieldStore>();
        (await fields.GetRecentAsync(default)).Fields.ShouldNotContain(field => field.Key == "zona");
        var other = new ContactFieldStore(
            Tables, _features.Get<IOptions<ContactFieldsOptions>>(), _features.Clock);
        var zone = new ContactFieldDefinition("zona", new ContactFieldLabel("Zona", "Zone"), ContactFieldKind.Text, []);
        (await other.PutAsync(new ContactFieldList([zone], null), default)).ShouldNotBeNull();

        (await fields.GetRecentAsync(default)).Fields.ShouldNotContain(field => field.Key == "zona");
        _features.Clock.Now += ContactFieldStore.Recheck;
        (await fields.GetRecentAsync(default)).Fields.ShouldHaveSingleItem().Key.ShouldBe("zona");
    }

    [Fact]
    public async Task The_Settings_Of_A_Crm_Of_Another_Process_Count_After_Ten_Seconds()
    {
        var store = _features.Get<LookupStore>();
        (await store.GetRecentAsync(default)).Settings.Url.ShouldBeNull();
        (await new LookupStore(Tables, _features.Clock).SaveAsync(
            new LookupSettings { Url = "https://crm.example.com/calls" }, default)).ShouldNotBeNull();

        (await store.GetRecentAsync(default)).Settings.Url.ShouldBeNull();
        _features.Clock.Now += LookupStore.Recheck;
        (await store.GetRecentAsync(default)).Settings.Url.ShouldNotBeNull();
    }
}
