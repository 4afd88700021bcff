using System.Text.Json;
using CallMyWay.Functions.PopUps;
using CallMyWay.LocalHost.SignIn;
using Microsoft.AspNetCore.SignalR;

namespace CallMyWay.LocalHost.Screens;

/// <summary>Sends to the screens through the hub in this process.</summary>
internal sealed class LocalScreens(
    IHubContext<ScreenHub> hub, ScreenTokens tokens, IHttpContextAccessor requests) : IScreens
{
    private static readonly string[] Names =
        [.. Enum.GetNames<ScreenMessage>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    public static string NameOf(ScreenMessage message) => Names[(int)message];

    public Task SendAsync(string agentId, ScreenMessage message, PopUp popUp, CancellationToken cancellationToken) =>
        SendAsync(agentId, message, (object)popUp, cancellationToken);

    public Task SendAsync(
        string agentId, ScreenMessage message, object content, CancellationToken cancellationToken) =>
        hub.Clients.User(agentId).SendAsync(NameOf(message), content, cancellationToken);

    // When the session ends is looked up while the connection lasts: it can also be ended before.
    public ValueTask<ScreenConnection> NegotiateAsync(
        string agentId, DateTimeOffset? endsAt, CancellationToken cancellationToken)
    {
        var context = requests.HttpContext;
        if (context?.Features.Get<Session>() is not { } session || session.AgentId != agentId)
        {
            throw new InvalidOperationException("A screen can negotiate only within its own agent's request.");
        }

        var request = context.Request;
        return new(new ScreenConnection(
            $"{request.Scheme}://{request.Host}{request.PathBase}{ScreenHub.Path}", tokens.Create(session)));
    }
}
