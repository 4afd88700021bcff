using System.Text.Json;
using CallMyWay.Functions.Api;
using CallMyWay.Functions.PopUps;
using Microsoft.Extensions.Hosting;

namespace CallMyWay.Functions.Adapters;

/// <summary>
/// Sends to the screens through Azure SignalR Service: one request for each user that an agent is there
/// (<see cref="ScreenUsers"/>).
/// </summary>
internal sealed class AzureScreens(
    IServiceProvider services, ScreenUsers users, IHostApplicationLifetime lifetime, TimeProvider clock) : IScreens
{
    /// <summary>
    /// The limit for sending, including retries. A later pop-up is no help, and the notification waits for it.
    /// </summary>
    private static readonly TimeSpan LongestSend = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestNegotiation = TimeSpan.FromSeconds(10);

    private static readonly string[] Names =
        [.. Enum.GetNames<ScreenMessage>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    private readonly Task _started = Started(lifetime);

    public Task SendAsync(string agentId, ScreenMessage message, PopUp popUp, CancellationToken cancellationToken) =>
        SendAsync(agentId, message, (object)popUp, cancellationToken);

    public Task SendAsync(
        string agentId, ScreenMessage message, object content, CancellationToken cancellationToken) =>
        AskAsync(
            LongestSend,
            async (hub, token) =>
            {
                var to = await users.OfMessageAsync(agentId, message, token);
                await Task.WhenAll(to.Select(user => hub.SendAsync(user, Names[(int)message], content, token)));
                return true;
            },
            cancellationToken);

    public async ValueTask<ScreenConnection> NegotiateAsync(
        string agentId, DateTimeOffset? endsAt, CancellationToken cancellationToken)
    {
        var lifetime = ScreenTokenLifetime.Of(endsAt, clock.GetUtcNow());
        var user = await users.OfScreenAsync(agentId, isEmbedded: endsAt is not null, cancellationToken);
        var answer = await AskAsync(
            LongestNegotiation,
            (hub, _) => hub.NegotiateAsync(user, lifetime),
            cancellationToken);
        return answer.ToObjectFromJson<ScreenConnection>(ApiJson.Options)!;
    }

    /// <summary>
    /// The service's answer, if it comes in time. Whatever goes wrong, the caller gets one error: there is no channel
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

    // The hub exists when the app has started; a function may be called a moment earlier.
    private static Task Started(IHostApplicationLifetime lifetime)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStarted.Register(started.SetResult);
        return started.Task;
    }
}
