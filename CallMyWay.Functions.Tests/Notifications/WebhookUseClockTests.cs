using CallMyWay.Functions.Notifications;
using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CallMyWay.Functions.Tests.Notifications;

/// <summary>When a key of the webhook was used last, where the clock was set back.</summary>
public sealed class WebhookUseClockTests
{
    [Fact]
    public async Task A_Use_After_The_Clock_Was_Set_Back_Is_Noted()
    {
        await using var features = await Features.StartAsync();
        var options = new WebhookOptions { Keys = { "demo-key-0000000000000000" } };
        var use = new WebhookUse(
            Options.Create(options), features.Get<ITables>(), features.Clock, NullLogger<WebhookUse>.Instance);
        use.Note(0);
        await Eventually.TrueAsync(async () => await LastAsync() == features.Clock.Now);

        features.Clock.Now -= TimeSpan.FromHours(1);
        use.Note(0);

        await Eventually.TrueAsync(async () => await LastAsync() == features.Clock.Now);

        async Task<DateTimeOffset?> LastAsync() => (await use.ListAsync(default))[0].LastUsedAt;
    }
}
