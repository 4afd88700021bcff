using CallMyWay.Functions.Sweeping;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Sweeping;

/// <summary>The rules of retention as they are stored, and who sees a change of them when.</summary>
public sealed class RetentionStoreTests : IAsyncLifetime
{
    private Features _features = null!;

    private RetentionStore Store => _features.Get<RetentionStore>();

    public async Task InitializeAsync() => _features = await Features.StartAsync();

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Fact]
    public async Task Rules_That_Are_Stored_Count_At_Once_For_Who_Asks_Often_Too()
    {
        (await Store.GetRecentAsync(default)).CallDays.ShouldBeNull();

        var stored = (await Store.PutAsync(new RetentionRules { CallDays = 400 }, default)).ShouldNotBeNull();

        (await Store.GetRecentAsync(default)).CallDays.ShouldBe(400);
        (await Store.GetAsync(default)).ShouldBe(stored);
        (stored.ChangedAt, stored.ETag is null).ShouldBe((_features.Clock.Now, false));
        (await Store.PutAsync(new RetentionRules { CallDays = 40, ETag = "0" }, default)).ShouldBeNull();
        (await Store.GetRecentAsync(default)).CallDays.ShouldBe(400);
    }
}
