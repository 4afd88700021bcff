using CallMyWay.Functions.Api;
using CallMyWay.Functions.DoNotCall;
using CallMyWay.Functions.Tests.Infrastructure;
using Xunit.Abstractions;

namespace CallMyWay.Functions.Tests.DoNotCall;

/// <summary>What the list costs in storage operations, and what it does where several change one number.</summary>
public sealed class DoNotCallStoreTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly PageRequest First = new(50, null);

    private Features _features = null!;

    private DoNotCallStore Store => _features.Get<DoNotCallStore>();

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task A_Number_Is_One_Read_And_A_Page_One_Query_However_Long_The_List_Is()
    {
        for (var i = 0; i < 300; i++)
        {
            await Store.AddAsync($"+5067{i:D7}", Wish($"call-{i}"), default);
        }

        (await CostAsync(async () => await Store.FindAsync("+50670000299", default))).ShouldBe(["get donotcall"]);
        (await CostAsync(async () => await Store.FindAsync("+50679999999", default))).ShouldBe(["get donotcall"]);
        (await CostAsync(async () => await Store.FindAsync("101", default))).ShouldBeEmpty();
        (await CostAsync(() => Store.ListAsync(null, First, default))).ShouldBe(["query donotcall"]);
        (await CostAsync(() => Store.ListAsync("506700002", First, default))).ShouldBe(["query donotcall"]);
        (await CostAsync(() => Store.AddAsync("+50688881234", Wish(null), default)))
            .ShouldBe(["get donotcall", "batch donotcall"]);
        (await CostAsync(() => Store.RemoveAsync("+50688881234", default))).ShouldBe(["get donotcall", "batch donotcall"]);
        (await CostAsync(() => Store.WithdrawAsync("+50670000299", "other", () => Task.FromResult(false), default)))
            .ShouldBe(["get donotcall"]);
    }

    [Fact]
    public async Task A_Number_Leaves_The_List_With_The_Last_Wish_And_Comes_To_The_Place_Of_The_Next()
    {
        const string number = "+50688881234";
        await Store.AddAsync(number, Wish("a"), default);
        _features.Clock.Now += TimeSpan.FromHours(1);
        await Store.AddAsync("+50688880000", Wish("other"), default);
        _features.Clock.Now += TimeSpan.FromHours(1);
        await Store.AddAsync(number, Wish("b"), default);
        (await ListedAsync()).ShouldBe(["+50688880000", number]);

        await WithdrawAsync("a");
        (await ListedAsync()).ShouldBe([number, "+50688880000"], "since the second wish");
        await WithdrawAsync("a");
        (await Store.FindAsync(number, default))!.Wishes.Select(wish => wish.Id).ShouldBe(["b"]);

        await WithdrawAsync("b");
        (await Store.FindAsync(number, default)).ShouldBeNull();
        (await ListedAsync()).ShouldBe(["+50688880000"]);

        Task WithdrawAsync(string id) => Store.WithdrawAsync(number, id, () => Task.FromResult(false), default);
    }

    [Fact]
    public async Task A_Wish_That_Is_Meant_Again_While_It_Is_Withdrawn_Stays()
    {
        const string number = "+50688881234";
        await Store.AddAsync(number, Wish("a"), default);
        var asked = 0;

        await Store.WithdrawAsync(
            number,
            "a",
            async () =>
            {
                if (asked++ > 0)
                {
                    return true;
                }

                // Between the reading and the writing somebody means it again.
                await Store.AddAsync(number, Wish("a"), default);
                return false;
            },
            default);

        (asked, await Store.FindAsync(number, default) is not null).ShouldBe((2, true));
    }

    [Fact]
    public async Task Of_Many_Wishes_The_First_Ten_Are_Kept_And_The_Row_Stays_Small()
    {
        for (var i = 0; i < 40; i++)
        {
            await Store.AddAsync("+50688881234", Wish($"call-{i}"), default);
        }

        (await Store.FindAsync("+50688881234", default))!.Wishes.Select(wish => wish.Id)
            .ShouldBe(Enumerable.Range(0, 10).Select(i => $"call-{i}"));
    }

    [Theory]
    [InlineData(10, true, true), InlineData(11, true, true), InlineData(11, false, true), InlineData(10, false, false)]
    public async Task What_Was_Asked_For_After_Ten_Outcomes_Stays(int outcomes, bool byPerson, bool stays)
    {
        const string number = "+50688881234";
        for (var i = 0; i < outcomes; i++)
        {
            await Store.AddAsync(number, Wish($"call-{i}"), default);
        }

        if (byPerson)
        {
            await Store.AddAsync(number, Wish(null), default);
            await Store.AddAsync(number, Wish(null), default);
        }

        for (var i = 0; i < 10; i++)
        {
            await Store.WithdrawAsync(number, $"call-{i}", () => Task.FromResult(false), default);
        }

        var left = await Store.FindAsync(number, default);
        (left is not null).ShouldBe(stays);
        left?.Wishes.ShouldHaveSingleItem().Source
            .ShouldBe(byPerson ? DoNotCallSource.Person : DoNotCallSource.Outcome);
        (await ListedAsync()).Count.ShouldBe(stays ? 1 : 0);
        (await Store.RemoveAsync(number, default)).ShouldBe(stays);
    }

    [Fact]
    public async Task A_Page_Behind_A_Place_Of_Another_List_Is_The_First()
    {
        await Store.AddAsync("+50688881234", Wish("a"), default);
        await Store.AddAsync("+50688880000", Wish("b"), default);
        var (_, next) = await Store.ListAsync(null, First with { Take = 1 }, default);
        PageToken.TryParse(next!, out var token).ShouldBeTrue();

        var page = await Store.ListAsync("5068888", new PageRequest(50, token), default);

        page.Items.Select(entry => entry.Number).ShouldBe(["+50688880000", "+50688881234"]);
    }

    [Fact]
    public async Task What_A_Person_Asks_For_Is_Kept_Beside_An_Outcome_Whose_Call_Was_Erased()
    {
        const string number = "+50688881234";
        var outcome = Wish("a");
        await Store.AddAsync(number, outcome, default);
        (await Store.ForgetPersonAsync(number, _features.Clock.Now, default)).ShouldBeTrue();

        await Store.AddAsync(number, Wish(null), default);

        (await Store.FindAsync(number, default)).ShouldNotBeNull().Wishes.Select(wish => wish.Source)
            .ShouldBe([DoNotCallSource.Outcome, DoNotCallSource.Person]);
    }

    private async Task<IReadOnlyList<string>> ListedAsync() =>
        [.. (await Store.ListAsync(null, First, default)).Items.Select(entry => entry.Number)];

    private async Task<IReadOnlyList<string>> CostAsync(Func<Task> run)
    {
        _features.Meter.Reset();
        await run();
        output.WriteLine(string.Join(", ", _features.Meter.Operations));
        return _features.Meter.Operations;
    }

    private DoNotCallWish Wish(string? id) => new()
    {
        Id = id,
        Reason = "Pidió no ser llamado",
        AddedAt = _features.Clock.Now,
        AddedBy = "ana",
        Source = id is null ? DoNotCallSource.Person : DoNotCallSource.Outcome,
    };
}
