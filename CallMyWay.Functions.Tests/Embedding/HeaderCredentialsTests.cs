using CallMyWay.Functions.Agents;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.Embedding;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Embedding;

/// <summary>How long keys, tokens and origins count, in the process that changes them.</summary>
public sealed class HeaderCredentialsTests : IAsyncLifetime
{
    private Features _features = null!;

    private ApiKeyStore Keys => _features.Get<ApiKeyStore>();

    private EmbedTokenStore Tokens => _features.Get<EmbedTokenStore>();

    private DateTimeOffset Now => _features.Clock.Now;

    public async Task InitializeAsync()
    {
        _features = await Features.StartAsync();
        (await Keys.InsertAsync(
            new ApiKey
            {
                KeyId = "key",
                Name = "CRM",
                Scopes = [KeyScope.Embed],
                Hash = "",
                CreatedAt = Now,
                CreatedBy = "admin",
            },
            default)).ShouldBeTrue();
    }

    public async Task DisposeAsync() => await _features.DisposeAsync();

    [Theory]
    [InlineData("nothing happens", true)]
    [InlineData("the key is deleted", false)]
    [InlineData("the token is revoked", false)]
    [InlineData("the agent's tokens are ended", false)]
    [InlineData("a quarter of an hour has passed", false)]
    public async Task A_Screen_In_Another_Page_Is_An_Agents_Until(string what, bool isTheirs)
    {
        var token = await MakeAsync();
        (await UserOfAsync(token)).ShouldBe("ana");

        await (what switch
        {
            "the key is deleted" => Keys.DeleteAsync("key", default),
            "the token is revoked" => Tokens.PutAsync(token with { RevokedAt = Now }, default),
            "the agent's tokens are ended" => Tokens.EndAllAsync("ana", default),
            _ => Task.CompletedTask,
        });
        _features.Clock.Now += what.StartsWith("a quarter", StringComparison.Ordinal)
            ? EmbedTokenStore.Lasts
            : TimeSpan.FromSeconds(1);

        (await UserOfAsync(token)).ShouldBe(isTheirs ? "ana" : null);
    }

    [Fact]
    public async Task A_Token_That_Is_Made_After_The_Others_Were_Ended_Is_Valid()
    {
        await Tokens.EndAllAsync("ana", default);
        _features.Clock.Now += TimeSpan.FromSeconds(1);

        (await UserOfAsync(await MakeAsync())).ShouldBe("ana");
    }

    [Fact]
    public async Task An_Origin_Counts_At_Once_And_Ends_At_Once()
    {
        const string Page = "https://crm.example.com";
        var origins = _features.Get<EmbedOriginStore>();
        (await origins.HasAsync(Page, default)).ShouldBeFalse();

        var stored = (await origins.PutAsync(new EmbedOrigins { Origins = [Page] }, default)).ShouldNotBeNull();
        (await origins.HasAsync(Page, default)).ShouldBeTrue();

        (await origins.PutAsync(stored with { Origins = [] }, default)).ShouldNotBeNull();
        (await origins.HasAsync(Page, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_Use_Of_A_Key_That_Could_Not_Be_Stored_Fails_No_Request_And_Is_Stored_With_The_Next()
    {
        var isFull = true;
        _features.Gate.Before(
            $"upsert {StorageNames.Embedding}",
            () => isFull ? Task.FromException(new StorageException("The disk is full.")) : Task.CompletedTask);
        await Keys.NoteAsync("key", default);
        isFull = false;

        await Keys.NoteAsync("key", default);

        (await Keys.ListAsync(default)).ShouldHaveSingleItem().UsedAt.ShouldBe(Now);
    }

    [Theory]
    [InlineData(14, true)]
    // Who uses it hears that it has expired.
    [InlineData((24 * 60) - 1, true)]
    [InlineData((24 * 60) + 1, false)]
    public async Task A_Token_Is_Known_For_A_Day(int minutesAgo, bool stays)
    {
        var token = await MakeAsync(Now.AddMinutes(-minutesAgo));

        await _features.SweepAsync<EmbedTokenSweep>();

        (await Tokens.GetAsync(token.TokenId, default) is not null).ShouldBe(stays);
        (await Keys.ListAsync(default)).ShouldHaveSingleItem();
    }

    private async Task<EmbedToken> MakeAsync(DateTimeOffset? at = null)
    {
        var agent = (await _features.Get<AgentStore>().GetAsync("ana", default)).ShouldNotBeNull();
        var secret = Secret.New(at ?? Now);
        var token = new EmbedToken
        {
            TokenId = secret.Id,
            AgentId = agent.AgentId,
            Creation = agent.Creation,
            KeyId = "key",
            Hash = secret.Hash(),
            ExpiresAt = (at ?? Now) + EmbedTokenStore.Lasts,
        };
        await Tokens.PutAsync(token, default);
        return token;
    }

    private async Task<string?> UserOfAsync(EmbedToken token) =>
        (await _features.Get<HeaderCredentials>().FindUserOfAsync(token.TokenId, default))?.AgentId();
}
