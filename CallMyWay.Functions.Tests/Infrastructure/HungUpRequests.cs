using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>Tells a test when the host has noticed that a caller disconnected.</summary>
internal sealed class HungUpRequests : IStartupFilter
{
    private readonly TaskCompletionSource _noticed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the first request whose caller disconnected.</summary>
    public Task Noticed => _noticed.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, go) =>
        {
            await using var watch = context.RequestAborted.Register(() => _noticed.TrySetResult());
            await go(context);
        });
        next(app);
    };
}
