using System.Collections.Concurrent;
using CallMyWay.LocalHost.SignIn;
using Microsoft.AspNetCore.SignalR;

namespace CallMyWay.LocalHost.Screens;

/// <summary>The screens that are connected, so that they can be disconnected when their session ends.</summary>
internal sealed class ScreenConnections
{
    private readonly ConcurrentDictionary<string, HubCallerContext> _connections = new(StringComparer.Ordinal);

    /// <summary>The sessions that they belong to.</summary>
    public IEnumerable<Session> Sessions => _connections.Values
        .Select(connection => new Session(connection.UserIdentifier!, Claim(connection, ScreenTokenHandler.StampClaim)!, Claim(connection, ScreenTokenHandler.SessionClaim)!))
        .Distinct();

    public int Count => _connections.Count;

    public void Add(HubCallerContext connection) => _connections[connection.ConnectionId] = connection;

    public void Remove(HubCallerContext connection) => _connections.TryRemove(connection.ConnectionId, out _);

    public void CloseSession(string sessionId) => Close(connection => Claim(connection, ScreenTokenHandler.SessionClaim) == sessionId);

    public void CloseAgent(string agentId) => Close(connection => connection.UserIdentifier == agentId);

    private void Close(Func<HubCallerContext, bool> which)
    {
        foreach (var connection in _connections.Values.Where(which))
        {
            connection.Abort();
        }
    }

    private static string? Claim(HubCallerContext connection, string type) => connection.User?.FindFirst(type)?.Value;
}
