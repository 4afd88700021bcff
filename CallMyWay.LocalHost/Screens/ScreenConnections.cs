using System.Collections.Concurrent;
using CallMyWay.LocalHost.SignIn;
using Microsoft.AspNetCore.SignalR;

namespace CallMyWay.LocalHost.Screens;

/// <summary>
/// The connected screens. They are disconnected when their session ends. Their requests are recognized by the
/// connection's key.
/// </summary>
internal sealed class ScreenConnections : ISessionScreens
{
    private readonly ConcurrentDictionary<string, Screen> _screens = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, Session> _sessionsByKey = new(StringComparer.Ordinal);

    public IEnumerable<Session> Sessions => _screens.Values.Select(screen => screen.Session).Distinct();

    public int Count => _screens.Count;

    public void Add(HubCallerContext connection)
    {
        var session = new Session(
            connection.UserIdentifier!,
            Claim(connection, ScreenTokenHandler.StampClaim)!,
            Claim(connection, ScreenTokenHandler.SessionClaim)!);
        var key = connection.GetHttpContext()?.Request.Query[ScreenTokenHandler.ConnectionKey].ToString() ?? "";
        _screens[connection.ConnectionId] = new Screen(connection, session, key);
        if (key.Length > 0)
        {
            _sessionsByKey[key] = session;
        }
    }

    public void Remove(HubCallerContext connection)
    {
        if (_screens.TryRemove(connection.ConnectionId, out var screen))
        {
            _sessionsByKey.TryRemove(screen.Key, out _);
        }
    }

    /// <summary>
    /// True if the session has a connection with this key, which each request of the connection carries.
    /// </summary>
    public bool Has(string key, Session session) => _sessionsByKey.TryGetValue(key, out var owner) && owner == session;

    public void CloseSession(string sessionId) => Close(screen => screen.Session.Id == sessionId);

    public void CloseAgent(string agentId) => Close(screen => screen.Session.AgentId == agentId);

    private void Close(Func<Screen, bool> which)
    {
        foreach (var screen in _screens.Values.Where(which))
        {
            screen.Connection.Abort();
        }
    }

    private static string? Claim(HubCallerContext connection, string type) => connection.User?.FindFirst(type)?.Value;

    private sealed record Screen(HubCallerContext Connection, Session Session, string Key);
}
