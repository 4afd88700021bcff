using System.Text.Json;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.PopUps;
using Microsoft.Extensions.Hosting;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// The screens, reached through Azure SignalR Service: a request to it for each agent, whose id is the user's id there.
/// </summary>
internal sealed class AzureScreens(IServiceProvider services, IHostApplicationLifetime lifetime) : IScreens
{
    /// <summary>
    /// How long a token opens a connection. One by WebSocket shows it once and stays; one by another transport shows it
    /// with each request, and negotiates anew when it is over. So a token that got lost, or one of an agent who was
    /// removed, is soon worth nothing.
    /// </summary>
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(15);

    /// <summary>
    /// With the retries. A pop-up that is later than this is no help, and what waits for it holds a notification up.
    /// </summary>
    private static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestNegotiation = TimeSpan.FromSeconds(10);

    private static readonly string[] Names =
        [.. Enum.GetNames<ScreenMessage>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    private readonly Task _started = Started(lifetime);

    public Task SendAsync(string agentId, ScreenMessage message, PopUp popUp, CancellationToken cancellationToken) =>
        AskAsync(
        LongestSend,
        async (hub, token) =>
        {
            await hub.SendAsync(agentId, Names[(int)message], popUp, token);
            return true;
        },
        cancellationToken);

    public async ValueTask<ScreenConnection> NegotiateAsync(string agentId, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(
            LongestNegotiation, (hub, _) => hub.NegotiateAsync(agentId, TokenLifetime), cancellationToken);
        return answer.ToObjectFromJson<ScreenConnection>(ApiJson.Options)!;
    }

    /// <summary>
    /// What the service answered in time. Whatever it did instead is one thing to those who asked: there is no channel
    /// now.
    /// </summary>
    private async Task<T> AskAsync<T>(
        TimeSpan longest, Func<CallHub, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        await _started.WaitAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(longest);
        try
        {
            return await ask(new CallHub(services), limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException exception)
        {
            throw new ScreensException(
                $"Azure SignalR Service did not answer within {longest.TotalSeconds:0} seconds.", exception);
        }
        catch (Exception exception)
        {
            throw new ScreensException("Azure SignalR Service did not take the request: it is down, over its quota, or refuses the key or identity.", exception);
        }
    }

    // The hub is there once all of the app has started, and a function may be called a moment before.
    private static Task Started(IHostApplicationLifetime lifetime)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStarted.Register(started.SetResult);
        return started.Task;
    }
}
